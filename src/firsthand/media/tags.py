"""A tag: one raw field of a file, and where it was read."""

from __future__ import annotations

from typing import Any

from firsthand.records import Part

__all__ = ["Tag", "TextField", "number", "read_tags"]

MOST_TAGS = 4000
LONGEST = 500
OF_THIS_MACHINE = frozenset({"System", "ExifTool", "File", "Composite"})
"""ExifTool's groups that tell of our copy or of its own reckoning, not of the file's content."""


class Tag(Part):
    """`group` and `name` as ExifTool calls them (family 1); `raw` is the value as text."""

    group: str
    name: str
    raw: str

    @property
    def place(self) -> str:
        """`group:name`, the usual way to write it."""
        return f"{self.group}:{self.name}"


class TextField(Part):
    """A text and the tag that it was read from."""

    value: str
    tag: Tag


def read_tags(rows: Any) -> tuple[Tag, ...]:
    """Tags from a decoder's rows, which may be anything: what has no right shape is left out."""
    tags: list[Tag] = []
    for row in rows if isinstance(rows, list) else []:
        match row:
            case [str(group), str(name), value] if group not in OF_THIS_MACHINE:
                text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
                tags.append(Tag(group=group[:80], name=name[:80], raw=_line(text)))
        if len(tags) >= MOST_TAGS:
            break
    return tuple(tags)


def _line(text: str) -> str:
    line = text[:LONGEST]
    if not line.isprintable():
        line = "".join(sign if sign.isprintable() else " " for sign in line)
    return line + "…" if len(text) > LONGEST else line


def number(raw: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if value - value == 0 else None
