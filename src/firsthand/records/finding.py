"""What a check found: a closed union of outcomes, what it tests, and what it stood on."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from firsthand.records.base import Part, Record, Sha256
from firsthand.records.claim import ClaimRef
from firsthand.records.quantity import Quantity
from firsthand.records.words import Message

__all__ = [
    "Alternative",
    "Consistent",
    "CouldNotRun",
    "Finding",
    "Inconclusive",
    "Inconsistent",
    "Inputs",
    "ItemRef",
    "LikelihoodRatio",
    "Measurement",
    "Method",
    "NeedsInput",
    "NotApplicable",
    "Outcome",
    "PropositionId",
    "SettingRef",
]

PropositionId = Literal["E", "F", "C"]
"""E the event happened as described; F this shot shows it, there and then; C its cause."""

Alternative = Literal[
    "did_not_happen",
    "same_place_other_time",
    "other_place",
    "staged_edited_or_synthetic",
    "other_cause",
]


class Consistent(Part):
    """It ran, and what it measured is what the claim leads one to expect."""

    kind: Literal["consistent"] = "consistent"


class Inconsistent(Part):
    """It ran, and the claim can hardly be so; the finding carries the error rate."""

    kind: Literal["inconsistent"] = "inconsistent"


class Inconclusive(Part):
    """It ran and did not tell."""

    kind: Literal["inconclusive"] = "inconclusive"
    why: Message


class NeedsInput(Part):
    """It could not start: these inputs are missing, each as the setting or act that gives it."""

    kind: Literal["needs_input"] = "needs_input"
    missing: tuple[str, ...] = Field(min_length=1)
    why: Message


class NotApplicable(Part):
    """The question does not arise."""

    kind: Literal["not_applicable"] = "not_applicable"
    why: Message


class CouldNotRun(Part):
    """The check broke, or its tool did; nothing is known from it."""

    kind: Literal["could_not_run"] = "could_not_run"
    error: str


Outcome = Annotated[
    Consistent | Inconsistent | Inconclusive | NeedsInput | NotApplicable | CouldNotRun,
    Field(discriminator="kind"),
]


class LikelihoodRatio(Part):
    """How much likelier the observation is under the claim than under the alternative.

    A 95 % interval; `study` names the calibration that backs it (docs/accuracy.md). `ceiling` is
    the empirical bound that the study's size allows (ELUB; Vergeer et al. 2016,
    doi:10.1016/j.scijus.2016.06.003), and no bound passes it.
    """

    low: float = Field(gt=0)
    high: float = Field(gt=0)
    study: str = Field(min_length=1)
    ceiling: float = Field(gt=1)

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.low > self.high:
            raise ValueError("low > high")
        if self.high > self.ceiling or self.low < 1 / self.ceiling:
            raise ValueError("a likelihood ratio beyond what its study supports")
        return self


class Measurement(Part):
    """A named figure that the finding rests on."""

    name: str
    quantity: Quantity


class SettingRef(Part):
    """A setting or mark at a revision."""

    id: str
    revision: int


class ItemRef(Part):
    """An item by content; `t_s` names the frames used, by presentation time."""

    id: str
    sha256: Sha256
    t_s: tuple[float, ...] = ()


class Inputs(Part):
    """Everything the finding stood on. If any differs now, the finding is stale."""

    claims: tuple[ClaimRef, ...] = ()
    settings: tuple[SettingRef, ...] = ()
    items: tuple[ItemRef, ...] = ()
    archive: str | None = None
    values: dict[str, str] = Field(default_factory=dict)

    def digest_for(self, method: Method) -> str:
        """One hash over inputs and method: equal means a rerun would be for nothing."""
        return InputsOfMethod(inputs=self, method=method).digest()


class Method(Part):
    """Which check, at which version, from which package."""

    check: str
    version: str
    source: str
    tools: dict[str, str] = Field(default_factory=dict)


class InputsOfMethod(Part):
    """Inputs and method together, for hashing."""

    inputs: Inputs
    method: Method


class Finding(Record):
    """The answer of one check, for the case or for one shot.

    `tests` names the claims; two or more are a conjunction tested together. `p_value` bounds the
    probability that this check calls a true claim inconsistent; without one an inconsistency is
    shown and never decides. `nuisances` name what the finding shares with others. `toward` is a
    direction for findings without a likelihood ratio. `study` is the section of docs/accuracy.md
    that backs the check's figures; a check without one gives none, whatever it finds.
    """

    schema_: Literal["firsthand/finding/1"] = Field("firsthand/finding/1", alias="schema")
    id: str
    check: str
    question: str
    proposition: PropositionId
    shot: str | None = None
    tests: tuple[ClaimRef, ...] = ()
    rests_on_unaccepted: bool = False
    outcome: Outcome
    statement: Message
    alternative: Alternative | None = None
    toward: Literal["for", "against"] | None = None
    lr: LikelihoodRatio | None = None
    p_value: float | None = Field(None, ge=0, le=1)
    power: Quantity | None = None
    measurements: tuple[Measurement, ...] = ()
    nuisances: tuple[str, ...] = ()
    inputs: Inputs
    method: Method
    study: str = ""
    limits: tuple[Message, ...] = ()
    figures: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        told = self.outcome.kind in {"consistent", "inconsistent"}
        if not told and (self.lr or self.toward or self.p_value is not None):
            raise ValueError("an outcome that does not tell carries no strength and no direction")
        if self.outcome.kind == "consistent" and self.toward == "against":
            raise ValueError("consistent, yet against")
        if self.outcome.kind == "inconsistent" and self.toward == "for":
            raise ValueError("inconsistent, yet for")
        return self
