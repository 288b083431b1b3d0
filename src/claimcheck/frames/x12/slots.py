"""The fields of claims, or of lines, as pieces of a text, and which of them the columns do not hold exactly."""

from __future__ import annotations

import numpy as np
import polars as pl

from claimcheck.frames.x12.strings import column
from claimcheck.frames.x12.text import Bools, Ints, SegmentText, Slices, number_of
from claimcheck.io.rows.table import MISSING_TEXTS

__all__ = ["Slots"]

_MISSING = np.array(sorted(number_of(text.encode()) for text in MISSING_TEXTS if text), np.uint64)
_LONGEST_MISSING = max(map(len, MISSING_TEXTS))
#: How a text begins that a table takes for a missing value, or that has space around it.
_DOUBTFUL = np.zeros(256, bool)
_DOUBTFUL[[ord(" "), *(ord(text[0]) for text in MISSING_TEXTS if text)]] = True
_AMOUNT = r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"
_DAYS_OF_MONTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


class Slots:
    """So many rows, and what is put into their fields.

    `odd` are the rows that are left to the reader of claims.
    """

    def __init__(self, text: SegmentText, many: int) -> None:
        self.text, self.many = text, many
        self.odd = np.zeros(many, bool)
        self.pieces: dict[str, Slices] = {}
        self.latest = np.zeros(many, np.int64)  #: the last day of each row that was read, as the number CCYYMMDD

    def put(self, field: str, rows: Ints, of: Slices) -> None:
        """Puts pieces into a field of rows, which come in their order. A row to which two are put is odd."""
        if len(rows) > 1:
            self.odd[rows[1:][rows[1:] == rows[:-1]]] = True
        starts, sizes = np.zeros((2, self.many), np.int64)
        starts[rows], sizes[rows] = of
        self.pieces[field] = Slices(starts, sizes)

    def leave(self, rows: Ints, which: Bools) -> None:
        """Leaves those rows to the reader of claims."""
        self.odd[rows[which]] = True

    def there(self, field: str) -> bool:
        """Whether any row has the field."""
        return field in self.pieces and bool(self.pieces[field].sizes.any())

    # ------------------------------------------------------------------ columns

    def texts(self, field: str, size: int | None = None) -> pl.Series:
        """A field of text. Of another size, or read otherwise in a table, it is odd."""
        of = self.pieces.get(field)
        if of is None or not of.sizes.any():
            return pl.repeat(None, self.many, dtype=pl.String, eager=True)
        if size is not None:
            self.odd |= (of.sizes != size) & (of.sizes > 0)
        doubtful = np.flatnonzero(_DOUBTFUL[self.text.first(of)])
        if len(doubtful):
            cells = of.at(doubtful)
            missing = (cells.sizes <= _LONGEST_MISSING) & np.isin(self.text.word(cells), _MISSING)
            self.odd[doubtful[missing | (self.text.first(cells) == ord(" "))]] = True
        return column(self.text, of)

    def raw(self, field: str) -> pl.Series:
        """A field as it is in the file."""
        of = self.pieces.get(field)
        return pl.repeat(None, self.many, dtype=pl.String, eager=True) if of is None else column(self.text, of)

    def identifiers(self, field: str) -> pl.Series:
        """The same of what names something: with ".0" at its end it may be read as a number."""
        of = self.pieces.get(field)
        if of is not None:
            ends = of.starts + of.sizes
            self.odd |= (
                (of.sizes > 2) & (self.text.octets[ends - 2] == ord(".")) & (self.text.octets[ends - 1] == ord("0"))
            )
        return self.texts(field)

    def amounts(self, field: str) -> pl.Series:
        """A field of an amount, as its text, which is how the amount is written."""
        found = self.texts(field)
        if found.null_count() < len(found):
            plain = found.str.contains(_AMOUNT).fill_null(value=True)
            self.odd |= ~plain.to_numpy()
        return found

    def days(self, field: str) -> pl.Series:
        """A field of a day, written as CCYYMMDD."""
        of = self.pieces.get(field)
        if of is None:
            return pl.repeat(None, self.many, dtype=pl.Date, eager=True)
        there = of.sizes > 0
        good = self.text.are_digits(of, 8) & (of.sizes == 8)
        days, numbers, real = _days(self.text, of, good)
        self.odd |= there & ~real
        self.latest = np.maximum(self.latest, np.where(real, numbers, 0))
        made = pl.Series(days.astype(np.int32)).cast(pl.Date)
        return made if real.all() else made.set(pl.Series(~real), None)


def _days(text: SegmentText, of: Slices, good: Bools) -> tuple[Ints, Ints, Bools]:
    """Days counted from 1970, as numbers CCYYMMDD, and whether they are days of the calendar from 1900 to 2099."""
    starts = np.where(good, of.starts, 0)
    digits = text.digits(Slices(starts, of.sizes), 8)
    year = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3]
    month, day = digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]
    real = good & (year >= 1900) & (year < 2100) & (month >= 1) & (month <= 12) & (day >= 1)
    leap = (year % 4 == 0) & (year != 1900)
    real &= day <= _DAYS_OF_MONTHS[np.where(real, month, 0)] + (leap & (month == 2))
    # The days before a month of a year that begins in March: 30.6 a month.
    months = (month + 9) % 12
    years = year - (month < 3)
    counted = years * 365 + years // 4 - years // 100 + years // 400 + (months * 306 + 5) // 10 + day - 1
    return counted - 719_468, (year * 100 + month) * 100 + day, real
