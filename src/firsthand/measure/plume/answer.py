"""What a measurement of smoke comes to, told and untold."""

from __future__ import annotations

from dataclasses import dataclass

from firsthand.measure.plume.claim import ClaimAnswer
from firsthand.measure.plume.darkness import Darkness
from firsthand.measure.plume.find import Found
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.reading import Outcome, Side
from firsthand.measure.plume.segment import Scene
from firsthand.measure.plume.trace import Trace
from firsthand.records import Quantity

__all__ = ["Outcome", "PlumeMeasurement", "Seen", "Side"]


@dataclass(frozen=True)
class Seen:
    """What was found in the pictures, for figures; pixels of the working pictures."""

    scenes: list[Scene]
    found: Found
    motion: Motion
    trace: Trace
    scale: float


@dataclass(frozen=True)
class PlumeMeasurement:
    """The answer. Pixels are of the full upright picture; None means not told."""

    outcome: Outcome
    reasons: tuple[str, ...]
    height: Quantity | None = None
    low_m: float | None = None
    high_m: float | None = None
    frames_t_s: tuple[float, ...] = ()
    tops_px: tuple[tuple[float, float], ...] = ()
    bases_px: tuple[tuple[float, float], ...] = ()
    heights_m: tuple[float | None, ...] = ()
    rise: Quantity | None = None
    drift: Quantity | None = None
    drift_side: Side | None = None
    drift_to_deg: tuple[float, float] | None = None
    growth: Quantity | None = None
    darkness: Darkness | None = None
    angular_height: Quantity | None = None
    hfov: Quantity | None = None
    claim: ClaimAnswer | None = None
    track_range: Quantity | None = None
    track_at_least_m: float | None = None
    needs_range_m: tuple[float, float] | None = None
    budget: dict[str, float] | None = None
    proposed: tuple[str, ...] = ()
    activity: float | None = None
    spread: float | None = None
    seen: Seen | None = None
