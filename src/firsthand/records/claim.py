"""A checkable claim: what, where, when, who says so, with which hedge."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from firsthand.records.base import Instant, Part, Record
from firsthand.records.report import EdtfDate, Span

__all__ = [
    "Candidate",
    "Casualties",
    "Claim",
    "ClaimRef",
    "ClaimType",
    "ClaimedQuantity",
    "Hedge",
    "Holder",
    "Polarity",
    "Proposer",
    "Review",
    "When",
    "Where",
]

ClaimType = Literal[
    "occurrence",
    "identity",
    "place",
    "time",
    "description",
    "measurement",
    "cause",
    "casualties",
    "authorship",
    "status",
    "context",
]
Polarity = Literal["affirmed", "negated", "open"]


class Hedge(Part):
    """A cue of doubt or distance, and the words it governs.

    Classes: `report` (reportedly), `appearance` (apparently), `hearsay` (said to), `possibility`
    (possibly, may), `belief` (believed to), `ability` (cannot confirm), `claim` (claimed),
    `approximation` (about, hundreds of).
    """

    cue: str
    kind: Literal[
        "report",
        "appearance",
        "hearsay",
        "possibility",
        "belief",
        "ability",
        "claim",
        "approximation",
    ]
    span: Span
    scope: str = ""


class Holder(Part):
    """One step of the chain of those who hold the claim; the outermost is the publisher.

    `relation` tells saying from filming, posting and republishing, which are never "saying".
    `stance` is the holder's own towards the proposition.
    """

    name: str
    kind: Literal["publisher", "outlet", "person", "office", "group", "account", "unnamed"]
    relation: Literal["says", "filmed", "posted", "republished", "believed_by"] = "says"
    cue: str = ""
    span: Span | None = None
    stance: Literal["asserts", "reports", "denies", "doubts", "cannot_tell"] = "asserts"


class When(Part):
    """A time as claimed: bounds that may be unknown. Unknown time is never midnight.

    `earliest`/`latest` are EDTF; None means "not stated". `anchor` names what a relative
    expression was resolved against; `text` is the wording.
    """

    earliest: EdtfDate | None = None
    latest: EdtfDate | None = None
    grain: Literal["second", "minute", "hour", "day", "week", "month", "season", "year", "unknown"]
    anchor: str = ""
    rule: str = ""
    text: str = ""
    span: Span | None = None


class Candidate(Part):
    """A place that a gazetteer offers for a mention: proposed, never taken by itself."""

    name: str
    latitude_deg: float = Field(ge=-90, le=90)
    longitude_deg: float = Field(ge=-180, le=180)
    kind: str
    source: str
    country: str = ""


class Where(Part):
    """A place as claimed: the mention, its relation to another place, and candidates."""

    text: str
    relation: Literal["at", "next_to", "outside", "near", "between", "in", "from"] = "at"
    of: str = ""
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()
    radius_m: float | None = Field(None, gt=0)


class ClaimedQuantity(Part):
    """A figure as written: a range, or a change from one figure to another.

    `vague` marks words ("hundreds of meters"): good to a factor of three either way when tested.
    """

    min: float | None
    max: float | None
    unit: str
    of: str = ""
    text: str = ""
    vague: bool = False
    change_from: float | None = None
    change_to: float | None = None


class Casualties(Part):
    """Killed and hurt: "none reported" is not "none"."""

    killed: int | None = None
    injured: int | None = None
    basis: Literal["stated", "reported"]


class Proposer(Part):
    """Which tool, at which version, by which rule, proposed the reading."""

    tool: str
    version: str
    rule: str


class Review(Part):
    """What a person did with the reading."""

    state: Literal["proposed", "accepted", "edited", "rejected"]
    by: str | None = None
    at: Instant | None = None
    why: str = ""

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if (self.state == "proposed") != (self.by is None and self.at is None):
            raise ValueError("a proposal has no reviewer, and a review has one with a time")
        return self


class Claim(Record):
    """One claim at one revision.

    `polarity` is of the proposition itself as its innermost holder puts it: "denied that X was
    hit" holds *X was hit* with `negated`; "cannot confirm" and "could not be determined" are
    `open`. `factuality` runs from -3 (certainly not) to 3 (certainly so), after Lee et al. 2015
    (doi:10.18653/v1/D15-1189). `holders` runs from the innermost to the publisher, who is last.
    """

    schema_: Literal["firsthand/claim/1"] = Field("firsthand/claim/1", alias="schema")
    id: str
    revision: int = Field(ge=1)
    report: str
    type: ClaimType
    proposition: str
    footage: bool = False
    incident: str | None = None
    spans: tuple[Span, ...]
    polarity: Polarity
    hedges: tuple[Hedge, ...] = ()
    factuality: int = Field(ge=-3, le=3)
    holders: tuple[Holder, ...] = Field(min_length=1)
    when: When | None = None
    where: Where | None = None
    quantity: ClaimedQuantity | None = None
    casualties: Casualties | None = None
    proposer: Proposer
    review: Review

    @property
    def ref(self) -> ClaimRef:
        """The claim's id at this revision."""
        return ClaimRef(id=self.id, revision=self.revision)

    @property
    def stands(self) -> bool:
        """A person has accepted or edited it."""
        return self.review.state in {"accepted", "edited"}


class ClaimRef(Part):
    """A claim at a revision: an edit makes what used it stale."""

    id: str
    revision: int
