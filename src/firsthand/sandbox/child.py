"""The inside of a boxed child, from the fork to its last byte.

It has the one file as a descriptor, the result pipe and nothing else open. It hashes the file,
writes the hash, gives up everything it does not need, and only then lets a decoder see a byte.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import json
import os
import resource
import signal
import struct
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

from firsthand.errors import FirsthandError
from firsthand.sandbox import seccomp

__all__ = ["Boxed", "find", "run"]

Boxed = Callable[[BinaryIO, dict[str, Any]], tuple[dict[str, Any], dict[str, bytes]]]
"""A function that can be called in the box: the open file and arguments in, data and blobs out."""

PACKAGE = "firsthand."
CHUNK = 1 << 17
UNHASHED = "0" * 64
WARM: set[str] = set()


def find(target: str) -> Boxed:
    """`firsthand.module:function`; nothing outside the package can be named.

    A module's own `warm_up` runs once, before any child is forked: it may do on bytes of its own
    what the function will do, so that no child has to load and set up libraries again.
    """
    module, _, name = target.partition(":")
    if not module.startswith(PACKAGE) or not name.isidentifier():
        raise ValueError(f"no boxed function is called {target!r}")
    home = importlib.import_module(module)
    function: Boxed = getattr(home, name)
    if module not in WARM:
        WARM.add(module)
        getattr(home, "warm_up", bool)()
    return function


def run(
    function: Boxed,
    request: dict[str, Any],
    source: int,
    result: int,
    errors: int,
    *,
    confine: bool,
) -> NoReturn:
    """Be the child: never returns."""
    status = 1
    try:
        gc.disable()  # it lives for one file, within its bounds
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(errors, 1)
        os.dup2(errors, 2)
        _close_all_but(source, result)
        _limit(request["limits"])
        _write(result, _digest(source, request["hash"]).encode())
        if confine:
            seccomp.install(seccomp.program())
        with open(source, "rb", buffering=0, closefd=False) as file:
            head, blobs = _answer(function, file, request["args"])
        body = json.dumps(head, allow_nan=False, ensure_ascii=False).encode("utf-8", "replace")
        _write(result, struct.pack(">I", len(body)) + body)
        for blob in blobs:
            _write(result, blob)
        status = 0
    finally:
        os._exit(status)


def _answer(
    function: Boxed, file: BinaryIO, arguments: dict[str, Any]
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        data, blobs = function(file, arguments)
    except FirsthandError as error:
        told = {
            "type": type(error).__name__,
            "message": error.message,
            "next_step": error.next_step,
            "details": error.details,
        }
        return {"error": told}, []
    except MemoryError:
        return {"error": {"type": "memory"}}, []
    except Exception as error:
        return {"error": {"type": "exception", "message": f"{type(error).__name__}: {error}"}}, []
    table = [[name, len(blob)] for name, blob in blobs.items()]
    return {"data": data, "blobs": table}, list(blobs.values())


def _close_all_but(*kept: int) -> None:
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _limit(limits: dict[str, float]) -> None:
    memory = int(limits["memory_mb"]) << 20
    seconds = int(limits["cpu_s"])
    bounds = {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (int(limits["files"]), int(limits["files"])),
    }
    for which, bound in bounds.items():
        with contextlib.suppress(ValueError):  # macOS takes no address-space limit
            resource.setrlimit(which, bound)


def _digest(source: int, wanted: bool) -> str:
    if not wanted:
        return UNHASHED
    digest = hashlib.sha256()
    part = memoryview(bytearray(CHUNK))
    at = 0
    while count := os.preadv(source, [part], at):
        digest.update(part[:count])
        at += count
    return digest.hexdigest()


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
