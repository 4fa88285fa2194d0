"""A checkpoint: where the log stood, to be signed, stamped, and kept outside the case.

Only a checkpoint that is held elsewhere makes a rollback visible, so there is a form to print:
a few lines that can be typed in again, with a check on each, and the same as a QR code.
"""

from __future__ import annotations

import io
import json
import re
from typing import Literal

import segno
from pydantic import Field

from firsthand.case.head import Checkpoint
from firsthand.errors import InputError
from firsthand.records import Instant, Record, Sha256, canonical, format_instant, sha256_hex

__all__ = ["SignedCheckpoint", "checkpoint_qr", "checkpoint_text", "read_checkpoint"]

_TITLE = "FIRSTHAND CHECKPOINT 1"
_COMPACT = re.compile(r"FIRSTHAND1/([0-9a-f]{32})/(\d{1,12})/([0-9a-f]{64})/([0-9a-f]{64})")
MAX_TEXT = 16 * 1024


class SignedCheckpoint(Record):
    """What a seal signs and an authority stamps: `checkpoint.json`, canonical and one LF."""

    schema_: Literal["firsthand/checkpoint/1"] = Field("firsthand/checkpoint/1", alias="schema")
    case: str = Field(pattern=r"^[0-9a-f]{32}$")
    lines: int = Field(ge=1)
    head: Sha256
    at: Instant
    time_source: str
    key: Sha256

    def file(self) -> bytes:
        """The bytes that are signed."""
        return self.canonical() + b"\n"

    @property
    def held(self) -> Checkpoint:
        """What an audit is held against."""
        return Checkpoint(self.lines, self.head, self.case, self.key)


def checkpoint_text(checkpoint: SignedCheckpoint) -> str:
    """The checkpoint as a short text: print it, and keep it where the case is not."""
    groups = [checkpoint.head[at : at + 16] for at in range(0, 64, 16)]
    key = [checkpoint.key[at : at + 16] for at in range(0, 64, 16)]
    body = [
        f"case  {checkpoint.case}",
        f"lines {checkpoint.lines}",
        *(f"head  {' '.join(group[at : at + 4] for at in range(0, 16, 4))}" for group in groups),
        *(f"key   {' '.join(group[at : at + 4] for at in range(0, 16, 4))}" for group in key),
    ]
    checked = [f"{line}  {_check(number, line)}" for number, line in enumerate(body, 2)]
    return "\n".join([_TITLE, *checked, f"made  {format_instant(checkpoint.at)}", ""])


def checkpoint_qr(checkpoint: SignedCheckpoint) -> str:
    """The same as a QR code, as SVG."""
    compact = f"FIRSTHAND1/{checkpoint.case}/{checkpoint.lines}/{checkpoint.head}/{checkpoint.key}"
    out = io.BytesIO()
    segno.make(compact, error="m", micro=False).save(
        out, kind="svg", scale=4, xmldecl=False, svgns=True, nl=True
    )
    return out.getvalue().decode("utf-8")


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint back: the short text, what the QR code says, or `checkpoint.json`.

    Raises:
        InputError: it is none of these, or a line was mistyped.
    """
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise _unreadable("it is too long")
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        return Checkpoint(int(compact[2]), compact[3], compact[1], compact[4])
    if text.startswith("{"):
        try:
            return SignedCheckpoint.parse(canonical(json.loads(text))).held
        except (ValueError, RecursionError) as error:
            raise _unreadable("it is no checkpoint.json") from error
    return _read_lines(text)


def _read_lines(text: str) -> Checkpoint:
    title, *lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()] or [""]
    if title != _TITLE:
        raise _unreadable(f"it does not begin with {_TITLE!r}")
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 2):
        name, _, rest = line.partition(" ")
        if name == "made":
            continue
        *value, check = rest.lower().split(" ")
        joined = "".join(value)
        if name not in {"case", "lines", "head", "key"} or not value:
            raise _unreadable(f"line {number} is none of its lines")
        if check != _check(number, f"{name} {joined}"):
            raise _unreadable(f"line {number} was mistyped: its last group does not fit")
        found[name] = found.get(name, "") + joined
    shapes = {"case": 32, "head": 64, "key": 64}
    for name, length in shapes.items():
        if not re.fullmatch(rf"[0-9a-f]{{{length}}}", found.get(name, "")):
            raise _unreadable(f"its {name} is not {length} hex digits")
    if not re.fullmatch(r"\d{1,12}", found.get("lines", "")):
        raise _unreadable("its number of lines is missing")
    return Checkpoint(int(found["lines"]), found["head"], found["case"], found["key"])


def _check(number: int, line: str) -> str:
    """Four hex digits over a line without its spaces and its number: they find a slip."""
    return sha256_hex(f"{number}{''.join(line.split())}".encode())[:4]


def _unreadable(why: str) -> InputError:
    return InputError(
        f"This checkpoint cannot be read: {why}.",
        "Give the text, the QR code's content or the checkpoint.json as it was printed.",
    )
