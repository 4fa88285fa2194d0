"""The parent's end of one warm process: start it, hand it a file, take the answer within bounds."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any

from firsthand.errors import SandboxUnavailable
from firsthand.sandbox.confinement import Confinement, command
from firsthand.sandbox.limits import Limits
from firsthand.sandbox.wire import Garbled, receive, send

__all__ = ["Raw", "Servant"]

START_SECONDS = 30.0
GRACE_SECONDS, GOING_SECONDS = 5.0, 0.5
ERRORS_KEPT = 8192
CHUNK = 1 << 18


@dataclass(slots=True)
class Raw:
    """What came back of one call. `ended` is why the parent put an end to it, if it did."""

    stream: bytearray = field(default_factory=bytearray)
    errors: bytearray = field(default_factory=bytearray)
    status: int | None = None
    peak_mb: float = 0.0
    cpu_s: float = 0.0
    ended: str = ""


class Servant:
    """One warm process. Not for two threads at once."""

    def __init__(self, confinement: Confinement, *, perl: list[str] | None = None) -> None:
        self.link, theirs = socket.socketpair()
        confine = confinement.kind != "none"
        settings: dict[str, Any] = {
            "link": theirs.fileno(),
            "confine": confine,
            "landlock": confine and "Landlock ABI" in confinement.detail,
        }
        if perl is not None:
            settings["perl"] = [part.replace("{link}", str(theirs.fileno())) for part in perl]
        inner = [sys.executable, "-I", "-B", "-m", "firsthand.sandbox.server", json.dumps(settings)]
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            command(confinement, inner),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.complaints,
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
            close_fds=True,
            cwd="/",
            env={
                "LC_ALL": "C.UTF-8",
                "TZ": "UTC",
                "PATH": os.environ.get("PATH", os.defpath),
                "OPENBLAS_NUM_THREADS": "1",
                "OMP_NUM_THREADS": "1",
            },
        )
        theirs.close()
        self.link.settimeout(START_SECONDS)
        try:
            receive(self.link)
        except (EOFError, OSError, Garbled) as error:
            complaint = self._complaint()
            self.close()
            raise SandboxUnavailable(
                "The sandbox did not start.",
                "Run it again; if it stays so, report the details to the maintainers.",
                details={"sandbox": confinement.detail, "said": complaint},
            ) from error

    def _complaint(self) -> str:
        self.complaints.seek(0)
        text = self.complaints.read(ERRORS_KEPT).decode("utf-8", "replace")
        return "".join(sign if sign.isprintable() else " " for sign in text)[-600:]

    @property
    def alive(self) -> bool:
        """It can take another call."""
        return self.process.poll() is None

    def call(self, request: dict[str, Any], source: int, limits: Limits) -> Raw:
        """Hand over `source`, read what comes back, and never wait longer than `wall_s`."""
        result, result_in = os.pipe2(os.O_CLOEXEC)
        errors, errors_in = os.pipe2(os.O_CLOEXEC)
        try:
            try:
                self.link.settimeout(GRACE_SECONDS)
                send(self.link, request, (source, result_in, errors_in))
            finally:
                os.close(result_in)
                os.close(errors_in)
            return self._read(result, errors, limits)
        except (OSError, EOFError, Garbled):
            self.close()
            return Raw(ended="gone")
        except BaseException:  # Ctrl-C: nobody would take the answer, so nobody may send it
            self.close()
            raise
        finally:
            os.close(result)
            os.close(errors)

    def _read(self, result: int, errors: int, limits: Limits) -> Raw:
        raw = Raw()
        most = int(limits.output_mb) << 20
        deadline = time.monotonic() + limits.wall_s
        with selectors.DefaultSelector() as waiting:
            for descriptor in (result, errors):
                os.set_blocking(descriptor, False)
                waiting.register(descriptor, selectors.EVENT_READ)
            waiting.register(self.link, selectors.EVENT_READ)
            while waiting.get_map():
                left = deadline - time.monotonic()
                if left <= 0:
                    if raw.ended:
                        raise EOFError  # it was told to end the child and did not
                    self._end(raw, "time")
                    deadline = time.monotonic() + GRACE_SECONDS
                for key, _ in waiting.select(max(left, 0)):
                    if key.fileobj is self.link:
                        waiting.unregister(self.link)
                        self._status(raw)
                        deadline = min(deadline, time.monotonic() + GRACE_SECONDS)
                    elif not (part := os.read(key.fd, CHUNK)):
                        waiting.unregister(key.fd)
                    elif key.fd == errors:
                        raw.errors += part[: ERRORS_KEPT - len(raw.errors)]
                    elif len(raw.stream) + len(part) > most:
                        waiting.unregister(key.fd)
                        self._end(raw, "output")
                    else:
                        raw.stream += part
        return raw

    def _end(self, raw: Raw, why: str) -> None:
        raw.ended = raw.ended or why
        if raw.status is None:
            send(self.link, {"kill": True})

    def _status(self, raw: Raw) -> None:
        told, _ = receive(self.link)
        raw.status = int(told["status"])
        raw.peak_mb = float(told["peak_kb"]) / 1024
        raw.cpu_s = float(told["cpu_s"])

    def close(self) -> None:
        """End the process and all in it: idle it goes with the link, else it is made to."""
        self.link.close()
        try:
            self.process.wait(GOING_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(GRACE_SECONDS)
        self.complaints.close()
