"""Dates with one end: since, until, in recent months, of the last years."""

import pytest

from firsthand.report import read_report
from firsthand.report.dates import Ymd, find_dates

ANCHOR = Ymd(2021, 9, 28)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("The army has held the base since 2003.", ("2003", None)),
        ("It has burned since March 2021.", ("2021-03", None)),
        ("It has burned since 4 March 2021.", ("2021-03-04", None)),
        ("They occupied it until 2011.", (None, "2011")),
        ("They stayed until May.", (None, "2021-05")),
        ("They stayed until 5 May 2021.", (None, "2021-05-05")),
        ("It came under fire in recent months.", (None, "2021-09-28")),
        ("It was theirs for fifteen of the last eighteen years.", ("2003", "2021-09-28")),
        ("It burned twice in the past 6 months.", ("2021-03", "2021-09-28")),
        ("They invaded in 2003.", ("2003", "2003")),
        ("It had burned since the attack in March 2021.", ("2021-03", "2021-03")),
    ],
)
def test_ends_that_are_told_and_no_others(words, bounds):
    (found,) = find_dates(words, 0, len(words), ANCHOR)
    assert (found.earliest, found.latest) == bounds


def test_without_a_day_of_publication_nothing_is_made_up():
    words = "It was theirs for fifteen of the last eighteen years and hit in recent months."
    assert [(d.earliest, d.latest) for d in find_dates(words, 0, len(words), None)] == [
        (None, None),
        (None, None),
    ]


def test_a_state_since_a_year_is_no_event_of_that_year():
    reading = read_report(
        b"Base in the north\nPublished: 28.09.2021\n"
        b"The army has had troops at the base since 2003. Rebels occupied it until 2011."
    )
    bounds = {(c.when.earliest, c.when.latest) for c in reading.claims if c.when}
    assert ("2003", None) in bounds
    assert (None, "2011") in bounds
    assert ("2011", "2011") not in bounds


def test_a_hedge_on_a_part_stands_in_the_whole_and_leaves_it_sure():
    reading = read_report(
        b"Fire at depot\nPublished: 28.09.2021\n"
        b"The minister dismissed the talks, citing the threat allegedly posed by a rival group."
    )
    (claim,) = [c for c in reading.claims if "dismissed" in c.proposition]
    assert [(h.cue, h.scope.startswith("posed by")) for h in claim.hedges] == [("allegedly", True)]
    assert claim.factuality == 3
