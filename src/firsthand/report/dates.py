"""Dates as they stand in reports, brought to EDTF with what they were resolved against.

An expression without a year ("in June") is the nearest one not after its anchor; unknown parts
stay unknown. Nothing here is ever midnight.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace
from typing import Literal

from firsthand.records import EdtfDate
from firsthand.report.timex import NUMBER_WORDS, find_timexes

__all__ = ["DateMention", "Ymd", "edtf", "find_dates", "numeric_date", "shift_months"]

Grain = Literal["day", "week", "month", "season", "year"]
MONTHS = {name.lower(): index for index, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): index for index, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF level 1 codes; which months they mean depends on the hemisphere and is left open."""
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern, re.IGNORECASE))
    for rule, pattern in (
        ("ISO date", r"\b" + _YEAR + r"-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
        ("day.month.year", r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\." + _YEAR + r"\b"),
        ("slashed date", r"\b(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-]" + _YEAR + r"\b"),
        (
            "day month year",
            r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>"
            + _MONTH
            + r")\.?,?\s+"
            + _YEAR
            + r"\b",
        ),
        (
            "month day, year",
            r"\b(?P<mon>" + _MONTH + r")\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+" + _YEAR + r"\b",
        ),
        ("month year", r"\b(?P<mon>" + _MONTH + r")\.?,?\s+(?:of\s+)?" + _YEAR + r"\b"),
        (
            "month day",
            r"\b(?P<mon>" + _MONTH + r")\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)",
        ),
        ("day month", r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>" + _MONTH + r")\b"),
        ("end of a named year", r"\bby the end of " + _YEAR + r"\b"),
        ("end of the year", r"\bby (?:the end of the year|year'?s? end|year-end)\b"),
        (
            "months before that",
            r"\b(?P<n>a|one|two|three|four|five|six) months? "
            r"(?:before that|earlier|before)\b",
        ),
        (
            "of the last years",
            r"\b(?:for )?(?:\w+ (?:of|out of|in) )?the (?:last|past) "
            r"(?P<n>\w+(?:-\w+)?) (?P<unit>years?|months?)\b",
        ),
        ("recent times", r"\bin recent (?P<unit>days|weeks|months|years)\b"),
        ("this season", r"\b(?P<rel>this|last) (?P<season>spring|summer|autumn|fall|winter)\b"),
        ("this or last year", r"\b(?P<rel>this|last) (?P<unit>year|month)\b"),
        (
            "month",
            r"\b(?:in|since|until|by|last|during|of|early|late|mid-?) ?(?P<mon>"
            + _MONTH
            + r")\b(?!\s+\d)",
        ),
        ("year", r"\b(?:in|since|until|by|of|from|to|and)\s+" + _YEAR + r"\b(?!-)"),
    )
)
_COUNT = {word: count for count, word in enumerate(NUMBER_WORDS) if count} | {"a": 1}


@dataclass(frozen=True, order=True)
class Ymd:
    """A date with the parts that are known."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class DateMention:
    """One expression: where it stands, what it comes to, and by which rule."""

    start: int
    end: int
    earliest: EdtfDate | None
    latest: EdtfDate | None
    grain: Grain
    rule: str
    anchor: str = ""
    doubt: str = ""


def edtf(date: Ymd) -> EdtfDate:
    """`2021`, `2021-09` or `2021-09-28`."""
    text = f"{date.year:04d}"
    if date.month is not None:
        text += f"-{date.month:02d}"
        if date.day is not None:
            text += f"-{date.day:02d}"
    return text


def shift_months(date: Ymd, months: int) -> Ymd:
    """The month `months` later (earlier when negative); the day is dropped."""
    index = date.year * 12 + (date.month or 1) - 1 + months
    return Ymd(index // 12, index % 12 + 1)


def valid(date: Ymd) -> bool:
    """Whether the calendar has the day."""
    if date.month is None:
        return True
    if not 1 <= date.month <= 12:
        return False
    return date.day is None or 1 <= date.day <= calendar.monthrange(date.year, date.month)[1]


def numeric_date(first: int, second: int, year: int) -> tuple[Ymd | None, str]:
    """A date from two bare numbers and a year, and what is in doubt about it.

    With one number over 12 there is one reading. Otherwise day and month may be swapped: the
    date is kept to the year's precision and both readings are named.
    """
    day_first, month_first = Ymd(year, second, first), Ymd(year, first, second)
    readings = [date for date in (day_first, month_first) if valid(date)]
    if not readings:
        return None, f"{first}/{second}/{year} is no date"
    if len(set(readings)) == 1:
        return readings[0], ""
    return Ymd(year), (
        f"{first}/{second}/{year} may be {edtf(day_first)} or {edtf(month_first)}; "
        "only the year is taken"
    )


def find_dates(
    value: str, start: int, end: int, anchor: Ymd | None, event: Ymd | None = None
) -> list[DateMention]:
    """Expressions between two places, in order, none inside another.

    `anchor` is the publication (or the line's own) date; `event` that of the event told before,
    which "a month before that" counts from. Without the anchor that it needs, an expression is
    kept with unknown bounds.
    """
    taken: list[DateMention] = []
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(value, start, end):
            if any(match.start() < seen.end and seen.start < match.end() for seen in taken):
                continue
            mention = _resolve(rule, match, anchor, event)
            if mention is not None:
                before = value[max(start, match.start() - 10) : match.start()]
                taken.append(_open_ended(mention, before, match.group()))
    taken.extend(_from_timexes(value, start, end, anchor, event=event, taken=taken))
    return sorted(taken, key=lambda seen: seen.start)


def _open_ended(mention: DateMention, before: str, words: str) -> DateMention:
    """ "Since 2003" has no end that is told, "until 2011" no beginning."""
    if mention.earliest is None or mention.latest is None:
        return mention
    if re.match(r"since\b", words, re.I) or re.search(r"\bsince\s+$", before, re.I):
        return replace(mention, latest=None, rule=f"since; {mention.rule}")
    if re.match(r"until\b", words, re.I) or re.search(r"\b(?:until|till|up to)\s+$", before, re.I):
        return replace(mention, earliest=None, rule=f"until; {mention.rule}")
    return mention


def _from_timexes(
    value: str,
    start: int,
    end: int,
    anchor: Ymd | None,
    *,
    event: Ymd | None,
    taken: list[DateMention],
) -> list[DateMention]:
    """Weekdays, "yesterday", "last week", "two weeks earlier": what only `timex` knows.

    They need the day of publication; without it they are left unresolved and not offered.
    """
    if anchor is None or anchor.month is None or anchor.day is None:
        return []
    today = datetime.date(anchor.year, anchor.month, anchor.day)
    before = datetime.date(event.year, event.month or 1, event.day or 1) if event else None
    out: list[DateMention] = []
    for found in find_timexes(value, start, end, today, before):
        if any(found.start < seen.end and seen.start < found.end for seen in taken):
            continue
        bounds = _bounds(found.value)
        if found.kind in {"DURATION", "SET"} or bounds is None:
            continue
        first, last, grain = bounds
        if re.search(r"\buntil\s+(?:\w+\s+)?$", value[max(start, found.start - 12) : found.start]):
            first = ""
        told = (
            "event"
            if found.rule == "ago or later"
            and "ago" not in value[found.start : found.end]
            and event
            else "publication"
        )
        out.append(
            DateMention(found.start, found.end, first or None, last, grain, found.rule, told)
        )
    return out


def _bounds(value: str) -> tuple[EdtfDate, EdtfDate, Grain] | None:
    """A TIMEX3 date value as EDTF bounds and their grain."""
    day = re.match(r"(\d{4}-\d\d-\d\d)(?:T(?P<part>[A-Z]{2}|\d\d:\d\d))?$", value)
    if day:
        if day["part"] == "NI":
            after = datetime.date.fromisoformat(day[1]) + datetime.timedelta(days=1)
            return day[1], after.isoformat(), "day"  # a night runs into the next day
        return day[1], day[1], "day"
    week = re.match(r"(\d{4})-W(\d\d)(-WE)?$", value)
    if week:
        first = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        last = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 7)
        return first.isoformat(), last.isoformat(), "week"
    if re.match(r"\d{4}-\d\d$", value):
        return value, value, "month"
    if re.match(r"\d{4}$", value):
        return value, value, "year"
    season = re.match(r"(\d{4})-(SP|SU|FA|WI)$", value)
    if season:
        code = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}[season[2]]
        return f"{season[1]}-{code}", f"{season[1]}-{code}", "season"
    part = re.match(r"(\d{4})-([QH])(\d)$", value)
    if part:
        months = 3 if part[2] == "Q" else 6
        first_month = (int(part[3]) - 1) * months + 1
        return (
            f"{part[1]}-{first_month:02d}",
            f"{part[1]}-{first_month + months - 1:02d}",
            "month",
        )
    if re.match(r"\d{3}$", value):
        return f"{value}X", f"{value}X", "year"
    return None


def _resolve(
    rule: str, match: re.Match[str], anchor: Ymd | None, event: Ymd | None
) -> DateMention | None:
    group = match.groupdict()
    where = (match.start(), match.end())
    if rule == "may" or ((group.get("mon") or "").lower() == "may" and match.group().islower()):
        return None  # "may" the verb
    if rule == "slashed date":
        date, doubt = numeric_date(int(group["a"]), int(group["b"]), int(group["y"]))
        if date is None:
            return None
        return _mention(where, date, rule, doubt=doubt)
    if rule == "end of a named year":
        return DateMention(*where, None, edtf(Ymd(int(group["y"]), 12)), "month", rule)
    if rule == "end of the year":
        last = edtf(Ymd(anchor.year, 12)) if anchor else None
        return DateMention(*where, None, last, "month", rule, "publication" if anchor else "")
    if rule == "months before that":
        if event is None or event.month is None:
            return DateMention(*where, None, None, "month", rule)
        return _mention(where, shift_months(event, -_COUNT[group["n"].lower()]), rule, "event")
    if rule == "of the last years":
        return _of_the_last(where, group, anchor)
    if rule == "recent times":
        last = edtf(anchor) if anchor else None
        told = "publication" if anchor else ""
        return DateMention(*where, None, last, "month", "recent; not after publication", told)
    if rule in {"this season", "this or last year"}:
        return _this_or_last(rule, where, group, anchor)
    return _plain_date(rule, where, group, anchor)


def _plain_date(
    rule: str, where: tuple[int, int], group: dict[str, str | None], anchor: Ymd | None
) -> DateMention | None:
    month = MONTHS[str(group["mon"]).lower()] if group.get("mon") else None
    if group.get("m"):
        month = int(str(group["m"]))
    day = int(str(group["d"])) if group.get("d") else None
    if group.get("y"):
        date = Ymd(int(str(group["y"])), month, day)
        return _mention(where, date, rule) if valid(date) else None
    if month is None:
        return None
    if anchor is None:
        return DateMention(*where, None, None, "day" if day else "month", rule)
    limit = (anchor.month or 12, (anchor.day or 31) if day else 31)
    year = anchor.year if (month, day or 0) <= limit else anchor.year - 1
    date = Ymd(year, month, day)
    return _mention(where, date, rule, "publication") if valid(date) else None


def _this_or_last(
    rule: str, where: tuple[int, int], group: dict[str, str | None], anchor: Ymd | None
) -> DateMention:
    back = 1 if str(group["rel"]).lower() == "last" else 0
    if anchor is None:
        return DateMention(*where, None, None, "season" if group.get("season") else "year", rule)
    if group.get("season"):
        code = SEASONS[str(group["season"]).lower()]
        value = f"{anchor.year - back:04d}-{code}"
        return DateMention(*where, value, value, "season", rule, "publication")
    if group["unit"] == "month":
        return _mention(where, shift_months(anchor, -back), rule, "publication")
    return _mention(where, Ymd(anchor.year - back), rule, "publication")


def _of_the_last(
    where: tuple[int, int], group: dict[str, str | None], anchor: Ymd | None
) -> DateMention | None:
    """ "For fifteen of the last eighteen years": some time between then and publication."""
    word = str(group["n"]).lower()
    count = int(word) if word.isdecimal() else _COUNT.get(word)
    if count is None or count > 200:
        return None
    rule = "of the last years or months"
    grain: Grain = "year" if str(group["unit"]).lower().startswith("year") else "month"
    if anchor is None:
        return DateMention(*where, None, None, grain, rule)
    first = Ymd(anchor.year - count) if grain == "year" else shift_months(anchor, -count)
    return DateMention(*where, edtf(first), edtf(anchor), grain, rule, "publication")


def _mention(
    where: tuple[int, int], date: Ymd, rule: str, anchor: str = "", doubt: str = ""
) -> DateMention:
    grain: Grain = "day" if date.day else "month" if date.month else "year"
    value = edtf(date)
    return DateMention(*where, value, value, grain, rule, anchor, doubt)
