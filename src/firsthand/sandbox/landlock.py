"""Landlock: a process gives up all files but a few (https://docs.kernel.org/userspace-api/landlock.html).

Once restricted, it and its children can read below the given folders and nothing else on any file
system; from ABI 4 on TCP is closed as well, from ABI 6 signals and abstract sockets to the outside.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["abi", "restrict"]

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture (since Linux 5.13)."""
VERSION_FLAG, RULE_PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the file rights an ABI knows; later ones know as many as ABI 5."""
NET_TCP = 0b11
SCOPES = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _syscall(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return int(libc.syscall(ctypes.c_long(number), *arguments))


def abi() -> int:
    """The kernel's Landlock ABI; 0 without Landlock."""
    try:
        return max(_syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG), 0)
    except (AttributeError, OSError):
        return 0


def restrict(readable: Iterable[Path], *, execute: bool = False) -> None:
    """Leave only reading (and executing, if asked) below `readable`; there is no way back.

    Raises:
        OSError: there is no Landlock here, or the kernel refused.
    """
    version = abi()
    if version < 1:
        raise OSError("this kernel has no Landlock")
    handled = (1 << RIGHTS_BY_ABI.get(version, 16)) - 1
    rules = _Ruleset(handled, NET_TCP if version >= 4 else 0, SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _syscall(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "Landlock refused the rules")
    try:
        allowed = READ_FILE | READ_DIR | (EXECUTE if execute else 0)
        for path in readable:
            _allow(ruleset, path, allowed)
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "no_new_privs was refused")
        if _syscall(RESTRICT_SELF, ruleset, 0) != 0:
            raise OSError(ctypes.get_errno(), "Landlock refused to restrict")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, allowed: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # nothing there to read
    try:
        if not path.is_dir():
            allowed &= ~READ_DIR
        beneath = _Beneath(allowed, parent)
        if _syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(beneath), 0) != 0:
            raise OSError(ctypes.get_errno(), "Landlock refused a folder")
    finally:
        os.close(parent)
