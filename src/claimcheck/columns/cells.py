"""The cells of some claims as integer arrays, with everything that can make two results differ.

For most fields that is the numbered cell. For fields that differ on every claim it is what rules read instead: not the
NPI but whether it is valid, not the date but how it relates to others, not the charge but its class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from claimcheck.claims import reading
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import Reader
from claimcheck.columns.fields import CLAIM_READERS, LINE_READERS, Fields
from claimcheck.columns.numbering import Ints
from claimcheck.columns.times import NO_DAY
from claimcheck.columns.words import text_of
from claimcheck.rules.facts.code import read_code

__all__ = ["Bools", "Cells", "Money", "States"]

Bools = npt.NDArray[Any]
Parse = Callable[[object], Any]

_MOST_CENTS = 10**15


class Money(NamedTuple):
    """Amounts in cents, 0 if missing; which are `missing`, and which are `odd`.

    Odd amounts are unreadable, unusually spelled, negative, or not in whole cents.
    """

    cents: Ints
    missing: Bools
    odd: Bools


class States:
    """The state of a code field: 0 empty, 1 valid, else a number for what is wrong."""

    def __init__(self, field: str, parse: Parse, *, of_line: bool) -> None:
        self.field, self._parse, self.of_line = field, parse, of_line
        self._reader: Reader = (LINE_READERS if of_line else CLAIM_READERS)[field]
        self._wrong: dict[Any, int] = {}

    def __call__(self, cell: Any) -> int:
        read = self._reader(cell)
        field = read_code(self._parse, reading.value_of(read))
        if field.missing:
            return 0
        how = read.how if isinstance(read, ReadAs) else None
        if not field.wrong and how is None:
            return 1
        return self._wrong.setdefault((field.state, field.error, field.shape, how), len(self._wrong) + 2)


class Cells:
    """Some rows of a frame; `of_line` says whether its fields are those of lines or of claims."""

    def __init__(self, rows: pl.DataFrame, fields: Fields, *, of_line: bool) -> None:
        self.rows, self.fields, self.of_line = rows, fields, of_line

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, field: str) -> bool:
        """Whether there is a column for a field."""
        return bool(self.fields.places(field, of_line=self.of_line))

    def numbers(self, *names: str) -> list[Ints]:
        """The cell numbers in all columns of some fields."""
        found = (self.fields.numbers(self.rows, name, of_line=self.of_line) for name in names)
        return [numbers.to_numpy() for of_field in found for numbers in of_field]

    def there(self, field: str) -> list[Ints]:
        """Whether text is present; for a column with other content, the cell numbers."""
        found = []
        for place in self.fields.places(field, of_line=self.of_line):
            cells = self.rows[self.fields.columns.names[place.column]]
            if self.fields.is_text(self.rows, place):
                texts = text_of(cells) if cells.null_count() < len(cells) else cells
                found.append(texts.is_not_null().to_numpy().view(np.uint8))
            else:
                found.append(self.fields.words(self.rows, place.column)[1].to_numpy())
        return found

    def states(self, states: States) -> list[Ints]:
        """The states of a field's codes."""
        return self.asked(states.field, states)

    def asked(self, field: str, question: Callable[[Any], int]) -> list[Ints]:
        """What a question says about the cells in the columns of a field; 0 where one is empty."""
        return [
            self.fields.asked(self.rows, place, question, missing=0).to_numpy()
            for place in self.fields.places(field, of_line=self.of_line)
        ]

    def days(self, field: str) -> Ints:
        """A date field, counted from 1970; `NO_DAY` if missing."""
        read = self.fields.days(self.rows, field, of_line=self.of_line)
        if read is None:
            return np.full(len(self.rows), NO_DAY, np.int32)
        return read[0].fill_null(NO_DAY).to_numpy()

    def odd_days(self, fields: Iterable[str]) -> Bools:
        """Where a date is unreadable, or spelled in a way that is reported."""
        odd = np.zeros(len(self.rows), bool)
        for field in fields:
            read = self.fields.days(self.rows, field, of_line=self.of_line)
            if read is not None and read[1].any():
                odd |= read[1].to_numpy()
            odd |= self.spelled(field)
        return odd

    def spelled(self, field: str) -> Bools:
        """Where a field is spelled in a way that is reported."""
        odd = np.zeros(len(self.rows), bool)
        for spelling in self.fields.spellings(self.rows, field, of_line=self.of_line):
            odd |= spelling.to_numpy() != 0
        return odd

    def money(self, field: str) -> Money:
        """An amount field."""
        read = self.fields.amounts(self.rows, field, of_line=self.of_line)
        if read is None:
            nothing = np.zeros(len(self.rows), np.int64)
            return Money(nothing, np.ones(len(self.rows), bool), np.zeros(len(self.rows), bool))
        amounts, bad = read
        whole = amounts.cast(pl.Decimal(38, 2))
        exact = whole.fill_null(0).to_physical().clip(-_MOST_CENTS - 1, _MOST_CENTS + 1).cast(pl.Int64).to_numpy()
        odd = bad.to_numpy() | self.spelled(field) | (exact < 0) | (exact > _MOST_CENTS)
        odd = odd | whole.cast(amounts.dtype).ne(amounts).fill_null(value=False).to_numpy()
        return Money(exact, amounts.is_null().to_numpy(), odd)
