# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Places as reports name them: the words, and what they are said to be next to or outside of."""

from __future__ import annotations

import re
from typing import Literal

from firsthand.records import Where
from firsthand.report.text import Text
from firsthand.report.wordlist import words

__all__ = ["NAME", "beside", "find_facility", "find_places"]

Relation = Literal["at", "next_to", "outside", "near", "between", "in", "from"]
NAME = (
    r"(?:[A-Z][\w’'-]*|[Aa]l-[A-Z][\w’'-]*)"
    r"(?:(?:[ ]|-)(?:(?:of|de|el|al|ad|as|ash|bin)[ -])?[A-Z][\w’'-]*)*"
)
_KIND = (
    r"(?:base|airport|airbase|airfield|camp|facility|complex|refinery|depot|plant|port|station|"
    r"hospital|school|prison|bridge|market|warehouse|embassy|consulate|dam|mosque|church|stadium|"
    r"compound|barracks|outpost|headquarters|terminal|mine|factory|camp|village|town|city|district|"
    r"province|region|oilfield|field|crossing|checkpoint|square|street|park)"
)
_QUALITY = r"(?:military|air|naval|army|oil|gas|power|nuclear|refugee|coalition|border|main|former)"
_FACILITY = re.compile(
    rf"\b(?:the )?(?P<name>(?:Camp|Fort|Port|FOB|Mount|Base) {NAME}|{NAME})"
    rf"(?P<kind>(?: {_QUALITY}){{0,3}} {_KIND})?(?![\w-])"
)
_NAMED_SITE = re.compile(
    r"^(?:Camp|Fort|Port|FOB|Mount) | (?:Airport|Base|Airbase|Airfield|Refinery|Port|Hospital|Camp)$"
)
_RELATIONS: tuple[tuple[Relation, str], ...] = (
    (
        "next_to",
        r"(?:situated |located |right )?(?:next to|adjacent to|beside|alongside|adjoining)",
    ),
    ("outside", r"(?:just |right )?(?:outside(?: of)?|on the outskirts of|on the edge of)"),
    ("near", r"(?:near(?: to)?|close to|in the vicinity of|not far from|around)"),
    ("between", r"between"),
    ("in", r"(?:in|inside|within)"),
)
_BESIDE = tuple(
    (relation, re.compile(rf"[ ,]{{1,2}}{pattern} (?:the )?(?P<of>{NAME})"))
    for relation, pattern in _RELATIONS
)
_SITUATED = tuple(
    (
        relation,
        re.compile(
            rf"\b(?:is|lies|sits|stands|was|are)\b[^.;]{{0,60}}?\b{pattern} (?:the )?(?P<of>{NAME})"
        ),
    )
    for relation, pattern in _RELATIONS[:3]
)
_NOT_PLACES = words(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday The A An It He She They This That "
    "In On At Some Several Many No Between After Before When While But And If "
)


def beside(text: Text, at: int, end: int) -> tuple[Relation, str] | None:
    """`(near, Baghdad)` when the words from `at` go on with such a relation."""
    for relation, pattern in _BESIDE:
        match = pattern.match(text.value, at, end)
        if match and match.group("of") not in _NOT_PLACES:
            return relation, match.group("of")
    return None


def find_facility(text: Text, start: int, end: int) -> Where | None:
    """The first named site with a kind ("X military base", "Camp X"), and what it lies beside."""
    for match in _FACILITY.finditer(text.value, start, end):
        name = match.group("name")
        if name.split()[0] in _NOT_PLACES:
            continue
        if not match.group("kind") and not _NAMED_SITE.search(name):
            continue
        relation = beside(text, match.end(), end)
        return Where(
            text=name,
            relation=relation[0] if relation else "at",
            of=relation[1] if relation else "",
            span=text.span(match.start("name"), match.end("name")),
        )
    return None


def find_places(text: Text, name: str, bounds: list[tuple[int, int]]) -> Where | None:
    """Where the report says that the named site lies ("X is ... situated next to Y")."""
    opening = re.compile(rf"\b{re.escape(name)}\b(?=[^.;]{{0,20}}\b(?:is|lies|sits|was)\b)")
    for start, end in bounds:
        begin = opening.search(text.value, start, end)
        if begin is None:
            continue
        for relation, pattern in _SITUATED:
            match = pattern.search(text.value, begin.end(), end)
            if match and match.group("of") not in _NOT_PLACES:
                return Where(
                    text=name,
                    relation=relation,
                    of=match.group("of"),
                    span=text.span(begin.start(), match.end()),
                )
    return None
