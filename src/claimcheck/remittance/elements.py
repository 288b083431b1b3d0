"""Elements of an 835 as values: amounts, dates, composites and the triplets of CAS. Recurring texts are read once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from claimcheck import dates, money
from claimcheck.claims.quick import maker
from claimcheck.remittance.values import RemittedAdjustment

__all__ = ["AMOUNTS", "DAYS", "UnreadableElementError", "adjustments", "procedure"]

T = TypeVar("T")
_PLAIN = 12  #: length up to which an amount is read without further checks
_adjustment = maker(RemittedAdjustment)


class UnreadableElementError(ValueError):
    """An element does not have the required form; its text is never shown."""


class _Known(dict[str, T]):
    """Values of recurring texts, each read once; all are dropped when there are too many."""

    def __init__(self, read: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, text: str) -> T:
        if len(self) >= self._most:
            self.clear()
        value = self[text] = self._read(text)
        return value


def _amount(text: str) -> Decimal | None:
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) <= _PLAIN and stripped.isascii() and stripped.removeprefix("-").replace(".", "", 1).isdigit():
        return Decimal(stripped)
    read = money.read(stripped)
    if read is None:
        raise UnreadableElementError("a number is expected")
    return read


def _day(text: str) -> datetime.date | None:
    stripped = text.strip()
    if not stripped:
        return None
    read = dates.read(stripped)
    if read is None:
        raise UnreadableElementError("a day is expected, as CCYYMMDD")
    return read


AMOUNTS = _Known(_amount, 65_536)
"""The amount or quantity in an element, None if it is empty.

>>> AMOUNTS["-12.5"], AMOUNTS[""]
(Decimal('-12.5'), None)
>>> AMOUNTS["12,50"]
Traceback (most recent call last):
    ...
claimcheck.remittance.elements.UnreadableElementError: a number is expected
"""
DAYS = _Known(_day, 16_384)
"""The date in an element (CCYYMMDD), None if it is empty.

>>> DAYS["20240701"], DAYS[""]
(datetime.date(2024, 7, 1), None)
>>> DAYS["070124"]
Traceback (most recent call last):
    ...
claimcheck.remittance.elements.UnreadableElementError: a day is expected, as CCYYMMDD
"""


@lru_cache(maxsize=16_384)
def procedure(composite: str, component: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Qualifier, code and modifiers of SVC01 or SVC06.

    >>> procedure("HC:99213:25:59", ":"), procedure("NU:0450", ":"), procedure("", ":")
    (('HC', '99213', ('25', '59')), ('NU', '0450', ()), (None, None, ()))
    """
    qualifier, code, *rest = [*composite.split(component), ""]
    modifiers = tuple(modifier.strip() for modifier in rest[:4] if modifier.strip())
    return qualifier.strip() or None, code.strip() or None, modifiers


def adjustments(segment: Sequence[str]) -> tuple[tuple[RemittedAdjustment, ...], bool]:
    """The adjustments of a CAS: group code, then up to six of reason, amount and quantity; and whether all are
    complete.

    >>> found, whole = adjustments(("CAS", "CO", "45", "40", "", "253", "1.6"))
    >>> [(each.carc, each.amount) for each in found], whole
    ([('45', Decimal('40')), ('253', Decimal('1.6'))], True)
    >>> adjustments(("CAS", "CO", "45", "", ""))[1], adjustments(("CAS", "", "45", "1"))[1], adjustments(("CAS",))
    (False, False, ((), False))
    """
    count = len(segment)
    group = segment[1].strip() if count > 1 else ""
    if count == _ONE_TRIPLET and (reason := segment[2].strip()):  # as most segments are
        taken = AMOUNTS[segment[3]]
        if taken is not None:
            return (_adjustment(group, reason, taken),), bool(group)
    found, whole = [], bool(group)
    for at in range(2, min(count, 20), 3):
        reason, taken, quantity = _triplet(*segment[at : at + 3])
        if reason and taken is not None:
            found.append(_adjustment(group, reason, taken, quantity))
        elif reason or taken is not None or quantity is not None:
            whole = False
    return tuple(found), whole and bool(found)


_ONE_TRIPLET = 4  #: elements of a CAS with one reason and its amount


def _triplet(reason: str, taken: str = "", quantity: str = "") -> tuple[str, Decimal | None, Decimal | None]:
    return reason.strip(), AMOUNTS[taken], AMOUNTS[quantity]
