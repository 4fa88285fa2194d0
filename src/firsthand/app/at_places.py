"""What gridded evidence says at a case's places: read in the sandbox, kept before any check runs.

A reading names the file and the places that it was made with. When a place changes, the old reading
fits no longer, and the file is read again at the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Final

from firsthand.app.kept_evidence import FIELDS_READ, LABEL, TERRAIN_READ, fields_made, terrain_made
from firsthand.app.progress import QUIET, Progress
from firsthand.app.sightline import terrain_line
from firsthand.app.store import Desk, open_case, writing
from firsthand.app.wind import field_reader
from firsthand.case import CaseState
from firsthand.errors import InputError, UnreadableMedia
from firsthand.evidence.ground import FieldWinds, GroundLine, GroundLines
from firsthand.records import Item, Made, Place, SettingName
from firsthand.sandbox import Box

__all__ = ["read_at_places"]

_METRES_PER_DEG: Final = 111_195.0
_RIM: Final = 8
_SMALL_M: Final = 30.0
"""A place no larger than this is one point: the model's cells are no finer."""
_MOST_POINTS: Final = 1000


def read_at_places(
    directory: Path, *, actor: str = "", unsandboxed: bool = False, on: Progress = QUIET
) -> list[str]:
    """Read winds and ground where the case's settings need them; ids of what was kept.

    What was read with the same places is not read again. A file that does not hold a place is left
    out: the check then says what it lacks.
    """
    state = open_case(directory).state()
    done: list[str] = []
    todo = list(_todo(state))
    if not todo:
        return done
    with writing(directory, actor) as desk, Box(unsandboxed=unsandboxed) as box:
        for item, made, place, camera in todo:
            on.step(f"reading {item.id} at the place")
            try:
                data = (
                    _winds(desk, box, item, place)
                    if camera is None
                    else _ground(desk, box, item, place, camera)
                )
            except (InputError, UnreadableMedia):
                continue
            label = FIELDS_READ if camera is None else TERRAIN_READ
            kept = desk.writer.add_derivative(
                data, media_type="application/json", made=made, label=label
            )
            done.append(kept.id)
    return done


def _todo(state: CaseState) -> Iterator[tuple[Item, Made, Place, Place | None]]:
    there = [one.made for one in state.items.values() if one.made is not None]
    seen: list[Made] = []
    scopes = ["case", *(item.id for item in state.items.values() if item.kind == "media")]
    for item in state.items.values():
        for scope in scopes:
            place = _place(state, "place", scope)
            camera = _place(state, "camera_position", scope)
            if place is None:
                continue
            if item.label == LABEL + "fields":
                made, whence = fields_made(item, place), None
            elif item.label == LABEL + "terrain" and camera is not None:
                made, whence = terrain_made(item, place, camera), camera
            else:
                continue
            if made not in there and made not in seen:
                seen.append(made)
                yield item, made, place, whence


def _place(state: CaseState, name: SettingName, scope: str) -> Place | None:
    setting = state.settings.get((name, scope)) or state.settings.get((name, "case"))
    return setting.value if setting and isinstance(setting.value, Place) else None


def _winds(desk: Desk, box: Box, item: Item, place: Place) -> bytes:
    path = desk.case.item_path(item)
    reader = field_reader(path)
    if reader is None:
        raise InputError("This is no file of gridded fields.", "Give GRIB or NetCDF.")
    args = {"latitude_deg": place.latitude_deg, "longitude_deg": place.longitude_deg}
    found = box.call(reader, path, args).data["winds"]
    return FieldWinds.model_validate({"winds": tuple(found)}).canonical()


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
