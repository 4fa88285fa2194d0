"""What a search gives: matches as records, and the sentence for when there is none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.archive.seen import SeenAt
from firsthand.records.base import Part, Sha256
from firsthand.records.words import Message, say

__all__ = ["Held", "Match", "Search", "Verdict", "statement"]

Verdict = Literal["same_recording", "likely_same", "different_take", "cannot_tell"]


class Held(Part):
    """How much the archive held when it was searched; `damaged` items could not be compared."""

    videos: int = Field(ge=0)
    images: int = Field(ge=0)
    seconds: float = Field(ge=0)
    damaged: tuple[Sha256, ...] = ()
    generation: str


class Match(Part):
    """One item of the archive that shares pictures with the query.

    Times are seconds on each recording's own clock; `speed` is how fast the query runs against it.
    `crop`: left, top, right, bottom of what the query shows of it, as shares of its picture.
    `false_alarms`: how many unrelated items of an archive of this size agree so well by chance; it
    says nothing about another take of the same scene.
    """

    path: str
    paths: tuple[str, ...]
    sha256: Sha256
    verdict: Verdict
    reason: str
    score: float
    false_alarms: float = Field(ge=0)
    query_s: tuple[float, float]
    reference_s: tuple[float, float]
    speed: float
    flipped: bool
    crop: tuple[float, float, float, float]
    cells: int
    evidence: dict[str, float] = Field(default_factory=dict)
    pairs_s: tuple[tuple[float, float], ...] = ()
    seen_at: tuple[SeenAt, ...] = ()


class Search(Part):
    """A whole answer. `query_sha256` is of the file as it was decoded."""

    query_sha256: Sha256
    query_seconds: float
    held: Held
    matches: tuple[Match, ...]
    statement: Message


def statement(held: Held, matches: tuple[Match, ...]) -> Message:
    """What the search comes to. Only `same_recording` is called the same, in any sentence."""
    size = {"videos": str(held.videos), "images": str(held.images)}
    same = sum(match.verdict == "same_recording" for match in matches)
    if same:
        return say(
            "The same recording is in this archive of {videos} videos and {images} stills: in"
            " {same} of its items.",
            same=str(same),
            **size,
        )
    if not matches:
        return say(
            "No earlier copy in this archive of {videos} videos, which says nothing about the web."
            " {images} stills were compared as well.",
            **size,
        )
    return say(
        "{items} items of this archive of {videos} videos and {images} stills share pictures with"
        " it; none of them is shown to be the same recording.",
        items=str(len(matches)),
        **size,
    )
