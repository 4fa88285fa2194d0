"""What a file is, told by its first bytes."""

import pytest

from firsthand.media.kinds import KINDS, sniff


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42", "mov"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heif"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00avifmiaf", "AVIF"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00heicmiaf", "heif"),
        (b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat", "mov"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "avi"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        (b"RIFF\x00\x00\x00\x00XXXXfmt ", "unknown"),
        (b"\x1aE\xdf\xa3\x01\x00", "matroska"),
        ((b"G" + bytes(187)) * 8, "mpegts"),
        ((bytes(4) + b"G" + bytes(187)) * 8, "mpegts"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"PK\x03\x04", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"\x7fELF", "program"),
        (b"Smoke was seen over the base.\n", "text"),
        (b"<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "svg"),
        (b"\x01\x02\x03\x04", "unknown"),
    ],
)
def test_by_content(head, name):
    assert sniff(head).name == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"ffconcat version 1.0\nfile other.mp4\n", "ffconcat"),
        (b"\xef\xbb\xbf  #EXTM3U\n", "hls"),
        ("\ufeff#EXTM3U\n".encode("utf-16-le"), "hls"),
        (b"#ext-x-stream-inf\n", "hls"),
        (b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash">', "dash"),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", "sdp"),
        (b"[playlist]\nFile1=x", "pls"),
        (b"<asx version='3.0'>", "asx"),
        (b"<smil>", "smil"),
    ],
)
def test_lists_that_open_other_files_are_named(head, name):
    kind = sniff(head)
    assert (kind.name, kind.playlist, kind.opens) == (name, True, None)


def test_every_kind_says_why():
    assert all(kind.why for kind in KINDS.values())


def test_only_kinds_with_a_named_demuxer_reach_ffmpeg():
    reach = {kind.name: kind.demuxer for kind in KINDS.values() if kind.opens == "ffmpeg"}
    assert all(reach.values())
    assert not any("," in demuxer for demuxer in reach.values())
    assert {"hls", "dash", "concat", "sdp", "image2"}.isdisjoint(reach.values())
