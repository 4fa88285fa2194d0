"""What a case keeps of one clip's measured smoke: the answer without its pictures and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from firsthand.records import Quantity
from firsthand.records.base import Part

if TYPE_CHECKING:  # a check reads what is kept, and must load no decoder to do so
    from firsthand.measure.plume.answer import PlumeMeasurement

__all__ = ["Outcome", "RangeFrom", "Side", "SmokeReading", "reading_of"]

Outcome = Literal["measured", "lower_bound", "cannot_tell"]
Side = Literal["left", "right", "none"]
RangeFrom = Literal["stated", "place", "track"]
"""Where the distance came from: a person's figure, the claimed place, the camera's own track."""


class SmokeReading(Part):
    """The measurement of one clip. None means not told; `figures` are names of kept pictures."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    height: Quantity | None = None
    low_m: float | None = None
    high_m: float | None = None
    angular_height: Quantity | None = None
    rise: Quantity | None = None
    drift: Quantity | None = None
    drift_side: Side | None = None
    track_range: Quantity | None = None
    dark_ratio: float | None = None
    range_from: RangeFrom | None = None
    proposed: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def reading_of(
    answer: PlumeMeasurement, range_from: RangeFrom | None, figures: tuple[str, ...]
) -> SmokeReading:
    """What is kept of an answer."""
    return SmokeReading(
        outcome=answer.outcome,
        reasons=answer.reasons,
        height=answer.height,
        low_m=answer.low_m,
        high_m=answer.high_m,
        angular_height=answer.angular_height,
        rise=answer.rise,
        drift=answer.drift,
        drift_side=answer.drift_side,
        track_range=answer.track_range,
        dark_ratio=None if answer.darkness is None else round(answer.darkness.ratio, 3),
        range_from=range_from,
        proposed=answer.proposed,
        figures=figures,
    )
