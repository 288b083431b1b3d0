"""What of the cells of a frame can make two verdicts differ, as columns of whole numbers.

Of most fields that is the cell itself. Of what is different on every claim it is what rules read instead: not the
charge but its class, not the NPI but whether it is one, not the day but the time between two changes of the tables and
of the policy (the *era*), and how it stands to the other days of the claim. A feature may tell apart what no rule does,
and must never make alike what some rule tells apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import reading
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import Reader
from claimcheck.frames.fields import EPOCH, Fields
from claimcheck.frames.words import text_of
from claimcheck.policies import Policy
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.rules.facts.code import read_code
from claimcheck.tables import Tables

__all__ = [
    "MORE",
    "SMALL",
    "Eras",
    "Money",
    "Wrong",
    "code_states",
    "days_bad",
    "plain_npi",
    "relations",
    "text_states",
]

Parse = Callable[[object], Any]


class Eras:
    """The times between two days on which something changes."""

    def __init__(self, boundaries: Iterable[date]) -> None:
        self.boundaries = sorted(set(boundaries))
        self._days = pl.Series([day.toordinal() - EPOCH for day in self.boundaries], dtype=pl.Int32)

    @classmethod
    def of_all(cls, tables: Tables, policy: Policy, days: Iterable[date] = ()) -> Eras:
        """The times in which no table and no parameter of the policy changes, parted at these `days` too."""
        accepted = policy.on(None)[TablesAccepted]
        allowing = tables.allowing(
            approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
        )
        return cls([*tables.boundaries, *allowing.boundaries, *policy.boundaries, *days])

    def of(self, days: pl.Series) -> pl.Series:
        """The era of each day, None of none."""
        found = self._days.search_sorted(days.fill_null(0), side="right").cast(pl.Int32)
        return found.set(days.is_null(), None)

    def a_day_of(self, era: int) -> date:
        """The first day of an era."""
        return self.boundaries[era - 1] if era else date.min


class Wrong:
    """Numbers what is wrong with codes, and how they are spelled: 0 a missing one, 1 a good one, else a number each."""

    def __init__(self, parse: Parse, reader: Reader) -> None:
        self._parse, self._reader = parse, reader
        self._known: dict[Any, int] = {}

    def __call__(self, cell: Any) -> int:
        read = self._reader(cell)
        field = read_code(self._parse, reading.value_of(read))
        if field.missing:
            return 0
        how = read.how if isinstance(read, ReadAs) else None
        if not field.wrong and how is None:
            return 1
        return self._known.setdefault((field.state, field.error, field.shape, how), len(self._known) + 2)


def code_states(frame: pl.DataFrame, fields: Fields, field: str, wrong: Wrong, *, of_line: bool) -> list[pl.Series]:
    """How each identifier stands: missing, one, or what is wrong with it."""
    found = []
    for place in fields.places(field, of_line=of_line):
        cells = frame[fields.columns.names[place.column]]
        if field.endswith("npi") and cells.dtype == pl.String and not place.values:
            found.append(_npi_states(cells, wrong))
        else:
            found.append(fields.asked(frame, place, wrong, missing=0))
    return found


def _npi_states(texts: pl.Series, wrong: Wrong) -> pl.Series:
    good = plain_npi(texts)
    states = good.cast(pl.Int32).fill_null(0)
    others = (~good).fill_null(value=False).arg_true()
    if len(others):
        states = states.scatter(others, [wrong(text) for text in texts.gather(others).to_list()])
    return states


def plain_npi(texts: pl.Series) -> pl.Series:
    """Whether each text is an NPI, told by its digits. (One that is none may still be one to `claimcheck.codes.npi`.)

    >>> plain_npi(pl.Series(["1234567893", "1234567890", "12345", None])).to_list()
    [True, False, False, None]
    """
    number = texts.cast(pl.Int64, strict=False)
    shaped = (texts.str.len_bytes() == 10) & number.is_between(10**9, 3 * 10**9 - 1).fill_null(value=False)
    total = pl.repeat(24, len(texts), dtype=pl.Int64, eager=True)  # of the prefix 80840
    for place in range(10):
        digit = number // 10**place % 10
        total = total + (digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4).cast(pl.Int64))
    good = shaped & (total % 10 == 0).fill_null(value=False)
    return good.set(texts.is_null(), None)


def text_states(frame: pl.DataFrame, fields: Fields, field: str) -> list[pl.Series]:
    """Whether a text of the claim is there; where the column holds anything but text, the cell."""
    found = []
    for place in fields.places(field, of_line=False):
        cells = frame[fields.columns.names[place.column]]
        if cells.dtype == pl.String and not place.values:
            found.append(text_of(cells).is_not_null().cast(pl.Int8))
        else:
            found.append(fields.words(frame, place.column)[1])
    return found


def days_bad(frame: pl.DataFrame, fields: Fields, field: str, *, of_line: bool) -> list[pl.Series]:
    """Of each day that cannot be read, the cell."""
    read = fields.days(frame, field, of_line=of_line)
    if read is None:
        return []
    places = fields.places(field, of_line=of_line)
    if not read[1].any():
        return [pl.zeros(len(frame), dtype=pl.UInt32, eager=True) for _ in places]
    numbers = (fields.words(frame, place.column)[1] for place in places)
    return [column.zip_with(read[1], column.clip(0, 0)) for column in numbers]


def relations(days: Iterable[pl.Series]) -> list[pl.Series]:
    """How each two columns of days stand to each other: before, on the same day, after, or one of them missing."""
    columns = list(days)
    found = []
    for place, one in enumerate(columns):
        found += [(one > other).cast(pl.Int8) - (one < other).cast(pl.Int8) for other in columns[place + 1 :]]
    return found


SMALL, MORE = 10, 1_000
"""Classes of amounts: `SMALL` and the cents, up to a dollar; `MORE` than a dollar. Others are below `SMALL`."""

_A_DOLLAR = 100
_MOST = 10**13


@attrs.frozen(eq=False)
class Money:
    """Amounts by their class, as rules read charges: 0 missing, 1 unreadable, 2 odd, `SMALL` + cents, or `MORE`.

    `odd` are the negative ones, those with a fraction of a cent, and those above all claims: they are not told apart.
    `cents` is None of all that are not `SMALL` or `MORE`.
    """

    kind: pl.Series
    cents: pl.Series
    odd: pl.Series

    @classmethod
    def of(cls, amounts: pl.Series, bad: pl.Series) -> Money:
        """The classes of amounts of `AMOUNT`, of which some are `bad`: there, and cannot be read.

        >>> from decimal import Decimal
        >>> from claimcheck.frames.schema import AMOUNT
        >>> some = [Decimal("0.01"), Decimal("250"), Decimal("-1"), Decimal("0.001"), None, None]
        >>> money = Money.of(pl.Series(some, dtype=AMOUNT), pl.Series([False] * 5 + [True]))
        >>> money.kind.to_list(), money.cents.to_list()
        ([11, 1000, 2, 2, 0, 1], [1, 25000, None, None, None, None])
        """
        whole = amounts.cast(pl.Decimal(38, 2))
        plain = whole.cast(amounts.dtype).eq(amounts)
        odd = (~plain | (amounts < 0) | (amounts > _MOST)).fill_null(value=False)
        cents = (amounts.cast(pl.Float64) * 100).round().set(odd, None).cast(pl.Int64)
        kind = cents.clip(None, _A_DOLLAR + 1).cast(pl.Int32) + SMALL
        kind = kind.set(cents > _A_DOLLAR, MORE).set(odd, 2).set(bad, 1).fill_null(0)
        return cls(kind, cents, odd)
