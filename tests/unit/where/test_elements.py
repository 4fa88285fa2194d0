"""The gate for element sets: each way of being wrong is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from firsthand.errors import InputError
from firsthand.evidence.elements import admit, read_elements


def with_checksum(line: str) -> str:
    body = line[:68].ljust(68)
    return body + str(sum(int(c) if c.isdigit() else c == "-" for c in body) % 10)


def terra(*, raan: str = "347.1838", norad: str = "25994", day: str = "274.75027490") -> str:
    one = f"1 {norad}U 99068A   21{day}  .00000107  00000-0  33588-4 0  999"
    two = f"2 {norad}  98.1678 {raan} 0001354  91.6968  61.5062 14.5713283315894"
    return f"TERRA\n{with_checksum(one)}\n{with_checksum(two)}\n"


NOW = datetime(2021, 10, 5, tzinfo=UTC)


def reasons(text: str, at: datetime = NOW) -> list[str]:
    sets, broken = read_elements(text)
    _, refused = admit(sets, at, at)
    return [one.reason for one in (*broken, *refused)]


def test_a_sound_set_is_let_in() -> None:
    assert reasons(terra()) == []
    (one,), _ = read_elements(terra())
    assert one.name == "Terra"
    assert one.node_hours == pytest.approx(22 + 26 / 60, abs=0.02)


def test_every_digit_is_under_the_checksum() -> None:
    text = terra()
    for at, char in enumerate(text):
        inside = text[:at].count("\n") in {1, 2} and text[at - 1] != "\n"
        if char.isdigit() and inside:
            wrong = text[:at] + str((int(char) + 1) % 10) + text[at + 1 :]
            assert reasons(wrong) == ["checksum"], at


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (terra(raan="202.0731"), "node_time"),
        (terra(raan="352.1838"), "node_time"),
        (terra(norad="25544"), "unknown_satellite"),
        (terra(day="400.00000000"), "format"),
        (terra().replace("98.1678", "98.16x8"), "checksum"),
        (
            "TERRA\n1 25994U 99068A   21274.75027490  .00000107  00000-0  33588-4 0\n2 25994",
            "format",
        ),
    ],
)
def test_each_fault_is_named(text: str, reason: str) -> None:
    assert reasons(text) == [reason]


def test_age_counts_both_ways_and_ends_at_ninety_days() -> None:
    epoch = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=273.7502749)
    for sign in (-1, 1):
        assert reasons(terra(), epoch + sign * timedelta(days=89.9)) == []
        assert reasons(terra(), epoch + sign * timedelta(days=90.1)) == ["age"]


def test_a_file_without_any_set_is_refused() -> None:
    with pytest.raises(InputError, match="no element set"):
        read_elements("<html>not found</html>")
