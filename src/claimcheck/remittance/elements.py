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


_ONE_TRIPLET = 4  #: elements of a CAS with one reason and its amount


def adjustments(
    segment: Sequence[str], amount: Callable[[Sequence[str], int], Decimal | None]
) -> tuple[tuple[RemittedAdjustment, ...], bool]:
    """The adjustments of a CAS, and whether all are complete: group code, then reason, amount and quantity, which the
    guide has up to six times.

    `amount` reads an element, and reports one that it cannot read; the other adjustments stand.

    >>> def amount(segment, number):
    ...     return AMOUNTS[segment[number]]
    >>> found, whole = adjustments(("CAS", "CO", "45", "40", "", "253", "1.6"), amount)
    >>> [(each.carc, each.amount) for each in found], whole
    ([('45', Decimal('40')), ('253', Decimal('1.6'))], True)
    >>> [adjustments(said, amount)[1] for said in (("CAS", "CO", "45", "", ""), ("CAS", "", "45", "1"), ("CAS",))]
    [False, False, False]
    """
    count = len(segment)
    group = segment[1].strip().upper() if count > 1 else ""
    if count == _ONE_TRIPLET and group and (reason := segment[2].strip()):  # as most segments are
        taken = amount(segment, 3)
        return () if taken is None else (_adjustment(group, reason.upper(), taken),), bool(segment[3].strip())
    padded = [*segment, "", ""]
    found, whole, is_empty = [], bool(group), True
    for at in range(2, count, 3):
        reason, texts = segment[at].strip().upper(), [text.strip() for text in padded[at + 1 : at + 3]]
        if not reason and not any(texts):
            continue
        is_empty = False
        taken, quantity = amount(padded, at + 1), amount(padded, at + 2) if texts[1] else None
        if reason and taken is not None:
            found.append(_adjustment(group, reason, taken, quantity))
        elif not reason or not texts[0]:
            whole = False
    return tuple(found), whole and not is_empty
