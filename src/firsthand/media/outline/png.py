"""PNG: chunks (ISO/IEC 15948)."""

from __future__ import annotations

import struct

from firsthand.media.outline.outline import Outline, Source, printable

__all__ = ["walk"]

MOST_TEXT = 400
SIGNATURE = 8


def walk(source: Source, outline: Outline) -> None:
    """Fill the outline; runs of IDAT are one piece each."""
    outline.facts.update(order=[], texts={})
    at = SIGNATURE
    while at < source.size:
        head = source.at(at, 8)
        if len(head) < 8:
            outline.stop("it ends within a chunk")
            return
        size, name = struct.unpack(">I4s", head)
        text = printable(name)
        if not text.isalpha() or len(text) != 4:
            outline.stop(f"what stands at {at} is no chunk")
            return
        after = at + 12 + size
        if after > source.size:
            outline.stop(f"the chunk {text} at {at} claims {size} bytes where fewer are left")
            after = source.size
        if not outline.add(text, at, after - at):
            return
        if outline.facts["order"][-1:] != [text] and len(outline.facts["order"]) < 64:
            outline.facts["order"].append(text)
        if text in {"tEXt", "iTXt"} and len(outline.facts["texts"]) < 64:
            key, _, value = source.at(at + 8, min(size, MOST_TEXT)).partition(b"\x00")
            outline.facts["texts"][printable(key)] = printable(value.lstrip(b"\x00"))
        at = after
        if text == "IEND":
            outline.trailing = source.size - at
            return
    outline.stop("it has no end chunk")
