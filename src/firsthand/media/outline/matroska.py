"""Matroska and WebM: EBML elements, without recursion (RFC 8794, RFC 9559)."""

from __future__ import annotations

import struct

from firsthand.media.outline.outline import Outline, Source, printable

__all__ = ["walk"]

DEEPEST = 12
NAMES = {
    0x1A45DFA3: "EBML", 0x4282: "DocType", 0x18538067: "Segment", 0x114D9B74: "SeekHead",
    0x1549A966: "Info", 0x1654AE6B: "Tracks", 0x1F43B675: "Cluster", 0x1C53BB6B: "Cues",
    0x1254C367: "Tags", 0x1043A770: "Chapters", 0x1941A469: "Attachments", 0xEC: "Void",
    0xBF: "CRC-32", 0x4D80: "MuxingApp", 0x5741: "WritingApp", 0x4461: "DateUTC",
    0x4489: "Duration", 0x2AD7B1: "TimestampScale", 0xAE: "TrackEntry", 0x86: "CodecID",
    0x7BA9: "Title", 0x536E: "Name", 0x7373: "Tag", 0x67C8: "SimpleTag", 0x45A3: "TagName",
    0x4487: "TagString",
}  # fmt: skip
CONTAINERS = frozenset(
    {"EBML", "Segment", "Info", "Tracks", "TrackEntry", "Tags", "Tag", "SimpleTag"}
)
TEXTS = frozenset({"DocType", "MuxingApp", "WritingApp", "Title", "CodecID", "Name"})
UNKNOWN_SIZES = frozenset((1 << 7 * length) - 1 for length in range(1, 9))
MOST_TEXT = 400


def walk(source: Source, outline: Outline) -> None:
    """Fill the outline. Clusters are counted and not entered."""
    outline.facts.update(order=[], texts={}, codecs=[], tags={})
    waiting = [(0, source.size, 0)]
    tag_name = ""
    while waiting:
        at, end, depth = waiting.pop()
        if at >= end:
            continue
        element, size, header = _header(source.at(at, 12))
        if element < 0:
            if depth == 0:
                outline.trailing += end - at
            outline.stop(f"what stands at {at} is no element")
            continue
        name = NAMES.get(element, f"0x{element:X}")
        open_ended = size in UNKNOWN_SIZES and name in {"Segment", "Cluster"}
        after = end if open_ended else at + header + size
        if after > end:
            outline.stop(
                f"the element {name} at {at} claims {size} bytes where {end - at} are left"
            )
            after = end
        if not outline.add(name, at, after - at, depth):
            return
        order = outline.facts["order"]
        if depth <= 1 and element in NAMES and len(order) < 64 and order[-1:] != [name]:
            order.append(name)
        waiting.append((after, end, depth))
        if name in CONTAINERS and depth < DEEPEST:
            waiting.append((at + header, after, depth + 1))
        elif name in CONTAINERS:
            outline.stop(f"elements nested deeper than {DEEPEST}")
        data = source.at(at + header, min(size, MOST_TEXT)) if name in NAMES.values() else b""
        tag_name = _read(outline, name, data, tag_name)


def _header(head: bytes) -> tuple[int, int, int]:
    """(id with its marker, size, header length); id -1 where there is no element."""
    if not head or head[0] == 0:
        return -1, 0, 0
    width = 9 - head[0].bit_length()
    if width > 4 or len(head) <= width or head[width] == 0:
        return -1, 0, 0
    sized = 9 - head[width].bit_length()
    raw = head[width : width + sized]
    if len(raw) < sized:
        return -1, 0, 0
    size = int.from_bytes(raw, "big") & ((1 << 7 * sized) - 1)
    return int.from_bytes(head[:width], "big"), size, width + sized


def _read(outline: Outline, name: str, data: bytes, tag_name: str) -> str:
    facts = outline.facts
    if name == "CodecID" and len(facts["codecs"]) < 64:
        facts["codecs"].append([printable(data), ""])
    elif name in TEXTS:
        facts["texts"].setdefault(name, printable(data))
    elif name == "DateUTC" and len(data) == 8:
        facts["date_utc_ns_since_2001"] = str(struct.unpack(">q", data)[0])
    elif name == "TagName":
        return printable(data)
    elif name == "TagString" and tag_name and len(facts["tags"]) < 64:
        facts["tags"].setdefault(tag_name, printable(data))
    return tag_name
