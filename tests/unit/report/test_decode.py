"""What is text, in which encoding, and what is refused."""

import pytest

from firsthand.errors import UnreadableReport
from firsthand.report import read_report
from firsthand.report.decode import MAX_BYTES, decode

WORDS = "Smoke rose over the depot on Monday, a resident said. Ünü × naïve"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_unicode_encodings(encoding, found):
    got = decode(WORDS.encode(encoding))
    assert (got.text, got.encoding) == (WORDS, found)


def test_windows_1252_is_a_stated_guess():
    got = decode("The café “burned” for days, witnesses said.".encode("cp1252"))
    assert got.text.startswith("The café “burned”")
    assert got.encoding == "cp1252"
    assert "guess" in got.warnings[0]


def test_windows_1251_is_told_by_its_words():
    got = decode("Заголовок открываемого материала о пожаре".encode("cp1251"))
    assert got.text.startswith("Заголовок")
    assert got.encoding == "cp1251"


def test_declared_encoding_of_a_page():
    head = '<html><head><meta charset="windows-1251"></head>'
    page = head + "<body><p>Пожар на базе был.</p></body></html>"
    assert "Пожар" in decode(page.encode("cp1251")).text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00" * 100, "empty"),
        (b"12345 --- 678\n***", "word"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "MP4"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "JPEG"),
        (b"%PDF-1.7\n%abc", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (bytes(range(1, 32)) * 40, "control"),
        (b"\xfe\x80\x00\x03\x00abc\xff" * 30, ""),
        (b"a" * (MAX_BYTES + 1), "bytes"),
    ],
)
def test_refused_with_a_next_step(data, word):
    with pytest.raises(UnreadableReport) as refused:
        read_report(data)
    assert word in refused.value.message
    assert refused.value.next_step


def test_a_text_without_a_claim_is_read_with_a_warning():
    reading = read_report(b"Two eggs, some flour and a pinch of salt.", name="cake.txt")
    assert reading.claims == ()
    assert any("No claim was found in cake.txt" in warning for warning in reading.warnings)


def test_bytes_that_are_no_utf8_are_kept_visible():
    reading = read_report(b"\xef\xbb\xbfSmoke rose over the \xff depot.")
    assert any("U+FFFD" in warning for warning in reading.warnings)
