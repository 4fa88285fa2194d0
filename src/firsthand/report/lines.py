# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Raw text to lines with roles: what on the page is headline, body, caption, credit and the rest.

News pages copied as text carry marks of their layout: a credit glued to its caption, a caption
with the picture's width and date behind it, headlines of other articles, buttons. What a line is
decides what may be claimed from it, so a line that fits nothing else is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from firsthand.records import EdtfDate, LineRole
from firsthand.report.dates import Ymd, edtf, find_dates, valid
from firsthand.report.script import language_of
from firsthand.report.text import trim

__all__ = ["Fact", "Layout", "RawLine", "is_credit", "is_interface", "lay_out", "single_date"]

MAX_LINES = 20_000
_CREDIT = re.compile(
    r"^\s*(?:©|\(c\)\s|(?:photo|image|picture|video|credit|photograph|source|courtesy)s?"
    r"(?:\s*(?:credit|by|courtesy|of))?\s*[:/©])\s*(?:photo|video|image)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_PLATFORM = (
    r"(?:twitter|facebook|instagram|telegram|youtube|tiktok|vk|reuters|afp|ap|epa|getty images|getty|"
    r"photo|screenshot|x\.com|anadolu|xinhua)"
)
_GLUED = re.compile(_PLATFORM + r"(?=[A-Z][a-z]+ )", re.IGNORECASE)
_CAPTION_TAIL = re.compile(
    r"\s[-–—]\s(?P<name>[A-Z][^,.;]{1,60}?),\s*(?P<width>\d{3,4}),\s*(?P<date>\d{1,2}\.\d{1,2}\.\d{4})\s*$"
)
"""`caption - Publisher, 1920, 28.09.2021`: publisher, width of the picture in pixels, date."""
_INTERFACE = re.compile(
    r"^\W*(?:(?:to )?(?:participate in|join) the (?:discussion|conversation)\b.{0,20}|log ?in(?: or register)?|"
    r"sign (?:in|up)\b.{0,60}|create an account\b.{0,30}|"
    r"register|subscribe\b.{0,60}|share(?: (?:this|on|via)\b.{0,40})?|tweet|print|comments?(?: \(?\d+\)?)?|"
    r"read (?:more|also|next)\b.{0,20}|see also|advertisement|follow us\b.{0,60}|newsletter|"
    r"(?:we use|accept) cookies\b.{0,120}|accept all|cookie (?:policy|settings)|privacy policy|terms of use|"
    r"all rights reserved|skip to (?:main )?content|menu|search|home|most (?:read|popular|viewed)|"
    r"related (?:articles|stories|news)|more (?:on this story|stories|news)|load more|back to top|"
    r"show (?:more|comments)|click here\b.{0,60}|watch live|listen|copy link|download(?: the)? app\b.{0,40}|"
    r"join the (?:discussion|conversation)\b.{0,40}|leave a (?:comment|reply)|discuss)\W*$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^\W*(?:published|posted|first published|date|issued|filed)\b\s*(?:on|at)?\s*:?\s*(?P<rest>.{6,60})$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"^\W*(?:last )?(?:updated?|modified|corrected)\b\s*(?:on|at)?\s*:?\s*(?P<rest>.{6,60})$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^\W*by\s+[A-Z][\w.'-]+(?:\s+(?:and\s+)?[A-Z][\w.'-]+){0,5}\W*$")
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'-]{2,40}\s*(?:,|\()?.{0,30}?\((?P<name>[A-Z][\w ]{1,30})\)\s*[-–—]"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*]*\s*$")


@dataclass(frozen=True)
class Fact:
    """Something the page says of itself, and where."""

    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class RawLine:
    """A line before it is a record. `words_end` is where its own words end (before a date tail)."""

    start: int
    end: int
    role: LineRole
    language: str | None = None
    dated: EdtfDate | None = None
    words_end: int = 0


@dataclass(frozen=True)
class Layout:
    """The page as read: its lines and what it says of itself."""

    lines: tuple[RawLine, ...]
    title: Fact | None = None
    publisher: Fact | None = None
    published: Fact | None = None
    updated: Fact | None = None
    language: str | None = None
    url: str | None = None
    credits: tuple[Fact, ...] = ()
    embeds: tuple[Fact, ...] = ()
    links: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def lay_out(value: str) -> Layout:
    """Lines and roles of a raw text. Offsets are code points of `value`."""
    warnings: list[str] = []
    rough = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\u2029]+", value)]
    bounds = [pair for pair in (trim(value, *pair) for pair in rough) if pair[0] < pair[1]]
    if len(bounds) > MAX_LINES:
        warnings.append(f"The text has {len(bounds)} lines; the first {MAX_LINES} are read.")
        bounds = bounds[:MAX_LINES]
    bounds = _unglue(value, bounds)
    lines = _roles(value, bounds)
    title = next((line for line in lines if line.role == "headline"), None)
    published, updated = _dates(value, lines, warnings)
    return Layout(
        lines=tuple(lines),
        title=Fact(value[title.start : title.end], title.start, title.end, "headline")
        if title
        else None,
        publisher=_publisher(value, lines),
        published=published,
        updated=updated,
        language=_main_language(lines),
        credits=tuple(_credits(value, lines)),
        warnings=tuple(warnings),
    )


def is_interface(text: str) -> bool:
    """Whether a line is a button or a notice of the page."""
    return len(text) < 200 and bool(_INTERFACE.match(text))


def is_credit(text: str) -> bool:
    """Whether a line says whose picture stands above it, or who wrote the article."""
    return len(text) < 200 and bool(_CREDIT.match(text) or _BYLINE.match(text))


def _unglue(value: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut `© Photo : Tehran Times/twitterBillowing plumes ...` between credit and caption."""
    out: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(bounds):
        line = value[start:end]
        cut = None
        if _CREDIT.match(line):
            cut = _repeated(value, start, end, bounds[index + 1 : index + 3])
            if cut is None:
                glued = _GLUED.search(line)
                cut = start + glued.end() if glued and glued.end() < len(line) else None
        out.extend([(start, cut), (cut, end)] if cut else [(start, end)])
    return out


def _repeated(value: str, start: int, end: int, following: list[tuple[int, int]]) -> int | None:
    """Where the caption begins, when the next lines repeat it word for word."""
    for first, last in following:
        head = value[first : min(last, first + 24)]
        at = value.find(head, start, end) if len(head) >= 16 else -1
        if at > start and value[at:end] == value[first : first + end - at]:
            return at
    return None


def _roles(value: str, bounds: list[tuple[int, int]]) -> list[RawLine]:
    lines: list[RawLine] = []
    languages = [language_of(value[start:end]) for start, end in bounds]
    page = _page_language(value, bounds, languages)
    headline_done = False
    body_seen = False
    for index, (start, end) in enumerate(bounds):
        text = value[start:end]
        tail = _CAPTION_TAIL.search(text)
        line = RawLine(start, end, "body", languages[index], None, end)
        if tail:
            line = replace(
                line,
                role="caption",
                words_end=start + tail.start(),
                dated=_dotted(tail.group("date")),
            )
            following = value[slice(*bounds[index + 1])] if index + 1 < len(bounds) else ""
            if body_seen and _title_like(following):
                line = replace(line, role="related")
        elif languages[index] not in (page, None):
            line = replace(line, role="other_language")
        elif _INTERFACE.match(text) or _PUBLISHED.match(text) or _UPDATED.match(text):
            line = replace(line, role="interface")
        elif _CREDIT.match(text) or _BYLINE.match(text):
            line = replace(line, role="credit")
        elif text.startswith(("*", "†", "‡")):
            line = replace(line, role="footnote")
        elif not headline_done:
            line = replace(line, role="headline")
            headline_done = True
        elif lines and lines[-1].role == "related" and lines[-1].dated and _title_like(text):
            line = replace(line, role="related", dated=lines[-1].dated)
        elif lines and lines[-1].role == "credit" and _follows_as_caption(value, index, bounds):
            line = replace(line, role="caption")
        elif _title_like(text):
            line = replace(line, role="subheading")
        else:
            body_seen = body_seen or len(text.split()) >= 12
        lines.append(line)
    return lines


def _page_language(
    value: str, bounds: list[tuple[int, int]], languages: list[str | None]
) -> str | None:
    weight: dict[str, int] = {}
    for (start, end), language in zip(bounds, languages, strict=True):
        if language:
            weight[language] = weight.get(language, 0) + end - start
    return max(weight, key=lambda code: (weight[code], code)) if weight else None


def _main_language(lines: list[RawLine]) -> str | None:
    for line in lines:
        if line.role in {"body", "headline"} and line.language:
            return line.language
    return None


def _follows_as_caption(value: str, index: int, bounds: list[tuple[int, int]]) -> bool:
    start, end = bounds[index]
    glued = index > 0 and bounds[index - 1][1] == start
    nxt = value[slice(*bounds[index + 1])] if index + 1 < len(bounds) else ""
    return glued or nxt.startswith(value[start:end])


def _title_like(text: str) -> bool:
    """Short, unpunctuated at its end, and not just a fragment of running text."""
    words = text.split()
    if not 1 < len(words) <= 16 or _SENTENCE_END.search(text) or text.endswith((",", ";", ":")):
        return False
    big = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return big * 2 >= len(words)


def _dotted(text: str) -> EdtfDate | None:
    day, month, year = (int(part) for part in text.split("."))
    date = Ymd(year, month, day)
    return edtf(date) if valid(date) else None


def single_date(value: str, start: int, end: int) -> tuple[Fact | None, str]:
    """The one full date between two places, and what is in doubt about it."""
    for mention in find_dates(value, start, end, None):
        if mention.earliest and mention.doubt:
            return None, mention.doubt
        if mention.earliest and mention.grain == "day":
            return Fact(mention.earliest, mention.start, mention.end, mention.rule), ""
    return None, ""


def _dates(
    value: str, lines: list[RawLine], warnings: list[str]
) -> tuple[Fact | None, Fact | None]:
    """Published and updated: the page's own lines first, then a picture's date, then a dateline."""
    own = [line for line in lines if line.role == "interface"]
    published = _dated_line(value, own, _PUBLISHED, warnings)
    updated = _dated_line(value, own, _UPDATED, warnings)
    top = [
        line
        for line in lines[:8]
        if line.role in {"body", "subheading", "credit", "headline"} and line.end - line.start < 80
    ]
    return published or _picture_date(value, lines) or _dated_line(
        value, top, None, warnings
    ), updated


def _dated_line(
    value: str, lines: list[RawLine], opening: re.Pattern[str] | None, warnings: list[str]
) -> Fact | None:
    for line in lines:
        if opening and not opening.match(value[line.start : line.end]):
            continue
        fact, doubt = single_date(value, line.start, line.end)
        if doubt:
            warnings.append(f"A date on the page is ambiguous: {doubt}.")
        if fact:
            what = "the page's own line" if opening else "a date line near the top"
            return replace(fact, rule=f"{what}, {fact.rule}")
    return None


def _picture_date(value: str, lines: list[RawLine]) -> Fact | None:
    for line in lines:
        tail = _CAPTION_TAIL.search(value[line.start : line.end])
        if line.role == "caption" and line.dated and tail:
            return Fact(
                line.dated,
                line.start + tail.start("date"),
                line.start + tail.end("date"),
                "date behind the caption of the main picture, day.month.year",
            )
    return None


def _publisher(value: str, lines: list[RawLine]) -> Fact | None:
    for line in lines:
        text = value[line.start : line.end]
        tail = _CAPTION_TAIL.search(text)
        if tail:
            return Fact(
                tail.group("name"),
                line.start + tail.start("name"),
                line.start + tail.end("name"),
                "name behind the caption of a picture",
            )
        dateline = _DATELINE.match(text) if line.role == "body" else None
        if dateline:
            return Fact(
                dateline.group("name"),
                line.start + dateline.start("name"),
                line.start + dateline.end("name"),
                "agency in the dateline",
            )
    return None


def _credits(value: str, lines: list[RawLine]) -> list[Fact]:
    out: list[Fact] = []
    for line in lines:
        text = value[line.start : line.end]
        mark = _CREDIT.match(text)
        if line.role == "credit" and mark and mark.end() < len(text):
            out.append(
                Fact(text[mark.end() :], line.start + mark.end(), line.end, "picture credit")
            )
    return out
