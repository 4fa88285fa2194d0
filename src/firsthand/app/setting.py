"""What a person adds to a case: a fact the report does not give, with who and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from firsthand.app.asked import read_angle, read_instant, read_length, read_place
from firsthand.app.marking import drawn, known_object, mark_in_case, marked_item
from firsthand.app.store import open_case, writing
from firsthand.case import CaseState
from firsthand.errors import InputError, InvalidTime, NoSuchThing
from firsthand.records import (
    Angle,
    Length,
    Light,
    Place,
    Seen,
    Setting,
    SettingName,
    SettingValue,
    Window,
)

__all__ = ["Asked", "set_in_case"]

MAX_RADIUS_M = 20_100_000.0
"""Half the earth's way round, more or less: beyond it a radius says nothing."""

DEFAULT_POSITION_RADIUS_M = 50.0
"""A camera position given without a radius: about what a map click on a street is good to."""


@dataclass(frozen=True)
class Asked:
    """The options of `case set` as typed; None or empty where not given."""

    place: str | None = None
    radius_m: float | None = None
    name: str = ""
    window: str | None = None
    camera: str | None = None
    camera_height_m: str | None = None
    heading_deg: str | None = None
    hfov_deg: str | None = None
    distance_m: str | None = None
    wind_from_deg: str | None = None
    shadow_azimuth_deg: str | None = None
    sun_elevation_deg: str | None = None
    top_height_m: str | None = None
    drift_angle_deg: str | None = None
    reference: str | None = None
    light: str | None = None
    seen: str | None = None
    base: str | None = None
    box: str | None = None
    horizon: str | None = None


def _radius(asked: Asked, default_m: float | None) -> float:
    radius = default_m if asked.radius_m is None else asked.radius_m
    if radius is None or not 0 < radius <= MAX_RADIUS_M:
        raise InputError(
            "A place needs its radius: how far from this point may the thing be?",
            "Add --radius-m, like --radius-m 3000 for a large base.",
        )
    return radius


def _point(asked: Asked, text: str | None, default_m: float | None) -> Place:
    latitude, longitude, elevation = read_place(text or "")
    return Place(
        name=asked.name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        elevation_m=elevation,
        radius_m=_radius(asked, default_m),
    )


def _window(asked: Asked) -> Window:
    start, slash, end = (asked.window or "").partition("/")
    if not slash:
        raise InvalidTime(
            f"{asked.window!r} is no window.",
            "Write START/END, like 2021-09-28T06:00:00Z/2021-09-28T12:00:00Z.",
        )
    window = Window(start=read_instant(start), end=read_instant(end))
    if window.end < window.start:
        raise InvalidTime("The window ends before it starts.", "Write START/END in that order.")
    return window


def _angle(text: str | None) -> Angle:
    value, sd = read_angle(text or "")
    return Angle(value_deg=value, sd_deg=sd)


def _length(text: str | None) -> Length:
    value, sd = read_length(text or "")
    return Length(value_m=value, sd_m=sd)


def _light(asked: Asked) -> Light:
    try:
        return Light.model_validate({"kind": "light", "seen": asked.light})
    except ValidationError:
        seen = get_args(Light.model_fields["seen"].annotation)
        raise InputError(
            f"{asked.light!r} is no light.", f"Say one of: {', '.join(seen)}."
        ) from None


_READERS: dict[str, tuple[SettingName, Callable[[Asked], SettingValue]]] = {
    "place": ("place", lambda asked: _point(asked, asked.place, None)),
    "window": ("window", _window),
    "camera": (
        "camera_position",
        lambda asked: _point(asked, asked.camera, DEFAULT_POSITION_RADIUS_M),
    ),
    "camera_height_m": ("camera_height", lambda asked: _length(asked.camera_height_m)),
    "heading_deg": ("heading", lambda asked: _angle(asked.heading_deg)),
    "hfov_deg": ("field_of_view", lambda asked: _angle(asked.hfov_deg)),
    "distance_m": ("distance", lambda asked: _length(asked.distance_m)),
    "shadow_azimuth_deg": ("shadow_azimuth", lambda asked: _angle(asked.shadow_azimuth_deg)),
    "sun_elevation_deg": ("sun_elevation", lambda asked: _angle(asked.sun_elevation_deg)),
    "top_height_m": ("top_height", lambda asked: _length(asked.top_height_m)),
    "drift_angle_deg": ("drift_angle", lambda asked: _angle(asked.drift_angle_deg)),
    "wind_from_deg": ("wind_from", lambda asked: _angle(asked.wind_from_deg)),
    "reference": ("known_object", lambda asked: known_object(asked.reference or "")),
    "light": ("light", _light),
    "seen": ("seen", lambda asked: Seen(words=asked.seen or "")),
}


def set_in_case(
    directory: Path, asked: Asked, *, why: str, scope: str = "case", actor: str = ""
) -> dict[str, Any]:
    """Put each given fact and mark into the case; one that already stands so makes no new line.

    Raises:
        InputError: nothing given, no reason, or a value that cannot be.
        NoSuchThing: `scope` names no footage of this case.
    """
    if not why.strip():
        raise InputError("A fact needs its reason.", 'Add --why "how you know".')
    given = [field for field in _READERS if getattr(asked, field) is not None]
    marks = drawn({"base": asked.base, "box": asked.box, "horizon": asked.horizon})
    if not given and not marks:
        raise InputError("Nothing to set.", "See `firsthand case set --help` for what there is.")
    values = [(name, read(asked)) for name, read in (_READERS[field] for field in given)]
    state = open_case(directory).state()
    _check_scope(state, scope)
    item = marked_item(state, scope) if marks else ""
    done: list[dict[str, Any]] = []
    unchanged: list[str] = []
    with writing(directory, actor) as desk:
        state = desk.writer.state
        for name, value in values:
            before = state.settings.get((name, scope))
            if before is not None and before.value == value and before.why == why:
                unchanged.append(before.id)
                continue
            setting = Setting(
                id=before.id if before else f"s{len(state.settings) + len(done) + 1}",
                revision=before.revision + 1 if before else 1,
                name=name,
                scope=scope,
                value=value,
                why=why,
                by=desk.by,
                at=desk.now(),
            )
            desk.writer.append("setting.set", subject=(setting.id,), sensitive=setting)
            done.append(setting.plain())
        for called, points in marks.items():
            mark, new = mark_in_case(desk, item, called, points, why)
            done += [mark.plain()] if new else []
            unchanged += [] if new else [mark.id]
    return {"set": done, "unchanged": unchanged}


def _check_scope(state: CaseState, scope: str) -> None:
    footage = sorted(item.id for item in state.items.values() if item.kind == "media")
    if scope != "case" and scope not in footage:
        raise NoSuchThing(
            f"{scope!r} is no footage of this case.",
            f"Leave --scope out, or name one of: {', '.join(footage) or 'none yet'}.",
        )
