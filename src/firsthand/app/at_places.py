"""What gridded evidence says at a case's places: read in the sandbox, kept before any check runs.

A reading names the file and the places that it was made with. When a place changes, the old reading
fits no longer, and the file is read again at the new one. A file that gives nothing at a place is
named each time, and its failure stands in the log once for each file and place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any, Final

from firsthand.app.kept_evidence import (
    FIELDS_READ,
    LABEL,
    TERRAIN_READ,
    fields_made,
    not_used,
    terrain_made,
)
from firsthand.app.progress import QUIET, Progress
from firsthand.app.sightline import terrain_line
from firsthand.app.store import Desk, open_case, writing
from firsthand.app.wind import field_reader
from firsthand.case import CaseState
from firsthand.errors import DecoderFailed, FirsthandError, InputError
from firsthand.evidence.ground import FieldWinds, GroundLine, GroundLines
from firsthand.evidence.weather import records_of_fields
from firsthand.records import Item, Made, Place, SettingName
from firsthand.sandbox import Box

__all__ = ["read_at_places"]

_METRES_PER_DEG: Final = 111_195.0
_RIM: Final = 8
_SMALL_M: Final = 30.0
"""A place no larger than this is one point: the model's cells are no finer."""
_MOST_POINTS: Final = 1000


@dataclass(frozen=True)
class _Task:
    """A file to read at a place, or between a camera and it; `settings` are what set them."""

    item: Item
    made: Made
    place: Place
    camera: Place | None
    settings: tuple[str, ...]


def read_at_places(
    directory: Path, *, actor: str = "", unsandboxed: bool = False, on: Progress = QUIET
) -> dict[str, Any]:
    """Read winds and ground where the case's settings need them.

    What was read with the same places is not read again. A file that cannot be read or does not
    hold a place is left out: it is tried again at each run, for the tools may have got better.

    Returns:
        `kept`, the ids of what was read and kept; `warnings`, a sentence for each file and place
        that gave nothing.
    """
    kept: list[str] = []
    warnings: list[str] = []
    todo = list(_todo(open_case(directory).state()))
    if not todo:
        return {"kept": kept, "warnings": warnings}
    with writing(directory, actor) as desk, Box(unsandboxed=unsandboxed) as box:
        for task in todo:
            on.step(f"reading {task.item.id} at the place")
            try:
                data = _read(desk, box, task)
            except (InputError, DecoderFailed) as error:
                _log_failure(desk, task, error)
                warnings.append(not_used(task.item, error.message))
                continue
            label = FIELDS_READ if task.camera is None else TERRAIN_READ
            item = desk.writer.add_derivative(
                data, media_type="application/json", made=task.made, label=label
            )
            kept.append(item.id)
    return {"kept": kept, "warnings": list(dict.fromkeys(warnings))}


def _log_failure(desk: Desk, task: _Task, error: FirsthandError) -> None:
    """Once, until the place is set anew: the same failure again says nothing new."""
    state = desk.writer.state
    subject = (task.item.id, *task.settings)
    since = max(state.line_of[one] for one in task.settings)
    known = state.events[since:]
    if not any(event.kind == "failed" and event.subject == subject for event in known):
        desk.writer.append(
            "failed",
            subject=subject,
            sensitive={
                "act": "read_at_place",
                "error": type(error).__name__,
                "message": error.message,
            },
        )


def _todo(state: CaseState) -> Iterator[_Task]:
    there = [one.made for one in state.items.values() if one.made is not None]
    seen: list[Made] = []
    scopes = ["case", *(item.id for item in state.items.values() if item.kind == "media")]
    for item in state.items.values():
        for scope in scopes:
            place = _standing(state, "place", scope)
            camera = _standing(state, "camera_position", scope)
            if item.label == LABEL + "fields" and place is not None:
                made = fields_made(item, place[1])
                task = _Task(item, made, place[1], None, (place[0],))
            elif item.label == LABEL + "terrain" and place is not None and camera is not None:
                made = terrain_made(item, place[1], camera[1])
                task = _Task(item, made, place[1], camera[1], (place[0], camera[0]))
            else:
                continue
            if made not in there and made not in seen:
                seen.append(made)
                yield task


def _standing(state: CaseState, name: SettingName, scope: str) -> tuple[str, Place] | None:
    """The fact that sets a place, and the place."""
    setting = state.settings.get((name, scope)) or state.settings.get((name, "case"))
    return (setting.id, setting.value) if setting and isinstance(setting.value, Place) else None


def _read(desk: Desk, box: Box, task: _Task) -> bytes:
    if task.camera is None:
        return _winds(desk, box, task.item, task.place)
    return _ground(desk, box, task.item, task.place, task.camera)


def _winds(desk: Desk, box: Box, item: Item, place: Place) -> bytes:
    path = desk.case.item_path(item)
    reader = field_reader(path)
    if reader is None:
        raise InputError("This is no file of gridded fields.", "Give GRIB or NetCDF.")
    args = {"latitude_deg": place.latitude_deg, "longitude_deg": place.longitude_deg}
    found = FieldWinds.parse(json.dumps({"winds": box.call(reader, path, args).data["winds"]}))
    try:
        usable = records_of_fields([one.plain() for one in found.winds])
    except ValueError:
        raise InputError("A time in this file cannot be.", "Get it anew.") from None
    if not usable:
        raise InputError("This file holds no wind at a height that is known.", "Get it anew.")
    return found.canonical()


def _ground(desk: Desk, box: Box, item: Item, place: Place, camera: Place) -> bytes:
    lines: list[GroundLine] = []
    cell, crs = 0.0, ""
    for here in _points(camera, 4):
        for there in _points(place, _RIM):
            line = terrain_line(box, desk.case.item_path(item), here, there, most=_MOST_POINTS)
            cell, crs = line.cell_m, line.crs
            lines.append(
                GroundLine(
                    camera_deg=here,
                    target_deg=there,
                    distance_m=round(float(line.distance_m[-1]), 1),
                    heights_m=tuple(round(float(height), 1) for height in line.ground_m),
                )
            )
    return GroundLines(cell_m=cell, crs=crs, lines=tuple(lines)).canonical()


def _points(place: Place, rim: int) -> list[tuple[float, float]]:
    """The middle, and so many points on the rim of what the place may be."""
    middle = (place.latitude_deg, place.longitude_deg)
    if place.radius_m <= _SMALL_M:
        return [middle]
    north = place.radius_m / _METRES_PER_DEG
    east = north / max(cos(radians(place.latitude_deg)), 0.02)
    turns = [2 * pi * n / rim for n in range(rim)]
    return [
        middle,
        *(
            (round(middle[0] + north * cos(turn), 6), round(middle[1] + east * sin(turn), 6))
            for turn in turns
        ),
    ]
