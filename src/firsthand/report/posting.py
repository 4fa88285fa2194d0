# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Who is said to have posted or republished the footage: relations of their own, never "saying".

Who posts a clip has not said what it shows, nor that they filmed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from firsthand.records import Holder
from firsthand.report.text import Text

__all__ = ["Poster", "find_posters"]

PosterKind = Literal["outlet", "account", "person", "group", "office", "unnamed"]
PosterRelation = Literal["posted", "republished"]

_CAPITAL = r"[A-Z][\w’'-]*(?:\.\w+)?"
_PROPER = (
    r"(?:the )?(?:" + _CAPITAL + r"|@\w+)(?: (?:(?:of|al|for) )?(?:" + _CAPITAL + r"|@\w+)){0,4}"
)
_ROLE = (
    r"(?:accounts?|channels?|users?|page|handle|blogger|outlets?|(?:news )?agency|newspaper|station|"
    r"broadcaster|website|group|activists?|residents?|witness(?:es)?|eyewitness(?:es)?|bystanders?|"
    r"journalists?|reporters?|correspondents?|ministry|army|military|police|government|officials?)"
)
_DESCRIBED = (
    r"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ss]everal|[Ss]ome) )?(?:[\w’'-]+ ){0,3}?"
    + _ROLE
    + r"(?: (?:called|named|known as) (?:"
    + _PROPER
    + r"))?(?: (?:close|linked|loyal|allied|belonging) to (?:the )?[\w’'-]+)?"
)
_WHO = rf"(?P<who>{_DESCRIBED}|{_PROPER})"
_POST = r"posted|shared|uploaded|tweeted|published|released|circulated|put online"
_AGAIN = r"republished|reposted|re-posted|retweeted|rebroadcast|broadcast|aired|carried|picked up|re-shared"
_CUE = re.compile(rf"\b(?:{_POST}|{_AGAIN})\b", re.I)
_THING = re.compile(
    r"\b(?:videos?|footage|clips?|film|recordings?|images?|photos?|photographs?|pictures?|stills?|"
    r"screengrabs?)\b",
    re.I,
)
_PLATFORM = (
    r"(?:Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|WhatsApp|Snapchat|Reddit|VK|X|Weibo|"
    r"social (?:media|networks?)|the (?:internet|web))\b"
)
_WHERE = re.compile(rf" (?:on|to|via|in|over) (?P<platform>{_PLATFORM})")
_BY = re.compile(rf" by {_WHO}")
_PASSIVE_BEFORE = re.compile(
    r"(?:\b(?:was|were|is|are|been|being|and|then|first|originally|later|also|widely|initially)|,|"
    + _THING.pattern
    + r")\s*$",
    re.I,
)
_ACTIVE_BEFORE = re.compile(
    rf"(?:^|[ “\"]){_WHO}(?: (?:on|via) {_PLATFORM})?(?: (?:has|have|had|also|later|first|then))*\s*$"
)
_SHOWN = re.compile(
    rf"{_THING.pattern}(?: \w+)?(?: of| showing| that shows| which shows| purporting to show) (?P<shown>.+)",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:news|times|post|radio|tv|television|newspaper|agency|herald|tribune|press|media|broadcaster|"
    r"outlet|wire|gazette|reuters|afp|bbc|cnn|sputnik|al jazeera|al mayadeen|al arabiya|website|station)\b",
    re.I,
)
_OFFICE = re.compile(r"\b(?:ministry|army|military|police|government|officials?)\b", re.I)
_NOT_WHO = re.compile(
    r"^(?:the )?(?:it|he|she|they|we|i|you|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"this|that|in|on|at|but|and|when|after|before|as|.*\b(?:video|footage|clip|photo|image)s?)$",
    re.I,
)
_ARTICLE = re.compile(r"^(?:an?|the|one|another|some|several) ", re.I)
_REACH = 90
"""Characters behind the cue in which whoever posted, where, and what are looked for."""


@dataclass(frozen=True)
class Poster:
    """Who posted; `shown` is where the words stand for what the thing shows, if they do."""

    name: str
    kind: PosterKind
    relation: PosterRelation
    start: int
    end: int
    cue_start: int
    cue_end: int
    shown: tuple[int, int] | None

    def holder(self, text: Text) -> Holder:
        """As a step in a chain of holders."""
        return Holder(
            name=self.name,
            kind=self.kind,
            relation=self.relation,
            cue=text.value[self.cue_start : self.cue_end],
            span=text.span(self.start, self.end),
            stance="asserts",
        )


def find_posters(text: Text, start: int, end: int) -> list[Poster]:
    """Everybody of whom the sentence says that they posted or republished a picture or a clip.

    Where it was posted is said and by whom is not, the poster is "not named, on Telegram".
    """
    sentence = text.value[start:end]
    if not _THING.search(sentence):
        return []
    found = (_poster(sentence, start, cue) for cue in _CUE.finditer(sentence))
    return [poster for poster in found if poster is not None]


def _poster(sentence: str, start: int, cue: re.Match[str]) -> Poster | None:
    before, after = sentence[: cue.start()], sentence[cue.end() : cue.end() + _REACH]
    after = re.split(r"[.;] ", after)[0]
    where = _WHERE.match(after) or _WHERE.search(after)
    if _PASSIVE_BEFORE.search(before) and _THING.search(before):
        who = _BY.search(after)
        at = cue.end()
    else:
        who = _ACTIVE_BEFORE.search(before[-_REACH:])
        at = max(0, len(before) - _REACH)
        if not _THING.search(after[:60]):
            return None
    words = who["who"] if who else ""
    if _NOT_WHO.match(words) or (not words and not where):
        return None
    if who:
        first = at + who.start("who")
        last = first + len(words)
        called = re.search(r"(?:called|named|known as) (.+)$", words)
        name = called[1] if called else _ARTICLE.sub("", words)
    elif where:
        first, last = cue.end() + where.start("platform"), cue.end() + where.end("platform")
        name = f"not named, on {where['platform']}"
    again = re.fullmatch(_AGAIN, cue.group(), re.I)
    return Poster(
        name=name,
        kind=_kind(words),
        relation="republished" if again else "posted",
        start=start + first,
        end=start + last,
        cue_start=start + cue.start(),
        cue_end=start + cue.end(),
        shown=_shown(sentence, start, cue),
    )


def _shown(sentence: str, start: int, cue: re.Match[str]) -> tuple[int, int] | None:
    """The words for what the thing shows, in the clause round the cue."""
    told = _SHOWN.search(sentence)
    if told is None:
        return None
    begin = told.start("shown")
    if begin < cue.start():
        words = sentence[begin : cue.start()]
        words = re.sub(
            r",?\s+(?:(?:that|which) )?(?:was|were|has been|have been|is)[\w ]{0,20}$", "", words
        )
    else:
        words = sentence[begin:]
    words = re.split(rf",|(?: (?:on|to) {_PLATFORM})", words)[0].rstrip(" .")
    return (start + begin, start + begin + len(words)) if len(words.split()) > 1 else None


def _kind(words: str) -> PosterKind:
    if not words:
        return "unnamed"
    if "@" in words or re.search(r"\b(?:accounts?|channels?|users?|page|handle)\b", words):
        return "account"
    if _OUTLET.search(words):
        return "outlet"
    if _OFFICE.search(words):
        return "office"
    if re.search(r"\b(?:group|activists|residents|witnesses)\b", words):
        return "group"
    return "person"
