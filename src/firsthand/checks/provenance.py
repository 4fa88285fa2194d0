"""Do the file's own fields speak against the claims?

Anyone can write these fields, most sites strip them, and camera clocks run wrong. So their absence
proves nothing, a later time contradicts nothing (files are copied and saved again), two fields of
one file are one witness, and a time before the event or a position elsewhere is shown and does
not decide: only a trusted signature could.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from firsthand.checks.base import CheckResult, check
from firsthand.checks.claimed import claimed_time
from firsthand.checks.credential_words import of_credentials, silent
from firsthand.checks.file_times import FileTime, file_times, in_conflict
from firsthand.checks.inputs import describe
from firsthand.measure.earth import distance
from firsthand.media.contradictions import Contradiction
from firsthand.media.credentials import Credentials
from firsthand.media.metadata import FileMetadata
from firsthand.records import (
    Claim,
    ClaimRef,
    Consistent,
    Inconclusive,
    Measurement,
    Message,
    NeedsInput,
    Outcome,
    Place,
    Window,
    say,
)

__all__ = ["provenance"]

POSITION_SLACK_M: Final = 1000.0
"""Receivers indoors and rounded fields are off by hundreds of metres."""

_EDITABLE: Final = say(
    "These fields are not signed: anyone can write them, and a camera's clock may be wrong."
)
_ONE_WITNESS: Final = say("All fields of one file are one witness, however many agree.")
_STRIPPED: Final = say("Most sites and messengers remove such fields, so their absence is no sign.")


Way = Literal["fits", "elsewhere", "silent", "unasked"]

# What the times say, what the positions say.
_WORDS: Final[dict[tuple[Way, Way], str]] = {
    ("elsewhere", "unasked"): "The file's {tag} says {time}, before the claimed time.",
    ("elsewhere", "fits"): (
        "The file's {tag} says {time}, before the claimed time; its position fits the claimed "
        "place."
    ),
    ("elsewhere", "elsewhere"): (
        "The file's {tag} says {time}, before the claimed time, and its position lies {distance} "
        "from the middle of the claimed place, outside it."
    ),
    ("fits", "unasked"): "The file's {tag} says {time}, which fits the claimed time.",
    ("fits", "fits"): (
        "The file's {tag} says {time}, which fits the claimed time, and its position fits the "
        "claimed place."
    ),
    ("fits", "elsewhere"): (
        "The file's position lies {distance} from the middle of the claimed place, outside it; "
        "its {tag} says {time}, which fits the claimed time."
    ),
    ("silent", "unasked"): (
        "The file's {tag} says {time}; that this is not before the claimed time tells nothing."
    ),
    ("silent", "fits"): (
        "The file's position fits the claimed place; that its {tag} says {time}, not before the "
        "claimed time, tells nothing."
    ),
    ("silent", "elsewhere"): (
        "The file's position lies {distance} from the middle of the claimed place, outside it; "
        "that its {tag} says {time}, not before the claimed time, tells nothing."
    ),
    ("unasked", "fits"): "The file's position fits the claimed place.",
    ("unasked", "elsewhere"): (
        "The file's position lies {distance} from the middle of the claimed place, outside it."
    ),
}


@dataclass(frozen=True)
class _Answer:
    """What one kind of field says: which way, the values of its words, its figures."""

    way: Way = "unasked"
    values: Mapping[str, str] = MappingProxyType({})
    measurements: tuple[Measurement, ...] = ()
    tests: tuple[ClaimRef, ...] = ()


@check(
    name="provenance",
    question="Do the file's own fields speak against the claims?",
    proposition="F",
    version="3",
    scope="shot",
    alternative="same_place_other_time",
)
def provenance(  # noqa: PLR0917  the desk calls it by name
    metadata: FileMetadata,
    claims: tuple[Claim, ...] = (),
    place: Place | None = None,
    window: Window | None = None,
    contradictions: tuple[Contradiction, ...] = (),
    credentials: Credentials | None = None,
) -> CheckResult:
    """Hold the file's times and positions against the claimed time and place.

    Contradictions inside the file and the state of its Content Credentials are told beside it. A
    signature says who signed and when it was signed, which is not when it was filmed.
    """
    times = file_times(metadata)
    positions = [
        (field.latitude_deg, field.longitude_deg)
        for field in metadata.positions
        if not (field.blank or field.unsigned or field.null_island)
        and field.latitude_deg is not None
        and field.longitude_deg is not None
    ]
    signed = of_credentials(credentials) if credentials else ()
    telling = credentials is not None and credentials.state != "none"
    limits = (
        *(one.statement for one in contradictions if one.weight != "blank"),
        *(signed if telling else ()),
        *_limits(metadata, times),
        *(() if telling else signed),
    )
    if not times and not positions:
        return CheckResult(
            outcome=Inconclusive(why=_STRIPPED),
            statement=silent(credentials),
            limits=limits,
        )
    claimed = claimed_time(claims)
    earliest = window.start if window else claimed.earliest
    latest = window.end if window else claimed.latest
    when = _when(times, earliest, latest, claimed.claims) if earliest else _Answer()
    where = _where(positions, place, claims) if place else _Answer()
    if when.way == where.way == "unasked":
        missing = tuple(name for name, has in (("window", times), ("place", positions)) if has)
        return CheckResult(
            outcome=NeedsInput(missing=missing, why=describe(missing[0]).ask),
            statement=say(
                "What the file states of time or place has nothing claimed to be held against yet."
            ),
            limits=limits,
        )
    return _result(when, where, limits, contradicted=in_conflict(times) is not None)


def _result(
    when: _Answer, where: _Answer, limits: tuple[Message, ...], *, contradicted: bool
) -> CheckResult:
    ways = {when.way, where.way}
    outcome: Outcome = Consistent()
    if "elsewhere" in ways:
        outcome = Inconclusive(
            why=say(
                "Unsigned fields that do not fit are shown and do not decide; the file as it "
                "left the camera could."
            )
        )
    elif contradicted:
        outcome = Inconclusive(
            why=say("The file's own times contradict each other, so none of them counts.")
        )
    elif "fits" not in ways:
        outcome = Inconclusive(
            why=say("A later time contradicts nothing: files are copied and saved again.")
        )
    fits = outcome.kind == "consistent"
    return CheckResult(
        outcome=outcome,
        statement=say(_WORDS[when.way, where.way], **when.values, **where.values),
        tests=tuple(dict.fromkeys((*when.tests, *where.tests))),
        measurements=(*when.measurements, *where.measurements),
        nuisances=("file_metadata",),
        toward="for" if fits else None,
        limits=limits,
    )


def _when(
    times: Sequence[FileTime],
    earliest: datetime,
    latest: datetime | None,
    tests: tuple[ClaimRef, ...],
) -> _Answer:
    """Hold the times against the claimed ones; without a claimed end none can be said to fit."""
    if not times:
        return _Answer()
    before = [one for one in times if one.last < earliest]
    filming = [one for one in times if one.about_filming]
    inside = [one for one in filming if latest is not None and one.first <= latest]
    way: Way
    if before:
        way, told = "elsewhere", min(before, key=lambda one: one.last)
    elif inside:
        way, told = "fits", inside[0]
    else:
        way, told = "silent", (filming or list(times))[0]
    values = {"tag": told.field.tags[0].place, "time": told.field.local or ""}
    return _Answer(way, values, (), tests)


def _where(
    positions: Sequence[tuple[float, float]], place: Place, claims: Sequence[Claim]
) -> _Answer:
    """The farthest of the file's positions decides: one elsewhere is what has to be looked at."""
    if not positions:
        return _Answer()
    far = max(
        (distance(place.latitude_deg, place.longitude_deg, *where) for where in positions),
        key=lambda one: one.value,
    )
    measured = (Measurement(name="distance of the file's position", quantity=far),)
    tests = tuple(claim.ref for claim in claims if claim.footage and claim.where is not None)
    if far.low > place.radius_m + POSITION_SLACK_M:
        return _Answer("elsewhere", {"distance": _rounded(far.value)}, measured, tests)
    return _Answer("fits", {}, measured, tests)


def _rounded(metres: float) -> str:
    """Two figures: enough to judge by, too little to find the camera by."""
    return f"{float(f'{metres / 1000:.2g}'):g} km"


def _camera(metadata: FileMetadata) -> str:
    named = [fields[0].value for fields in (metadata.make, metadata.model) if fields]
    return " ".join(named)


def _limits(metadata: FileMetadata, times: tuple[FileTime, ...]) -> tuple[Message, ...]:
    out = [_EDITABLE, _ONE_WITNESS]
    if camera := _camera(metadata):
        out.append(say("The camera that the file names: {camera}.", camera=camera))
    if metadata.exiftool == "present":
        out.append(say("Fields read by {reader}.", reader=metadata.reader))
    elif metadata.exiftool == "absent":
        out.append(
            say(
                "ExifTool is not installed: fields that {reader} cannot read were not seen.",
                reader=metadata.reader,
            )
        )
    else:
        out.append(
            say(
                "ExifTool failed on this file: fields that {reader} cannot read were not seen.",
                reader=metadata.reader,
            )
        )
    blanks = [field.tags[0].place for field in metadata.times if field.blank]
    if blanks:
        out.append(say("{tags}: blank, not a date.", tags=", ".join(dict.fromkeys(blanks))))
    if any(field.null_island for field in metadata.positions):
        out.append(say("A position of exactly 0, 0 is a blank, not a place."))
    if any(field.unsigned for field in metadata.positions):
        out.append(say("A position lacks its letters N, S, E or W, so it names no place."))
    pair = in_conflict(times)
    if pair:
        out.append(
            say(
                "The file contradicts itself: {one} says {first}, {other} says {second}.",
                one=pair[0].field.tags[0].place,
                first=pair[0].field.local or "",
                other=pair[1].field.tags[0].place,
                second=pair[1].field.local or "",
            )
        )
    return tuple(out)
