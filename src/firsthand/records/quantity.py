"""A measured figure: value, unit, 95 % interval, how it was got.

A bare float never leaves `measure/`. Rounding to a thousandth of the interval happens here,
once, because that is where determinism across machines begins.
"""

from __future__ import annotations

import math
from typing import Self

from pydantic import model_validator

from firsthand.records.base import Part

__all__ = ["Quantity", "quantity"]


class Quantity(Part):
    """`value` in `unit`, with its 95 % interval [`low`, `high`]; `how` names the method.

    For angles that wrap, low <= value <= high holds on the unwrapped line, so an azimuth
    interval may run from 358 to 363.
    """

    value: float
    unit: str
    low: float
    high: float
    how: str

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.low} <= {self.value} <= {self.high} does not hold")
        return self

    def __float__(self) -> float:
        raise TypeError(
            f"a Quantity is no bare number: take .value (in {self.unit}) and carry .low and .high"
        )

    @property
    def width(self) -> float:
        """Length of the interval, in `unit`."""
        return self.high - self.low

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit} ({self.low:g} to {self.high:g})"


def quantity(value: float, low: float, high: float, unit: str, how: str) -> Quantity:
    """A Quantity rounded to a thousandth of its interval, the interval rounded outwards.

    With a zero-width interval (an exact figure) nothing is rounded.
    """
    width = high - low
    if width <= 0:
        return Quantity(value=value, unit=unit, low=low, high=high, how=how)
    digits = -math.floor(math.log10(width / 1000))
    step = 10.0**-digits

    def at(number: float) -> float:
        return round(number, digits) + 0.0  # + 0.0 turns -0.0 into 0.0

    low_out = at(math.floor(low / step + 1e-6) * step)
    high_out = at(math.ceil(high / step - 1e-6) * step)
    return Quantity(
        value=min(max(at(value), low_out), high_out), unit=unit, low=low_out, high=high_out, how=how
    )
