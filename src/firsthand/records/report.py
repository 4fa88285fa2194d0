"""What was published: a report and its lines, each with its exact place in the text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records.base import Part, Record, Sha256

__all__ = ["EdtfDate", "Line", "LineRole", "Published", "Report", "Span"]

LineRole = Literal[
    "headline",
    "body",
    "subheading",
    "caption",
    "credit",
    "related",
    "interface",
    "other_language",
    "footnote",
]

EdtfDate = str
"""An Extended Date/Time Format string (ISO 8601-2:2019; https://www.loc.gov/standards/datetime/)."""


class Span(Part):
    """W3C Web Annotation TextQuoteSelector and TextPositionSelector in one.

    `start` and `end` count Unicode code points of the report's text as it was decoded
    (https://www.w3.org/TR/annotation-model/#text-quote-selector).
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    line: int | None = None


class Line(Part):
    """One line of the report, in order, with the role it plays on the page.

    `dated` is the line's own date where it has one (a related item, a caption).
    """

    number: int
    role: LineRole
    span: Span
    language: str | None = None
    dated: EdtfDate | None = None


class Published(Part):
    """When the report says it was published, and where it says so."""

    date: EdtfDate
    span: Span
    rule: str


class Report(Record):
    """A published report as it was read; the original bytes are an item of the case."""

    schema_: Literal["firsthand/report/1"] = Field("firsthand/report/1", alias="schema")
    id: str
    sha256: Sha256
    media_type: Literal["text/plain", "text/html"]
    encoding: str
    publisher: str | None = None
    publisher_span: Span | None = None
    title: str | None = None
    published: Published | None = None
    updated: Published | None = None
    language: str | None = None
    url: str | None = None
    lines: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
