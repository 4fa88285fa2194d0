"""Dates with their mechanism and error."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firsthand.archive.seen import read_manifest, seen_at
from firsthand.errors import InputError, InvalidTime


def test_a_bare_date_holds_for_the_whole_world() -> None:
    seen = seen_at("2021-09-28", mechanism="archive_capture", off_by_s=60.0)
    assert seen.at == datetime(2021, 9, 28, 12, tzinfo=UTC)
    assert seen.off_by_s == 60 + 26 * 3600
    assert seen.latest == seen.at + timedelta(hours=26, seconds=60)
    assert seen.trusted


def test_an_unstated_error_is_never_trusted() -> None:
    seen = seen_at("2021-09-28T10:00:00Z", mechanism="rfc3161")
    assert seen.latest is None
    assert not seen.trusted


def test_a_persons_word_is_never_trusted() -> None:
    assert not seen_at("2021-09-28T10:00:00Z", off_by_s=0.0).trusted


@pytest.mark.parametrize("text", ["yesterday", "2021-13-01", "2021-09-28T10:00:00", ""])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(InvalidTime):
        seen_at(text)


@pytest.mark.parametrize(
    ("mechanism", "off"), [("hearsay", 1.0), ("rfc3161", -1.0), ("rfc3161", float("nan"))]
)
def test_unknown_mechanisms_and_impossible_errors_are_refused(mechanism: str, off: float) -> None:
    with pytest.raises(InputError):
        seen_at("2021-09-28T10:00:00Z", mechanism=mechanism, off_by_s=off)


ROWS = [
    {"path": "a.mp4", "seen_at": "2020-01-02T03:04:05Z", "mechanism": "rfc3161", "off_by_s": 1},
    {"path": "b.mp4", "seen_at": "2020-01-03", "source": "a channel"},
    {"path": "c.mp4", "seen_at": ""},
]


def test_json_and_csv_manifests_say_the_same(tmp_path: Path) -> None:
    as_json, as_csv = tmp_path / "m.json", tmp_path / "m.csv"
    as_json.write_text(json.dumps(ROWS))
    as_csv.write_text(
        "path,seen_at,mechanism,off_by_s,source\n"
        "a.mp4,2020-01-02T03:04:05Z,rfc3161,1,\nb.mp4,2020-01-03,,,a channel\nc.mp4,,,,\n"
    )
    told = read_manifest(as_json)
    assert told == read_manifest(as_csv)
    assert set(told) == {"a.mp4", "b.mp4"}
    assert told["b.mp4"].mechanism == "persons_word"


@pytest.mark.parametrize(
    "text",
    ["{", '{"path": "a"}', '[{"seen_at": "2020-01-01"}]', '[{"path": "a", "seen_at": "soon"}]',
     '[{"path": "a", "seen_at": "2020-01-01", "off_by_s": "much"}]'],
)  # fmt: skip
def test_a_broken_manifest_is_refused_before_anything_is_added(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text)
    with pytest.raises(InputError):
        read_manifest(path)
