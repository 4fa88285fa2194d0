"""Which system calls a child may make once it runs: a short list, all else is refused.

A classic BPF program (https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html),
assembled here so that no system library is needed. Everything that is not listed, above all
socket, connect, execve, ptrace, bpf, mount, kill and process_vm_readv, fails with EPERM; another
architecture's calling convention kills the process. Numbers are those of the kernel's
`syscall_64.tbl` and of `asm-generic/unistd.h`; a test compares them with libseccomp's.
"""

from __future__ import annotations

import ctypes
import platform
import struct
from functools import cache

__all__ = ["ALLOWED", "AUDIT_ARCH", "FILTERED", "available", "install", "program"]

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""`linux/audit.h`."""

# name: (x86_64, aarch64); None where the architecture has no such call.
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # reading what is open already, and the result pipe
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66),
    "pread64": (17, 67), "close": (3, 57), "lseek": (8, 62), "fcntl": (72, 25),
    "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24), "fadvise64": (221, 223),
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    # looking at files: the mount namespace and Landlock decide which there are
    "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None), "lstat": (6, None),
    "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78),
    "getcwd": (79, 17), "getdents64": (217, 61),
    # waiting on descriptors of its own (the runtime of a library that would like a network)
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None),
    "epoll_pwait": (281, 22), "eventfd2": (290, 19),
    # memory
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "membarrier": (324, 283),
    # signals to itself
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    # threads and time
    "futex": (202, 98), "set_robust_list": (273, 99), "set_tid_address": (218, 96),
    "rseq": (334, 293), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    # who am I, how much may I
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getrlimit": (97, 163), "getrusage": (98, 165), "sysinfo": (99, 179), "uname": (63, 160),
    "getrandom": (318, 278), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
FILTERED: dict[str, tuple[int | None, int | None]] = {
    "openat": (257, 56), "open": (2, None), "clone": (56, 220), "clone3": (435, 435),
    "ioctl": (16, 29), "prlimit64": (302, 261), "prctl": (157, 167),
}  # fmt: skip
"""Allowed for some arguments only: opening to read, threads, terminal questions, reading limits,
naming a thread."""

WRITING = 0o3 | 0o100 | 0o1000 | 0o2000 | 0o20000000
"""O_ACCMODE, O_CREAT, O_TRUNC, O_APPEND and O_TMPFILE's own bit."""
CLONE_THREAD = 0x10000
IOCTLS = (0x5401, 0x541B, 0x5450, 0x5451)
"""TCGETS, FIONREAD, FIONCLEX, FIOCLEX."""
PR_SET_NAME = 15
EPERM, EACCES, ENOSYS = 1, 13, 38

LOAD, JUMP_EQ, JUMP_GE, AND, RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
KILL, ALLOW, ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
X32_BIT = 0x40000000
NUMBER, ARCH, ARGUMENTS = 0, 4, 16


def _argument(index: int, *, high: bool = False) -> int:
    return ARGUMENTS + 8 * index + (4 if high else 0)


Code = list[tuple[int, int, int, int]]


def _openat(flags: int) -> Code:
    return [
        (LOAD, 0, 0, _argument(flags)),
        (AND, 0, 0, WRITING),
        (JUMP_EQ, 0, 1, 0),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERRNO | EACCES),
    ]


def _clone() -> Code:
    return [
        (LOAD, 0, 0, _argument(0)),
        (AND, 0, 0, CLONE_THREAD),
        (JUMP_EQ, 0, 1, 0),
        (RETURN, 0, 0, ERRNO | EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def _ioctl() -> Code:
    code: Code = [(LOAD, 0, 0, _argument(1))]
    for request in IOCTLS:
        code += [(JUMP_EQ, 0, 1, request), (RETURN, 0, 0, ALLOW)]
    return [*code, (RETURN, 0, 0, ERRNO | EPERM)]


def _prctl() -> Code:
    return [
        (LOAD, 0, 0, _argument(0)),
        (JUMP_EQ, 0, 1, PR_SET_NAME),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERRNO | EPERM),
    ]


def _prlimit() -> Code:
    return [
        (LOAD, 0, 0, _argument(2)),
        (JUMP_EQ, 0, 3, 0),
        (LOAD, 0, 0, _argument(2, high=True)),
        (JUMP_EQ, 0, 1, 0),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERRNO | EPERM),
    ]


@cache
def program(machine: str | None = None) -> bytes:
    """The BPF program for this machine, as `struct sock_filter` records; empty if unknown."""
    machine = machine or platform.machine()
    if machine not in AUDIT_ARCH:
        return b""
    column = list(AUDIT_ARCH).index(machine)
    code: Code = [
        (LOAD, 0, 0, ARCH),
        (JUMP_EQ, 1, 0, AUDIT_ARCH[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (JUMP_GE, 0, 1, X32_BIT),
        (RETURN, 0, 0, KILL),
    ]
    for numbers in ALLOWED.values():
        if (number := numbers[column]) is not None:
            code += [(JUMP_EQ, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    special: dict[str, Code] = {
        "openat": _openat(2),
        "open": _openat(1),
        "clone": _clone(),
        "clone3": [
            (RETURN, 0, 0, ERRNO | ENOSYS)
        ],  # its flags lie in memory: glibc then uses clone
        "ioctl": _ioctl(),
        "prlimit64": _prlimit(),
        "prctl": _prctl(),
    }
    for name, block in special.items():
        if (number := FILTERED[name][column]) is not None:
            code += [(JUMP_EQ, 0, len(block), number), *block]
    code.append((RETURN, 0, 0, ERRNO | EPERM))
    return b"".join(struct.pack("=HBBI", *line) for line in code)


PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 21, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def available() -> bool:
    """This kernel and this architecture can filter system calls."""
    if not program():
        return False
    return int(_libc().prctl(PR_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def install(code: bytes) -> None:
    """Confine this process and its threads to come; there is no way back.

    Raises:
        OSError: the kernel refused.
    """
    libc = _libc()
    argument = _Program(len(code) // 8, code)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the system call filter was refused")
