"""Bytes to text: which encoding, whether it is HTML, and what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from firsthand.errors import UnreadableReport

__all__ = ["MAX_BYTES", "Decoded", "decode"]

MAX_BYTES = 8 * 2**20
"""The longest reports are books of a few hundred kilobytes; this leaves room for their markup."""

_MEDIA: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG", 0, "a PNG picture"),
    (b"\xff\xd8\xff", 0, "a JPEG picture"),
    (b"GIF8", 0, "a GIF picture"),
    (b"ftyp", 4, "an MP4 or QuickTime file"),
    (b"moov", 4, "a QuickTime file"),
    (b"\x1a\x45\xdf\xa3", 0, "a Matroska or WebM file"),
    (b"RIFF", 0, "a RIFF file (AVI, WAV or WebP)"),
    (b"OggS", 0, "an Ogg file"),
    (b"ID3", 0, "an MP3 file"),
    (b"fLaC", 0, "a FLAC file"),
    (b"BM", 0, "a BMP picture"),
    (b"II*\x00", 0, "a TIFF picture"),
    (b"MM\x00*", 0, "a TIFF picture"),
    (b"%PDF", 0, "a PDF"),
    (b"PK\x03\x04", 0, "a ZIP archive or an office document"),
    (b"\x1f\x8b", 0, "a gzip archive"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ\x90", 0, "a program"),
)
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main|title|meta|div|section|figure|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_KNOWN = {"utf-8", "utf8", "windows-1252", "iso-8859-1", "latin1", "cp1252", "windows-1251"}
_KNOWN |= {"cp1251", "koi8-r", "windows-1256", "iso-8859-15", "iso-8859-6", "windows-1254"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINK_TEXT = re.compile(r"\w")


@dataclass(frozen=True)
class Decoded:
    """Text, how it was decoded, and what a reader must know about that."""

    text: str
    encoding: str
    media_type: Literal["text/plain", "text/html"]
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Text of a report.

    UTF-8 (with or without a mark), UTF-16 with a mark or plainly so; else what an HTML page
    declares; else Windows-1251 when its high bytes spell Cyrillic words, or Windows-1252. The
    last three are guesses and say so in a warning.

    Raises:
        UnreadableReport: empty, too long, binary, media, or without a single word.
    """
    _refuse_bytes(data)
    text, encoding, warnings = _to_text(data)
    if len(_CONTROL.findall(text[:65536])) > max(2, len(text[:65536]) // 200):
        raise UnreadableReport(
            "This is no text: it is full of control characters.",
            "Give the report as plain text (UTF-8) or HTML; footage goes in as media.",
        )
    if not _LINK_TEXT.search(text) or not any(letter.isalpha() for letter in text):
        raise UnreadableReport(
            "There is not one word in this report.",
            "Check that the right file was given and that it was saved whole.",
        )
    media_type: Literal["text/plain", "text/html"] = (
        "text/html" if _HTML.match(text[:8192]) else "text/plain"
    )
    return Decoded(text, encoding, media_type, tuple(warnings))


def _refuse_bytes(data: bytes) -> None:
    if not data.strip(b" \t\r\n\x00"):
        raise UnreadableReport(
            "This report is empty.", "Check that the file was saved whole, then give it again."
        )
    if len(data) > MAX_BYTES:
        raise UnreadableReport(
            f"This report has {len(data)} bytes; at most {MAX_BYTES} are read.",
            "Save the article alone, without its page's scripts and pictures.",
        )
    for magic, offset, what in _MEDIA:
        if data[offset : offset + len(magic)] == magic and _looks_binary(data):
            raise UnreadableReport(
                f"This is {what}, not a report's text.",
                "Give footage as media; save the report as plain text or HTML.",
            )


def _looks_binary(data: bytes) -> bool:
    head = data[:4096]
    return any(byte < 9 or 14 <= byte < 27 for byte in head) or head.startswith((b"%PDF", b"PK"))


def _to_text(data: bytes) -> tuple[str, str, list[str]]:
    if data.startswith(b"\xef\xbb\xbf"):
        return _lenient(data, "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _lenient(data, "utf-16")
    nul = data[:4096].count(0)
    if nul * 3 > len(data[:4096]):
        encoding = "utf-16-le" if data[1:4096:2].count(0) > data[0:4096:2].count(0) else "utf-16-be"
        text, used, _ = _lenient(data, encoding)
        return text, used, ["No encoding is declared; read as UTF-16 by its zero bytes."]
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii", "replace").lower()
        if name in _KNOWN and not name.startswith("utf"):
            return _lenient(data, name)
    if nul:
        raise UnreadableReport(
            "This is no text: it has zero bytes and no encoding that explains them.",
            "Give the report as plain text (UTF-8) or HTML; footage goes in as media.",
        )
    encoding = "cp1251" if _cyrillic(data) else "cp1252"
    text, used, _ = _lenient(data, encoding)
    return (
        text,
        used,
        [f"Not UTF-8 and no encoding declared; read as {encoding}, which is a guess."],
    )


def _lenient(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    try:
        return data.decode(encoding), encoding, []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        return (
            text,
            encoding,
            [f"{lost} places are not valid {encoding}; each stands as U+FFFD in the text."],
        )


def _cyrillic(data: bytes) -> bool:
    """High bytes in runs of two and more are Cyrillic words; accents in Latin text stand alone."""
    runs = re.findall(rb"[\xc0-\xff\xa8\xb8]+", data)
    long = sum(len(run) for run in runs if len(run) > 2)
    return long * 2 > sum(len(run) for run in runs)
