"""Same recording, another take, or not to be told: rules over evidence, no percentage."""

from __future__ import annotations

from firsthand.archive.evidence import Evidence
from firsthand.archive.match import Verdict

__all__ = ["FEW_STILL", "Verdict", "verdict_on"]

MOTION, MARGIN = 0.5, 0.25
LEAST_ACTIVE, LIVELY = 4, 6
NOISE, NOISE_WIDE, NOISE_ALONE, POOLED = 5.0, 8.0, 7.0, 5.0
"""Of 673 pairs of takes in the tuning half the pooled z reached 4.45, and 3.86 of the 54 whose
changes agree; see docs/accuracy.md."""
LEAST_RESIDUAL = 0.01
"""Grey levels. Under it no noise of a sensor is left: what remains in still places is the encoder's
answer to what moves, and alike where the same is re-enacted. Made re-enactments without noise, or
with all of it compressed away, left at most two thirds of this where they agreed."""
DOUBT, DOUBT_WIDE = 3.0, 6.0
FEW_STILL, AGREEING = 250, 0.75
RESTLESS, NONE_STILL, BREADTH = 1.5, 20, 0.9
"""A camera that moves leaves few pixels still while the median pixel changes by so many grey
levels: by 2.1 and more in the tuning half, but for one. Compression alone leaves few still as well;
there re-enactments by one object came to 0.8. Or nothing is still, and something changes in nearly
every block at some time: no object's path does that."""
UNLIKE_MOTION = 0.35
SLIGHT_MOTION = 0.15


def verdict_on(found: Evidence | None, *, registered: bool) -> tuple[Verdict, str]:
    """The verdict and the reason for it, as a key of docs/explanation/footage-matching.md.

    `found` is None where there was nothing to compare along.
    """
    if found is None or not registered:
        return "cannot_tell", "not registered" if found is not None else "no common time"
    margin = found.motion - max(found.null, found.self_)
    moves = found.motion >= MOTION and margin >= MARGIN and found.active >= LEAST_ACTIVE
    seen = found.residual >= LEAST_RESIDUAL
    noise = found.noise >= NOISE or found.noise_wide >= NOISE_WIDE or found.pooled >= POOLED
    if moves and seen and noise:
        return "same_recording", "same changes and same noise"
    everywhere = (found.still < FEW_STILL and found.restless >= RESTLESS) or (
        found.still < NONE_STILL and found.breadth >= BREADTH
    )
    if moves and everywhere and found.agreeing >= AGREEING:
        return "same_recording", "same changes everywhere"
    if seen and found.noise >= NOISE_ALONE and found.motion >= SLIGHT_MOTION:
        return "same_recording", "same noise"
    if moves:
        return "likely_same", "same changes"
    if (
        found.lively >= LIVELY
        and found.motion < UNLIKE_MOTION
        and found.noise < DOUBT
        and found.noise_wide < DOUBT_WIDE
        and found.still >= FEW_STILL
    ):
        return "different_take", "other changes"
    return "cannot_tell", "too little changes"
