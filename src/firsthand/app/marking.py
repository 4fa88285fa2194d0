"""What a person marks on the first frame of a clip: the smoke's foot, a box, the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firsthand.app.asked import read_numbers
from firsthand.app.plume_case import MARKS
from firsthand.app.store import Desk
from firsthand.case import CaseState
from firsthand.errors import InputError
from firsthand.records import KnownObject, Mark

__all__ = ["drawn", "known_object", "mark_in_case", "marked_item"]

Points = tuple[tuple[float, float], ...]

_EXAMPLES: Final = {"base": "640,512", "box": "500,100,300,420", "horizon": "0,520,1279,514"}
_REFERENCE: Final = "100,400,100,460,7,60"


def drawn(asked: Mapping[str, str | None]) -> dict[str, Points]:
    """The points of each mark that was given, by its name; a box by two corners.

    Raises:
        InputError: a text that is no such mark.
    """
    marks: dict[str, Points] = {}
    for option, text in asked.items():
        if text is None:
            continue
        example = _EXAMPLES[option]
        values = list(read_numbers(text, example.count(",") + 1, option, example))
        if option == "box":
            if min(values[2:]) <= 0:
                raise InputError("The box must have a width and a height.")
            values[2:] = [values[0] + values[2], values[1] + values[3]]
        marks[MARKS[option]] = tuple(zip(values[::2], values[1::2], strict=True))
    return marks


def known_object(text: str) -> KnownObject:
    """`X1,Y1,X2,Y2,METRES,DISTANCE`.

    Raises:
        InputError: not six numbers, or a size or distance that cannot be.
    """
    x1, y1, x2, y2, size, away = read_numbers(text, 6, "object of known size", _REFERENCE)
    if size <= 0 or away <= 0:
        raise InputError("An object of known size has a size and a distance above 0 metres.")
    return KnownObject(start_px=(x1, y1), end_px=(x2, y2), size_m=size, distance_m=away)


def marked_item(state: CaseState, scope: str) -> str:
    """The footage that a mark is on: the one named, or the only one.

    Raises:
        InputError: there are several, or none.
    """
    if scope != "case":
        return scope
    footage = [item.id for item in state.items.values() if item.kind == "media"]
    if len(footage) != 1:
        raise InputError(
            "A mark is made on one clip.", f"Add --scope, one of: {', '.join(footage) or 'none'}."
        )
    return footage[0]


def mark_in_case(desk: Desk, item: str, name: str, points: Points, why: str) -> tuple[Mark, bool]:
    """Put a mark on the first frame; what stands so already makes no new line."""
    marks = desk.writer.state.marks
    before = next((one for one in marks.values() if (one.item, one.name) == (item, name)), None)
    if before is not None and (before.points_px, before.why) == (points, why):
        return before, False
    mark = Mark(
        id=before.id if before else f"k{len(marks) + 1}",
        revision=before.revision + 1 if before else 1,
        item=item,
        t_s=0.0,
        name=name,
        points_px=points,
        why=why,
        by=desk.by,
        at=desk.now(),
    )
    desk.writer.append("mark.set", subject=(mark.id,), sensitive=mark)
    return mark, True
