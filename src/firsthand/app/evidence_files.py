"""What an evidence file is, by its content alone, and whether it can be read as that.

Text is read whole before it is taken in. Gridded fields and elevation models are opened in the
sandbox only once a place is known: `at_places` says which of them gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from firsthand.app.wind import field_reader, winds_of
from firsthand.errors import InputError
from firsthand.evidence.elements import read_elements
from firsthand.evidence.firms import FireFile, read_firms
from firsthand.evidence.track import is_track, read_track
from firsthand.evidence.weather import WindRecord

__all__ = ["READERS", "EvidenceKind", "elements_in", "evidence_kind", "fires_in", "winds_in"]

EvidenceKind = Literal["fires", "elements", "weather", "fields", "terrain", "track"]

_GEOTIFF: Final = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")

_SNIFFED: Final = 64 * 1024

_ANY_DAY: Final = datetime(2020, 1, 15, tzinfo=UTC)
"""Whether a METAR line can be read does not hang on its month, which it does not name."""


def evidence_kind(path: Path) -> EvidenceKind:
    """What an evidence file is, by its content alone.

    Raises:
        InputError: nothing that any check here can use.
    """
    with path.open("rb") as file:
        head = file.read(_SNIFFED)
    if head.startswith(_GEOTIFF):
        return "terrain"
    if field_reader(path) is not None:
        return "fields"
    text = head.decode("utf-8-sig", "replace").lower()
    if is_track(text):
        return "track"
    first = text.partition("\n")[0]
    if "latitude" in first and "acq_date" in first:
        return "fires"
    lines = text.splitlines()
    if any(line.startswith("1 ") and len(line) >= 60 for line in lines):
        return "elements"
    is_metar = any(re.match(r"(METAR |SPECI )?[A-Z]{4} \d{6}Z", line.upper()) for line in lines)
    if is_metar or '"hourly"' in text:
        return "weather"
    raise InputError(
        f"{path.name} is no evidence that is known here.",
        "Give FIRMS fires (CSV), element sets (TLE), METAR lines, Open-Meteo's JSON, ERA5 as GRIB "
        "or NetCDF, an elevation model (GeoTIFF), or a track.",
    )


def fires_in(data: bytes) -> FireFile:
    """The fires of a FIRMS file. One with a header and no line is an answer: there were none.

    Raises:
        InputError: no FIRMS CSV, or none of its lines can be read.
    """
    file = read_firms(data)
    if file.refused and not file.points:
        number, why = file.refused[0]
        raise InputError(
            f"No line of this file of fires can be read (line {number}: {why}).", "Get it anew."
        )
    return file


def elements_in(data: bytes) -> str:
    """A file of element sets as text.

    Raises:
        InputError: no element set in it, or none that is whole.
    """
    text = data.decode("utf-8", "replace")
    sets, refused = read_elements(text)
    if not sets:
        raise InputError(
            f"No element set of this file can be read (the first: {refused[0].why}).",
            "Get it anew.",
        )
    return text


def winds_in(data: bytes, near: datetime) -> tuple[WindRecord, ...]:
    """The winds of Open-Meteo's JSON or of METAR lines; a METAR's month is the one nearest.

    Raises:
        InputError: no wind in it that can be read.
    """
    records = winds_of(data, near)
    if not records:
        raise InputError(
            "This weather file holds no wind that can be read.",
            "Give METAR lines or Open-Meteo's JSON.",
        )
    return records


READERS: Final[Mapping[EvidenceKind, Callable[[bytes], object]]] = {
    "fires": fires_in,
    "elements": elements_in,
    "weather": lambda data: winds_in(data, _ANY_DAY),
    "track": read_track,
}
"""What reads a kind of text whole, and raises InputError where it cannot."""
