"""What a check is, and what it gives back."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from firsthand.records import (
    Alternative,
    ClaimRef,
    LikelihoodRatio,
    Measurement,
    Message,
    Outcome,
    PropositionId,
    Quantity,
)

__all__ = ["Check", "CheckResult", "Figure", "Scope", "check"]

Scope = Literal["case", "shot"]
"""Whether a check is asked once for the case, or once for each shot."""

_BY_NAME = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


@dataclass(frozen=True)
class Figure:
    """A picture that the finding rests on. Bytes must follow from the inputs alone.

    SVG carries no script, no outside reference and no date; `alt` says in words what it shows.
    """

    name: str
    media_type: Literal["image/svg+xml", "image/png"]
    data: bytes
    alt: Message


@dataclass(frozen=True)
class CheckResult:
    """The answer of a check before the application makes a `Finding` of it.

    Fields mean what they mean in `firsthand.records.Finding`; `figures` are new pictures, `shows`
    names pictures that the examination of the footage kept. A result that does not tell
    carries no strength: the constructor refuses it, so that a slip here cannot weigh.

    Raises:
        ValueError: strength or direction with an outcome that does not tell, or against it.
    """

    outcome: Outcome
    statement: Message
    tests: tuple[ClaimRef, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    nuisances: tuple[str, ...] = ()
    toward: Literal["for", "against"] | None = None
    lr: LikelihoodRatio | None = None
    p_value: float | None = None
    power: Quantity | None = None
    limits: tuple[Message, ...] = ()
    figures: tuple[Figure, ...] = field(default=())
    shows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kind = self.outcome.kind
        tells = kind in {"consistent", "inconsistent"}
        if not tells and (self.toward or self.lr or self.p_value is not None):
            raise ValueError(f"{kind} tells nothing, so it carries no strength and no direction")
        if (kind, self.toward) in {("consistent", "against"), ("inconsistent", "for")}:
            raise ValueError(f"{kind}, yet {self.toward}")
        if self.p_value is not None and not 0 <= self.p_value <= 1:
            raise ValueError(f"a p value of {self.p_value} cannot be")


@dataclass(frozen=True)
class Check:
    """A question with the function that answers it.

    `alternative` names what the answer is held against, where it can be named. `study` names the
    study that backs its figures ("docs/accuracy.md#area", or another package's own page); a check
    without one may give a direction, and no likelihood ratio or p value. `source` is the installed
    package it came from, filled in by the registry. A new `version` makes older findings stale:
    raise it whenever an answer may change.
    """

    name: str
    question: str
    proposition: PropositionId
    version: str
    scope: Scope
    function: Callable[..., CheckResult]
    alternative: Alternative | None = None
    source: str = ""
    study: str = ""

    def __post_init__(self) -> None:
        for parameter in inspect.signature(self.function).parameters.values():
            if parameter.kind not in _BY_NAME:
                raise TypeError(
                    f"check {self.name!r}: {parameter} takes no input by name; "
                    "a check names each input it wants"
                )

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of all inputs the function takes, in its order."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def required(self) -> tuple[str, ...]:
        """Those of them without a default."""
        parameters = inspect.signature(self.function).parameters
        return tuple(
            name
            for name, parameter in parameters.items()
            if parameter.default is inspect.Parameter.empty
        )


def check(
    *,
    name: str,
    question: str,
    proposition: PropositionId,
    version: str,
    scope: Scope,
    alternative: Alternative | None = None,
    study: str = "",
) -> Callable[[Callable[..., CheckResult]], Check]:
    """Make a check of a pure function: `@check(name="sun", question="...", ...)`.

    Raises:
        TypeError: the function takes `*args`, `**kwargs` or positional-only inputs.
    """

    def make(function: Callable[..., CheckResult]) -> Check:
        return Check(
            name=name,
            question=question,
            proposition=proposition,
            version=version,
            scope=scope,
            function=function,
            alternative=alternative,
            study=study,
        )

    return make
