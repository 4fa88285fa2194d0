"""What may be put on a map: the claimed place with its radius, what gazetteers offer, no more.

Where the camera stood is left out. So is what would give it back: a bearing, a distance.
"""

from __future__ import annotations

from firsthand.note import sayings as s
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.parts import Sentence
from firsthand.note.pictured import MapPart, MapPlace
from firsthand.note.refs import RefBook
from firsthand.note.tables import CELL
from firsthand.note.text import number
from firsthand.records import Place, say

__all__ = ["map_part"]

METRES_A_CELL = {"exact": 10.0, "vicinity": 100.0, "locality": 1000.0}
"""How far off a place may be by its class of precision alone."""
CANDIDATES = 6
CANDIDATE_RADIUS_M = 1000.0
"""A gazetteer gives a point for a thing that has an extent: nothing finer can be drawn of it."""


def map_part(given: NoteInput, about: Gist, book: RefBook) -> MapPart:
    """Places that somebody put in or that a gazetteer offers for the words of the claim."""
    places = _put_in(given, book)
    offered = [] if places else _offered(about, book)
    sentences: list[Sentence] = []
    if not places and not offered:
        sentences.append(book.sentence(say(s.MAP_NOTHING), book.whole_log()))
    if offered:
        refs = [place.ref for place in offered]
        sentences.append(book.sentence(say(s.MAP_OFFERED), *refs))
    for place in places:
        message = say(s.MAP_CIRCLE, name=place.name, radius=number(place.radius_m))
        sentences.append(book.sentence(message, place.ref))
    withheld = [
        setting
        for setting in given.settings
        if setting.name == "camera_position" and isinstance(setting.value, Place)
    ]
    if withheld:
        refs = [book.setting(setting) for setting in withheld]
        sentences.append(book.sentence(say(s.MAP_CAMERA_WITHHELD), *refs))
    return MapPart(places=(*places, *offered), sentences=tuple(sentences))


def _put_in(given: NoteInput, book: RefBook) -> list[MapPlace]:
    out: list[MapPlace] = []
    for setting in given.settings:
        value = setting.value
        if setting.name != "place" or not isinstance(value, Place):
            continue
        digits = CELL[value.precision]
        out.append(
            MapPlace(
                name=value.name or s.MAP_UNNAMED,
                role="claimed",
                latitude_deg=round(value.latitude_deg, digits),
                longitude_deg=round(value.longitude_deg, digits),
                radius_m=max(value.radius_m, METRES_A_CELL[value.precision]),
                ref=book.setting(setting),
            )
        )
    return out


def _offered(about: Gist, book: RefBook) -> list[MapPlace]:
    """What a gazetteer has for the place that the claim names: offered, taken by nobody yet."""
    out: list[MapPlace] = []
    seen: set[tuple[float, float]] = set()
    for claim in about.footage_claims:
        where = claim.where
        if where is None or where.text != about.place or claim.report not in about.reports:
            continue
        for candidate in where.candidates:
            digits = CELL["locality"]
            at = (round(candidate.latitude_deg, digits), round(candidate.longitude_deg, digits))
            if at in seen or len(out) == CANDIDATES:
                continue
            seen.add(at)
            span = where.span or (claim.spans[0] if claim.spans else None)
            report = about.reports[claim.report]
            ref = book.span(report, span) if span else book.reading(report)
            out.append(
                MapPlace(
                    name=candidate.name,
                    role="candidate",
                    latitude_deg=at[0],
                    longitude_deg=at[1],
                    radius_m=CANDIDATE_RADIUS_M,
                    ref=ref,
                )
            )
    return out
