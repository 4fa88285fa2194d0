"""Satellites whose passes matter here, and the mean local time of their ascending nodes.

The node is given as points (year, hours) joined by straight lines, with a tolerance that covers
the mission's control box. Terra kept 10:30 descending until its last manoeuvre in February 2020,
drifted to 10:15 in October 2022 and towards 9:00 in December 2025
(https://modis.gsfc.nasa.gov/news/individual.php?news_id=100378); Aqua kept 13:35 until December
2021 and drifts alike. Suomi NPP and the NOAA-20 series: 13:25 +- 10 min; NPP stood up to 13:32.
Sentinel-2: 10:30 descending (ESA user handbook). Landsat 8 and 9: 10:00 to 10:15 descending
(Landsat 8 Data Users Handbook, LSDS-1574).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

__all__ = ["SATELLITES", "Satellite"]


@dataclass(frozen=True)
class Satellite:
    """One satellite: catalogue number, the sensor it carries, its node over the years.

    `since` is the month from which its fire products exist.
    """

    norad: int
    name: str
    sensor: str
    node: tuple[tuple[float, float], ...]
    tolerance_h: float
    since: date = date(1999, 1, 1)

    def node_at(self, when: datetime) -> tuple[float, float]:
        """Mean local time of the ascending node and its tolerance, hours."""
        year = when.year + (when.timetuple().tm_yday - 1) / 365.25
        years = [point[0] for point in self.node]
        after = bisect_right(years, year)
        if after == 0:
            return self.node[0][1], self.tolerance_h
        if after == len(self.node):
            return self.node[-1][1], self.tolerance_h
        (y0, h0), (y1, h1) = self.node[after - 1], self.node[after]
        return h0 + (h1 - h0) * (year - y0) / (y1 - y0), self.tolerance_h


_TERRA: Final = ((2020.2, 22.5), (2022.8, 22.25), (2024.0, 21.9), (2026.0, 21.0))
_AQUA: Final = ((2021.95, 13.6), (2023.0, 13.8), (2024.5, 14.6), (2026.5, 15.8))
_AFTERNOON: Final = ((2000.0, 13.45),)

SATELLITES: Final = {
    each.norad: each
    for each in (
        Satellite(25994, "Terra", "MODIS", _TERRA, 10 / 60, date(2000, 11, 1)),
        Satellite(27424, "Aqua", "MODIS", _AQUA, 10 / 60, date(2002, 7, 1)),
        Satellite(37849, "Suomi NPP", "VIIRS", _AFTERNOON, 12 / 60, date(2012, 1, 1)),
        Satellite(43013, "NOAA-20", "VIIRS", _AFTERNOON, 12 / 60, date(2018, 1, 1)),
        Satellite(54234, "NOAA-21", "VIIRS", _AFTERNOON, 12 / 60, date(2023, 2, 1)),
        Satellite(39084, "Landsat 8", "OLI", ((2000.0, 22.18),), 8 / 60),
        Satellite(49260, "Landsat 9", "OLI", ((2000.0, 22.18),), 8 / 60),
        Satellite(40697, "Sentinel-2A", "MSI", ((2000.0, 22.5),), 8 / 60),
        Satellite(42063, "Sentinel-2B", "MSI", ((2000.0, 22.5),), 8 / 60),
        Satellite(60989, "Sentinel-2C", "MSI", ((2000.0, 22.5),), 8 / 60),
    )
}
"""By NORAD catalogue number."""
