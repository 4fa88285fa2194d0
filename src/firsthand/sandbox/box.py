"""A box: one file in, plain data out, whatever the file does."""

from __future__ import annotations

import os
import signal
import stat
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import firsthand.errors as tree
from firsthand.errors import (
    DecoderFailed,
    FirsthandError,
    InputError,
    NoSuchThing,
    SandboxUnavailable,
    UnreadableMedia,
)
from firsthand.sandbox import perl
from firsthand.sandbox.child import UNHASHED
from firsthand.sandbox.confinement import Confinement, probe
from firsthand.sandbox.limits import Limits
from firsthand.sandbox.servant import Raw, Servant
from firsthand.sandbox.wire import Garbled, split_result

__all__ = ["Box", "BoxResult", "sanitised"]

LONGEST_MESSAGE = 400
KEPT_IDLE = 4


@dataclass(frozen=True, slots=True)
class BoxResult:
    """What one call gave. `sha256` is of the input as the child saw it, taken before decoding."""

    data: dict[str, Any]
    blobs: Mapping[str, bytes]
    sha256: str
    sandbox: str
    peak_mb: float = 0.0
    cpu_s: float = 0.0


def sanitised(text: object) -> str:
    """One printable line of bounded length: what a child says may be made up by a file."""
    line = str(text)
    if not line.isprintable():
        line = "".join(sign if sign.isprintable() else " " for sign in line)
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"


@dataclass
class Box:
    """Runs functions over files, each call in a child of its own.

    Args:
        confinement: what to confine with; by default the strongest that works here.
        unsandboxed: go on where there is no confinement. Said in every result.
        limits: the bounds of a child.

    May be used from several threads; close it, or use it in `with`.
    """

    confinement: Confinement = field(default_factory=probe)
    unsandboxed: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._idle: dict[str, list[Servant]] = {}
        self._lock = threading.Lock()
        if self.confinement.kind == "none" and not self.unsandboxed:
            raise SandboxUnavailable(
                "Nothing on this machine can box a decoder in, and footage from strangers "
                "can be made to take over the program that opens it.",
                "Install bubblewrap (apt install bubblewrap), or use Linux 5.13 or newer; "
                "with --unsandboxed it goes on all the same, and every result says so.",
                details={"found": self.confinement.detail},
            )

    @property
    def description(self) -> str:
        """How the children are confined, in words for the record."""
        if self.unsandboxed and self.confinement.kind == "none":
            return f"UNSANDBOXED at the user's word ({self.confinement.detail})"
        return f"{self.confinement.kind} ({self.confinement.detail})"

    def call(
        self,
        target: str,
        path: Path,
        args: Mapping[str, Any] | None = None,
        *,
        limits: Limits | None = None,
        hash_input: bool = True,
    ) -> BoxResult:
        """Run `target` ("firsthand.module:function", or "exiftool") over the file at `path`.

        The child gets the open file and never its name.

        Raises:
            NoSuchThing, UnreadableMedia: there is no such file, or it is no plain file.
            FirsthandError: what the function itself raised.
            DecoderFailed: the child died, hung, grew too large or wrote nonsense.
            SandboxUnavailable: the box did not start.
        """
        bounds = limits or self.limits
        request = {
            "target": target,
            "args": dict(args or {}),
            "limits": bounds.plain(),
            "hash": hash_input,
        }
        source = _open(path)
        try:
            before = os.fstat(source)
            servant = self._take(target)
            raw = Raw(ended="gone")
            try:
                raw = servant.call(request, source, bounds)
            finally:
                self._give_back(target, servant)
            after = os.fstat(source)
        finally:
            os.close(source)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InputError("The file changed while it was read.", "Copy it first, then retry.")
        return self._result(raw, bounds)

    def _result(self, raw: Raw, limits: Limits) -> BoxResult:
        failure = _failure(raw, limits)
        if failure is not None:
            raise failure
        try:
            digest, head, blobs = split_result(bytes(raw.stream))
        except Garbled as error:
            raise _decoder_failed("It answered nonsense", "garbled", raw) from error
        if "error" in head or not isinstance(head.get("data"), dict):
            raise _told(head.get("error"), raw)
        return BoxResult(
            data=head["data"],
            blobs=blobs,
            sha256="" if digest == UNHASHED else digest,
            sandbox=self.description,
            peak_mb=raw.peak_mb,
            cpu_s=raw.cpu_s,
        )

    def _take(self, target: str) -> Servant:
        which = "exiftool" if target == "exiftool" else "python"
        with self._lock:
            idle = self._idle.setdefault(which, [])
            while idle:
                servant = idle.pop()
                if servant.alive:
                    return servant
                servant.close()
        command = perl.command() if which == "exiftool" else None
        return Servant(self.confinement, perl=command)

    def _give_back(self, target: str, servant: Servant) -> None:
        which = "exiftool" if target == "exiftool" else "python"
        with self._lock:
            idle = self._idle.setdefault(which, [])
            if servant.alive and len(idle) < KEPT_IDLE:
                idle.append(servant)
                return
        servant.close()

    def close(self) -> None:
        """End the warm processes; a later call starts new ones."""
        with self._lock:
            servants = [servant for idle in self._idle.values() for servant in idle]
            self._idle.clear()
        for servant in servants:
            servant.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_idle"):
            self.close()


def _open(path: Path) -> int:
    try:
        source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoSuchThing("There is no such file.", "Check the path.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(
            f"The file cannot be opened: {reason}.", "Check its name and rights."
        ) from error
    if not stat.S_ISREG(os.fstat(source).st_mode):
        os.close(source)
        raise UnreadableMedia("This is no plain file.", "Give the file itself.")
    return source


def _decoder_failed(what: str, reason: str, raw: Raw) -> DecoderFailed:
    said = sanitised(raw.errors.decode("utf-8", "replace"))
    return DecoderFailed(
        f"The decoder did not survive this file. {what}, and it was ended in its box; "
        "nothing else was touched.",
        "Treat the file as broken or hostile: keep it, and do not open it outside a sandbox.",
        details={"reason": reason, "said": said, "peak_mb": f"{raw.peak_mb:.0f}"},
    )


def _failure(raw: Raw, limits: Limits) -> DecoderFailed | None:
    if raw.ended == "time":
        return _decoder_failed(f"It took more than {limits.wall_s:g} s", "time", raw)
    if raw.ended == "output":
        return _decoder_failed(f"It wrote more than {limits.output_mb} MB", "output", raw)
    if raw.status is None:
        return _decoder_failed("Its box broke", "gone", raw)
    if os.WIFSIGNALED(raw.status):
        number = os.WTERMSIG(raw.status)
        if number in {signal.SIGXCPU, signal.SIGKILL}:
            what = f"It used more than {limits.cpu_s} s of processor time"
            return _decoder_failed(what, "cpu", raw)
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        return _decoder_failed(f"It crashed ({name})", "crash", raw)
    return None


def _told(error: object, raw: Raw) -> FirsthandError:
    """The error that the child named, if it is one of ours; its words are only ever data."""
    told = error if isinstance(error, dict) else {}
    kind = told.get("type")
    if kind == "memory":
        return _decoder_failed("It wanted more memory than it may have", "memory", raw)
    known = getattr(tree, kind, None) if isinstance(kind, str) and kind in tree.__all__ else None
    message = sanitised(told.get("message", ""))
    if known is None:
        return _decoder_failed(f"It stopped with an error ({message})", "exception", raw)
    details = told.get("details")
    pairs = details.items() if isinstance(details, dict) else ()
    answer: FirsthandError = known(
        message,
        sanitised(told.get("next_step", "")),
        details={sanitised(key): sanitised(value) for key, value in pairs},
    )
    return answer
