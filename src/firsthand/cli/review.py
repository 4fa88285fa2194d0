"""Reviewing readings on a terminal: one proposal at a time, one key each."""

from __future__ import annotations

import os
import sys
import termios
import tty
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from firsthand.cli.out import visible

__all__ = ["review_by_key"]

QUESTION = (
    "[bold]a[/]ccept  [bold]e[/]dit  [bold]r[/]eject  [bold]s[/]kip (decide later)  [bold]q[/]uit"
)
KEYS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "q": "stop"}


def _choice(console: Console) -> str:
    """One key press, unechoed. What was typed before the question stood there is thrown away:
    nobody accepts what they have not seen. Ctrl-C interrupts as ever; a closed terminal stops."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
        console.print(QUESTION)
        while True:
            pressed = os.read(descriptor, 1).decode("ascii", "ignore").lower()
            if not pressed:
                return "stop"
            if pressed in KEYS:
                return KEYS[pressed]
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _shown(console: Console, claim: dict[str, Any], place: str) -> None:
    console.rule(f"{place}  {claim['id']}  {claim['type']}")
    for span in claim["spans"]:
        before, exact, after = (
            escape(visible(span[part], one_line=True)) for part in ("prefix", "exact", "suffix")
        )
        console.print(f"[dim]{before}[/dim][reverse]{exact}[/reverse][dim]{after}[/dim]")
    holders = " <- ".join(
        f"{escape(visible(holder['name'], one_line=True))} ({holder['relation']})"
        for holder in claim["holders"]
    )
    hedges = ", ".join(escape(visible(hedge["cue"], one_line=True)) for hedge in claim["hedges"])
    console.print(f"reads as   {escape(visible(claim['proposition'], one_line=True))}")
    console.print(f"polarity   {claim['polarity']}    factuality {claim['factuality']:+d}")
    console.print(f"held by    {holders}")
    console.print(f"hedged by  {hedges or 'nothing'}")


def _edits(console: Console, claim: dict[str, Any]) -> list[str]:
    edits: list[str] = []
    for field in ("proposition", "polarity", "factuality"):
        answer = console.input(
            f"{field} [dim]({escape(visible(str(claim[field]), one_line=True))}; "
            "empty keeps it)[/dim]: "
        )
        if answer.strip():
            edits.append(f"{claim['id']}:{field}={answer.strip()}")
    return edits


def review_by_key(directory: Path, *, actor: str) -> dict[str, Any]:
    """Go through the open readings; each decision is logged as it is made."""
    from firsthand.app.reviewing import open_readings, review

    console = Console(stderr=True, highlight=False)
    todo = open_readings(directory)["open"]
    for number, claim in enumerate(todo, start=1):
        _shown(console, claim, f"{number}/{len(todo)}")
        act = _choice(console)
        if act == "stop":
            break
        if act == "skip":
            continue
        edits = _edits(console, claim) if act == "edit" else []
        if act == "edit" and not edits:
            continue
        review(
            directory,
            accept=[claim["id"]] if act == "accept" else [],
            reject=[claim["id"]] if act == "reject" else [],
            edit=edits,
            why="",
            actor=actor,
        )
    return open_readings(directory)
