# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Time expressions in English, with the values that TIMEX3 gives them.

Values follow ISO 8601 as TimeML uses it (https://timeml.github.io/site/publications/timeMLdocs/
timeml_1.2.1.html): `1998-08-07`, `1998-Q3`, `1998-SU`, `P3D`, `PRESENT_REF`. `dates` turns them
into EDTF for claims. Rules only; nothing is learned.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = ["Timex", "find_timexes"]

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True)
class Timex:
    """One expression: its place, its kind and its value."""

    start: int
    end: int
    kind: Kind
    value: str
    rule: str = ""


@dataclass(frozen=True)
class _Context:
    """What an expression is resolved against."""

    anchor: date
    event: date | None
    future: bool
    past: bool


_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_DAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
NUMBER_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS)} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
    "dozen": 12,
    "couple": 2,
    "twenty-five": 25,
    "twenty-four": 24,
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_UNITS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "weekend": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "night": "N",
    "season": "S",
    "morning": "M",
}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI"}

_M = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
_D = r"(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.)"
_Y = r"(?:1[5-9]\d\d|20\d\d)"
_U = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies))"
_N = (
    r"(?:\d+(?:[.,]\d+)?(?:\s?1/2)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|"
    r"three|four|five|six|seven|eight|nine)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|a dozen|a|an|half an?|a half|a couple(?: of)?|one and a half)"
)
_VAGUE = r"(?:several|a few|few|some|many|recent|more|couple|dozens of|hundreds of|numerous|these)"
_PART = r"(?:morning|afternoon|evening|night)"
_DAYNUM = r"\d{1,2}(?:st|nd|rd|th)?"

Maker = Callable[[re.Match[str], _Context], tuple[Kind, str] | None]


def _iso(day: date) -> str:
    return day.isoformat()


def _number(word: str) -> float | None:
    word = word.lower().strip()
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
        return float(word.replace(",", ""))
    if re.match(r"\d+\s?1/2", word):
        return float(re.match(r"\d+", word).group()) + 0.5  # type: ignore[union-attr]
    if word.startswith(("half", "a half")):
        return 0.5
    if word == "one and a half":
        return 1.5
    word = re.sub(r"^a (?=dozen|couple)", "", word).replace(" of", "")
    if "-" in word and word not in _NUMBERS:
        tens, _, ones = word.partition("-")
        base = {
            "twenty": 20,
            "thirty": 30,
            "forty": 40,
            "fifty": 50,
            "sixty": 60,
            "seventy": 70,
            "eighty": 80,
            "ninety": 90,
        }.get(tens)
        return base + _NUMBERS[ones] if base and ones in _NUMBERS else None
    return (
        float(_NUMBERS[word]) if word in _NUMBERS else {"seventy": 70.0, "eighty": 80.0}.get(word)
    )


def _unit(word: str) -> str:
    word = word.lower().rstrip(".")
    if word.startswith("centur"):
        return "century"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _period(amount: str, unit: str) -> str:
    """`P3D`, `PT2H`, `P1DE`."""
    name = _unit(unit)
    code = {"decade": "E", "century": "C"}.get(name)
    if name in {"second", "minute", "hour"}:
        return f"PT{amount}{_UNITS[name]}"
    return f"P{amount}{code or _UNITS[name]}"


def _amount(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _shift(day: date, amount: float, unit: str) -> str:
    """The date `amount` units from `day` (negative: before), as coarse as the unit."""
    name = _unit(unit)
    whole = int(amount)
    if name in {"day", "night"}:
        return _iso(day + timedelta(days=whole))
    if name == "week":
        return _week(day + timedelta(weeks=whole))
    if name == "month":
        index = day.year * 12 + day.month - 1 + whole
        return f"{index // 12:04d}-{index % 12 + 1:02d}"
    if name == "quarter":
        index = day.year * 4 + (day.month - 1) // 3 + whole
        return f"{index // 4:04d}-Q{index % 4 + 1}"
    if name == "year":
        return f"{day.year + whole:04d}"
    if name == "decade":
        return f"{(day.year + whole * 10) // 10:03d}"
    if name == "century":
        return f"{day.year // 100 + whole:02d}"
    return "PAST_REF" if amount < 0 else "FUTURE_REF"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _month_near(month: int, context: _Context, day: int | None = None) -> str | None:
    anchor = context.anchor
    year = anchor.year
    if day is None:
        if context.future:
            year += month < anchor.month
        elif month > anchor.month:
            year -= 1
        return f"{year:04d}-{month:02d}"
    readings: list[date] = []
    for each in (year - 1, year, year + 1):
        try:
            readings.append(date(each, month, day))
        except ValueError:
            continue
    if not readings:
        return None
    # A day without a year is the nearest one; a past one may be further off than a coming one.
    best = min(
        readings,
        key=lambda each: (
            (each - anchor).days * 3
            if each > anchor and not context.future
            else abs((each - anchor).days)
        ),
    )
    return _iso(best)


def _weekday_near(day: int, context: _Context, *, last: bool = False, nxt: bool = False) -> date:
    back = (context.anchor.weekday() - day) % 7
    if nxt:
        ahead = (day - context.anchor.weekday()) % 7 or 7
        return context.anchor + timedelta(days=ahead)
    if last:
        return context.anchor - timedelta(days=back or 7)
    if context.future and not context.past:
        return context.anchor + timedelta(days=(day - context.anchor.weekday()) % 7)
    return context.anchor - timedelta(days=back)


def _month(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _dayno(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


def _checked(year: int, month: int, day: int) -> tuple[Kind, str] | None:
    try:
        return "DATE", _iso(date(year, month, day))
    except ValueError:
        return None


def _full(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return _checked(int(match["y"]), _month(match["m"]), _dayno(match["d"]))


def _numeric(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 1900 if year > context.anchor.year % 100 + 5 else 2000
    if first > 12:
        first, second = second, first
    return _checked(year, first, second)


def _month_day(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    value = _month_near(_month(match["m"]), context, _dayno(match["d"]))
    return ("DATE", value) if value else None


def _month_alone(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    word = match["m"]
    if word.lower() in {"may", "march"} and not word[0].isupper():
        return None
    if word.lower() == "may" and not re.search(
        r"(?:in|since|until|by|last|next|this|early|late|of|for|from|during|mid-|and|to|,)\s*(?:early |late |mid-?)?$",
        match.string[max(0, match.start("m") - 14) : match.start("m")],
        re.I,
    ):
        return None
    relative = (match["r"] or "").lower()
    anchor = context.anchor
    month = _month(word)
    if relative in {"last", "past"}:
        year = anchor.year - (1 if month >= anchor.month else 0)
        return "DATE", f"{year:04d}-{month:02d}"
    if relative in {"next", "coming"}:
        year = anchor.year + (1 if month <= anchor.month else 0)
        return "DATE", f"{year:04d}-{month:02d}"
    if relative == "this":
        return "DATE", f"{anchor.year:04d}-{month:02d}"
    value = _month_near(month, context)
    return ("DATE", value) if value else None


def _weekday(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    word = match["d"].lower().rstrip(".")
    if word.endswith("s") and word[:-1] in _DAYS and word not in _DAYS:
        return "SET", f"XXXX-WXX-{_DAYS[word[:-1]] + 1}"
    number = _DAYS[word]
    relative = (match["r"] or "").lower()
    ahead = re.search(
        r"\b(?:until|till|by|from|starting|effective)\s+$",
        match.string[max(0, match.start() - 12) : match.start()],
        re.I,
    )
    if ahead and not relative and not match["p"]:
        relative = "next"
    day = _weekday_near(number, context, last=relative in {"last", "past"}, nxt=relative == "next")
    part = match["p"]
    if part:
        return "TIME", f"{_iso(day)}T{_PARTS[part.lower()]}"
    return "DATE", _iso(day)


def _relative_unit(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    relative, unit = match["r"].lower(), _unit(match["u"])
    anchor = context.anchor
    step = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "prior": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
        "upcoming": 1,
    }.get(relative, 0)
    if unit == "weekend":
        return "DATE", _week(anchor + timedelta(weeks=step)) + "-WE"
    if unit in _SEASONS:
        return "DATE", f"{anchor.year + step:04d}-{_SEASONS[unit]}"
    if unit in _PARTS:
        day = anchor + timedelta(days=step)
        return "TIME", f"{_iso(day)}T{_PARTS[unit]}"
    if unit == "century":
        return "DATE", f"{anchor.year // 100 + step:02d}"
    return "DATE", _shift(anchor, step, unit)


def _ago(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    number = _number(match["n"])
    if number is None:
        return None
    word = match["w"].lower()
    unit = _unit(match["u"])
    if unit in {"second", "minute", "hour"}:
        return "DATE" if word == "ago" else "DURATION", (
            "PAST_REF" if word == "ago" else _period(_amount(number), unit)
        )
    sign = 1 if word in {"later", "hence", "from now", "after that"} else -1
    base = context.event if word != "ago" and context.event else context.anchor
    if number != int(number):
        return "DATE", _shift(base, sign * int(number), unit)
    return "DATE", _shift(base, sign * number, unit)


def _vague_ago(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return "DATE", "FUTURE_REF" if match["w"].lower() in {"later", "hence"} else "PAST_REF"


def _duration(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    number = _number(match["n"])
    if number is None:
        return None
    return "DURATION", _period(_amount(number), match["u"])


def _vague_duration(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return "DURATION", _period("X", match["u"])


def _quarter(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    number = _ORDINALS[match["o"].lower()]
    year = context.anchor.year
    if match["y"]:
        year = int(re.search(r"\d{4}", match["y"]).group())  # type: ignore[union-attr]
    elif match["r"] and match["r"].lower() == "year-earlier":
        year -= 1
    elif match["e"] and "earlier" not in match["e"]:
        year += -1 if "last" in match["e"] else 1 if "next" in match["e"] else 0
    elif number > (context.anchor.month - 1) // 3 + 1 and not context.future:
        year -= 1
    code = "Q" if match["w"].lower().startswith("q") else "H"
    return "DATE", f"{year:04d}-{code}{number}"


def _today(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    word = match.group().lower()
    shift = -1 if word.startswith("yesterday") else 1 if word.startswith("tomorrow") else 0
    day = context.anchor + timedelta(days=shift)
    if word == "tonight":
        return "TIME", f"{_iso(day)}TNI"
    part = re.search(_PART, word)
    return ("TIME", f"{_iso(day)}T{_PARTS[part.group()]}") if part else ("DATE", _iso(day))


def _clock(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    hour, minute = int(match["h"]), int(match["min"] or 0)
    half = (match["ap"] or "").lower().replace(".", "").strip()
    if hour > 24 or minute > 59:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    day = context.anchor
    if match["d"]:
        word = match["d"].lower().rstrip(".")
        if word in _DAYS:
            day = _weekday_near(_DAYS[word], context)
        elif word == "yesterday":
            day -= timedelta(days=1)
        elif word == "tomorrow":
            day += timedelta(days=1)
    return "TIME", f"{_iso(day)}T{hour:02d}:{minute:02d}"


def _noon(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    clock = "12:00" if match.group().lower().startswith("noon") else "24:00"
    return "TIME", f"{_iso(context.anchor)}T{clock}"


def _decade(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    digits = re.search(r"\d+", match.group()).group()  # type: ignore[union-attr]
    if len(digits) == 2:
        digits = ("19" if int(digits) > context.anchor.year % 100 // 10 * 10 else "20") + digits
    return "DATE", digits[:3]


def _season_year(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    year = int(match["y"]) if match["y"] else context.anchor.year
    return "DATE", f"{year:04d}-{_SEASONS[match['s'].lower()]}"


def _year(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return "DATE", match["y"]


def _month_year(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return "DATE", f"{match['y']}-{_month(match['m']):02d}"


def _adverb(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    return "SET", {
        "daily": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "quarterly": "P1Q",
        "annually": "P1Y",
        "annual": "P1Y",
        "yearly": "P1Y",
        "hourly": "PT1H",
        "nightly": "P1D",
    }[match.group().lower()]


def _fixed(kind: Kind, value: str) -> Maker:
    return lambda _match, _context: (kind, value)


def _easter(year: int) -> date:
    """Easter Sunday, Gregorian (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _holiday(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    name = match["h"].lower()

    def of(year: int) -> date:
        if name.startswith("easter"):
            return _easter(year)
        if name.startswith("thanksgiving"):
            return _nth(year, 11, 3, 4)
        if name.startswith("labor"):
            return _nth(year, 9, 0, 1)
        if name.startswith("election"):
            return _nth(year, 11, 0, 1) + timedelta(days=1)
        month, day = {
            "christmas": (12, 25),
            "christmas day": (12, 25),
            "christmas eve": (12, 24),
            "halloween": (10, 31),
            "independence day": (7, 4),
        }.get(name, (12, 31) if name.endswith("eve") else (1, 1))
        return date(year, month, day)

    year = context.anchor.year
    if of(year) > context.anchor and not context.future:
        year -= 1
    return "DATE", _iso(of(year))


def _the_day(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    base = context.event or context.anchor
    return "DATE", _shift(base, 0, match["u"])


def _all_unit(match: re.Match[str], context: _Context) -> tuple[Kind, str] | None:
    return "DURATION", _period("1", match["u"])


def _past_units(match: re.Match[str], _: _Context) -> tuple[Kind, str] | None:
    number = _number(match["n"]) if match["n"] else None
    amount = _amount(number) if number else "X"
    return "DURATION", _period(amount, match["u"])


_RULES: tuple[tuple[str, str, Maker], ...] = (
    (
        "clock time",
        rf"\b(?P<h>\d{{1,2}})(?::(?P<min>\d\d)(?::\d\d)?)?\s?(?P<ap>[ap]\.?\s?m\b\.?)(?: (?:E[DS]T|GMT|UTC|local time))?(?:,? (?:on )?(?P<d>{_D}|yesterday|today|tomorrow))?",
        _clock,
    ),
    (
        "clock time",
        rf"\b(?P<h>\d{{1,2}}):(?P<min>\d\d)(?::\d\d)?(?P<ap>\b)(?: (?:E[DS]T|GMT|UTC|local time))?(?:,? (?:on )?(?P<d>{_D}|yesterday|today|tomorrow))?",
        _clock,
    ),
    (
        "ISO date",
        r"\b(?P<y>(?:19|20)\d\d)-(?P<a>\d\d)-(?P<b>\d\d)\b",
        lambda m, c: _checked(int(m["y"]), int(m["a"]), int(m["b"])),
    ),
    ("numeric date", r"\b(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4}|\d\d)\b", _numeric),
    ("month day, year", rf"\b(?:{_D},? )?(?P<m>{_M}) (?P<d>{_DAYNUM}),? (?P<y>{_Y})\b", _full),
    (
        "day month year",
        rf"\b(?:{_D},? )?(?:the )?(?P<d>{_DAYNUM})(?: of)? (?P<m>{_M}),? (?P<y>{_Y})\b",
        _full,
    ),
    ("month year", rf"\b(?:early |late |mid-)?(?P<m>{_M})(?:,| of)? (?P<y>{_Y})\b", _month_year),
    (
        "ago or later",
        rf"\b(?:about |nearly |almost |over |more than |just |at least |around |some )?(?P<n>{_N})[ -](?P<u>{_U}) (?P<w>ago|earlier|later|hence|from now|before that|after that|prior)\b",
        _ago,
    ),
    ("vague ago", rf"\b(?:{_VAGUE}) (?P<u>{_U}) (?P<w>ago|earlier|later|hence)\b", _vague_ago),
    (
        "month day",
        rf"\b(?:{_D},? )?(?:last |next |this )?(?P<m>{_M}) (?P<d>{_DAYNUM})\b(?![:/]\d|,\d)",
        _month_day,
    ),
    (
        "day month",
        rf"\b(?:{_D},? )?(?:the )?(?P<d>{_DAYNUM})(?: of)? (?P<m>{_M})(?![a-z])",
        _month_day,
    ),
    (
        "season of a year",
        rf"\b(?:(?:early|late|the|mid-?) )*(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_Y})\b",
        _season_year,
    ),
    (
        "quarter or half",
        rf"\b(?:the )?(?:(?P<r>year-earlier|fiscal|latest) )?(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal[ -])?(?P<w>quarter|half)(?P<y> (?:of )?(?:fiscal )?{_Y})?(?P<e> (?:of )?(?:last|this|next|the) year| a year earlier)?\b",
        _quarter,
    ),
    (
        "past units",
        rf"\b(?:(?:in|over|for|during|within) )?(?:the |these )?(?:last|past|next|previous|coming|first|final) (?P<n>{_N}|several|few|many|couple of)?[ -]?(?P<u>(?:seconds|minutes|hours|days|weeks|months|quarters|years|decades))\b",
        _past_units,
    ),
    (
        "every unit",
        r"\b(?:every|each) (?:(?:other|single) )?(?P<u>second|minute|hour|day|night|week|weekend|month|quarter|year|decade|morning)\b",
        lambda m, c: (
            "SET",
            _period("1", "day" if m["u"].lower() in {"night", "morning"} else m["u"]),
        ),
    ),
    (
        "every weekday",
        rf"\b(?:every|each) (?P<d>{_D})",
        lambda m, c: (
            ("SET", f"XXXX-WXX-{_DAYS[m['d'].lower().rstrip('.')] + 1}")
            if m["d"].lower() in _DAYS
            else None
        ),
    ),
    (
        "rate",
        r"\b(?<=\d )(?:a|per) (?P<u>day|week|month|quarter|year|hour)\b|\bper (?P<v>day|week|month|quarter|year|hour)\b",
        lambda m, c: ("SET", _period("1", m["u"] or m["v"])),
    ),
    (
        "adverb of frequency",
        r"\b(?:daily|weekly|monthly|quarterly|annually|yearly|hourly|nightly)\b(?! [A-Z])",
        _adverb,
    ),
    (
        "relative unit",
        r"\b(?:(?:early|late|later|earlier) )?(?:the )?(?P<r>last|past|this|next|previous|prior|current|coming|following|upcoming|same|that) (?P<u>weekend|week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter|morning|afternoon|evening|night)\b(?!-old)",
        _relative_unit,
    ),
    (
        "weekday",
        rf"\b(?:(?:early|late|earlier|later) )?(?:(?P<r>last|next|this|past|coming) )?(?P<d>{_D})(?: (?P<p>{_PART}))?(?![a-z-])",
        _weekday,
    ),
    (
        "today",
        rf"\b(?:(?:late|early|earlier|later) )?(?:yesterday|tomorrow|today)(?: {_PART})?\b|\btonight\b",
        _today,
    ),
    (
        "month",
        rf"\b(?:(?:early|late|mid-|mid) ?)?(?:(?P<r>last|next|this|past|coming) )?(?P<m>{_M})(?![a-z-]|\s\d)",
        _month_alone,
    ),
    (
        "decade",
        r"\b(?:the )?(?:(?:early|late|mid)[ -])?(?:(?:18|19|20)\d0|['’]\d0)['’]?s\b",
        _decade,
    ),
    (
        "duration",
        rf"\b(?P<n>{_N})[ -](?:full |straight |consecutive |more |additional )?(?P<u>seconds?|minutes?|hours?|days?|nights?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies))\b(?!-old| old\b)",
        _duration,
    ),
    (
        "vague duration",
        rf"\b(?:{_VAGUE}) (?:of )?(?P<u>seconds|minutes|hours|days|weeks|months|quarters|years|decades|centuries)\b",
        _vague_duration,
    ),
    (
        "bare units",
        r"\b(?:for|in|within|after|over) (?P<u>minutes|hours|days|weeks|months|years|decades|centuries)\b",
        _vague_duration,
    ),
    (
        "all the unit",
        r"\b(?:all|the (?:whole|entire)|the full) (?P<u>day|night|week|month|year)\b",
        _all_unit,
    ),
    (
        "present",
        r"\b(?:now|currently|at present|presently|at the moment|at this (?:time|point)|right now|these days|nowadays|the present|at the current time)\b",
        _fixed("DATE", "PRESENT_REF"),
    ),
    (
        "past",
        r"\b(?:recently|in the past|the past|lately|formerly|in recent (?:days|weeks|months|years)|long ago|in the recent past|of late|at one time|at the time|a while ago|the recent past)\b",
        _fixed("DATE", "PAST_REF"),
    ),
    (
        "future",
        r"\b(?:in the (?:near |distant |foreseeable )?future|the (?:near |foreseeable )?future)\b",
        _fixed("DATE", "FUTURE_REF"),
    ),
    (
        "season",
        r"\b(?:(?:early|late|in|this|the|mid-?) )(?P<y>)(?P<s>spring|summer|autumn|winter)\b",
        _season_year,
    ),
    (
        "holiday",
        r"\b(?:(?P<r>last|next|this) )?(?P<h>Thanksgiving(?: Day)?|Christmas(?: (?:Day|Eve))?|New Year['’]s (?:Day|Eve)|Halloween|Independence Day|Easter(?: Sunday)?|Election Day|Labor Day)\b",
        _holiday,
    ),
    ("that day", r"\b(?:the same|that|the very same) (?P<u>day|week|month|year)\b", _the_day),
    (
        "the year",
        r"(?<=\bof )the (?P<u>year|month|week|day|quarter)\b|(?<=\bfor )the (?P<v>year|quarter|month)\b|(?<=\bin )the (?P<x>quarter|month|year|period)\b",
        lambda m, c: (
            "DATE",
            _shift(c.anchor, 0, m["u"] or m["v"] or ("quarter" if m["x"] == "period" else m["x"])),
        ),
    ),
    ("noon", r"\b(?:noon|midnight)\b", _noon),
    ("fiscal year", rf"\b(?:fiscal|calendar|model) (?:year )?(?P<y>{_Y})\b", _year),
    (
        "year",
        rf"(?<![\d$.,:/-])\b(?P<y>{_Y})\b(?![\d%/:]|,\d|\.\d|-\d| (?:people|dollars|yen|shares|points|miles|troops|employees|workers|feet|pounds|men|women|votes|homes|jobs|cars|units|million|billion|percent|kilomet|met))",
        _year,
    ),
)
_COMPILED = tuple(
    (name, re.compile(pattern, re.IGNORECASE), make) for name, pattern, make in _RULES
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|'ll|’ll|is to|are to|expected to|scheduled|plans? to|going to|due|set to|set for|slated|upcoming)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:said|was|were|had|did|has|[a-z]{3,}ed)\b")


def find_timexes(
    value: str, start: int, end: int, anchor: date, event: date | None = None
) -> list[Timex]:
    """Expressions between two places of a text, in order, none inside another.

    `anchor` is the day of publication; `event` the day told of before, for "a month earlier" and
    "that day". The tense of the sentence decides whether "Friday" is the last or the next one.
    """
    sentence = value[start:end]
    ahead = [start + found.start() for found in _FUTURE.finditer(sentence)]
    behind = [start + found.start() for found in _PAST.finditer(sentence)]
    taken: list[Timex] = []
    for name, pattern, make in _COMPILED:
        for match in pattern.finditer(value, start, end):
            first, last = match.span()
            if any(first < seen.end and seen.start < last for seen in taken):
                continue
            near = min((abs(first - at) for at in ahead), default=10_000)
            far = min((abs(first - at) for at in behind), default=9_999)
            context = _Context(anchor, event, near < far, far < near)
            made = make(match, context)
            if made is None or not made[1]:
                continue
            while last > first and value[last - 1] in " ,":
                last -= 1
            taken.append(Timex(first, last, made[0], made[1], name))
    return sorted(taken, key=lambda seen: seen.start)
