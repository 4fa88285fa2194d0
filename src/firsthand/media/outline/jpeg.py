"""JPEG: segments, tables, and what follows the end (ITU-T T.81; JFIF; Exif)."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

from firsthand.media.outline.outline import Outline, Source, printable

__all__ = ["STANDARD_LUMA", "quality_of", "walk"]

SOI, EOI, SOS, DQT, DHT, DRI, COM = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
SCAN_CHUNK = 1 << 16
STUFFING = np.isin(np.arange(256), [0x00, 0xFF, *range(0xD0, 0xD8)])
"""What may follow FF within a scan: a stuffed zero, a fill byte, a restart mark."""
APP_NAMES = (
    (0xE0, b"JFIF\x00", "JFIF"), (0xE0, b"JFXX\x00", "JFXX"), (0xE0, b"AVI1", "AVI1"),
    (0xE1, b"Exif\x00\x00", "Exif"), (0xE1, b"http://ns.adobe.com/xap/1.0/\x00", "XMP"),
    (0xE1, b"http://ns.adobe.com/xmp/extension/\x00", "XMP extension"),
    (0xE2, b"ICC_PROFILE\x00", "ICC profile"), (0xE2, b"MPF\x00", "multi-picture"),
    (0xEB, b"JP", "JUMBF (C2PA)"), (0xED, b"Photoshop 3.0\x00", "Photoshop"),
    (0xEE, b"Adobe\x00", "Adobe"),
)  # fmt: skip
ZIGZAG_START = 64
STANDARD_LUMA = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
    29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
    95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
)  # fmt: skip
"""ITU-T T.81 table K.1, in zig-zag order, from which the IJG library scales its tables."""
STANDARD_DC_LUMA = bytes((0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0))
"""Counts of the Huffman table K.3: other counts mean that the writer fitted its own."""


def walk(source: Source, outline: Outline) -> None:
    """Fill the outline."""
    outline.facts.update(order=[], tables=[], texts={}, scans=0, huffman="standard")
    at = 2
    outline.add("SOI", 0, 2)
    while True:
        head = source.at(at, 4)
        if len(head) < 2:
            outline.stop("it ends without an end mark")
            return
        if head[0] != 0xFF:
            outline.stop(f"what stands at {at} is no segment")
            return
        marker = head[1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == EOI:
            outline.add("EOI", at, 2)
            _trailing(source, outline, at + 2)
            return
        if marker in STANDALONE:
            at += 2
            continue
        if len(head) < 4:
            outline.stop("it ends within a segment")
            return
        (size,) = struct.unpack(">H", head[2:])
        if size < 2 or at + 2 + size > source.size:
            outline.stop(f"a segment at {at} claims {size} bytes, which cannot be")
            return
        data = source.at(at + 4, size - 2)
        name = _name(marker, data)
        if not outline.add(name, at, 2 + size):
            return
        if len(outline.facts["order"]) < 64 and outline.facts["order"][-1:] != [name]:
            outline.facts["order"].append(name)
        _read(outline, marker, data)
        at += 2 + size
        if marker == SOS:
            outline.facts["scans"] += 1
            at = _end_of_scan(source, at)


def _name(marker: int, data: bytes) -> str:
    for number, start, name in APP_NAMES:
        if marker == number and data.startswith(start):
            return name
    plain = {SOS: "SOS", DQT: "DQT", DHT: "DHT", DRI: "DRI", COM: "comment"}
    if marker in plain:
        return plain[marker]
    if marker in FRAMES:
        return f"SOF{marker - 0xC0}"
    return f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"0x{marker:02X}"


def _end_of_scan(source: Source, at: int) -> int:
    """The place of the next marker that is no restart and no stuffed FF."""
    while at < source.size:
        data = source.at(at, SCAN_CHUNK)
        array = np.frombuffer(data, dtype=np.uint8)
        places = np.flatnonzero(array[:-1] == 0xFF)
        following = array[places + 1]
        ends = places[~STUFFING[following]]
        if len(ends):
            return at + int(ends[0])
        if len(data) < SCAN_CHUNK:
            return source.size
        at += len(data) - 1
    return source.size


def _read(outline: Outline, marker: int, data: bytes) -> None:
    facts = outline.facts
    if marker == DQT:
        facts["tables"] += _tables(data, len(facts["tables"]))
    elif marker == DHT and data[:1] == b"\x00" and data[1:17] != STANDARD_DC_LUMA:
        facts["huffman"] = "fitted"
    elif marker in FRAMES and len(data) >= 6:
        height, width, count = struct.unpack(">HHB", data[1:6])
        parts = [data[6 + 3 * n : 9 + 3 * n] for n in range(min(count, 4))]
        facts["size_px"] = [width, height]
        facts["progressive"] = marker == 0xC2
        facts["sampling"] = [f"{p[1] >> 4}x{p[1] & 15}" for p in parts if len(p) == 3]
    elif marker == COM and len(facts["texts"]) < 16:
        facts["texts"][f"comment {len(facts['texts']) + 1}"] = printable(data)


def _tables(data: bytes, known: int) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = []
    at = 0
    while at < len(data) and known + len(tables) < 8:
        wide, number = data[at] >> 4, data[at] & 15
        length = 128 if wide else 64
        raw = data[at + 1 : at + 1 + length]
        if len(raw) < length:
            break
        values = list(struct.unpack(">64H", raw)) if wide else list(raw)
        tables.append({"number": number, "values": values, "ijg_quality": quality_of(values)})
        at += 1 + length
    return tables


def quality_of(values: list[int]) -> int | None:
    """The quality at which the IJG library would write this luma table; None: it would not.

    jcparam.c: scale is 5000/q below 50 and 200-2q from there; entries are (base*scale+50)/100
    clamped to 1..255.
    """
    for quality in range(100, 0, -1):
        scale = 5000 // quality if quality < 50 else 200 - 2 * quality
        if all(
            value == min(max((base * scale + 50) // 100, 1), 255)
            for base, value in zip(STANDARD_LUMA, values, strict=True)
        ):
            return quality
    return None


def _trailing(source: Source, outline: Outline, at: int) -> None:
    outline.trailing = source.size - at
    rest = source.at(at, 64)
    if not rest:
        return
    if rest.startswith(b"\xff\xd8\xff"):
        outline.note("another JPEG picture follows the end (a preview or a multi-picture file)")
    elif rest.strip(b"\x00") == b"" and outline.trailing < 1 << 16:
        outline.note("zeros follow the end")
    else:
        outline.note("bytes that are no picture follow the end")
