"""Rounding a quantity never narrows its interval, and never moves it by more than a thousandth."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from firsthand.records import quantity

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(numbers, numbers, numbers)
def test_rounding_is_outwards_and_small(a: float, b: float, c: float) -> None:
    low, value, high = sorted((a, b, c))
    width = high - low
    assume(width > 1e-6)
    out = quantity(value, low, high, "m", "drawn")
    slack = 1e-6 * width
    assert out.low <= low + slack
    assert out.high >= high - slack
    assert out.low >= low - 0.0021 * width
    assert out.high <= high + 0.0021 * width
    assert abs(out.value - value) <= 0.0011 * width


def test_a_quantity_is_no_bare_number() -> None:
    with pytest.raises(TypeError, match=r"take \.value \(in m\)"):
        float(quantity(1.0, 0.5, 1.5, "m", "drawn"))
