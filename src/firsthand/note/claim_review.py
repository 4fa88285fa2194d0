"""A note for machines on the web: schema.org's ClaimReview, made only when a person signs it off
for publication.

The rating is words (`alternateName`) and never a number: a note knows no scale of truth
(https://schema.org/ClaimReview, https://schema.org/Rating). A MediaReview
(https://schema.org/MediaReview) is made only where a finding earns one: the same recording was
public before the claimed event, and that finding carries what the note says of the footage.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from firsthand.errors import InputError
from firsthand.note.model import FindingPart, NoteModel, PropositionRow, Reference
from firsthand.records import canonical, format_instant

__all__ = ["claim_review", "claimed_in", "media_review"]

CONTEXT: Final = "https://schema.org"
RATING: Final = {
    "not_established": "Not established",
    "consistent": "Consistent with what was checked; other explanations would be too",
    "consistent_and_unlikely_if_false": (
        "Consistent with what was checked, and unlikely if it were false"
    ),
    "inconsistent": "Inconsistent with what was checked",
}
ORDER: Final = ("inconsistent", "not_established", "consistent", "consistent_and_unlikely_if_false")
EARLIER: Final = "earlier_copy"


def claim_review(
    model: NoteModel, *, url: str, desk: str, at: datetime, claimed_on: str | None
) -> bytes:
    """JSON-LD of the note's claim. `url` is where the note is published, `desk` who publishes it,
    `at` the time of the sign-off, `claimed_on` the EDTF date on which the claim came out.

    Raises:
        InputError: the note has no claim to review, or `url` is no web address.
    """
    quoted = _quoted(model)
    if quoted is None:
        raise InputError(
            "No claim about the footage was read, so there is none to review.",
            "Sign the note off without --publish.",
        )
    claim: dict[str, Any] = {"@type": "Claim"}
    if model.claim.publisher:
        claim["author"] = {"@type": "Organization", "name": model.claim.publisher}
    if claimed_on and _is_date(claimed_on):
        claim["datePublished"] = claimed_on
    return _bytes(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": _address(url),
            "claimReviewed": quoted.quote,
            "author": {"@type": "Organization", "name": desk},
            "datePublished": format_instant(at),
            "itemReviewed": claim,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": RATING[_status(model)],
                "ratingExplanation": " ".join(str(one.message) for one in model.use.wording),
            },
        }
    )


def claimed_in(model: NoteModel) -> str | None:
    """The report, by its id, that the reviewed claim stands in."""
    quoted = _quoted(model)
    return quoted.target if quoted else None


def media_review(model: NoteModel, *, url: str, desk: str, at: datetime) -> bytes | None:
    """JSON-LD of the footage, or None where no finding earns it: nearly always.

    The one category that is ever given is "DecontextualizedContent"
    (https://schema.org/DecontextualizedContent): shown with a place or time not its own.
    """
    finding = _earned(model)
    if finding is None:
        return None
    return _bytes(
        {
            "@context": CONTEXT,
            "@type": "MediaReview",
            "url": _address(url),
            "author": {"@type": "Organization", "name": desk},
            "datePublished": format_instant(at),
            "mediaAuthenticityCategory": "DecontextualizedContent",
            "originalMediaContextDescription": str(finding.statement.message),
            "itemReviewed": {"@type": "MediaReviewItem", "name": finding.shot or "footage"},
        }
    )


def _quoted(model: NoteModel) -> Reference | None:
    """The passage that page one quotes first."""
    quotes = model.claim.quotes
    numbers = quotes[0].refs if quotes else ()
    return next((ref for ref in model.references if ref.number in numbers and ref.quote), None)


def _earned(model: NoteModel) -> FindingPart | None:
    carrying = {
        name
        for row in _of_footage(model)
        if row.status == "inconsistent"
        for name in row.carried_by
    }
    return next(
        (
            one
            for one in model.findings
            if one.check == EARLIER
            and one.outcome == "inconsistent"
            and not one.stale
            and one.id in carrying
        ),
        None,
    )


def _of_footage(model: NoteModel) -> tuple[PropositionRow, ...]:
    return tuple(row for row in model.propositions if row.id == "F")


def _status(model: NoteModel) -> str:
    """The worst of the shots: a review speaks of the whole."""
    return min((row.status for row in _of_footage(model)), key=ORDER.index, default=ORDER[1])


def _is_date(text: str) -> bool:
    """A day, month or year: what EDTF and schema.org's Date write the same."""
    return all(part.isdigit() for part in text.split("-")) and len(text) in {4, 7, 10}


def _address(url: str) -> str:
    found = urlsplit(url)
    if found.scheme not in {"http", "https"} or not found.hostname:
        raise InputError(
            f"{url!r:.80} is no web address.", "Give where the note will be read: https://…"
        )
    return url


def _bytes(document: dict[str, Any]) -> bytes:
    """Canonical JSON that may stand in an HTML script element: it has no `<`, `>` or `&`."""
    data = canonical(document) + b"\n"
    for char in b"<>&":
        data = data.replace(bytes((char,)), b"\\u%04x" % char)
    return data
