"""Reviewing readings on a terminal: one proposal at a time, one key each."""

from __future__ import annotations

import os
import re
import sys
import termios
import tty
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from firsthand.cli.out import visible
from firsthand.cli.report_text import when_words
from firsthand.errors import FirsthandError

__all__ = ["review_by_key"]

QUESTION = (
    "[bold]a[/]ccept  [bold]e[/]dit  [bold]r[/]eject  [bold]s[/]kip (decide later)  "
    "[bold]b[/]ack  [bold]q[/]uit"
)
KEYS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "b": "back", "q": "stop"}
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+(?=[A-Z\"“(])")


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
            if not pressed or pressed == "\x04":
                return "stop"
            if pressed in KEYS:
                return KEYS[pressed]
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _plain(text: str) -> str:
    return visible(re.sub(r"\s+", " ", text), one_line=True)


def _lit(span: dict[str, Any], hedges: list[dict[str, Any]], line: dict[str, Any] | None) -> Text:
    """The sentence that a span stands in, the span lit, cues of doubt underlined in it."""
    if line is None:
        start, text = span["start"] - len(span["prefix"]), ""
        text = span["prefix"] + span["exact"] + span["suffix"]
    else:
        start, text = line["span"]["start"], line["span"]["exact"]
    first, last = span["start"] - start, span["end"] - start
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    begin = max([0, *(end for end in ends if end <= first)])
    finish = min([len(text), *(end for end in ends if end >= last)])
    marks = sorted(
        {begin, finish, first, last}
        | {
            at - start
            for hedge in hedges
            for at in (hedge["span"]["start"], hedge["span"]["end"])
            if begin <= at - start <= finish
        }
    )
    out = Text()
    for left, right in pairwise(marks):
        doubt = any(
            hedge["span"]["start"] - start <= left and right <= hedge["span"]["end"] - start
            for hedge in hedges
        )
        lit = first <= left and right <= last
        style = ("reverse" if lit else "dim") + (" underline" if doubt else "")
        out.append(_plain(text[left:right]), style=style)
    return out


def _line_of(span: dict[str, Any], report: dict[str, Any] | None) -> dict[str, Any] | None:
    for line in report["lines"] if report else ():
        if line["span"]["start"] <= span["start"] and span["end"] <= line["span"]["end"]:
            return dict(line)
    return None


def _shown(
    console: Console, claim: dict[str, Any], place: str, report: dict[str, Any] | None
) -> None:
    about = "the footage" if claim["footage"] else "the background"
    console.rule(Text(f"{place}  {claim['id']}  {claim['type']}, {about}"))
    for span in claim["spans"]:
        console.print(_lit(span, claim["hedges"], _line_of(span, report)))
    for name, value in _facts(claim):
        row = Text(f"{name:<11}", style="bold")
        row.append(_plain(value), style="not bold")
        console.print(row)


def _facts(claim: dict[str, Any]) -> list[tuple[str, str]]:
    holders = " <- ".join(f"{held['name']} ({held['relation']})" for held in claim["holders"])
    facts = [
        ("reads as", claim["proposition"]),
        ("polarity", f"{claim['polarity']}    factuality {claim['factuality']:+d}"),
        ("held by", holders),
        ("hedged by", ", ".join(hedge["cue"] for hedge in claim["hedges"]) or "nothing"),
    ]
    if claim["when"]:
        told = f" (“{claim['when']['text']}”)" if claim["when"]["text"] else ""
        facts.append(("when", when_words(claim["when"]) + told))
    where = claim["where"]
    if where:
        beside = f", {where['relation'].replace('_', ' ')} {where['of']}" if where["of"] else ""
        offered = "; ".join(one["name"] for one in where["candidates"]) or "none"
        facts.append(("where", f"{where['text']}{beside} (offered by gazetteers: {offered})"))
    figure = claim["quantity"]
    if figure:
        vague = ", vague" if figure["vague"] else ""
        facts.append(("figure", f"{figure['min']} to {figure['max']} {figure['unit']}{vague}"))
    hurt = claim["casualties"]
    if hurt:
        killed, injured = (hurt[key] for key in ("killed", "injured"))
        none = killed is None and injured is None
        words = "none" if none else f"killed {killed}, injured {injured}"
        facts.append(("casualties", f"{words} ({hurt['basis']})"))
    return facts


def _edits(console: Console, claim: dict[str, Any]) -> list[str]:
    fields: list[tuple[str, Any]] = [
        (name, claim[name]) for name in ("proposition", "polarity", "factuality")
    ]
    if claim["when"]:
        fields += [(name, claim["when"][name]) for name in ("earliest", "latest")]
    if claim["where"]:
        fields.append(("radius_m", claim["where"]["radius_m"]))
    edits: list[str] = []
    for field, value in fields:
        shown = "not stated" if value is None else str(value)
        console.print(Text(f"{field} ({_plain(shown)}; empty keeps it): "), end="")
        answer = console.input()
        if answer.strip():
            edits.append(f"{claim['id']}:{field}={answer.strip()}")
    return edits


def review_by_key(directory: Path, *, actor: str) -> dict[str, Any]:
    """Go through the open readings; each decision is logged as it is made, and can be gone back to.

    An answer that cannot be is said to be none, and the same reading is asked for again.
    """
    from firsthand.app.reviewing import open_readings, reports_of, review

    console = Console(stderr=True, highlight=False)
    reports = reports_of(directory)
    todo = open_readings(directory)["open"]
    number = 0
    while number < len(todo):
        claim = todo[number]
        _shown(console, claim, f"{number + 1}/{len(todo)}", reports.get(claim["report"]))
        act = _choice(console)
        if act == "stop":
            break
        if act in {"skip", "back"}:
            number = max(0, number + (1 if act == "skip" else -1))
            continue
        edits = _edits(console, claim) if act == "edit" else []
        if act == "edit" and not edits:
            continue
        try:
            done = review(
                directory,
                accept=[claim["id"]] if act == "accept" else [],
                reject=[claim["id"]] if act == "reject" else [],
                edit=edits,
                why="",
                actor=actor,
            )
        except FirsthandError as error:
            console.print(Text(f"not kept: {_plain(str(error))}", style="bold"))
            continue
        todo[number] = next(iter(done["reviewed_now"]), claim)
        number += 1
    return open_readings(directory)
