"""Is there an earlier copy? A query against everything the archive holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from firsthand.archive.compare import Comparison, compare
from firsthand.archive.grid import RATE
from firsthand.archive.index import Index, opened
from firsthand.archive.match import Held, Match, Search, statement
from firsthand.archive.neural import Neural, pictures_of
from firsthand.archive.score import false_alarms, score_of
from firsthand.archive.shortlist import Vectors, shortlist
from firsthand.archive.store import Archive, Known
from firsthand.archive.stretch import Stretch
from firsthand.errors import IntegrityError

__all__ = ["Searched", "pair_picture", "search"]

PAIRS = 5
PATIENT = 2
"""So many candidates, the likeliest, are registered again where it did not tell."""
SHOWN_HEIGHT = 360


@dataclass(frozen=True)
class Searched:
    """The answer, and the comparisons that its matches came from (in the same order)."""

    answer: Search
    compared: tuple[tuple[Stretch, Comparison | None], ...]


def search(
    archive: Archive,
    query: list[Stretch],
    sha256: str,
    *,
    neural: Neural | None = None,
    colours: list[bytes] | None = None,
    progress: Callable[[str], None] = lambda _text: None,
) -> Searched:
    """Every item that shares pictures with the query, strongest first.

    With `neural`, and `colours` as `fingerprint_of` gave them for each stretch, SSCD proposes
    candidates too.
    """
    index = opened(archive)
    items = {item.sha256: item for item in archive.items()}
    held = Held(
        videos=sum(item.kind == "video" for item in items.values()),
        images=sum(item.kind == "image" for item in items.values()),
        seconds=round(sum(item.duration_s for item in items.values()), 3),
        damaged=tuple(sorted(set(index.damaged))),
        generation=archive.generation(),
    )
    found: dict[str, tuple[Stretch, Comparison | None, Match]] = {}
    for number, part in enumerate(query):
        vectors = _vectors(index, neural, colours[number]) if neural and colours else None
        for mine, compared, match in _one(archive, index, part, items, vectors):
            known = found.get(match.sha256)
            if known is None or match.score > known[2].score:
                found[match.sha256] = (mine, compared, match)
        progress(f"{part.at_s(part.pictures):.0f} s of the query compared")
    if sha256 in items:
        known = found.get(sha256)
        match = _identical(items[sha256], query, known[2] if known else None)
        found[sha256] = (query[0], known[1] if known else None, match)
    ranked = sorted(found.values(), key=lambda row: (-row[2].score, row[2].sha256))
    matches = tuple(row[2] for row in ranked)
    answer = Search(
        query_sha256=sha256,
        query_seconds=round(query[-1].at_s(query[-1].pictures), 3),
        held=held,
        matches=matches,
        statement=statement(held, matches),
    )
    return Searched(answer, tuple((row[0], row[1]) for row in ranked))


def _vectors(index: Index, neural: Neural, colours: bytes) -> Vectors | None:
    """SSCD of the query as it is and mirrored, if the archive has vectors of the same model."""
    if index.model != neural.name:
        return None
    pictures = pictures_of(colours)
    mirror = np.ascontiguousarray(pictures[:, :, ::-1])
    return {False: neural.vectors(pictures), True: neural.vectors(mirror)}


def _one(
    archive: Archive,
    index: Index,
    query: Stretch,
    items: dict[str, Known],
    vectors: Vectors | None,
) -> list[tuple[Stretch, Comparison, Match]]:
    rows: dict[str, tuple[Stretch, Comparison, Match]] = {}
    for rank, candidate in enumerate(shortlist(query, index, vectors)):
        sha256, which = index.stretches[candidate.stretch]
        item = items.get(sha256)
        if item is None:
            continue  # removed since the index was opened
        try:
            reference = archive.stretch(sha256, which)
        except IntegrityError:
            continue  # named in `held.damaged` once the index is built again
        compared = compare(query, reference, candidate, patient=rank < PATIENT)
        if compared is None or compared.line is None:
            continue
        match = _match(query, reference, compared, item, len(index.stretches))
        if sha256 not in rows or match.score > rows[sha256][2].score:
            rows[sha256] = (reference, compared, match)
    return list(rows.values())


def _match(
    query: Stretch, reference: Stretch, found: Comparison, item: Known, stretches: int
) -> Match:
    line, span = found.line, found.span
    if line is None or span is None:
        raise ValueError("a match has a line")
    middles = np.linspace(span[0], max(span[1] - 1, span[0]), PAIRS + 2)[1:-1]
    ends = line.reference(np.array(span, float))
    ends = np.clip(ends, 0, reference.pictures)
    if query.kind == "image" or reference.kind == "image":
        middles, ends = middles[:1], line.reference(np.array([span[0], span[0]], float))
    score = score_of(found)
    return Match(
        path=item.paths[0] if item.paths else "",
        paths=item.paths,
        sha256=item.sha256,
        verdict=found.verdict,
        reason=found.reason,
        score=round(score, 3),
        false_alarms=float(f"{false_alarms(found.registration.cells, stretches):.3g}"),
        query_s=(_round(query.at_s(span[0])), _round(query.at_s(span[1]))),
        reference_s=(
            _round(reference.at_s(float(ends[0]))),
            _round(reference.at_s(float(ends[1]))),
        ),
        speed=round(line.speed, 4),
        flipped=found.candidate.flipped,
        crop=_crop(found),
        cells=found.registration.cells,
        evidence=found.found.plain() if found.found else {},
        pairs_s=tuple(
            (_round(query.at_s(at)), _round(reference.at_s(float(line.reference(at)))))
            for at in middles
        ),
        seen_at=item.seen,
    )


def _crop(found: Comparison) -> tuple[float, float, float, float]:
    left, top, right, bottom = found.footprint or (0.0, 0.0, 1.0, 1.0)
    return round(left, 3), round(top, 3), round(right, 3), round(bottom, 3)


def _round(seconds: float) -> float:
    return round(max(seconds, 0.0), 3)


def _identical(item: Known, query: list[Stretch], match: Match | None) -> Match:
    """The very same bytes: nothing to measure."""
    end = _round(query[-1].at_s(query[-1].pictures))
    return Match(
        path=item.paths[0] if item.paths else "",
        paths=item.paths,
        sha256=item.sha256,
        verdict="same_recording",
        reason="the same bytes",
        score=100.0,
        false_alarms=0.0,
        query_s=(0.0, end),
        reference_s=(0.0, end),
        speed=1.0,
        flipped=False,
        crop=(0.0, 0.0, 1.0, 1.0),
        cells=match.cells if match else 0,
        evidence=match.evidence if match else {},
        pairs_s=((_round(end / 2), _round(end / 2)),),
        seen_at=item.seen,
    )


def pair_picture(query: Stretch, reference: Stretch, pair_s: tuple[float, float]) -> bytes:
    """PNG of the two pictures side by side, the query left; grey, from what the archive keeps."""
    sides = []
    for stretch, second in zip((query, reference), pair_s, strict=True):
        at = int(np.clip(round((second - stretch.start_s) * RATE), 0, stretch.pictures - 1))
        small = stretch.proxies(at, at + 1)[0]
        width = max(round(small.shape[1] * SHOWN_HEIGHT / small.shape[0]), 1)
        sides.append(cv2.resize(small, (width, SHOWN_HEIGHT), interpolation=cv2.INTER_CUBIC))
    gap = np.full((SHOWN_HEIGHT, 8), 255, np.uint8)
    done, data = cv2.imencode(".png", np.concatenate([sides[0], gap, sides[1]], axis=1))
    return data.tobytes() if done else b""
