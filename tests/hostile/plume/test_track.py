"""Tracks that a stranger made: nothing is fetched, expanded or believed beyond its numbers."""

from pathlib import Path

import pytest

from firsthand.errors import InputError
from firsthand.evidence import track
from firsthand.evidence.track import is_track, read_track

GPX = (
    '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{}'
    "</trkseg></trk></gpx>"
)
POINT = '<trkpt lat="33.{0}" lon="44.0"><time>2021-09-28T09:30:0{0}Z</time></trkpt>'
BOMB = (
    '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def _gpx(points: str) -> bytes:
    return GPX.format(points).encode()


def test_an_entity_bomb_and_an_outside_entity_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("2021-09-28T09:30:00Z")
    for kind in (BOMB, f'<!DOCTYPE gpx [<!ENTITY x SYSTEM "file://{secret}">]>'):
        data = kind.encode() + _gpx(POINT.format(1) + "<!-- -->" + POINT.format(2))
        with pytest.raises(InputError, match="document type"):
            read_track(data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe<\x00g\x00", b"<gpx", b"<gpx/>", b"a,b\n1,2\n", b"t_s,lat,lon\n",
        b"t_s,lat,lon\n0,1,2\n", b"t_s,lat,lon\n0,1\n1,1,2\n", b"t_s,lat,lon\nnan,1,2\n1,1,2\n",
        b"t_s,lat,lon\n0,inf,2\n1,1,2\n", b"t_s,lat,lon\n0,91,2\n1,1,2\n",
        b"t_s,lat,lon\n0,1,2\n1,1,2\0\n", b"time,lat,lon\n2021-09-28T09:30:00,1,2\n",
        b't_s,lat,lon\n0,"1,2\n', b"<html><body>no</body></html>",
        _gpx(POINT.format("x")), _gpx('<trkpt lat="&x;" lon="1"><time>1</time></trkpt>'),
    ],
)  # fmt: skip
def test_what_is_no_track_is_refused_with_one_clear_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as told:
        read_track(data)
    assert told.value.next_step


def test_size_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="too large"):
        read_track(b"x" * (track.MAX_BYTES + 1))
    monkeypatch.setattr(track, "MAX_FIXES", 3)
    rows = "".join(f"{k},1,{k}\n" for k in range(5))
    with pytest.raises(InputError, match="too many"):
        read_track(f"t_s,east_m,north_m\n{rows}".encode())


def test_nesting_without_end_is_refused_or_harmless() -> None:
    deep = "<a>" * 5000 + "</a>" * 5000
    with pytest.raises(InputError):
        read_track(_gpx(deep))


def test_it_is_told_from_other_evidence_by_its_content() -> None:
    assert is_track(_gpx(POINT.format(1)).decode())
    assert is_track("t_s,lat,lon,heading_deg\n0,1,2,3\n")
    assert not is_track("latitude,longitude,acq_date\n1,2,3\n")
    assert not is_track("<html><p>gpx</p></html>")
