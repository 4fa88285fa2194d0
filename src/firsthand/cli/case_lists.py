"""`firsthand case incidents`: a list that others keep, taken into a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say, tell, visible

__all__ = ["incidents"]

_SHOWN = 40


def incidents(
    directory: CaseDir,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The list, as CSV or JSON.")],
    mapping: Annotated[
        Path, typer.Option(metavar="FILE", help="A JSON file that says which column is what.")
    ],
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Take in a list of incidents that others keep (Atlos, Bellingcat, Airwars), by a mapping.

    Nothing is guessed: a date that may be read two ways, a hidden source or position, an id used
    twice is named with its row. The check chronology uses the list.
    """
    from firsthand.app.incident_lists import take_incidents
    from firsthand.cli.progress import progress

    with progress() as on:
        done = take_incidents(directory, file, mapping, actor=actor, on=on)
    if as_json:
        emit(done)
        return
    for warning in done["warnings"][:_SHOWN]:
        tell(f"note: {visible(warning, one_line=True)}")
    if len(done["warnings"]) > _SHOWN:
        tell(f"note: and {len(done['warnings']) - _SHOWN} more; --json gives all of them.")
    say(_taken(done))


def _taken(done: dict[str, Any]) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in done["kinds"].items())
    lines = [
        f"{done['list']['id']}: {done['incidents']} incidents read ({kinds}), "
        f"{len(done['warnings'])} notes.",
    ]
    innocent = sum(done["kinds"].get(kind, 0) for kind in ("fire", "smoke", "other"))
    if done["kinds"].get("attack") and not innocent:
        lines.append("Attacks alone: such a list primes “attack”. Look for one of fires as well.")
    if not done["new"]:
        lines.append("The case has had this list already; nothing was added.")
    return "\n".join(lines)
