"""What a table answers: found, absent, or not covered.

The third answer is the one that editors forget. A pair in no loaded table, a date before the first edition, a code of a
family that the table never lists: none of these is "clean". A caller must handle all three.

>>> edition = Edition("medicare", "mue_practitioner", "2024-04-01", date(2024, 4, 1), date(2024, 6, 30))
>>> answers = [Found(3, edition), Absent(edition), NotCovered(Reason.NO_TABLE, "mue_practitioner")]
>>> for answer in answers:
...     match answer:
...         case Found(value):
...             print("found", value)
...         case Absent():
...             print("the table covers it, and holds nothing")
...         case NotCovered(reason, table):
...             print("not checked:", reason, table)
found 3
the table covers it, and holds nothing
not checked: no_table mue_practitioner
"""

from __future__ import annotations

import warnings
from datetime import date
from typing import Generic, TypeVar

import attrs

from claimcheck.claims.verdict import Reason

__all__ = ["Absent", "Edition", "Found", "Lookup", "NotCovered", "Reason"]

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


@attrs.frozen
class Edition:
    """One published version of a table.

    `exact_from` to `exact_through`, inclusive: the service dates for which it answers exactly. `name` is the
    publisher's own ("2024-07-01", "v302r0", "2025"). Other dates are *not covered*. `missing` says what shows that it
    is incomplete: parts that are not loaded, rows that were refused, a file that was truncated. What such a *partial*
    edition holds counts; what it lacks is unknown.

    >>> Edition("medicare", "mue_dme", "2024-04-01", date(2024, 4, 1), date(2024, 6, 30), missing=("1 row refused",))
    ... # doctest: +ELLIPSIS
    Edition(program='medicare', ..., missing=('1 row refused',))
    """

    program: str
    table: str
    name: str
    exact_from: date
    exact_through: date
    starter: bool = False
    missing: tuple[str, ...] = ()

    @property
    def programme(self) -> str:
        """The old name of `program`."""
        warnings.warn("Edition.programme is now Edition.program", DeprecationWarning, stacklevel=2)
        return self.program

    @property
    def partial(self) -> bool:
        """Whether the edition is known to lack rows."""
        return bool(self.missing)

    def __str__(self) -> str:
        mark = " (starter)" if self.starter else " (partial)" if self.partial else ""
        return f"{self.program} {self.table} {self.name}{mark}"


@attrs.frozen
class Found(Generic[V_co]):
    """The table holds the key on that date. `exact` is False if the edition was asked beyond its exact range."""

    value: V_co
    edition: Edition
    exact: bool = True


@attrs.frozen
class Absent:
    """The table covers the key and the date, and holds nothing: the absence is meaningful."""

    edition: Edition
    exact: bool = True


@attrs.frozen
class NotCovered:
    """The table cannot say: which one, and why."""

    reason: Reason
    table: str


Lookup = Found[V] | Absent | NotCovered
