"""Provenance: shown, weighed little, and never by itself against a claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from firsthand.checks.base import CheckResult
from firsthand.checks.provenance import provenance
from firsthand.checks.run import run
from firsthand.media.contradictions import Contradiction
from firsthand.media.credentials import Credentials
from firsthand.media.metadata import FileMetadata, normalise
from firsthand.records import Claim, Place, Window, say

BAGHDAD = Place(latitude_deg=33.2625, longitude_deg=44.2346, radius_m=3000)
DAY = datetime(2021, 9, 28, tzinfo=UTC)
WINDOW = Window(start=DAY, end=DAY + timedelta(days=1))
AT_BASE = [
    ["GPS", "GPSLatitude", "33.2631"],
    ["GPS", "GPSLatitudeRef", "N"],
    ["GPS", "GPSLongitude", "44.2401"],
    ["GPS", "GPSLongitudeRef", "E"],
]
IN_PARIS = [
    ["GPS", "GPSLatitude", "48.85"],
    ["GPS", "GPSLatitudeRef", "N"],
    ["GPS", "GPSLongitude", "2.35"],
    ["GPS", "GPSLongitudeRef", "E"],
]


def taken(text: str) -> list[list[str]]:
    return [["ExifIFD", "DateTimeOriginal", text]]


def file(*rows: list[str], exiftool: Any = "present") -> FileMetadata:
    return normalise(list(rows), reader="ExifTool 12.57", exiftool=exiftool)


def ask(metadata: FileMetadata, **more: Any) -> CheckResult:
    return run(provenance, {"metadata": metadata, "place": BAGHDAD, "window": WINDOW, **more})


def test_nothing_in_the_file_proves_nothing() -> None:
    result = ask(file())
    assert result.outcome.kind == "inconclusive"
    assert "proves nothing" in str(result.statement)
    assert run(provenance, {}).outcome.kind == "needs_input"


def test_time_and_place_that_fit_point_that_way_and_no_more() -> None:
    result = ask(file(*taken("2021:09:28 12:30:00"), *AT_BASE))
    assert result.outcome.kind == "consistent"
    assert (result.toward, result.lr, result.p_value) == ("for", None, None)
    assert result.nuisances == ("file_metadata",)
    assert any("one witness" in str(limit) for limit in result.limits)


@pytest.mark.parametrize(
    "rows", [taken("2014:06:01 10:00:00"), IN_PARIS, taken("2014:06:01 10:00:00") + IN_PARIS]
)
def test_what_does_not_fit_is_shown_and_never_inconsistent(rows: list[list[str]]) -> None:
    result = ask(file(*rows))
    assert result.outcome.kind == "inconclusive"
    assert (result.toward, result.p_value) == (None, None)
    assert "before the claimed time" in str(result.statement) or "outside it" in str(
        result.statement
    )


def test_a_position_elsewhere_is_told_by_a_rough_distance_alone() -> None:
    result = ask(file(*IN_PARIS))
    assert "3900 km" in str(result.statement)
    assert "48.85" not in str(result.statement)
    assert result.measurements[0].quantity.value == pytest.approx(3.86e6, rel=0.02)


def test_one_that_fits_does_not_hide_one_that_does_not() -> None:
    for rows in (taken("2021:09:28 12:30:00") + IN_PARIS, taken("2014:01:02 03:00:00") + AT_BASE):
        assert ask(file(*rows)).outcome.kind == "inconclusive"


def test_a_later_time_contradicts_nothing() -> None:
    result = ask(file(*taken("2022:03:01 10:00:00")))
    assert result.outcome.kind == "inconclusive"
    assert "tells nothing" in str(result.statement)
    assert "contradicts nothing" in str(result.outcome.why)  # type: ignore[union-attr]


def test_a_clock_without_a_zone_gets_the_width_of_all_zones() -> None:
    """20:00 on the eve of the window may be within it, 10:00 may not."""
    inside = ask(file(*taken("2021:09:27 20:00:00")))
    before = ask(file(*taken("2021:09:27 10:00:00")))
    assert inside.outcome.kind == "consistent"
    assert "before the claimed time" in str(before.statement)


def test_a_stated_zone_is_taken_at_its_word() -> None:
    zoned = [["ExifIFD", "OffsetTimeOriginal", "+03:00"], *taken("2021:09:28 01:00:00")]
    assert "before the claimed time" in str(ask(file(*zoned)).statement)


@pytest.mark.parametrize(
    "blank", ["1904:01:01 00:00:00", "0000:00:00 00:00:00", "1970:01:01 00:00:00"]
)
def test_epochs_and_zeros_are_blanks(blank: str) -> None:
    result = ask(file(["QuickTime", "CreateDate", blank]))
    assert "neither when nor where" in str(result.statement)
    assert any("QuickTime:CreateDate" in str(limit) for limit in result.limits)


def test_zero_zero_and_unsigned_are_no_places() -> None:
    null = [[group, name, "0" if "Ref" not in name else value] for group, name, value in AT_BASE]
    unsigned = [row for row in AT_BASE if "Ref" not in row[1]]
    for rows, word in ((null, "0, 0"), (unsigned, "lacks its letters")):
        result = ask(file(*rows))
        assert "neither when nor where" in str(result.statement)
        assert any(word in str(limit) for limit in result.limits)


def test_a_file_that_contradicts_itself_does_not_speak_for_the_claim() -> None:
    rows = [
        *taken("2021:09:28 12:30:00"),
        ["GPS", "GPSDateStamp", "2021:10:03"],
        ["GPS", "GPSTimeStamp", "09:00:00"],
    ]
    result = ask(file(*rows))
    assert result.outcome.kind == "inconclusive"
    assert any("contradicts itself" in str(limit) for limit in result.limits)


def test_without_a_claimed_time_or_place_it_asks_for_them() -> None:
    result = run(provenance, {"metadata": file(*taken("2021:09:28 12:30:00"), *AT_BASE)})
    assert result.outcome.missing == ("window", "place")  # type: ignore[union-attr]


def test_an_end_without_a_beginning_is_no_window(
    claim: Callable[..., Claim], when: Callable[..., Any]
) -> None:
    """'Not after publication' cannot be fitted, nor missed by an earlier time."""
    claims = (claim(when=when(None, "2021-09-28")),)
    result = run(provenance, {"metadata": file(*taken("2014:01:01 10:00:00")), "claims": claims})
    assert result.outcome.missing == ("window",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("state", "said"),
    [("present", "Fields read by"), ("absent", "not installed"), ("failed", "failed on this")],
)
def test_whether_exiftool_was_there_is_said(state: str, said: str) -> None:
    assert any(said in str(limit) for limit in ask(file(exiftool=state)).limits)


def test_the_make_is_shown_as_the_files_own_word() -> None:
    result = ask(file(["IFD0", "Make", "Nokia"], ["IFD0", "Model", "8.3 {5G}"]))
    assert any(str(limit).endswith("Nokia 8.3 {5G}.") for limit in result.limits)


STATES = get_args(Credentials.model_fields["state"].annotation)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("rows", [[], taken("2021:09:28 12:00:00")])
def test_the_state_of_the_credentials_is_told_and_decides_nothing(
    state: Any, rows: list[list[str]]
) -> None:
    without = ask(file(*rows))
    result = ask(file(*rows), credentials=Credentials(state=state))
    assert (result.outcome, result.toward, result.lr) == (without.outcome, without.toward, None)
    limits = list(map(str, result.limits))
    told = [at for at, text in enumerate(limits) if "Content Credentials" in text]
    assert len(told) == 1
    assert (told == [0]) == (state != "none")  # what is there leads, what is not comes last
    if not rows and state in {"invalid", "valid_unknown_signer", "trusted"}:
        assert "Content Credentials" in str(result.statement)
    if state == "invalid":
        assert "not hold" in limits[0]


def test_a_spoiled_ingredient_is_told() -> None:
    signed = Credentials(state="trusted", spoiled=True)
    limits = list(map(str, ask(file(), credentials=signed).limits))
    assert "ingredient whose own signature does not hold" in limits[1]


def test_contradictions_inside_the_file_come_first() -> None:
    odd = Contradiction(code="thumbnail_unlike", weight="doubt", statement=say("It is odd."))
    blank = Contradiction(code="date_blank", weight="blank", statement=say("It is blank."))
    signed = Credentials(state="invalid")
    limits = list(map(str, ask(file(), credentials=signed, contradictions=(odd, blank)).limits))
    assert limits[0] == "It is odd."
    assert "It is blank." not in limits
