"""The note as a PDF: tagged for readers (PDF/UA-1), and drawn from the page's bytes alone.

WeasyPrint lays the HTML out by its own style for paper. Nothing is fetched: a note carries its
pictures in itself, so an address that is asked for here is a fault, and ends the drawing. The same
page, libraries and fonts give the same bytes: the file's id follows from the page, its date is the
note's.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from firsthand.errors import CouldNot
from firsthand.note.shaping import shape_drawings
from firsthand.records import format_instant

__all__ = ["draw_pdf"]

VARIANT: Final = "pdf/ua-1"
"""ISO 14289-1: every run of text in a tag, in reading order, with a title and a language."""


def draw_pdf(page: bytes, *, at: datetime) -> bytes:
    """The PDF of a note's `index.html`; `at` is the note's own time.

    Raises:
        CouldNot: WeasyPrint or the libraries that it lays text out with are not here, or the
            page asks for something outside itself.
    """
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Closed(URLFetcher):  # type: ignore[misc]  # it brings no types
        """Gives what stands in an address itself (`data:`), and nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.lower().startswith("data:"):
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    fetcher = Closed(allowed_protocols={"data"}, allow_redirects=False)
    style = files("firsthand.note").joinpath("templates", "pdf.css").read_text(encoding="utf-8")
    # As the page's own style: a style that is handed over apart gives way to the page's.
    html = shape_drawings(page.decode("utf-8")).replace("</style>", f"{style}</style>", 1)
    try:
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render()
        document.metadata.created = document.metadata.modified = format_instant(at)
        made: bytes = document.write_pdf(
            finisher=_tell_headers,
            pdf_variant=VARIANT,
            pdf_tags=True,
            pdf_identifier=sha256(page).hexdigest()[:32].encode("ascii"),
        )
    except FatalURLFetchingError as error:
        raise CouldNot(
            f"The note asks for something outside itself: {error!s:.200}.",
            "That is a fault of ours: send us the note, or print its HTML from a browser.",
        ) from error
    return made


def _tell_headers(_document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads its column or its row (ISO 32000-1, 14.8.5.7)."""
    held: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and "S" in one]
    elements = {one.reference: one for one in held}
    for cell in elements.values():
        if cell["S"] != "/TH":
            continue
        row = elements.get(cell["P"], {})
        group = elements.get(row.get("P", b""), {})
        cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as error:
        raise CouldNot(
            "A PDF needs WeasyPrint, which is not installed here.",
            "Install the extra `firsthand[pdf]`, or print the HTML from a browser.",
        ) from error
    except OSError as error:
        raise CouldNot(
            f"A PDF needs Pango, which this system does not have: {error!s:.120}.",
            "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "or print the HTML from a browser.",
        ) from error
    return weasyprint
