"""Write docs/reference/commands.md from the commands' own --help; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from firsthand.cli.main import app

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
HEAD = """# Commands

Written by `scripts/write_reference.py` from each command's `--help`; a test fails when it is old.

Every command takes `--json`: one JSON document on stdout, nothing else there. Exit codes: 0 done;
1 an integrity check failed; 2 bad usage or bad input; 3 could not (disk, lock, sandbox); 130
interrupted, with everything left whole.
"""


def commands() -> list[tuple[str, ...]]:
    """Every command as the words one types, groups before their members."""
    found: list[tuple[str, ...]] = [()]

    def walk(group: object, words: tuple[str, ...]) -> None:
        for name in sorted(getattr(group, "commands", {})):
            found.append((*words, name))
            walk(group.commands[name], (*words, name))  # type: ignore[attr-defined]

    walk(typer.main.get_command(app), ())
    return found


def reference() -> str:
    """The page as it should be now."""
    runner = CliRunner(env={"COLUMNS": "90", "TERM": "dumb"})
    parts = [HEAD]
    for words in commands():
        shown = runner.invoke(app, [*words, "--help"], prog_name="firsthand")
        title = " ".join(("firsthand", *words))
        text = "\n".join(line.rstrip() for line in shown.stdout.strip().splitlines())
        parts.append(f"## `{title}`\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == reference() else 1)
    TARGET.write_text(reference(), encoding="utf-8")
