"""`read_report`: one report in, everything it claims out."""

from __future__ import annotations

from firsthand.records import (
    Claim,
    Edge,
    Holder,
    Incident,
    Line,
    Part,
    Published,
    Report,
    Source,
    Span,
    sha256_hex,
)
from firsthand.report.compose import compose
from firsthand.report.credits import sources_and_edges
from firsthand.report.decode import decode
from firsthand.report.draft import number
from firsthand.report.footage import footage_place
from firsthand.report.lines import Fact, Layout, lay_out
from firsthand.report.text import Text
from firsthand.report.wrapping import unwrapped

__all__ = ["Reading", "read_report"]


class Reading(Part):
    """A report and what was read from it: proposals, until a person accepts them."""

    report: Report
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    sources: tuple[Source, ...] = ()
    edges: tuple[Edge, ...] = ()
    warnings: tuple[str, ...] = ()


def read_report(data: bytes, *, report_id: str = "r1", name: str = "") -> Reading:
    """Read one report, raw text or HTML.

    Pure and deterministic; nothing is fetched, nothing in the page runs. Spans count code points
    of the decoded text; for HTML of the text drawn from the page, its lines joined by newlines.
    `name` is the file's name, used in messages alone.

    Raises:
        UnreadableReport: empty, too long, binary, media, or without a word.
    """
    decoded = decode(data)
    value, layout = unwrapped(decoded.text), None
    if decoded.media_type == "text/html":
        from firsthand.report.page import read_page

        value, layout = read_page(decoded.text)
    layout = layout or lay_out(value)
    wrapped = decoded.media_type == "text/plain" and value != decoded.text
    source = decoded.text if wrapped else ""
    text = Text(value, tuple(line.start for line in layout.lines), source)
    publisher = _publisher(text, layout)
    site = footage_place(text, list(layout.lines))
    drafts, background = compose(text, layout, site, _own_names(publisher.name))
    claims = number(drafts, report_id, publisher)
    claims_of: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        if claim.incident:
            claims_of[claim.incident] = (*claims_of.get(claim.incident, ()), claim.id)
    sources, edges = sources_and_edges(text, layout, publisher.name, claims)
    warnings = [*decoded.warnings, *layout.warnings, *_warnings(layout, claims, name)]
    if wrapped:
        warnings.append("The text's lines were wrapped at a fixed width; they are read joined.")
    report = Report(
        id=report_id,
        sha256=sha256_hex(data),
        media_type=decoded.media_type,
        encoding=decoded.encoding,
        publisher=layout.publisher.value if layout.publisher else None,
        publisher_span=_span(text, layout.publisher),
        title=layout.title.value if layout.title else None,
        published=_published(text, layout.published),
        updated=_published(text, layout.updated),
        language=layout.language,
        url=layout.url,
        lines=tuple(
            Line(
                number=index,
                role=line.role,
                span=text.span(line.start, line.end),
                language=line.language,
                dated=line.dated,
            )
            for index, line in enumerate(layout.lines, 1)
        ),
        warnings=tuple(warnings),
    )
    return Reading(
        report=report,
        claims=claims,
        incidents=background.incidents(report_id, claims_of),
        sources=sources,
        edges=edges,
        warnings=tuple(warnings),
    )


def _publisher(text: Text, layout: Layout) -> Holder:
    fact = layout.publisher
    if fact is None:
        return Holder(name="the publisher (not named)", kind="publisher", stance="reports")
    return Holder(
        name=fact.value,
        kind="publisher",
        stance="reports",
        span=text.span(fact.start, fact.end) if fact.end > fact.start else None,
    )


def _own_names(publisher: str) -> frozenset[str]:
    """ "Sputnik International" speaks of itself as Sputnik too."""
    first = publisher.split(maxsplit=1)[0].lower()
    short = {first} if len(first) > 3 else set()
    return frozenset({publisher.lower(), f"the {publisher.lower()}", "we", *short})


def _span(text: Text, fact: Fact | None) -> Span | None:
    return text.span(fact.start, fact.end) if fact and fact.end > fact.start else None


def _published(text: Text, fact: Fact | None) -> Published | None:
    if fact is None:
        return None
    return Published(date=fact.value, span=text.span(fact.start, fact.end), rule=fact.rule)


def _warnings(layout: Layout, claims: tuple[Claim, ...], name: str) -> list[str]:
    out: list[str] = []
    where = f" in {name}" if name else ""
    if not claims:
        out.append(f"No claim was found{where}; read it yourself and add what it claims.")
    if layout.published is None:
        out.append("When the report was published is not stated in it; set it by hand.")
    if layout.publisher is None:
        out.append("Who published the report is not stated in it; set it by hand.")
    if layout.language not in (None, "en"):
        out.append(
            f"The report is mostly in another language ({layout.language}); "
            "only English is read for claims."
        )
    return out
