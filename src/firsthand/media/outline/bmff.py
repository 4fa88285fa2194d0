"""ISO base media files and QuickTime: boxes, without recursion.

ISO/IEC 14496-12; Apple's QuickTime File Format Specification. A box has a 32-bit size and a type;
size 1 means a 64-bit size follows, size 0 means to the end of its parent.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Any

from firsthand.media.outline.outline import Outline, Source, printable

__all__ = ["walk"]

DEEPEST = 24
MOST_PAYLOAD = 64 << 10
MOST_ENTRIES = 64
SEI_WINDOW = 1 << 20
"""How far into each mdat an encoder's own settings are looked for: x264 and x265 write them into
the first access unit."""
CONTAINERS = frozenset({
    "moov", "trak", "mdia", "minf", "stbl", "dinf", "edts", "udta", "mvex", "moof", "traf", "mfra",
    "ilst", "gmhd", "tref", "iprp", "ipco", "grpl", "meco",
})  # fmt: skip
FULL_CONTAINERS = {"meta": 4, "dref": 8, "iref": 4}
"""Containers with a version, flags or a count before their children (not QuickTime's `meta`)."""
TEXT_ATOMS = re.compile(r"^\xa9...$|^(name|hnti|auth|titl|dscp|cprt|manu|modl)$")
SETTINGS = re.compile(rb"x26[45] [\x20-\x7e]{10,1200}")


def walk(source: Source, outline: Outline) -> None:
    """Fill the outline; never deeper than DEEPEST, never more pieces than an outline holds."""
    outline.facts.update(
        brands=[], order=[], handlers=[], codecs=[], edits=[], texts={}, settings=[]
    )
    waiting = [(0, source.size, 0, "")]
    while waiting:
        at, end, depth, parent = waiting.pop()
        if end - at < 8:
            if at < end and depth == 0:
                outline.trailing += end - at
            continue
        name, header, size = _header(source, at, end)
        if size < header:
            _odd(outline, name, at, end, depth)
            continue
        after = at + size
        if after > end:
            outline.stop(f"the box {name} at {at} claims {size} bytes where {end - at} are left")
            after = end
        if depth == 0 and not _plausible(name):
            outline.trailing += end - at
            outline.note(f"what follows byte {at} is no box")
            continue
        if not outline.add(name, at, after - at, depth):
            return
        if depth == 0 and len(outline.facts["order"]) < MOST_ENTRIES:
            outline.facts["order"].append(name)
        waiting.append((after, end, depth, parent))
        inner = at + header + _children_at(source, name, at + header)
        if inner >= at + header and name in CONTAINERS | FULL_CONTAINERS.keys():
            if depth >= DEEPEST:
                outline.stop(f"boxes nested deeper than {DEEPEST}: no camera or editor writes that")
            else:
                waiting.append((inner, after, depth + 1, name))
        _read(source, outline, (name, parent), at + header, after)


def _header(source: Source, at: int, end: int) -> tuple[str, int, int]:
    head = source.at(at, 16)
    size, name = struct.unpack(">I4s", head[:8])
    text = name.decode("latin-1")
    if size == 1 and len(head) == 16:
        return text, 16, int(struct.unpack(">Q", head[8:])[0])
    if size == 0:
        return text, 8, end - at
    return text, 8, int(size)


def _plausible(name: str) -> bool:
    return all(sign.isalnum() or sign in " -_\xa9" for sign in name)


def _odd(outline: Outline, name: str, at: int, end: int, depth: int) -> None:
    """A size too small to be one: zeros that pad the end of `udta` are usual, all else is not."""
    if depth == 0:
        outline.trailing += end - at
    if name != "\x00\x00\x00\x00":
        shown = name if _plausible(name) else "?"
        outline.stop(f"the box {shown} at {at} has an impossible size")


def _children_at(source: Source, name: str, at: int) -> int:
    """How many bytes lie before the first child."""
    if name == "meta" and source.at(at + 4, 4) == b"hdlr":
        return 0  # QuickTime's, without version and flags
    return FULL_CONTAINERS.get(name, 0)


def _read(source: Source, outline: Outline, names: tuple[str, str], at: int, end: int) -> None:
    """What a box tells; `names` are its own and its parent's."""
    name, parent = names
    if name == "mdat":
        _settings(source.at(at, min(end - at, SEI_WINDOW)), outline)
        return
    reader = READERS.get(name)
    if reader is None and TEXT_ATOMS.match(name) and parent in {"udta", "ilst"}:
        reader = _text
    if reader is not None:
        data = source.at(at, min(end - at, MOST_PAYLOAD))
        try:
            reader(data, outline.facts, name)
        except (struct.error, IndexError, UnicodeDecodeError):
            outline.note(f"the box {name} at {at} is too short for what it holds")


def _settings(data: bytes, outline: Outline) -> None:
    for found in SETTINGS.finditer(data):
        text = printable(found[0])
        if text not in outline.facts["settings"] and len(outline.facts["settings"]) < 4:
            outline.facts["settings"].append(text)


def _ftyp(data: bytes, facts: dict[str, Any], _name: str) -> None:
    brands = [data[0:4], *(data[at : at + 4] for at in range(8, min(len(data), 8 + 4 * 32) - 3, 4))]
    facts["brands"] = [printable(brand) for brand in brands]


def _mvhd(data: bytes, facts: dict[str, Any], _name: str) -> None:
    if data[0] == 1:
        facts["timescale"], facts["duration"] = struct.unpack(">IQ", data[20:32])
    else:
        facts["timescale"], facts["duration"] = struct.unpack(">II", data[12:20])
    facts["duration"] = str(facts["duration"])


def _hdlr(data: bytes, facts: dict[str, Any], _name: str) -> None:
    kind, text = data[8:12], data[24:]
    if text and text[0] == len(text) - 1:  # QuickTime writes a counted string
        text = text[1:]
    if len(facts["handlers"]) < MOST_ENTRIES:
        facts["handlers"].append([printable(kind), printable(text)])


def _stsd(data: bytes, facts: dict[str, Any], _name: str) -> None:
    codec = printable(data[12:16])
    compressor = ""
    if len(data) > 8 + 16 + 34 + 32 and data[58] < 32:
        compressor = printable(data[59 : 59 + data[58]])
    if len(facts["codecs"]) < MOST_ENTRIES:
        facts["codecs"].append([codec, compressor if compressor.isascii() else ""])


def _elst(data: bytes, facts: dict[str, Any], _name: str) -> None:
    (count,) = struct.unpack(">I", data[4:8])
    shape, step = (">QqI", 20) if data[0] == 1 else (">IiI", 12)
    for number in range(min(count, MOST_ENTRIES)):
        entry = data[8 + number * step : 8 + (number + 1) * step]
        duration, media_time, rate = struct.unpack(shape, entry)
        if len(facts["edits"]) < MOST_ENTRIES:
            facts["edits"].append([str(duration), str(media_time), rate / 65536])


def _text(data: bytes, facts: dict[str, Any], name: str) -> None:
    """QuickTime's counted text (`©xyz`), 3GPP's with a language, or an iTunes `data` box inside."""
    if data[4:8] == b"data":
        data = data[16:]
    elif name[0] != "\xa9" and data[:4] == bytes(4):
        data = data[6:]
    elif len(data) >= 4 and struct.unpack(">H", data[:2])[0] <= len(data) - 4:
        data = data[4:]
    if (text := printable(data)) and len(facts["texts"]) < MOST_ENTRIES:
        facts["texts"][name.replace("\xa9", "(c)")] = text


READERS: dict[str, Callable[[bytes, dict[str, Any], str], None]] = {
    "ftyp": _ftyp,
    "mvhd": _mvhd,
    "hdlr": _hdlr,
    "stsd": _stsd,
    "elst": _elst,
}
