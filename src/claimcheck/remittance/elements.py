"""Elements of an 835 as values: amounts, days, composites and the triplets of CAS. Texts that recur are read once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import lru_cache

from claimcheck import dates, money
from claimcheck.remittance.values import RemittedAdjustment

__all__ = ["PAD", "UnreadableElementError", "adjustments", "amount", "day", "procedure"]

#: Appended to the elements of every segment, so that those it leaves out at its end can be asked for.
PAD = [""] * 32


class UnreadableElementError(ValueError):
    """An element is not what its place asks for; the text itself is never shown."""


@lru_cache(maxsize=65_536)
def amount(text: str) -> Decimal | None:
    """An amount or a quantity; None where the element is empty.

    >>> amount("-12.5"), amount("")
    (Decimal('-12.5'), None)
    >>> amount("12,50")
    Traceback (most recent call last):
        ...
    claimcheck.remittance.elements.UnreadableElementError: a number is expected
    """
    stripped = text.strip()
    if not stripped:
        return None
    read = money.read(stripped)
    if read is None:
        raise UnreadableElementError("a number is expected")
    return read


@lru_cache(maxsize=16_384)
def day(text: str) -> datetime.date | None:
    """A day as CCYYMMDD; None where the element is empty.

    >>> day("20240701"), day("")
    (datetime.date(2024, 7, 1), None)
    >>> day("070124")
    Traceback (most recent call last):
        ...
    claimcheck.remittance.elements.UnreadableElementError: a day is expected, as CCYYMMDD
    """
    stripped = text.strip()
    if not stripped:
        return None
    read = dates.read(stripped)
    if read is None:
        raise UnreadableElementError("a day is expected, as CCYYMMDD")
    return read


@lru_cache(maxsize=16_384)
def procedure(composite: str, component: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Qualifier, code and modifiers of SVC01 or SVC06.

    >>> procedure("HC:99213:25:59", ":"), procedure("NU:0450", ":"), procedure("", ":")
    (('HC', '99213', ('25', '59')), ('NU', '0450', ()), (None, None, ()))
    """
    qualifier, code, *rest = [*composite.split(component), ""]
    modifiers = tuple(modifier.strip() for modifier in rest[:4] if modifier.strip())
    return qualifier.strip() or None, code.strip() or None, modifiers


@lru_cache(maxsize=65_536)
def adjustments(segment: tuple[str, ...]) -> tuple[tuple[RemittedAdjustment, ...], bool]:
    """The adjustments of a CAS: group code, then up to six of reason, amount and quantity; and whether all are whole.

    >>> found, whole = adjustments(("CAS", "CO", "45", "40", "", "253", "1.6"))
    >>> [(each.carc, each.amount) for each in found], whole
    ([('45', Decimal('40')), ('253', Decimal('1.6'))], True)
    >>> adjustments(("CAS", "CO", "45", "", ""))[1], adjustments(("CAS", "", "45", "1"))[1], adjustments(("CAS",))
    (False, False, ((), False))
    """
    group = "".join(segment[1:2]).strip()
    stated = [*segment[2:20], "", ""]
    found, whole = [], bool(group)
    for at in range(0, len(stated) - 2, 3):
        reason, taken, quantity = stated[at].strip(), amount(stated[at + 1]), amount(stated[at + 2])
        if reason and taken is not None:
            found.append(RemittedAdjustment(group, reason, taken, quantity))
        elif reason or taken is not None or quantity is not None:
            whole = False
    return tuple(found), whole and bool(found)
