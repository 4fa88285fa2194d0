"""A time stamp, looked at twice: by rfc3161-client and by `openssl ts -verify`.

A stamp proves that the checkpoint *existed before* the stamp's time, as far as its authority is
to be believed. It never says when anything was filmed. Certificates are judged at the stamp's own
time, not at today's, so a stamp outlives its authority's certificate.

The two do not always agree: rfc3161-client refuses a token whose certificates are not in DER
order, which openssl and most authorities do not mind. Both verdicts are kept, and openssl's
decides, because it is what a stranger will use.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from firsthand.records import Instant, Part

__all__ = ["MAX_REPLY", "StampCheck", "Verdict", "check_stamp", "stamp_time"]

MAX_REPLY: Final = 256 * 1024
"""A reply with its certificates is 2 to 10 kB."""
TIMEOUT_S: Final = 15.0
_CHILD: Final = Path(__file__).with_name("stamp_child.py")
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_LIMITS: Final = 'ulimit -t 10; ulimit -v 1000000; exec "$@"'


class Verdict(Part):
    """What one of the two says."""

    state: Literal["accepted", "refused", "not_run"]
    why: str = ""


class StampCheck(Part):
    """What both say, and what the token says of itself.

    `state`: `verified` (both accept), `verified_once` (one accepts, the other is not installed),
    `disputed` (they differ), `refused` (none accepts).
    """

    library: Verdict
    openssl: Verdict
    gen_time: Instant | None = None
    serial: str = ""
    policy: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the stamp holds: by openssl, or by the library where there is no openssl."""
        if self.openssl.state == "not_run":
            return self.library.state == "accepted"
        return self.openssl.state == "accepted"

    @property
    def state(self) -> Literal["verified", "verified_once", "disputed", "refused"]:
        """Both verdicts in a word."""
        states = {self.library.state, self.openssl.state}
        if states == {"accepted"}:
            return "verified"
        if states == {"accepted", "refused"}:
            return "disputed"
        return "verified_once" if "accepted" in states else "refused"


def check_stamp(
    reply: bytes, imprint: bytes, roots_pem: bytes, *, query: bytes | None = None, nonce: int | None
) -> StampCheck:
    """Verify an authority's reply against the imprint that was sent (SHA-256, -384 or -512).

    `roots_pem` are the roots to believe, from configuration, never from the reply. With `query`
    openssl holds the reply against the request too, nonce and all.
    """
    if not reply or len(reply) > MAX_REPLY:
        why = "it is empty" if not reply else f"it is longer than {MAX_REPLY} bytes"
        return StampCheck(library=_refused(why), openssl=_refused(why))
    if b"-----BEGIN CERTIFICATE-----" not in roots_pem:
        why = "no root to believe was given"
        return StampCheck(library=_refused(why), openssl=_refused(why))
    library, said = _ask_library(reply, imprint, roots_pem, nonce)
    openssl, shown = _ask_openssl(reply, imprint, roots_pem, query)
    gen_time = shown or _instant(said.get("gen_time"))
    return StampCheck(
        library=library,
        openssl=openssl,
        gen_time=gen_time,
        serial=str(said.get("serial", "")),
        policy=str(said.get("policy", "")),
    )


def _refused(why: str) -> Verdict:
    return Verdict(state="refused", why=why)


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if isinstance(text, str) else None
    except ValueError:
        return None


def _ask_library(
    reply: bytes, imprint: bytes, roots_pem: bytes, nonce: int | None
) -> tuple[Verdict, Mapping[str, Any]]:
    asked = {
        "reply": reply.hex(),
        "imprint": imprint.hex(),
        "roots": roots_pem.hex(),
        "nonce": None if nonce is None else str(nonce),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _refused(f"the library did not end within {TIMEOUT_S:g} s"), {}
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return _refused(f"the library died (exit {done.returncode})"), {}
    why = _short(str(said["why"]))
    if "No module named" in why:
        return Verdict(state="not_run", why="rfc3161-client is not installed"), {}
    return Verdict(state="accepted" if said["ok"] else "refused", why=why), said


def _short(why: str) -> str:
    """The library wraps openssl's stack of errors: the data of its last one says it best."""
    data = re.findall(r'(?:data|reason): "([^"]*)"', why)
    return data[-1].removeprefix("Verify error: ") if data else why[:200]


def _ask_openssl(
    reply: bytes, imprint: bytes, roots_pem: bytes, query: bytes | None
) -> tuple[Verdict, datetime | None]:
    with tempfile.TemporaryDirectory(prefix="firsthand-stamp-") as folder:
        place = Path(folder)
        (place / "reply").write_bytes(reply)
        (place / "roots").write_bytes(roots_pem)
        shown = _openssl(place, "-reply", "-in", "reply", "-text")
        if isinstance(shown, Verdict):
            return shown, None
        gen_time = stamp_time(shown.stdout.decode("utf-8", "replace"))
        if shown.returncode or gen_time is None:
            return _refused(f"it cannot be read: {_last(shown)}"), None
        at = ("-attime", str(int(gen_time.timestamp())))
        verify = ("-verify", "-in", "reply", "-CAfile", "roots", *at)
        checks = [("-digest", imprint.hex())]
        if query is not None:
            (place / "query").write_bytes(query)
            checks.append(("-queryfile", "query"))
        for check in checks:
            done = _openssl(place, *verify, *check)
            if isinstance(done, Verdict):
                return done, gen_time
            if done.returncode or b"Verification: OK" not in done.stdout + done.stderr:
                return _refused(_last(done)), gen_time
    return Verdict(state="accepted"), gen_time


def _openssl(place: Path, *arguments: str) -> subprocess.CompletedProcess[bytes] | Verdict:
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", _LIMITS, "sh", "openssl", "ts", *arguments],
            cwd=place,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "OPENSSL_CONF": "/dev/null",
                "LC_ALL": "C",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _refused(f"openssl did not end within {TIMEOUT_S:g} s")
    if done.returncode == 127:
        return Verdict(state="not_run", why="openssl is not installed")
    return done


def _last(done: subprocess.CompletedProcess[bytes]) -> str:
    """The reason in openssl's last error line: the text after its last colons."""
    lines = [
        line for line in done.stderr.decode("utf-8", "replace").splitlines() if "error:" in line
    ]
    return (
        ": ".join(part for part in lines[-1].split(":")[5:6] + lines[-1].split(":")[8:] if part)
        if lines
        else "openssl gave no reason"
    )


def stamp_time(text: str) -> datetime | None:
    """The instant in `openssl ts -reply -text`: "Time stamp: Mar 24 11:17:47 2025 GMT"."""
    for line in text.splitlines():
        if not line.startswith("Time stamp: "):
            continue
        words = line.removeprefix("Time stamp: ").split()
        try:
            month, day, clock, year, zone = words
            hour, minute, second = (int(float(part)) for part in clock.split(":"))
            if zone != "GMT":
                return None
            return datetime(
                int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=UTC
            )
        except ValueError:
            return None
    return None
