"""What the box must withstand, as functions to run in it.

`attempts` tries to get out and tells how each try ended; the others misbehave on purpose. The
tests call them, and `python -m firsthand.sandbox.selftest` shows what holds on this machine.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["attempts", "crash", "echo", "fill_memory", "flood", "hang", "speak", "spin"]

Answer = tuple[dict[str, Any], dict[str, bytes]]


def echo(file: BinaryIO, args: dict[str, Any]) -> Answer:
    """What it was given."""
    return {"args": args, "size": len(file.read())}, {"first": os.pread(file.fileno(), 16, 0)}


def attempts(_file: BinaryIO, args: dict[str, Any]) -> Answer:
    """Try each forbidden thing; the answer names the error that met it, or "done".

    `args["read"]` lists paths to try to read, `args["port"]` is a local port to connect to.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def system_call(function: str, *arguments: object) -> None:
        if getattr(libc, function)(*arguments) < 0:
            raise OSError(ctypes.get_errno(), function)

    tries: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", args["port"]), 1),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix socket": lambda: socket.socket(socket.AF_UNIX),
        "exec": lambda: os.execv("/usr/bin/true", ["true"]),  # noqa: S606
        "fork": os.fork,
        "signal": lambda: os.kill(os.getppid(), signal.SIGTERM),
        "write": lambda: os.open("/tmp/out", os.O_WRONLY | os.O_CREAT),  # noqa: S108
        "ptrace": lambda: system_call("ptrace", 16, os.getppid(), 0, 0),
        "mount": lambda: system_call("mount", b"none", b"/usr", b"tmpfs", 0, None),
        "unshare": lambda: system_call("unshare", 0x10000000),
        "bpf": lambda: system_call("syscall", 321, 0, 0, 0),
        "raise a limit": lambda: system_call("setrlimit", 9, b"\xff" * 16),
        "rename": lambda: Path("/usr/bin/true").rename("/usr/bin"),
    }
    told = {name: _outcome(trial) for name, trial in tries.items()}
    for path in args.get("read", ()):
        told[f"read {path}"] = _outcome(Path(path).read_bytes)
    told["descriptors"] = str(len([fd for fd in range(64) if _is_open(fd)]))
    return {"told": told}, {}


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _outcome(trial: Callable[[], object]) -> str:
    try:
        trial()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return "done"


def hang(_file: BinaryIO, _args: dict[str, Any]) -> Answer:
    """Never come back."""
    while True:
        time.sleep(60)


def spin(_file: BinaryIO, _args: dict[str, Any]) -> Answer:
    """Use up the processor."""
    while True:
        pass


def fill_memory(_file: BinaryIO, _args: dict[str, Any]) -> Answer:
    """Take memory until there is none."""
    taken = []
    while True:
        taken.append(b"x" * (16 << 20))


def flood(_file: BinaryIO, args: dict[str, Any]) -> Answer:
    """Hand back more than anyone asked for, on the result or on standard error."""
    if args.get("where") == "errors":
        for _ in range(2000):
            os.write(2, b"\x1b[31mnoise\n" * 100)
        return {"quiet": False}, {}
    return {}, {"much": bytes(args["mb"] << 20)}


def crash(_file: BinaryIO, args: dict[str, Any]) -> Answer:
    """Die of a bad pointer, by leaving at once, or in a thread."""
    if args.get("how") == "leave":
        os._exit(7)
    if args.get("how") == "thread":
        thread = threading.Thread(target=ctypes.string_at, args=(0,))
        thread.start()
        thread.join()
    ctypes.string_at(0)
    return {}, {}


def speak(_file: BinaryIO, args: dict[str, Any]) -> Answer:
    """Write arbitrary bytes where the result belongs, as a taken-over child would."""
    result = max(fd for fd in range(64) if _is_open(fd) and fd > 2 and not _is_file(fd))
    os.write(result, bytes.fromhex(args["hex"]))
    os._exit(0)


def _is_file(descriptor: int) -> bool:
    try:
        os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError:
        return False
    return True


def main() -> None:
    """Show what holds here."""
    from firsthand.sandbox.box import Box

    with Box() as box:
        own = Path(__file__).resolve()
        told = box.call(
            "firsthand.sandbox.selftest:attempts", own, {"port": 9, "read": ["/etc/passwd"]}
        )
        lines = [box.description, *(f"{k}: {v}" for k, v in told.data["told"].items())]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
