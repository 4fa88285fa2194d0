"""Evidence from the services that hold it: shown first, and sent only when a person says so.

Keys come from the environment and never from the command line, where they would stay in a shell's
history: FIRSTHAND_FIRMS_KEY, FIRSTHAND_SPACETRACK_IDENTITY, FIRSTHAND_SPACETRACK_PASSWORD.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from firsthand.app.asked import read_place
from firsthand.errors import CouldNot, InputError, InvalidTime
from firsthand.evidence.elements import read_elements
from firsthand.evidence.fetch import (
    Request,
    elements_request,
    firms_request,
    open_meteo_request,
    send,
)
from firsthand.evidence.fetch.services import FIRMS, MOST_DAYS, OPEN_METEO, SPACE_TRACK
from firsthand.evidence.firms import read_firms
from firsthand.evidence.satellites import SATELLITES
from firsthand.evidence.weather import read_open_meteo

__all__ = ["HOSTS", "SOURCES", "AskedFetch", "fetch"]

SOURCES: Final = {"fires": "FIRMS", "wind": "Open-Meteo", "elements": "Space-Track"}
HOSTS: Final = {"fires": FIRMS, "wind": OPEN_METEO, "elements": SPACE_TRACK}

_KEYS: Final = {
    "fires": ("FIRSTHAND_FIRMS_KEY",),
    "wind": (),
    "elements": ("FIRSTHAND_SPACETRACK_IDENTITY", "FIRSTHAND_SPACETRACK_PASSWORD"),
}
MOST_REQUESTS: Final = 40


@dataclass(frozen=True)
class AskedFetch:
    """The options of `firsthand fetch` as typed."""

    source: str
    first: str
    last: str
    at: str | None = None
    product: str = "VIIRS_NOAA20_SP"
    satellite: str | None = None
    out: Path | None = None
    send: bool = False


def fetch(asked: AskedFetch, *, hosts: dict[str, str] = HOSTS) -> dict[str, Any]:
    """`firsthand fetch`: what would be sent; with `send`, the answer in files.

    Raises:
        InputError: what cannot be asked for, or a key that is not there.
        CouldNot: no answer, or one that is not what was asked for.
    """
    if asked.source not in SOURCES:
        raise InputError(f"{asked.source!r} is no source.", f"One of {', '.join(sorted(SOURCES))}.")
    keys = {name: os.environ.get(name, "") for name in _KEYS[asked.source]}
    requests = _requests(asked, hosts[asked.source], tuple(keys.values()))
    answer: dict[str, Any] = {
        "source": SOURCES[asked.source],
        "would_send": [one.preview() for one in requests],
        "keys": sorted(keys),
        "sent": False,
        "files": [],
    }
    if not asked.send:
        return answer
    lacking = sorted(name for name, value in keys.items() if not value)
    if lacking:
        raise InputError(
            f"{SOURCES[asked.source]} wants a key.", f"Set {' and '.join(lacking)} first."
        )
    if asked.out is None:
        raise InputError("Nothing says where to put the answer.", "Give --out FILE.")
    for n, one in enumerate(requests):
        path = asked.out if n == 0 else asked.out.with_stem(f"{asked.out.stem}-{n + 1}")
        if path.exists():
            raise InputError(f"{path.name} is there already.", "Name another file.")
        data = send(one, switched_on=True)
        _expect(asked.source, data)
        path.write_bytes(data)
        answer["files"].append(str(path))
    return answer | {"sent": True}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidTime(f"{text!r} is no date.", "Write it like 2021-09-28.") from None


def _requests(asked: AskedFetch, host: str, keys: tuple[str, ...]) -> list[Request]:
    first, last = _day(asked.first), _day(asked.last)
    if last < first:
        raise InvalidTime("The last day is before the first.", "Turn them round.")
    if asked.source == "elements":
        return [
            elements_request(norad, first, last, identity=keys[0], password=keys[1], host=host)
            for norad in _satellites(asked.satellite)
        ]
    if asked.at is None:
        raise InputError("A place is needed.", "Give --at LAT,LON.")
    latitude, longitude, _ = read_place(asked.at)
    if asked.source == "wind":
        return [open_meteo_request(latitude, longitude, first, last, host=host)]
    starts = range(0, (last - first).days + 1, MOST_DAYS)
    if len(starts) > MOST_REQUESTS:
        raise InputError(
            f"FIRMS answers {MOST_DAYS} days a request, and that would be {len(starts)} requests.",
            "Ask FIRMS for an archive download of so many days, and give its file.",
        )
    return [
        firms_request(
            latitude,
            longitude,
            first + timedelta(days=start),
            days=min(MOST_DAYS, (last - first).days + 1 - start),
            product=asked.product,
            key=keys[0] or "KEY",
            host=host,
        )
        for start in starts
    ]


def _satellites(name: str | None) -> list[int]:
    fire = [norad for norad, one in SATELLITES.items() if one.sensor in {"MODIS", "VIIRS"}]
    if name is None:
        return fire
    found = [norad for norad, one in SATELLITES.items() if one.name.lower() == name.lower()]
    if not found:
        known = ", ".join(one.name for one in SATELLITES.values())
        raise InputError(f"{name!r} is no satellite that is known here.", f"One of {known}.")
    return found


def _expect(source: str, data: bytes) -> None:
    """A service answers a wrong key with a page and no error; that is never kept as evidence."""
    try:
        held = bool(_READERS[source](data))
    except InputError:
        held = False
    if not held:
        raise CouldNot(
            f"{SOURCES[source]} sent something else than was asked for, and it was not kept.",
            "Check the key and the days; the service may have said why in a browser.",
        )


_READERS: Final[dict[str, Callable[[bytes], object]]] = {
    "fires": read_firms,
    "wind": read_open_meteo,
    "elements": lambda data: read_elements(data.decode("utf-8", "replace")),
}
