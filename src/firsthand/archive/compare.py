"""One query stretch against one candidate stretch, from registration to verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.align import Line, agreement, best_line, refined
from firsthand.archive.evidence import Evidence, evidence
from firsthand.archive.geometry import Registration, closer_registration, register
from firsthand.archive.motion import Grid, Signals, common_grid, signals
from firsthand.archive.residual import pooled_noise
from firsthand.archive.shortlist import Candidate
from firsthand.archive.stretch import Stretch
from firsthand.archive.verdict import FEW_STILL, Verdict, verdict_on

__all__ = ["Comparison", "compare"]

MOST_QUERY = 750
"""Grid steps of the query (60 s) compared at once…"""
MOST_REFERENCE = 1500
"""…with so many of the reference (120 s) round the votes."""
ALIKE_SHARE, LEAST_ALIKE = 0.5, 0.25
GAP_STEPS = 6
SETTLED = frozenset({"same_recording", "likely_same"})
WHOLE, LEAST_SPAN, MARGIN_STEPS = 0.9, 12, 60
"""A line that holds for less of the query than this share is looked at again, on its own."""
STILL_ALIKE = 0.9
"""Correlation of a still with a picture from which on they are likely the same."""


@dataclass(frozen=True)
class _Found:
    verdict: Verdict
    reason: str
    registration: Registration
    footprint: tuple[float, float, float, float] | None = None
    line: Line | None = None
    found: Evidence | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Comparison:
    """A candidate looked at. Times are grid positions in the two stretches."""

    candidate: Candidate
    verdict: Verdict
    reason: str
    registration: Registration
    footprint: tuple[float, float, float, float] | None = None
    line: Line | None = None
    found: Evidence | None = None
    span: tuple[int, int] | None = None


def compare(
    query: Stretch, reference: Stretch, candidate: Candidate, *, patient: bool = True
) -> Comparison | None:
    """Look closer; None where the two pictures have nothing in common.

    `patient`: where the camera moves and nothing was told, register again at nearer times.
    """
    registration = register(query, reference, candidate)
    if registration is None:
        return None
    grid = common_grid(query, reference, registration)
    if grid is None:
        return None
    if query.kind == "image" or reference.kind == "image":
        return _still(query, reference, candidate, registration, grid)
    windows = _windows(query, reference, registration, candidate)
    found = _along(query, reference, registration, grid, windows)
    if patient and found.verdict == "cannot_tell" and _camera_moves(found):
        closer = closer_registration(query, reference, registration)
        grid = common_grid(query, reference, closer) if closer is not None else None
        if closer is not None and grid is not None:
            again = _along(query, reference, closer, grid, windows)
            found = max(found, again, key=_strength)
    return Comparison(candidate, **_asked_closer(query, reference, found).__dict__)


def _asked_closer(query: Stretch, reference: Stretch, found: _Found) -> _Found:
    """Where the changes agree and their noise was not seen, look for it in more bands at once."""
    if found.verdict != "likely_same" or found.found is None:
        return found
    if found.line is None or found.span is None:
        return found
    pooled = pooled_noise(query, reference, found.registration, found.line, found.span)
    closer = replace(found.found, pooled=pooled)
    verdict, reason = verdict_on(closer, registered=True)
    return replace(found, verdict=verdict, reason=reason, found=closer)


def _camera_moves(found: _Found) -> bool:
    """Hardly a pixel stays: pictures of different times lie differently."""
    return found.found is not None and found.found.still < FEW_STILL


def _strength(found: _Found) -> tuple[bool, float]:
    return found.verdict in SETTLED, found.found.motion if found.found else 0.0


Windows = tuple[tuple[int, int], tuple[int, int]]


def _along(
    query: Stretch, reference: Stretch, registration: Registration, grid: Grid, windows: Windows
) -> _Found:
    """The best line in the windows, then once more over the span that it holds for alone."""
    first = _once(query, reference, registration, grid, windows)
    if first.line is None or first.span is None:
        return first
    (q0, q1), (r0, r1) = windows
    a, b = first.span
    if b - a > WHOLE * (q1 - q0) or b - a < LEAST_SPAN:
        return first
    ends = first.line.reference(np.array([a, b], float))
    low, high = max(int(ends.min()) - MARGIN_STEPS, r0), min(int(ends.max()) + MARGIN_STEPS, r1)
    if high - low < LEAST_SPAN:
        return first
    again = _once(query, reference, registration, grid, ((a, b), (low, high)))
    return max(first, again, key=_strength)


def _once(
    query: Stretch, reference: Stretch, registration: Registration, grid: Grid, windows: Windows
) -> _Found:
    (q0, q1), (r0, r1) = windows
    mine = signals(query.proxies(q0, q1), grid, reference=False, flipped=registration.flipped)
    theirs = signals(reference.proxies(r0, r1), grid, reference=True)
    both = agreement(mine, theirs)
    line = best_line(both)
    if line is None:
        verdict, reason = verdict_on(None, registered=registration.registered)
        return _Found(verdict, reason, registration, grid.footprint)
    line = refined(both, line)
    span = _span(mine, theirs, line)
    line = refined(both, Line(line.offset, line.speed, 0.0, *span))
    found = evidence(mine, theirs, both, agreement(theirs, theirs), line=line, grid=grid)
    placed = registration.registered or found.alike >= ALIKE_SHARE
    verdict, reason = verdict_on(found, registered=placed)
    moved = Line(
        line.offset + r0 - line.speed * q0, line.speed, line.value, line.first + q0, line.last + q0
    )
    whole = (span[0] + q0, span[1] + q0)
    return _Found(verdict, reason, registration, grid.footprint, moved, found, whole)


def _windows(
    query: Stretch, reference: Stretch, registration: Registration, candidate: Candidate
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where to look: the votes' neighbourhood, or everything if it is short."""
    when = np.array([pair[0] for pair in registration.pairs], float)
    where = np.array([pair[1] for pair in registration.pairs], float)
    first = _window(when, query.pictures, MOST_QUERY)
    near = where[(when >= first[0]) & (when < first[1])]
    return first, _window(near if len(near) else where, reference.pictures, MOST_REFERENCE)


def _window(places: NDArray[np.float64], count: int, most: int) -> tuple[int, int]:
    if count <= most:
        return 0, count
    middle = float(np.median(places)) if len(places) else count / 2
    start = int(np.clip(middle - most / 2, 0, count - most))
    return start, start + most


def _span(mine: Signals, theirs: Signals, line: Line) -> tuple[int, int]:
    """Query pictures that look like their partner on the line: the run round the line's window."""
    when = np.arange(len(mine.pictures))
    where = np.round(line.reference(when)).astype(int)
    valid = (where >= 0) & (where < len(theirs.pictures))
    alike = np.zeros(len(when))
    left, right = mine.pictures[when[valid]], theirs.pictures[where[valid]]
    power = np.sqrt((left**2).sum(1) * (right**2).sum(1))
    alike[valid] = (left * right).sum(1) / np.maximum(power, 1e-6)
    core = float(np.median(alike[line.first : line.last]))
    good = valid & (alike >= max(ALIKE_SHARE * core, LEAST_ALIKE))
    inside = np.flatnonzero(good)
    if not len(inside):
        return line.first, line.last
    runs = np.split(inside, np.flatnonzero(np.diff(inside) > GAP_STEPS) + 1)
    best = max(runs, key=lambda run: _shared(run, line))
    if _shared(best, line) == 0:
        return line.first, line.last
    return int(best[0]), int(best[-1]) + 1


def _shared(run: NDArray[np.int64], line: Line) -> int:
    return max(min(int(run[-1]) + 1, line.last) - max(int(run[0]), line.first), 0)


def _still(
    query: Stretch,
    reference: Stretch,
    candidate: Candidate,
    registration: Registration,
    grid: Grid,
) -> Comparison:
    """A still has no changes to go by: at most likely, and only where the pictures agree well."""
    votes = sorted(candidate.features + candidate.hashes, key=lambda vote: -vote.weight)
    pairs = list(registration.pairs) or [(vote.query, vote.reference) for vote in votes[:1]]
    best = (0.0, 0, 0)
    for at, other in pairs:
        for near in range(max(other - 12, 0), min(other + 13, reference.pictures)):
            mine = signals(query.proxies(at, at + 1), grid, reference=False,
                           flipped=candidate.flipped).pictures  # fmt: skip
            theirs = signals(reference.proxies(near, near + 1), grid, reference=True).pictures
            power = float(np.sqrt((mine**2).sum() * (theirs**2).sum()))
            value = float((mine * theirs).sum()) / power if power > 0 else 0.0
            best = max(best, (value, at, near))
    value, at, other = best
    alike = value >= STILL_ALIKE and registration.registered
    verdict: Verdict = "likely_same" if alike else "cannot_tell"
    line = Line(float(other - at), 1.0, value, at, at + 1)
    return Comparison(
        candidate, verdict, "one picture", registration, grid.footprint, line, None, (at, at + 1)
    )
