"""Measure the smoke of a case's footage, and keep the answer before anything uses it.

The inputs are the case's settings and marks, written as `firsthand plume` takes them, so that the
kept answer names the command that makes it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot
from pathlib import Path
from typing import Any, Final

from firsthand import __version__
from firsthand.app.kept_evidence import LABEL
from firsthand.app.plume import PlumeAnswer, PlumeAsked, measure_plume
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import Desk, open_case, writing
from firsthand.case import Case, CaseState
from firsthand.checks.plume import ALT, TRACK_NOT_USABLE, TRACK_UNASSIGNED, claimed_height
from firsthand.errors import InputError, UnreadableMedia
from firsthand.measure.earth import distance
from firsthand.measure.plume.reading import RangeFrom, SmokeReading, reading_of
from firsthand.records import (
    Angle,
    Item,
    KnownObject,
    Length,
    Made,
    Place,
    Setting,
    SettingName,
    SettingRef,
    Window,
    format_instant,
)

__all__ = ["MARKS", "SMOKE", "Terms", "kept_smoke", "measure_smoke", "smoke_pictures", "terms_of"]

SMOKE: Final = "smoke"
TOOL: Final = "firsthand plume"

MARKS: Final = {"base": "the smoke's foot", "box": "the smoke", "horizon": "the level horizon"}
"""What each mark is called that the measurement takes, by the option that makes it."""

_OPTIONS: Final[tuple[tuple[str, SettingName], ...]] = (
    ("distance_m", "distance"),
    ("hfov_deg", "field_of_view"),
    ("heading_deg", "heading"),
    ("wind_from_deg", "wind_from"),
    ("camera_height_m", "camera_height"),
    ("reference", "known_object"),
)
"""Options of the measurement, and the settings that give them."""

TRACK: Final = LABEL + "track"
NARROW: Final = timedelta(seconds=10)
"""A filming window no longer than this is taken to say when the clip starts."""

WITHIN: Final = 2.0
"""A radius is held to be two standard deviations of what is known along the view."""


@dataclass(frozen=True)
class Terms:
    """What a measurement is to be made with, and the settings and marks that say so."""

    asked: PlumeAsked
    range_from: RangeFrom | None
    refs: tuple[SettingRef, ...]
    track: Item | None = None
    track_unused: bool = False
    """A track is kept, and which clip it belongs to is not known."""

    @property
    def arguments(self) -> dict[str, str]:
        """The options of the command, as written; where the distance is from."""
        said = {name: str(value) for name, value in vars(self.asked).items() if value is not None}
        if self.range_from:
            said["range_from"] = self.range_from
        return said | ({"track": "unused"} if self.track_unused else {})


def _standing(state: CaseState, name: SettingName, item: str) -> Setting | None:
    return state.settings.get((name, item)) or state.settings.get((name, "case"))


def _number(value: float) -> str:
    return f"{value:.9g}"


def _pair(value: Angle | Length) -> str:
    if isinstance(value, Angle):
        return f"{_number(value.value_deg)}:{_number(value.sd_deg)}"
    return f"{_number(value.value_m)}:{_number(value.sd_m)}"


def terms_of(state: CaseState, item: str) -> Terms:
    """What the case says now of a clip's smoke."""
    said: dict[str, Any] = {}
    refs: list[SettingRef] = []
    for option, name in _OPTIONS:
        setting = _standing(state, name, item)
        if setting is None:
            continue
        match setting.value:
            case Length() if option == "camera_height_m":
                said[option] = setting.value.value_m
            case Angle() | Length():
                said[option] = _pair(setting.value)
            case KnownObject(start_px=one, end_px=two, size_m=size, distance_m=away):
                said[option] = ",".join(map(_number, (*one, *two, size, away)))
            case _:
                continue
        refs.append(SettingRef(id=setting.id, revision=setting.revision))
    range_from: RangeFrom | None = "stated" if "distance_m" in said else None
    if range_from is None:
        by_place = _by_place(state, item)
        if by_place is not None:
            said["distance_m"], more = by_place
            refs += more
            range_from = "place"
    for option, called in MARKS.items():
        mark = next((m for m in state.marks.values() if (m.item, m.name) == (item, called)), None)
        if mark is not None:
            said[option] = _drawn(option, mark.points_px)
            refs.append(SettingRef(id=mark.id, revision=mark.revision))
    tracks = [one for one in state.items.values() if one.label == TRACK]
    clips = [one for one in state.items.values() if one.kind == "media"]
    track = tracks[0] if len(tracks) == len(clips) == 1 else None
    if track is not None:
        start = _start(state, item)
        if start is not None:
            said["track_start"] = format_instant(start[0])
            refs.append(start[1])
    unused = bool(tracks) and track is None
    return Terms(PlumeAsked(**said), range_from, tuple(refs), track, unused)


def _start(state: CaseState, item: str) -> tuple[datetime, SettingRef] | None:
    """When the clip starts, where its filming window is narrow enough to say so."""
    setting = _standing(state, "window", item)
    if setting is None or not isinstance(setting.value, Window):
        return None
    window = setting.value
    if window.end - window.start > NARROW:
        return None
    return window.start, SettingRef(id=setting.id, revision=setting.revision)


def _drawn(option: str, points: Sequence[tuple[float, float]]) -> str:
    if option != "box":
        return ",".join(_number(value) for point in points for value in point)
    (left, top), (right, bottom) = points[0], points[-1]
    return ",".join(map(_number, (left, top, right - left, bottom - top)))


def _by_place(state: CaseState, item: str) -> tuple[str, tuple[SettingRef, ...]] | None:
    """How far the claimed place is from where the camera stood, where both are set."""
    place, camera = _standing(state, "place", item), _standing(state, "camera_position", item)
    if place is None or camera is None:
        return None
    there, here = place.value, camera.value
    if not (isinstance(there, Place) and isinstance(here, Place)):
        return None
    away = distance(here.latitude_deg, here.longitude_deg, there.latitude_deg, there.longitude_deg)
    sd = hypot(there.radius_m / WITHIN, here.radius_m / WITHIN, away.width / 4)
    refs = tuple(SettingRef(id=one.id, revision=one.revision) for one in (place, camera))
    return f"{away.value:.6g}:{sd:.4g}", refs


def _made(item: Item, terms: Terms, **more: str) -> Made:
    used = (item, terms.track) if terms.track else (item,)
    return Made(
        tool=TOOL,
        version=__version__,
        arguments=terms.arguments | more,
        inputs=tuple(one.id for one in used),
        input_sha256=tuple(one.sha256 for one in used),
    )


def _kept(state: CaseState, item: Item, terms: Terms) -> Item | None:
    made = _made(item, terms)
    kept = [one for one in state.items.values() if one.label == SMOKE and one.made == made]
    return kept[-1] if kept else None


def kept_smoke(case: Case, state: CaseState, item: str) -> tuple[Item, SmokeReading, Terms] | None:
    """The measurement that fits what the case says now; one made with other inputs is none."""
    terms = terms_of(state, item)
    kept = _kept(state, state.items[item], terms)
    return None if kept is None else (kept, SmokeReading.parse(case.read_item(kept)), terms)


def smoke_pictures(state: CaseState, item: str) -> Mapping[str, Item]:
    """The pictures of the measurement that fits what the case says now, by name."""
    made = _made(state.items[item], terms_of(state, item))
    return {
        one.made.arguments["figure"]: one
        for one in state.items.values()
        if one.made is not None
        and one.made
        == made.model_copy(
            update={"arguments": made.arguments | {"figure": one.made.arguments.get("figure", "")}}
        )
    }


def _measured(
    desk: Desk, item: Item, terms: Terms, *, unsandboxed: bool
) -> tuple[PlumeAnswer, tuple[str, ...]]:
    """The answer, and a reason more where the track cannot be used and was left out."""
    clip = desk.case.item_path(item)
    if terms.track is not None:
        try:
            track = desk.case.item_path(terms.track)
            return measure_plume(clip, terms.asked, track=track, unsandboxed=unsandboxed), ()
        except InputError:
            return measure_plume(clip, terms.asked, unsandboxed=unsandboxed), (TRACK_NOT_USABLE,)
    return measure_plume(clip, terms.asked, unsandboxed=unsandboxed), ()


def measure_smoke(
    directory: Path, *, actor: str = "", unsandboxed: bool = False, on: Progress = QUIET
) -> list[str]:
    """Measure each clip where a reading states how high smoke stood; ids of what was kept.

    What was measured with the same inputs is not measured again. A file that cannot be decoded is
    left out: its examination has said so.
    """
    state = open_case(directory).state()
    readings = tuple(one for one in state.claims.values() if one.review.state != "rejected")
    if claimed_height(readings) is None:
        return []
    todo = [
        (item, terms)
        for item in state.items.values()
        if item.kind == "media" and item.id in state.media
        for terms in (terms_of(state, item.id),)
        if _kept(state, item, terms) is None
    ]
    if not todo:
        return []
    done: list[str] = []
    with writing(directory, actor) as desk:
        for item, terms in todo:
            on.step(f"measuring the smoke in {item.id}")
            try:
                answer, more = _measured(desk, item, terms, unsandboxed=unsandboxed)
            except UnreadableMedia:
                continue
            for name, data in answer.figures.items():
                desk.writer.add_derivative(
                    data,
                    media_type="image/svg+xml" if name.endswith(".svg") else "image/png",
                    made=_made(item, terms, figure=name),
                    label=str(ALT["graph" if name.endswith(".svg") else "frame"]),
                )
            source = terms.range_from
            if source is None and answer.measurement.track_range is not None:
                source = "track"
            reading = reading_of(answer.measurement, source, tuple(answer.figures))
            if terms.track_unused:
                more = (*more, TRACK_UNASSIGNED)
            reading = reading.model_copy(update={"reasons": (*reading.reasons, *more)})
            kept = desk.writer.add_derivative(
                reading.canonical(),
                media_type="application/json",
                made=_made(item, terms),
                label=SMOKE,
            )
            done.append(kept.id)
    return done
