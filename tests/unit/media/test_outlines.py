"""The walkers on small files made by hand."""

import io
import struct

import pytest

from firsthand.media.outline import outline_of
from firsthand.media.outline.jpeg import STANDARD_LUMA, quality_of
from firsthand.media.outline.outline import MOST_PIECES


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def walk(kind, data):
    return outline_of(kind, io.BytesIO(data))


FTYP = box(b"ftyp", b"isom", bytes(4), b"isomiso2avc1mp41")


def test_boxes_and_what_they_hold():
    edit = box(b"elst", struct.pack(">IIIiI", 0, 1, 4000, 2048, 65536))
    handler = box(b"hdlr", bytes(8), b"vide", bytes(12), b"VideoHandler\x00")
    moov = box(b"moov", box(b"trak", box(b"edts", edit), box(b"mdia", handler)))
    found = walk("mov", FTYP + moov + box(b"mdat", b"x264 - core 164 - options: cabac=1 ref=3"))
    assert found.facts["brands"] == ["isom", "isom", "iso2", "avc1", "mp41"]
    assert found.facts["order"] == ["ftyp", "moov", "mdat"]
    assert found.facts["handlers"] == [["vide", "VideoHandler"]]
    assert found.facts["edits"] == [["4000", "2048", 1.0]]
    assert found.facts["settings"] == ["x264 - core 164 - options: cabac=1 ref=3"]
    assert [(name, depth) for name, _, _, depth in found.pieces] == [
        ("ftyp", 0), ("moov", 0), ("trak", 1), ("edts", 2), ("elst", 3), ("mdia", 2), ("hdlr", 3),
        ("mdat", 0),
    ]  # fmt: skip
    assert found.whole
    assert found.trailing == 0


def test_pieces_cover_the_file():
    data = FTYP + box(b"free", bytes(20)) + box(b"mdat", bytes(50))
    top = [(at, size) for _, at, size, depth in walk("mov", data).pieces if depth == 0]
    assert [at for at, _ in top] == [0, len(FTYP), len(FTYP) + 28]
    assert sum(size for _, size in top) == len(data)


def test_bytes_after_the_last_box_are_counted():
    found = walk("mov", FTYP + b"<html>not a box</html>")
    assert found.trailing == 22
    assert walk("mov", FTYP + b"abc").trailing == 3


@pytest.mark.parametrize(
    "data",
    [
        FTYP + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1),
        FTYP + struct.pack(">I4sQ", 1, b"moov", 2**63),
        FTYP + struct.pack(">I4s", 4, b"moov"),
        FTYP + struct.pack(">I4s", 2**32 - 1, b"moov"),
        FTYP + box(b"moov", struct.pack(">I4s", 0, b"trak") + struct.pack(">I4s", 3, b"mdia")),
    ],
)
def test_impossible_sizes_end_it(data):
    found = walk("mov", data)
    assert not found.whole
    assert found.notes


def test_five_thousand_nested_boxes():
    data = b""
    for _ in range(5000):
        data = box(b"moov", data)
    found = walk("mov", data)
    assert not found.whole
    assert len(found.pieces) < 40
    assert "nested deeper" in found.notes[0]


def test_a_million_small_boxes():
    found = walk("mov", FTYP + box(b"free") * 1_000_000)
    assert len(found.pieces) == MOST_PIECES
    assert not found.whole


def test_riff():
    def chunk(name, body):
        return struct.pack("<4sI", name, len(body)) + body + bytes(len(body) & 1)

    info = chunk(b"LIST", b"INFO" + chunk(b"ISFT", b"Lavf58.29.100\x00"))
    body = b"AVI " + chunk(b"LIST", b"hdrl" + chunk(b"strh", b"vidsH264" + bytes(48))) + info
    found = walk("avi", chunk(b"RIFF", body) + b"tail")
    assert found.facts["texts"] == {"ISFT": "Lavf58.29.100"}
    assert found.facts["codecs"] == [["vids", "H264"]]
    assert found.trailing == 4
    assert not walk("avi", struct.pack("<4sI4s", b"RIFF", 2**32 - 1, b"AVI ")).whole


def test_matroska():
    def element(number, body):
        return bytes.fromhex(number) + struct.pack(">BQ", 0x01, len(body))[0:1] + len(
            body
        ).to_bytes(7, "big") + body  # fmt: skip

    info = element("1549A966", element("4D80", b"Chrome") + element("5741", b"Chrome"))
    data = element("1A45DFA3", element("4282", b"webm")) + element("18538067", info)
    found = walk("matroska", data)
    assert found.facts["texts"] == {
        "DocType": "webm",
        "MuxingApp": "Chrome",
        "WritingApp": "Chrome",
    }
    assert found.facts["order"] == ["EBML", "DocType", "Segment", "Info"]
    assert found.whole
    assert not walk("matroska", data[:-3]).whole


def test_png():
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + bytes(4)

    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"tEXt", b"Software\x00GIMP")
    whole = start + chunk(b"IDAT", bytes(9)) * 3 + chunk(b"IEND", b"")
    found = walk("PNG", whole + b"more")
    assert found.facts["order"] == ["IHDR", "tEXt", "IDAT", "IEND"]
    assert found.facts["texts"] == {"Software": "GIMP"}
    assert found.trailing == 4
    assert not walk("PNG", start).whole


def test_jpeg_tables_and_what_follows():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "JPEG", quality=73)
    found = walk("JPEG", out.getvalue() + b"<html>")
    assert [table["ijg_quality"] for table in found.facts["tables"] if table["number"] == 0] == [73]
    assert found.facts["size_px"] == [64, 64]
    assert found.trailing == 6
    assert "no picture follow the end" in found.notes[0]
    assert not walk("JPEG", out.getvalue()[:-2]).whole


def test_restart_marks_do_not_end_a_scan():
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((256, 256), 90).save(out, "JPEG", restart_marker_blocks=4)
    found = walk("JPEG", out.getvalue())
    assert found.facts["scans"] == 1
    assert found.whole
    assert found.trailing == 0


@pytest.mark.parametrize("quality", [1, 10, 49, 50, 75, 95, 100])
def test_the_librarys_scaling_is_known(quality):
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    table = [min(max((base * scale + 50) // 100, 1), 255) for base in STANDARD_LUMA]
    assert quality_of(table) == quality
    table[20] += 1
    assert quality_of(table) is None


def test_kinds_without_a_walker():
    assert outline_of("mpegts", io.BytesIO(b"")) is None
