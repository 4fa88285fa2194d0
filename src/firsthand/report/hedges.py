"""Cues of doubt and distance, each with its class and the words that it governs."""

from __future__ import annotations

import re
from typing import Literal, get_args

from firsthand.records import Hedge
from firsthand.report.text import Text

__all__ = ["HedgeKind", "find_hedges", "weaker"]

HedgeKind = Literal[
    "report", "appearance", "hearsay", "possibility", "belief", "ability", "claim", "approximation"
]
_CUES: dict[HedgeKind, str] = {
    "report": r"reportedly|unconfirmed(?: reports?)?|according to (?:unconfirmed )?reports|"
    r"reports? suggest(?:s|ed)?|unverified",
    "appearance": r"apparently|apparent|seemingly|appear(?:s|ed|ing)? to|seem(?:s|ed)? to|"
    r"appears?|looks? like|looked like|purported(?:ly)?|ostensibl[ye]",
    "hearsay": r"(?:is|are|was|were|being)? ?said to(?: have| be)?|allegedly|alleged|"
    r"rumou?red(?: to)?|thought to(?: have| be)?",
    "possibility": r"possibly|possible|perhaps|maybe|may(?= (?:have|be|not|also|still)\b)|"
    r"might|could(?= (?:have|be)\b(?! (?:been )?(?:confirmed|verified|determined|established)))|"
    r"probabl[ye]|likely|potentially|presumabl[ye]|suspected",
    "belief": r"believed to(?: have| be)?|is believed|are believed|understood to(?: have| be)?|"
    r"assumed to(?: have| be)?|considered",
    "ability": r"can(?:not|'t|’t| not)(?: (?:yet|be|currently|independently|immediately))* "
    r"(?:confirm|verify|establish|determine|rule out|say)(?:ed|ied)?|"
    r"could not(?: (?:yet|be|currently|independently|immediately))* "
    r"(?:confirm|confirmed|verify|verified|established?|determined?|said?)|"
    r"(?:unable|not (?:yet )?(?:been )?able) to (?:\w+ly )?(?:confirm|verify|establish|determine)|"
    r"(?:is|are|was|were)? ?in the process of verifying|ha(?:s|ve) not (?:yet )?(?:been )?"
    r"(?:\w+ly )?(?:confirmed|verified|established)|(?:is|was|remains?) unclear|not clear",
    "claim": r"claim(?:s|ed|ing)?(?= (?:to|that|it|they|he|she|responsibility|the|an?)\b)|"
    r"so-called|asserted(?:ly)?|insist(?:s|ed)?(?= that)",
    "approximation": r"about(?= \d)|around(?= \d)|some(?= \d)|roughly|approximately|nearly|almost|"
    r"more than(?= \d)|at least(?= [\dotfs])|hundreds of|dozens of|scores of|thousands of|several|"
    r"over(?= \d)|up to(?= \d)",
}
_ALL = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{cues})\b)" for kind, cues in _CUES.items()), re.IGNORECASE
)
_SCOPE_END = re.compile(r"[.;:]\s|[,;]\s(?:and|but|while|which|where|who)\b|\s[-–—]\s|$")
WEAKENING: frozenset[str] = frozenset(get_args(HedgeKind)) - {"approximation"}


def find_hedges(text: Text, start: int, end: int) -> tuple[Hedge, ...]:
    """Every cue between two places, in order; its scope runs to the end of its clause."""
    out: list[Hedge] = []
    for match in _ALL.finditer(text.value, start, end):
        kind: HedgeKind = match.lastgroup  # type: ignore[assignment]
        first = match.start() + len(match.group()) - len(match.group().lstrip())
        stop = _SCOPE_END.search(text.value, match.end(), end)
        last = stop.start() if stop else end
        out.append(
            Hedge(
                cue=text.value[first : match.end()],
                kind=kind,
                span=text.span(first, match.end()),
                scope=text.value[match.end() : last].strip(" ,"),
            )
        )
    return tuple(out)


def weaker(hedges: tuple[Hedge, ...], factuality: int = 3) -> int:
    """Factuality after hedging: any cue of doubt leaves `probably so` (1), never more."""
    return 1 if any(hedge.kind in WEAKENING for hedge in hedges) else factuality
