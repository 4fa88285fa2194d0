"""Which checks there are: everything installed under the entry-point group `firsthand.checks`.

A package adds a check by an entry point that names a `Check`:

    [project.entry-points."firsthand.checks"]
    shadows = "my_package.shadows:shadows"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import Final, NoReturn

from firsthand.checks.base import Check, CheckResult
from firsthand.checks.run import run
from firsthand.errors import InputError, NoSuchThing

__all__ = ["GROUP", "CheckNotLoaded", "all_checks", "find_check", "run"]

GROUP: Final = "firsthand.checks"


class CheckNotLoaded(Exception):
    """Raised by the stand-in of a check whose package could not be loaded."""


def all_checks() -> tuple[Check, ...]:
    """Every installed check, sorted by name.

    One that cannot be loaded stays in the list and answers every question with `CouldNotRun`.

    Raises:
        InputError: two checks under one name.
    """
    found: dict[str, Check] = {}
    for entry in sorted(
        set(entry_points(group=GROUP)), key=lambda entry: (entry.name, _from(entry))
    ):
        one = _load(entry)
        if one.name in found:
            raise InputError(
                f"Two checks are called {one.name!r}: one from {found[one.name].source}, "
                f"one from {one.source}.",
                "Uninstall one of the two packages, or ask its authors to rename their check.",
            )
        found[one.name] = one
    return tuple(found[name] for name in sorted(found))


def find_check(name: str) -> Check:
    """The installed check of that name.

    Raises:
        NoSuchThing: there is none.
    """
    checks = {one.name: one for one in all_checks()}
    if name not in checks:
        raise NoSuchThing(f"No check is called {name!r}.", f"There are: {', '.join(checks)}.")
    return checks[name]


def _from(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value


def _load(entry: EntryPoint) -> Check:
    try:
        loaded = entry.load()
    except (Exception, SystemExit) as error:
        return _stand_in(entry, f"{type(error).__name__}: {error}")
    if not isinstance(loaded, Check):
        return _stand_in(entry, f"{entry.value} is a {type(loaded).__name__}, not a Check")
    return replace(loaded, source=_from(entry))


def _stand_in(entry: EntryPoint, error: str) -> Check:
    return Check(
        name=entry.name,
        question="Not known: this check could not be loaded.",
        proposition="F",
        version="not known",
        scope="case",
        function=_raiser(error),
        source=_from(entry),
    )


def _raiser(error: str) -> Callable[[], CheckResult]:
    def refuse() -> NoReturn:
        raise CheckNotLoaded(error)

    return refuse
