"""The reader's language: sentences looked up by their English, plurals, dates, and direction.

A catalogue is a gettext file (`locale/ar.po`), read with Babel when it is first wanted. What it
does not have is printed in English and marked as English. Values in a sentence are of three kinds:
words of ours ("what was burning") are looked up too, dates of ours are written as the language
writes them, and everything else (names, quotes, figures) stands as it is. Digits are 0 to 9 in
every language, so that a figure reads the same in two notes laid side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from firsthand.note.english import MONTHS, moment
from firsthand.records.words import Message

__all__ = ["ENGLISH", "LANGUAGES", "LISTS", "PLURALS", "Catalogue", "Told", "catalogue"]

LANGUAGES: Final = ("en", "ar")
LISTS: Final = (
    "firsthand.note.phrases",
    "firsthand.note.labels",
    "firsthand.note.page",
    "firsthand.note.sayings",
    "firsthand.note.standing",
    "firsthand.note.changes",
    "firsthand.findings.strength",
)
"""Modules whose upper-case constants hold the note's sentences and words."""

PLURALS: Final[Mapping[str, str]] = {
    "One finding rests on inputs that have changed since, and counts for nothing here.": (
        "{count} findings rest on inputs that have changed since, and count for nothing here."
    ),
    (
        "Rests on unaccepted readings: the tool read one statement in the report, "
        "and no person has accepted it."
    ): (
        "Rests on unaccepted readings: the tool read {count} statements in the report, "
        "and no person has accepted any of them."
    ),
    "Report read: one statement, not accepted by a person.": (
        "Report read: {count} statements, none of them accepted by a person."
    ),
    "Report read: one statement, looked at by a person.": (
        "Report read: {count} statements, each looked at by a person."
    ),
    "One filmer is named: {names}.": "{count} filmers are named: {names}.",
    "Count one origin: so many are said to have filmed for themselves.": (
        "Count at most {count} origins: so many are said to have filmed for themselves."
    ),
    "One frame of {item}, at {first} s.": "{count} frames of {item}, from {first} to {last} s.",
    "Sources named: {names}. They are said to go back to one person who filmed.": (
        "Sources named: {names}. They are said to go back to {count} people who filmed for "
        "themselves."
    ),
    "One fire pixel lies at the claimed place in the window.": (
        "{count} fire pixels lie at the claimed place in the window."
    ),
}
"""Singular to plural, of sentences whose `{count}` decides; other languages have more forms."""
COUNT: Final = "count"
RANGE: Final = "{start} to {end}"
_SINGULAR: Final = {plural: one for one, plural in PLURALS.items()}

WORDS: Final = frozenset(
    [
        "what",
        "cause",
        "outcome",
        "before",
        "now",
        "proposition",
        "name",
        "relation",
        "label",
        "seen",
        "question",
    ]
)
"""Places of a sentence where a word of ours may stand, rather than one from outside."""
DATES: Final = frozenset(
    [
        "it",
        "time",
        "when",
        "start",
        "end",
        "earliest",
        "latest",
        "date",
        "dates",
        "published",
        "step",
    ]
)
"""Places where a date of ours, or a range of figures, may stand."""

_MONTH: Final = "|".join(MONTHS)
_DAY: Final = re.compile(rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})(?:, (\d\d):(\d\d) UTC)?")
_MONTH_YEAR: Final = re.compile(rf"({_MONTH}) (\d{{4}})")
_RANGE: Final = re.compile(r"([\d,]+) to ([\d,]+)")
_MONTHS_YEAR: Final = re.compile(rf"((?:(?:{_MONTH})(?:, | and ))+(?:{_MONTH})) (\d{{4}})")


@dataclass(frozen=True)
class Told:
    """A sentence in the reader's language; `own` is False where it had to stay in English."""

    text: str
    values: Mapping[str, str]
    own: bool


@dataclass(frozen=True)
class Catalogue:
    """One language. `forms` has, by English sentence, its form or forms by CLDR plural."""

    language: str
    direction: Literal["ltr", "rtl"]
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural: Callable[[int], int] = lambda n: int(n != 1)

    def tell(self, message: Message) -> Told:
        """A sentence with its values, in this language as far as it goes."""
        if self.language == "en":
            return Told(_english(message), message.values, own=True)
        found = self._form(message.text, message.values)
        if found is None and any(char.isalpha() for char in re.sub(r"{\w*}", "", message.text)):
            return Told(_english(message), message.values, own=False)
        values = {name: self._value(name, text) for name, text in message.values.items()}
        return Told(found or message.text, values, own=True)

    def flat(self, message: Message) -> str:
        """A sentence as one plain text, where no markup can stand."""
        told = self.tell(message)
        return told.text.format(**told.values)

    def text(self, english: str) -> str:
        """A word or heading of the page; in English where this catalogue lacks it."""
        return self._form(english, {}) or english

    @property
    def comma(self) -> str:
        """What stands between the things of a list."""
        return "،" if self.language == "ar" else ","

    def has(self, english: str) -> bool:
        """Whether this catalogue has the sentence."""
        return self.language == "en" or self._form(english, {}) is not None

    def moment(self, value: datetime) -> str:
        """An instant, in UTC and saying so."""
        if self.language == "en":
            return moment(value)
        at = value.astimezone(UTC)
        return f"{self._date(at.date(), 'd MMMM y')}، {at.hour:02}:{at.minute:02} UTC"

    def dated(self, english: str) -> str:
        """A date as our English writes it, in this language; anything else as it is."""
        if self.language == "en":
            return english
        if found := _DAY.fullmatch(english):
            day, month, year, hour, minute = found.groups()
            on = self._date(date(int(year), MONTHS.index(month) + 1, int(day)), "d MMMM y")
            return f"{on}، {hour}:{minute} UTC" if hour else on
        if found := _MONTH_YEAR.fullmatch(english):
            return self._date(date(int(found[2]), MONTHS.index(found[1]) + 1, 1), "MMMM y")
        if found := _MONTHS_YEAR.fullmatch(english):
            return f"{self._months(re.split(', | and ', found[1]))} {found[2]}"
        if (found := _RANGE.fullmatch(english)) and (form := self._form(RANGE, {})):
            return form.format(start=found[1], end=found[2])
        return english

    def _form(self, english: str, values: Mapping[str, str]) -> str | None:
        found = self.forms.get(english)
        if not found:
            return None
        count = values.get(COUNT, "1")
        place = self.plural(int(count)) if len(found) > 1 and count.isdigit() else 0
        return found[place] if place < len(found) else found[-1]

    def _value(self, name: str, text: str) -> str:
        if name in WORDS and (own := self._form(text, {})) is not None:
            return own
        return self.dated(text) if name in DATES else text

    def _date(self, on: date, pattern: str) -> str:
        from babel.dates import format_date

        written: str = format_date(on, pattern, locale=self.language)
        return written

    def _months(self, names: list[str]) -> str:
        from babel.lists import format_list

        own = [self._date(date(2001, MONTHS.index(name) + 1, 1), "LLLL") for name in names]
        return format_list(own, locale=self.language)


ENGLISH: Final = Catalogue("en", "ltr")


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language: `en`, or one that stands in `locale/`."""
    if language == "en":
        return ENGLISH
    from babel import Locale
    from babel.messages.pofile import read_po

    with files("firsthand.note").joinpath("locale", f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language)
    forms: dict[str, tuple[str, ...]] = {}
    for one in read:
        strings = one.string if isinstance(one.string, tuple) else (one.string,)
        if one.id and all(strings):
            for name in one.id if isinstance(one.id, tuple) else (one.id,):
                forms[str(name)] = tuple(str(text) for text in strings)
    right = Locale.parse(language).text_direction == "rtl"
    return Catalogue(language, "rtl" if right else "ltr", forms, _plurals(read.plural_expr))


def _plurals(expression: str) -> Callable[[int], int]:
    """The rule of a catalogue's `Plural-Forms` line, checked by Python's own gettext."""
    from gettext import c2py

    rule: Callable[[int], int] = c2py(expression)
    return rule


def _english(message: Message) -> str:
    one = message.values.get(COUNT) == "1"
    return _SINGULAR.get(message.text, message.text) if one else message.text
