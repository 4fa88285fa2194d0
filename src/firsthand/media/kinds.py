"""What a file is, told by its first bytes, and which decoder may see it.

A name proves nothing: FFmpeg picks its demuxer by content, and a `.mp4` that holds a playlist
makes it open other files and addresses. So the content decides here first, each kind that is
opened at all is opened by the one decoder named for it, and everything else is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["AUDIO_CODECS", "HEAD", "KINDS", "VIDEO_CODECS", "Kind", "sniff"]

HEAD = 4096
"""How many bytes `sniff` wants."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `opens` is the decoder that may see it; None: it is refused.

    `why` says why it is opened, or why not.
    """

    name: str
    label: str
    media_type: str
    opens: Literal["ffmpeg", "pillow", "heif"] | None
    why: str
    demuxer: str = ""
    suffixes: tuple[str, ...] = ()
    playlist: bool = False


def _video(name: str, label: str, media_type: str, demuxer: str, why: str, *suffixes: str) -> Kind:
    return Kind(name, label, media_type, "ffmpeg", why, demuxer, suffixes)


def _image(name: str, label: str, media_type: str, why: str, *suffixes: str) -> Kind:
    return Kind(name, label, media_type, "pillow", why, "", suffixes)


def _refused(name: str, label: str, media_type: str = "", why: str = "it is no footage") -> Kind:
    return Kind(name, label, media_type, None, why)


def _playlist(name: str, label: str) -> Kind:
    why = "it would make the decoder open other files or addresses"
    return Kind(name, label, "text/plain", None, why, playlist=True)


RARE = "phones and cameras do not write it, and its decoders have a long record of flaws"

_TABLE = (
    _video("mov", "an MP4 or QuickTime file", "video/mp4", "mov", "what phones and cameras write",
           ".mp4", ".mov", ".m4v", ".3gp", ".3g2", ".m4a", ".qt", ".insv", ".lrv"),
    _video("matroska", "a Matroska or WebM file", "video/x-matroska", "matroska",
           "browsers, screen recorders and archives write it", ".mkv", ".webm", ".mka"),
    _video("avi", "an AVI file", "video/x-msvideo", "avi", "older cameras wrote it",
           ".avi", ".divx"),
    _video("mpegts", "an MPEG transport stream", "video/mp2t", "mpegts",
           "camcorders and broadcast recordings", ".ts", ".mts", ".m2ts", ".tod"),
    _video("mpeg", "an MPEG program stream", "video/mpeg", "mpeg", "older camcorders and discs",
           ".mpg", ".mpeg", ".vob", ".mod"),
    _video("wav", "a WAVE recording", "audio/wav", "wav", "recorders write it", ".wav"),
    _video("mp3", "an MP3 recording", "audio/mpeg", "mp3", "recorders write it", ".mp3"),
    _video("ogg", "an Ogg file", "audio/ogg", "ogg", "voice messages come as it",
           ".ogg", ".oga", ".ogv", ".opus"),
    _video("flac", "a FLAC recording", "audio/flac", "flac", "recorders write it", ".flac"),
    _image("JPEG", "a JPEG picture", "image/jpeg", "what phones and cameras write",
           ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    _image("PNG", "a PNG picture", "image/png", "screenshots", ".png"),
    _image("WEBP", "a WebP picture", "image/webp", "what sites hand out", ".webp"),
    _image("GIF", "a GIF picture", "image/gif", "what sites hand out", ".gif"),
    _image("AVIF", "an AVIF picture", "image/avif", "what sites hand out", ".avif"),
    Kind("heif", "an HEIF picture", "image/heif", "heif", "what newer phones write", "",
         (".heic", ".heif", ".hif")),
    _playlist("ffconcat", "a playlist (ffconcat)"),
    _playlist("hls", "a playlist (HLS)"),
    _playlist("dash", "a playlist (MPEG-DASH)"),
    _playlist("sdp", "a session description (SDP)"),
    _playlist("pls", "a playlist (PLS)"),
    _playlist("asx", "a playlist (ASX)"),
    _playlist("smil", "a playlist (SMIL)"),
    _refused("tiff", "a TIFF picture or a raw photo", "image/tiff", RARE),
    _refused("bmp", "a BMP picture", "image/bmp", RARE),
    _refused("psd", "a Photoshop document", "image/vnd.adobe.photoshop", RARE),
    _refused("jp2", "a JPEG 2000 picture", "image/jp2", RARE),
    _refused("jxl", "a JPEG XL picture", "image/jxl", RARE),
    _refused("jxr", "a JPEG XR picture", "image/jxr", RARE),
    _refused("asf", "a Windows Media file", "video/x-ms-asf", RARE),
    _refused("flv", "a Flash video", "video/x-flv", RARE),
    _refused("rm", "a RealMedia file", "application/vnd.rn-realmedia", RARE),
    _refused("exif", "a bare metadata block", "", "it holds metadata and no picture"),
    _refused("zip", "a ZIP archive or an office document", "application/zip"),
    _refused("gzip", "a gzip archive", "application/gzip"),
    _refused("rar", "a RAR archive", "application/vnd.rar"),
    _refused("7z", "a 7-Zip archive", "application/x-7z-compressed"),
    _refused("pdf", "a PDF document", "application/pdf"),
    _refused("program", "a program", "application/octet-stream"),
    _refused("svg", "an SVG drawing", "image/svg+xml"),
    _refused("html", "a web page", "text/html"),
    _refused("xml", "an XML document", "application/xml"),
    _refused("json", "a JSON document", "application/json"),
    _refused("text", "text", "text/plain"),
    _refused("empty", "empty"),
    _refused("unknown", "of no kind that is known here", "application/octet-stream"),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _TABLE}

VIDEO_CODECS = frozenset({
    "h264", "hevc", "vp8", "vp9", "libdav1d", "av1", "mpeg4", "msmpeg4", "msmpeg4v1", "msmpeg4v2",
    "h263", "mpeg1video", "mpeg2video", "mjpeg", "prores", "dvvideo", "theora", "svq1", "svq3",
    "rawvideo",
})  # fmt: skip
"""Decoders of pictures in videos: what phones, cameras and sites of the last 25 years write."""
AUDIO_CODECS = frozenset({
    "aac", "aac_latm", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float", "ac3", "eac3",
    "opus", "libopus", "vorbis", "flac", "alac", "amrnb", "amrwb", "libopencore_amrnb",
    "libopencore_amrwb", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le",
    "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw",
    "pcm_bluray", "pcm_dvd", "adpcm_ima_wav", "adpcm_ima_qt", "adpcm_ms",
})  # fmt: skip
"""Decoders of sound."""

HEIF_BRANDS = frozenset({
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"jpeg",
    b"avci",
})  # fmt: skip
AVIF_BRANDS = frozenset((b"avif", b"avis"))
QUICKTIME_BOXES = frozenset(
    (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"udta", b"styp")
)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpeg"),
    (b"II\xbc\x01", "jxr"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"8BPS", "psd"),
    (b"\x00\x00\x00\x0cjP  ", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
    (b"\xff\x0a", "jxl"),
    (b"0&\xb2u\x8ef\xcf\x11", "asf"),
    (b"FLV\x01", "flv"),
    (b".RMF", "rm"),
    (b"\xff\x01Exiv2", "exif"),
    (b"Exif\x00\x00", "exif"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"%PDF", "pdf"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"#!", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"BM", "bmp"),
)
_TEXTS: tuple[tuple[bytes, str], ...] = (
    (b"ffconcat", "ffconcat"),
    (b"#extm3u", "hls"),
    (b"#ext-x-", "hls"),
    (b"[playlist]", "pls"),
    (b"[reference]", "asx"),
    (b"<asx", "asx"),
    (b"<smil", "smil"),
    (b"<mpd", "dash"),
    (b"v=0\r", "sdp"),
    (b"v=0\n", "sdp"),
    (b"%pdf", "pdf"),
    (b"<svg", "svg"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"{", "json"),
)
_IN_XML = (
    (b"<mpd", "dash"),
    (b"<smil", "smil"),
    (b"<asx", "asx"),
    (b"<svg", "svg"),
    (b"<html", "html"),
)


def sniff(head: bytes) -> Kind:
    """The kind of a file from its first `HEAD` bytes. Never fails."""
    if not head:
        return KINDS["empty"]
    name = _iso(head) or _riff(head) or _magic(head) or _streams(head) or _text(head)
    return KINDS[name or "unknown"]


def _magic(head: bytes) -> str:
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


def _iso(head: bytes) -> str:
    """ISO base media and QuickTime: a box type at byte 4."""
    box = head[4:8]
    if box == b"ftyp":
        size = min(int.from_bytes(head[:4], "big"), len(head))
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
        if brands[0] in AVIF_BRANDS or (
            brands[0] in (b"mif1", b"msf1") and set(brands) & AVIF_BRANDS
        ):
            return "AVIF"
        return "heif" if brands[0] in HEIF_BRANDS else "mov"
    return "mov" if box in QUICKTIME_BOXES else ""


def _riff(head: bytes) -> str:
    if head[:4] not in (b"RIFF", b"RF64"):
        return ""
    return {b"AVI ": "avi", b"AVIX": "avi", b"WAVE": "wav", b"WEBP": "WEBP"}.get(head[8:12], "")


def _streams(head: bytes) -> str:
    for packet, offset in ((188, 0), (192, 4)):
        marks = head[offset::packet][:8]
        if len(marks) >= 4 and set(marks) == {0x47}:
            return "mpegts"
    if head[0] == 0xFF and head[1:2] and (head[1] & 0xE6) == 0xE2:  # frame sync, layer III
        return "mp3"
    return ""


def _text(head: bytes) -> str:
    lowered = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        lowered = head[2:].replace(b"\x00", b"")
    lowered = lowered.lstrip().lower()
    for start, name in _TEXTS:
        if lowered.startswith(start):
            return name
    if lowered.startswith((b"<?xml", b"<!--")):
        return next((name for mark, name in _IN_XML if mark in lowered), "xml")
    control = sum(byte < 9 or 13 < byte < 32 for byte in lowered)
    return "text" if lowered and control == 0 else ""
