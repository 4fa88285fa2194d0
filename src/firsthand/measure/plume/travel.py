"""How a camera travelled while it filmed, and what of that is not known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Far", "Travel"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Far:
    """A box x, y, w, h (first-frame pixels) of things that are `metres` away at least."""

    box: tuple[float, float, float, float]
    metres: float


@dataclass(frozen=True)
class Travel:
    """Fixes on the clip's clock; metres east and north; headings in degrees or None.

    `sd_m` is by how much the way between the clip's ends may be off (what all fixes share does not
    matter), `heading_drift_deg` the same for the turning between them.
    """

    t_s: tuple[float, ...]
    east_m: tuple[float, ...]
    north_m: tuple[float, ...]
    heading_deg: tuple[float, ...] | None = None
    sd_m: float = 3.0
    heading_drift_deg: float = 1.0

    def covers(self, times: Array) -> bool:
        """Whether there are fixes for the whole clip, give or take a second."""
        return bool(self.t_s[0] <= times[0] + 1 and self.t_s[-1] >= times[-1] - 1)

    def at(self, times: Array) -> Array:
        """Positions (n x 2, east and north), metres."""
        return np.stack(
            [np.interp(times, self.t_s, self.east_m), np.interp(times, self.t_s, self.north_m)], 1
        )

    def headings(self, times: Array) -> Array | None:
        """Where the camera looked, radians clockwise from north, unwrapped."""
        if self.heading_deg is None:
            return None
        return np.interp(times, self.t_s, np.unwrap(np.radians(self.heading_deg)))
