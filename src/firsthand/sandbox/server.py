"""The warm process inside the box: it imports the decoders once and forks a child for each file.

Started as `python -I -B -m firsthand.sandbox.server {…}`. It itself never reads a byte of any
file, so that one hostile file cannot wait in it for the next. With `perl` in its settings it
confines itself and then becomes ExifTool's server, which works alike.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from firsthand.sandbox import child, landlock, seccomp
from firsthand.sandbox.confinement import readable
from firsthand.sandbox.wire import receive, send

__all__ = ["main"]

PR_SET_PDEATHSIG = 1


def main(settings: dict[str, Any]) -> None:
    """Confine, say that it is ready, serve until the parent is gone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    perl: list[str] | None = settings.get("perl")
    if settings["landlock"]:
        landlock.restrict((*readable(), Path("/dev/null")), execute=perl is not None)
    if perl is not None:
        os.execv(perl[0], perl)  # noqa: S606
    if settings["confine"]:
        seccomp.available()  # builds the filter here, once, and in no child
    with socket.socket(fileno=settings["link"]) as link:
        send(link, {"ready": True})
        with contextlib.suppress(EOFError, ConnectionError):
            _serve(link, confine=settings["confine"])


def _serve(link: socket.socket, *, confine: bool) -> None:
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        request, (*descriptors,) = receive(link, 3)
        if "target" not in request:
            continue  # a kill that came after its child had gone
        function = child.find(request["target"])
        gc.freeze()  # what is there now is shared with the children, not copied by collecting
        pid = os.fork()
        if pid == 0:
            link.detach()
            child.run(function, request, *descriptors, confine=confine)
        for descriptor in descriptors:
            os.close(descriptor)
        send(link, _watch(link, woken, pid))


def _watch(link: socket.socket, woken: socket.socket, pid: int) -> dict[str, Any]:
    while True:
        gone, status, used = os.wait4(pid, os.WNOHANG)
        if gone:
            spent = used.ru_utime + used.ru_stime
            return {"status": status, "peak_kb": used.ru_maxrss, "cpu_s": spent}
        ready, _, _ = select.select([link, woken], [], [])
        if woken in ready:
            woken.recv(64)
        if link in ready:
            try:
                receive(link)
            finally:
                os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
