"""Floats of two and four bytes, read as the decimal numbers they represent."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

__all__ = ["NARROW", "Narrow", "narrow"]


class Narrow(NamedTuple):
    """How many significant decimal digits and bits floats of two or four bytes hold."""

    digits: int
    bits: int

    @property
    def all_digits_below(self) -> int:
        """Below it, its decimal digits give every amount to the cent."""
        return int(10 ** (self.digits - 2))

    @property
    def cents_below(self) -> int:
        """Below it, neighbors are less than a cent apart."""
        return 1 << (self.bits - 7)

    @property
    def units_lost_from(self) -> int:
        """From it on, neighbors are more than one apart."""
        return 1 << self.bits


NARROW: Final = {
    **dict.fromkeys(("float16", "halffloat"), Narrow(3, 11)),
    **dict.fromkeys(("float32", "float"), Narrow(7, 24)),
}
"""Floats of two and four bytes (IEEE 754 binary16, binary32), by the names of their types in NumPy and Arrow."""


def narrow(value: Any, kind: str) -> Any:
    """A narrow float as a Python one of the decimal it represents: 12.1 in four bytes is not 12.1000003815 in eight.

    `kind` is the name of its type in NumPy or Arrow; any other type's cell is returned. Where neighbors are more than
    a cent apart, it is what it is. From the number on that has lost units, as dates and long codes have, it is text
    with an exponent, which no field reads.

    >>> narrow(123456.78125, "float32"), narrow(1234567.875, "float"), narrow(20240716.0, "float")
    (123456.78, 1234567.875, '20240716.0e0')
    """
    if kind not in NARROW or value is None or not math.isfinite(value):
        return value
    size, width = abs(value), NARROW[kind]
    if size >= width.units_lost_from:
        return f"{value!r}e0"
    if size < width.all_digits_below:
        return float(f"{value:.{width.digits}g}")
    return round(value, 2) if size < width.cents_below else value
