"""RIFF files (AVI, WAVE, WebP): chunks and lists, without recursion.

IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0 (1991). A chunk has
a type and a 32-bit little-endian size and is padded to an even length.
"""

from __future__ import annotations

import struct

from firsthand.media.outline.outline import Outline, Source, printable

__all__ = ["walk"]

DEEPEST = 12
TEXTS = frozenset({"ISFT", "ICRD", "IDIT", "INAM", "IART", "ICMT", "ISMP", "IPRD"})
MOST_TEXT = 400
WALKED_LISTS = frozenset({"hdrl", "strl", "INFO", "exif", "odml", "AVI ", "WAVE", "WEBP", "AVIX"})
"""Lists whose chunks are listed; `movi` holds the samples and is not."""


def walk(source: Source, outline: Outline) -> None:
    """Fill the outline."""
    outline.facts.update(order=[], texts={}, codecs=[])
    waiting = [(0, source.size, 0)]
    while waiting:
        at, end, depth = waiting.pop()
        head = source.at(at, 12)
        if end - at < 8 or len(head) < 8:
            if depth == 0 and at < end:
                outline.trailing += end - at
            continue
        name = printable(head[:4]) or "?"
        (size,) = struct.unpack("<I", head[4:8])
        if depth == 0 and head[:4] not in (b"RIFF", b"RF64"):
            outline.trailing += end - at
            outline.note(f"what follows byte {at} is no part of the RIFF file")
            continue
        after = at + 8 + size + (size & 1)
        if at + 8 + size > end:
            if head[:4] != b"RF64":
                outline.stop(
                    f"the chunk {name} at {at} claims {size} bytes where {end - at - 8} are"
                )
            after = end
        after = min(after, end)
        is_list = head[:4] in (b"RIFF", b"RF64", b"LIST")
        shown = f"{name}:{printable(head[8:12])}" if is_list else name
        if not outline.add(shown, at, after - at, depth):
            return
        if depth <= 1 and len(outline.facts["order"]) < 64:
            outline.facts["order"].append(shown)
        waiting.append((after, end, depth))
        if is_list and head[8:12].decode("latin-1") in WALKED_LISTS:
            if depth >= DEEPEST:
                outline.stop(f"lists nested deeper than {DEEPEST}")
            else:
                waiting.append((at + 12, after, depth + 1))
        _read(source, outline, name, at + 8, min(size, after - at - 8))


def _read(source: Source, outline: Outline, name: str, at: int, size: int) -> None:
    texts, codecs = outline.facts["texts"], outline.facts["codecs"]
    if name in TEXTS and len(texts) < 64:
        texts[name] = printable(source.at(at, min(size, MOST_TEXT)))
    elif name == "strh" and len(codecs) < 64:
        data = source.at(at, 8)
        codecs.append([printable(data[:4]), printable(data[4:8])])
