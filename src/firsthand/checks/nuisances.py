"""What two findings share because both were given it: the same marks, one heading, one cloud.

A check names what else can make it err together with others. What it was *handed* need not be
left to its author: two answers that stand on one heading stand or fall with it, whether or not
either says so. The claimed place and time are what is tested, and never a nuisance.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["SHARED", "shared_by"]

SHARED: Final = {
    "heading": "heading",
    "field_of_view": "field of view",
    "distance": "distance",
    "camera_position": "position",
    "camera_height": "position",
    "shadow_azimuth": "marks",
    "sun_elevation": "marks",
    "top_height": "top height",
    "drift_angle": "drift",
    "known_object": "known object",
    "light": "light",
    "measured_light": "light",
    "smoke": "smoke",
    "wind_from": "weather",
    "weather": "weather",
    "fire_files": "cloud",
    "fire_watch": "cloud",
    "metadata": "file_metadata",
    "credentials": "file_metadata",
    "contradictions": "file_metadata",
    "archive_search": "archive",
    "sources": "origin",
    "edges": "origin",
}
"""By the name of an input, the nuisance that everything handed it shares."""


def shared_by(given: Iterable[str]) -> tuple[str, ...]:
    """The nuisances of the inputs that a check was given, sorted."""
    return tuple(sorted({SHARED[name] for name in given if name in SHARED}))
