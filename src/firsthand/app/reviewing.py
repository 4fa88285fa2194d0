"""Readings are accepted, edited or rejected by a person, one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.store import open_case, writing
from firsthand.case import CaseState
from firsthand.errors import InputError, InvalidRecord, NoSuchThing
from firsthand.origins import days
from firsthand.records import Claim, Review, canonical

__all__ = ["EDITABLE", "open_readings", "reports_of", "review"]

EDITABLE = ("proposition", "polarity", "factuality", "earliest", "latest", "radius_m")
"""Fields that `--edit ID:FIELD=VALUE` may change; the spans are the report's and never change."""

_EDIT = re.compile(r"^(?P<id>[^:=\s]+):(?P<field>\w+)=(?P<value>.+)$", re.S)


def open_readings(directory: Path) -> dict[str, Any]:
    """`open`: the claims nobody has decided on yet, in the report's order; `reviewed`: the rest."""
    claims = list(open_case(directory).state().claims.values())
    return {
        "open": [claim.plain() for claim in claims if claim.review.state == "proposed"],
        "reviewed": [claim.plain() for claim in claims if claim.review.state != "proposed"],
    }


def reports_of(directory: Path) -> dict[str, dict[str, Any]]:
    """The case's reports by id: the lines that the readings stand in."""
    reports = open_case(directory).state().reports
    return {name: report.plain() for name, report in reports.items()}


def review(
    directory: Path,
    *,
    accept: Sequence[str],
    reject: Sequence[str],
    edit: Sequence[str],
    why: str,
    actor: str,
) -> dict[str, Any]:
    """Log each decision. A decision that already stands makes no new line.

    Raises:
        NoSuchThing: an id that is no reading of this case.
        InputError: the same reading decided twice at once, or an edit that cannot be.
    """
    edits = _parse_edits(edit)
    decided = [*accept, *reject, *edits]
    twice = sorted({name for name in decided if decided.count(name) > 1})
    if twice:
        raise InputError(
            f"{', '.join(twice)}: decided twice in one command.", "Decide each reading once."
        )
    state = open_case(directory).state()
    _know(state, decided)
    for name, changes in edits.items():
        _edited(state.claims[name], changes)
    done: list[dict[str, Any]] = []
    with writing(directory, actor) as desk:
        state = desk.writer.state
        for name in decided:
            before = state.claims[name]
            if name in edits:
                after, verdict = _edited(before, edits[name]), "edited"
            else:
                after, verdict = before, "accepted" if name in accept else "rejected"
                if before.review.state == verdict or (
                    verdict == "accepted" and before.review.state == "edited"
                ):
                    continue
            if verdict == "edited" and after == before:
                continue
            claim = after.model_copy(
                update={
                    "revision": before.revision + 1,
                    "review": Review.model_validate(
                        {"state": verdict, "by": desk.by, "at": desk.now(), "why": why}
                    ),
                }
            )
            desk.writer.append("claim.reviewed", subject=(claim.id,), sensitive=claim)
            done.append(claim.plain())
    return {"reviewed_now": done} | open_readings(directory)


def _parse_edits(texts: Sequence[str]) -> dict[str, dict[str, str]]:
    edits: dict[str, dict[str, str]] = {}
    for text in texts:
        found = _EDIT.match(text)
        if found is None:
            raise InputError(
                f"{text!r} is no edit.", "Write ID:FIELD=VALUE, like r1.c1:polarity=open."
            )
        if found["field"] not in EDITABLE:
            raise InputError(
                f"{found['field']!r} cannot be edited.", f"One of: {', '.join(EDITABLE)}."
            )
        edits.setdefault(found["id"], {})[found["field"]] = found["value"]
    return edits


def _know(state: CaseState, names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in state.claims]
    if unknown:
        raise NoSuchThing(
            f"{', '.join(unknown)}: no such reading in this case.",
            "`firsthand case show DIR` lists them.",
        )


def _edited(claim: Claim, changes: dict[str, str]) -> Claim:
    """The claim with the changes in it, checked as strictly as one that was read."""
    plain = claim.plain()
    for field, value in changes.items():
        try:
            if field == "factuality":
                plain["factuality"] = int(value)
            elif field == "radius_m":
                if plain["where"] is None:
                    raise InputError(
                        f"{claim.id} claims no place, so it has no radius.", "Edit another reading."
                    )
                plain["where"]["radius_m"] = float(value)
            elif field in {"earliest", "latest"}:
                plain["when"] = _dated(plain["when"], field, value)
            else:
                plain[field] = value
        except ValueError:
            raise InputError(f"{value!r} is no number.", f"{field} takes a number.") from None
    when = plain["when"]
    if when and _backwards(when["earliest"], when["latest"]):
        raise InputError(
            f"{claim.id} would end before it begins.", "Give earliest and latest in that order."
        )
    try:
        return Claim.parse(canonical(plain))
    except InvalidRecord as error:
        raise InputError(
            f"{claim.id} cannot be edited so: {error.message}",
            "polarity is affirmed, negated or open; factuality runs from -3 to 3.",
        ) from None


_GRAINS = {4: "year", 7: "month", 10: "day"}


def _dated(when: dict[str, Any] | None, field: str, value: str) -> dict[str, Any]:
    """The time with one bound set: an EDTF year, month, season or day, or `unknown`."""
    text = value.strip()
    unknown = text.lower() in {"unknown", "none", "not stated"}
    if not unknown and days(text) is None:
        raise InputError(
            f"{value!r} is no date.",
            "Write 2021, 2021-06, 2021-06-30, a season like 2021-22, or unknown.",
        )
    given = when or {"earliest": None, "latest": None, "grain": "unknown"}
    bound = None if unknown else text
    grain = given["grain"] if unknown else _GRAINS.get(len(text), "day")
    if not unknown and grain == "month" and int(text[5:]) > 12:
        grain = "season"
    return given | {field: bound, "grain": grain, "rule": "set by a person"}


def _backwards(earliest: str | None, latest: str | None) -> bool:
    first, last = days(earliest), days(latest)
    return first is not None and last is not None and first[0] > last[1]
