"""The days that a date can mean."""

from datetime import date

import pytest

from firsthand.origins import days


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-09-28", (2021, 9, 28), (2021, 9, 28)),
        ("2021-02", (2021, 2, 1), (2021, 2, 28)),
        ("2020-12", (2020, 12, 1), (2020, 12, 31)),
        ("2011", (2011, 1, 1), (2011, 12, 31)),
        ("2021-22", (2021, 1, 1), (2022, 3, 31)),
        ("199X", (1990, 1, 1), (1999, 12, 31)),
        ("2021-09-28T10:00:00Z", (2021, 9, 28), (2021, 9, 28)),
    ],
)
def test_days(value, first, last):
    assert days(value) == (date(*first), date(*last))


@pytest.mark.parametrize("value", [None, "", "soon", "2021-13", "2021-02-30", "0000", "20XX"])
def test_what_no_calendar_has(value):
    assert days(value) is None
