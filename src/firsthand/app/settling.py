"""What would settle a case: each missing input is supposed, and the checks that wait are asked.

Nothing is written. The checks themselves say what they would find, so that an input is only named
where it can matter: a light that hardly anything contradicts, or a plume's height, moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd, prod
from typing import Final

from firsthand.app.gather import Gatherer, shots_of
from firsthand.app.given import Given
from firsthand.case import Case, CaseState
from firsthand.checks.base import Check
from firsthand.checks.finding import to_finding
from firsthand.checks.inputs import describe
from firsthand.checks.plausible import CAN_BE_SUPPOSED, is_wide, plausible
from firsthand.checks.registry import all_checks, run
from firsthand.findings import Supply
from firsthand.records import Finding, Inputs, Message, SettingName, Shot, say

__all__ = ["supplies"]

MOST_WORLDS: Final = 24
"""Values supposed of one set of inputs, over all shots."""

LEAST_WORLDS: Final = 6
"""Values supposed of it for one shot, however many there are."""

BY_PLACE_AND_TIME: Final = frozenset({"fire_watch", "weather"})
"""Inputs that kept evidence gives only once place and time are known."""

NEEDED_TO_SUPPOSE: Final = ("place", "window", "fire_files")
"""Inputs, beside the claims, that say what others can be; each before those that need it."""

NARROWER: Final = say(
    "When it was filmed, to the hour: ask who filmed or posted it, or find when it was first "
    "uploaded."
)
WHO_FILMED: Final = say("Who had it from whom: whether anybody else filmed it for themselves.")


class _Supposing(Gatherer):
    """Gathers as ever, but for settings that are supposed."""

    def __init__(self, case: Case, state: CaseState, supposed: Mapping[str, object]) -> None:
        self._supposed = supposed
        super().__init__(case, state)

    def _setting(self, name: SettingName, shot: Shot | None) -> Given:
        if name in self._supposed:
            return Given(self._supposed[name])
        return super()._setting(name, shot)


@dataclass
class _Asker:
    """Asks checks with some inputs supposed and the others as the case has them."""

    case: Case
    state: CaseState
    without: Collection[str]
    checks: tuple[Check, ...] = field(init=False)
    _gatherer: Gatherer = field(init=False)
    _most: int = field(init=False)
    _kept: dict[tuple[str, str | None], object] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.checks = tuple(one for one in all_checks() if one.name not in self.without)
        self._gatherer = Gatherer(self.case, self.state)
        self._most = max(LEAST_WORLDS, MOST_WORLDS // max(1, len(shots_of(self.state))))

    def value(self, name: str, shot: Shot | None, supposed: Mapping[str, object]) -> object:
        """An input as supposed, else as the case gives it; None where it is missing."""
        if name in supposed:
            return supposed[name]
        if name in BY_PLACE_AND_TIME and supposed.keys() & {"place", "window"}:
            again = _Supposing(self.case, self.state, supposed)
            return again.inputs_for((name,), shot)[0].get(name)
        key = name, shot.id if shot else None
        if key not in self._kept:
            self._kept[key] = self._gatherer.inputs_for((name,), shot)[0].get(name)
        return self._kept[key]

    def sets(self, shot: Shot | None) -> set[tuple[str, ...]]:
        """Inputs that might be had: what a waiting check needs, or could use besides."""
        found: set[tuple[str, ...]] = set()
        for check in self.checks:
            its_shot = shot if check.scope == "shot" else None
            finding = self.state.findings.get((check.name, its_shot.id if its_shot else None))
            if finding is None:
                continue
            lacking = [name for name in check.inputs if self.value(name, its_shot, {}) is None]
            if finding.outcome.kind == "needs_input":
                found.add(self._needed(check, its_shot, finding.outcome.missing))
            else:
                found.update((name,) for name in lacking)
            if "window" in check.inputs and is_wide(self.value("window", its_shot, {})):
                found.add(("window",))
        return {names for names in found if names and CAN_BE_SUPPOSED.issuperset(names)}

    def _needed(self, check: Check, shot: Shot | None, missing: tuple[str, ...]) -> tuple[str, ...]:
        """All that a check waits for: having what it asks for first, it may ask for more.

        Empty where some of it cannot be supposed.
        """
        names = tuple(sorted(missing))
        while CAN_BE_SUPPOSED.issuperset(names):
            some = self.values(names, shot)
            if not some:
                return ()
            given = {name: self.value(name, shot, some[0]) for name in check.inputs}
            outcome = run(check, given, guarded=False).outcome
            if outcome.kind != "needs_input" or set(outcome.missing) <= set(names):
                return names
            names = tuple(sorted({*names, *outcome.missing}))
        return ()

    def values(self, names: tuple[str, ...], shot: Shot | None) -> list[dict[str, object]]:
        """Some of the ways in which these inputs can be, spread evenly."""
        first = [name for name in NEEDED_TO_SUPPOSE if name in names]
        order = [*first, *(name for name in names if name not in first)]
        known = {name: self.value(name, shot, {}) for name in ("claims", *NEEDED_TO_SUPPOSE)}
        sizes: list[int] = []
        for name in order:
            some = plausible(name, known)
            if not some:
                return []
            sizes.append(len(some))
            known[name] = some[0]
        return [self._nth(n, order, sizes, shot) for n in _spread(prod(sizes), self._most)]

    def _nth(
        self, n: int, order: Sequence[str], sizes: Sequence[int], shot: Shot | None
    ) -> dict[str, object]:
        """The n-th of all combinations; what can be depends on what was supposed before it."""
        supposed: dict[str, object] = {}
        for name, size in zip(order, sizes, strict=True):
            known = {one: self.value(one, shot, supposed) for one in ("claims", *NEEDED_TO_SUPPOSE)}
            some = plausible(name, known)
            supposed[name] = some[n % size % len(some)]
            n //= size
        return supposed

    def world(
        self, supposed: Mapping[str, object], shot: Shot | None, number: int
    ) -> tuple[Finding, ...]:
        """What the checks that take any of these inputs would find."""
        out: list[Finding] = []
        for check in self.checks:
            if not supposed.keys() & set(check.inputs):
                continue
            if check.scope == "shot" and shot is None:
                continue
            its_shot = shot if check.scope == "shot" else None
            given = {name: self.value(name, its_shot, supposed) for name in check.inputs}
            given = {name: value for name, value in given.items() if value is not None}
            out.append(
                to_finding(
                    check,
                    run(check, given, guarded=False),
                    id=f"supposed-{number}-{check.name}",
                    inputs=Inputs(),
                    shot=its_shot.id if its_shot else None,
                    claims=tuple(self.state.claims.values()),
                    given=given,
                )
            )
        return tuple(out)


def _spread(count: int, most: int) -> list[int]:
    """Places among `count`, at most so many, by a stride that runs through every value."""
    stride = max(1, round(count * 0.618))
    while gcd(stride, count) != 1:
        stride += 1
    return sorted(n * stride % count for n in range(min(count, most)))


def supplies(case: Case, state: CaseState, without: Collection[str] = ()) -> tuple[Supply, ...]:
    """Every set of inputs that might be had, with what the checks would find; nothing is kept."""
    asker = _Asker(case, state, without)
    shots: Iterable[Shot | None] = shots_of(state) or (None,)
    worlds: dict[tuple[str, ...], list[tuple[Finding, ...]]] = {}
    narrower: set[tuple[str, ...]] = set()
    for shot in shots:
        for names in sorted(asker.sets(shot)):
            kept = worlds.setdefault(names, [])
            if names == ("window",) and asker.value("window", shot, {}) is not None:
                narrower.add(names)
            kept += [
                asker.world(supposed, shot, number)
                for number, supposed in enumerate(asker.values(names, shot))
            ]
    return (
        *(
            Supply(
                inputs=names,
                cost=max(describe(name).cost for name in names),
                asks=_asks(names, narrower=names in narrower),
                worlds=tuple(found),
            )
            for names, found in worlds.items()
            if found
        ),
        Supply(
            inputs=("edges",),
            cost=describe("edges").cost,
            asks=(WHO_FILMED,),
            worlds=((),),
            more_origins=True,
        ),
    )


def _asks(names: tuple[str, ...], *, narrower: bool) -> tuple[Message, ...]:
    return (NARROWER,) if narrower else tuple(describe(name).ask for name in names)
