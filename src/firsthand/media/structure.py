"""How the file is built, and by which programs it could have been written.

Containers are written in habits: the order of boxes, the names of handlers, the tags of encoders
(Gloe, Fischer and Kirchner 2014, doi:10.1016/j.diin.2014.03.009; Iuliani et al. 2019,
doi:10.1109/TIFS.2018.2859760). Said as "consistent with", never more: anyone can write the same
bytes, a program's absence proves nothing, and no platform is named from a habit alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from firsthand.records import BigInt, Message, Part, say
from firsthand.sandbox.box import sanitised

__all__ = ["EarlierSaving", "Piece", "Structure", "Writer", "structure_from"]

MOST_SHOWN = 400
LEAST_GAIN, LEAST_DISTANCE = 0.4, 1.2
"""What makes an earlier saving worth saying; false alarms at these are in docs/accuracy.md."""


class Piece(Part):
    """A box, chunk, element or segment: where it begins, how long it is, how deep it lies."""

    name: str
    offset: BigInt
    size: BigInt
    depth: int


class Writer(Part):
    """A program that writes files like this one: `why` is the mark, `source` who says so."""

    name: str
    why: str
    source: str


class JpegTable(Part):
    """A quantisation table; `ijg_quality` is set where the IJG library would write it."""

    number: int
    values: tuple[int, ...]
    ijg_quality: int | None = None


class EarlierSaving(Part):
    """The histograms of a JPEG look as after an earlier, coarser saving on the same grid.

    `gain` is the share of what sets them apart from one saving that it explains. Messengers and
    sites save again: this tells that the file is no camera's own, and nothing else.
    """

    quality: int = Field(ge=1, le=100)
    gain: float
    statement: Message


class Structure(Part):
    """The outline, and what it is consistent with. `whole`: the walker reached the end."""

    kind: str
    whole: bool
    brands: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()
    encoder_settings: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    texts: dict[str, str] = Field(default_factory=dict)
    tables: tuple[JpegTable, ...] = ()
    earlier_saving: EarlierSaving | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    trailing_bytes: BigInt = 0
    notes: tuple[str, ...] = ()
    consistent_with: tuple[Writer, ...] = ()
    pieces: tuple[Piece, ...] = Field(default=(), repr=False)
    pieces_in_all: int = 0


@dataclass(frozen=True, slots=True)
class _Habit:
    name: str
    why: str
    source: str
    shows: Callable[[Structure], bool]


FFMPEG = "FFmpeg source, libavformat/movenc.c and version.h"
AOSP = "Android source, frameworks/av/media/libstagefright/MPEG4Writer.cpp"
APPLE = "Apple, QuickTime File Format Specification; handler names as AVFoundation writes them"
VIDEOLAN = "x264 source, encoder/set.c (x264_sei_version_write)"
MULTICOREWARE = "x265 source, source/encoder/encoder.cpp (version SEI)"
IJG = "IJG libjpeg source, jcparam.c (jpeg_set_quality) and ITU-T T.81 Annex K"
RFC9559 = "RFC 9559, section 5.1.2 (MuxingApp, WritingApp): the program names itself"


def _any(texts: tuple[str, ...], pattern: str) -> bool:
    return any(re.search(pattern, text) for text in texts)


def _said(pattern: str) -> Callable[[Structure], bool]:
    """Some text of the file matches."""
    return lambda s: _any((*s.texts.values(), *s.codecs, *s.handlers), pattern)


HABITS = (
    _Habit("FFmpeg (libavformat), or one of the many programs built on it",
           "an encoder tag that begins with Lavf or Lavc", FFMPEG, _said(r"\bLav[fc]\d")),
    _Habit("FFmpeg (libavformat), or one of the many programs built on it",
           "brands isom, iso2, avc1, mp41 with the handler name VideoHandler", FFMPEG,
           lambda s: s.brands[1:5] == ("isom", "iso2", "avc1", "mp41")
           and _any(s.handlers, r"VideoHandler$")),
    _Habit("x264, an encoder in software: encoded by a program, not by a phone's chip",
           "its settings in the first frame", VIDEOLAN,
           lambda s: _any(s.encoder_settings, r"^x264 ")),
    _Habit("x265, an encoder in software: encoded by a program, not by a phone's chip",
           "its settings in the first frame", MULTICOREWARE,
           lambda s: _any(s.encoder_settings, r"^x265 ")),
    _Habit("Android's own recorder or muxer", "the handler names VideoHandle and SoundHandle", AOSP,
           lambda s: _any(s.handlers, r"VideoHandle$")),
    _Habit("Apple's Core Media (iPhones, QuickTime, Final Cut, apps built on AVFoundation)",
           "handler names that begin with Core Media", APPLE,
           lambda s: _any(s.handlers, r"Core Media ")),
    _Habit("HandBrake", "it names itself", "HandBrake writes its name into the encoder tag",
           _said(r"^HandBrake ")),
    _Habit("GPAC (MP4Box)", "it names itself", "GPAC source, isomedia: default handler name",
           _said(r"GPAC")),
    _Habit("Mainconcept's muxer (Adobe's video programs use it)", "handler names that begin with "
           "Mainconcept", "the handler names itself", _said(r"Mainconcept")),
    _Habit("a browser's recorder (MediaRecorder) or a program built on Chromium",
           "the muxer calls itself Chrome", RFC9559,
           lambda s: s.kind == "matroska" and s.texts.get("MuxingApp") == "Chrome"),
    _Habit("mkvmerge", "it names itself", RFC9559, _said(r"libmatroska|mkvmerge")),
    _Habit("the IJG library's tables: most computer programs, and few cameras",
           "a luma table that the library scales from the standard one", IJG,
           lambda s: any(t.number == 0 and t.ijg_quality is not None for t in s.tables)),
    _Habit("Adobe Photoshop or a program that keeps its blocks", "a Photoshop block (APP13)",
           "Adobe, Photoshop File Formats Specification", lambda s: "Photoshop" in s.order),
)  # fmt: skip


def structure_from(told: Any, resaving: Any = None) -> Structure | None:
    """The structure from a walker's plain data; None where the kind has no walker.

    `resaving` is what the look for an earlier saving measured.

    Raises:
        KeyError, TypeError, ValueError: the data is not what a walker gives.
    """
    if told is None:
        return None
    facts = dict(told["facts"])
    pieces = told["pieces"]
    found = Structure(
        kind=told["kind"],
        whole=told["whole"],
        brands=_texts(facts.pop("brands", [])),
        order=_texts(facts.pop("order", [])),
        handlers=tuple(sanitised(": ".join(row)) for row in facts.pop("handlers", [])),
        codecs=tuple(sanitised(" ".join(row).strip()) for row in facts.pop("codecs", [])),
        encoder_settings=_texts(facts.pop("settings", [])),
        edits=tuple(
            f"duration {row[0]}, from {row[1]}, rate {row[2]:g}" for row in facts.pop("edits", [])
        ),
        texts=_named(facts.pop("texts", {})) | _named(facts.pop("tags", {})),
        tables=tuple(
            JpegTable(
                number=row["number"], values=tuple(row["values"]), ijg_quality=row["ijg_quality"]
            )
            for row in facts.pop("tables", [])
        ),
        facts={key: _fact(value) for key, value in facts.items()},
        earlier_saving=_earlier(resaving),
        trailing_bytes=told["trailing"],
        notes=_texts(told["notes"]),
        pieces=tuple(
            Piece(name=sanitised(name), offset=at, size=size, depth=depth)
            for name, at, size, depth in pieces[:MOST_SHOWN]
        ),
        pieces_in_all=len(pieces),
    )
    writers = {
        habit.name: Writer(name=habit.name, why=habit.why, source=habit.source)
        for habit in reversed(HABITS)
        if habit.shows(found)
    }
    return found.model_copy(update={"consistent_with": tuple(reversed(writers.values()))})


def _earlier(told: Any) -> EarlierSaving | None:
    if told is None:
        return None
    quality, gain, distance = int(told["quality"]), float(told["gain"]), float(told["distance"])
    if gain < LEAST_GAIN or distance < LEAST_DISTANCE:
        return None
    return EarlierSaving(
        quality=quality,
        gain=gain,
        statement=say(
            "It looks as if it had been saved as a JPEG before, at about quality {quality}, and "
            "then again, finer.",
            quality=str(quality),
        ),
    )


def _texts(rows: Any) -> tuple[str, ...]:
    return tuple(sanitised(row) for row in rows)


def _named(rows: dict[str, Any]) -> dict[str, str]:
    return {sanitised(key): sanitised(value) for key, value in rows.items()}


def _fact(value: Any) -> str:
    return " x ".join(map(str, value)) if isinstance(value, list) else sanitised(value)
