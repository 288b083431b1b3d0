"""The distinct cells of a column, numbered as they occur, so that a question is asked once for each.

>>> words = Words(pl.String())
>>> words.numbers(pl.Series([" 99213", "", None, "80053", "99213"])).to_list()
[1, 0, 0, 2, 1]
>>> words.numbers(pl.Series(["80053"])).to_list(), words.cells
([2], [None, '99213', '80053'])
>>> words.asked(len, pl.Series([2, 1, 0], dtype=pl.UInt32), missing=-1).to_list()
[5, 5, -1]
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl

from claimcheck.io.rows.spelling import WHOLE_FLOAT
from claimcheck.io.rows.table import MISSING_TEXTS, Cell, plain_cell

__all__ = ["BLANKS", "Words", "stripped", "text_of", "whole_texts"]

#: What `str.strip` removes; Polars' default leaves some of it.
BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())


_MISSING = pl.Series(sorted(MISSING_TEXTS)).implode()
_LONGEST_MISSING = max(map(len, MISSING_TEXTS))


def stripped(column: pl.Series) -> pl.Series:
    """A text column, stripped."""
    return column.str.strip_chars(BLANKS)


def text_of(column: pl.Series) -> pl.Series:
    """The cells as text: stripped if text, else formatted so that different cells differ. None if blank.

    >>> text_of(pl.Series([1.5, None])).to_list(), text_of(pl.Series([["25"], None])).to_list()
    (['1.5', None], ['["25"]', None])
    """
    if column.dtype == pl.String:
        plain = stripped(column)
        short = plain.str.len_bytes() <= _LONGEST_MISSING
        return plain.set((short & plain.is_in(_MISSING)).fill_null(value=False), None)
    if column.dtype.is_float():
        column = column.fill_nan(None)
    if column.dtype.is_nested() or column.dtype in (pl.Object, pl.Binary):
        cells = [None if cell is None else json.dumps(plain_cell(cell)) for cell in column.to_list()]
        return pl.Series(column.name, cells, pl.String)
    return column.cast(pl.String)


def whole_texts(column: pl.Series) -> pl.Series:
    """The cells of a text column as identifiers: an integer stored as a float is the integer.

    >>> whole_texts(pl.Series([" 7.0", "7", "7.05"])).to_list()
    ['7', '7', '7.05']
    """
    texts = text_of(column)
    if not texts.str.ends_with(".0").any():
        return texts
    return texts.str.replace(WHOLE_FLOAT, "$1")


class Words:
    """The distinct cells of one column with type `dtype`: number 0 is blank."""

    def __init__(self, dtype: pl.DataType) -> None:
        self.dtype = dtype
        self.cells: list[Cell] = [None]
        categories = pl.Categories.random()
        self._kept = pl.Series(dtype=pl.Categorical(categories))  # keeps the category numbers alive
        self._numbers: list[int] = [0]  # of the spellings: those with surrounding space equal those without
        self._known: dict[Cell, int] = {}
        self._answers: dict[Any, pl.Series] = {}

    def numbers(self, column: pl.Series) -> pl.Series:
        """The number of each cell."""
        texts = column if column.dtype == pl.String else text_of(column)
        spellings = (texts.cast(self._kept.dtype).to_physical().cast(pl.UInt32) + 1).fill_null(0)
        self._learn(column, spellings)
        if len(self.cells) == len(self._numbers):
            return spellings
        return pl.Series(self._numbers, dtype=pl.UInt32).gather(spellings)

    def _learn(self, column: pl.Series, spellings: pl.Series) -> None:
        """Keeps cells that have not been seen before. A category's number is its order of arrival."""
        highest: int = spellings.max() or 0  # type: ignore[assignment]
        known = len(self._numbers)
        if highest < known:
            return
        new = pl.DataFrame({"number": spellings, "cell": column}).filter(pl.col("number") >= known)
        for cell in new.unique("number", keep="first").sort("number")["cell"].to_list():
            self._numbers.append(self._number(cell))

    def _number(self, given: Any) -> int:
        if not isinstance(given, str):
            plain = plain_cell(given)
            if plain is None:
                return 0
            self.cells.append(plain)
            return len(self.cells) - 1
        cell = given.strip()
        if cell in MISSING_TEXTS:
            return 0
        number = self._known.setdefault(cell, len(self.cells))
        if number == len(self.cells):
            self.cells.append(cell)
        return number

    def asked(
        self, question: Callable[[Any], Any], numbers: pl.Series, *, missing: Any, dtype: Any = pl.Int32
    ) -> pl.Series:
        """The answers to `question` for each cell, asked once for each distinct one; `missing` for a blank one."""
        known = self._answers.get(question)
        if known is None:
            known = pl.Series([missing], dtype=dtype)
        if len(known) < len(self.cells):
            answers = [question(cell) for cell in self.cells[len(known) :]]
            known = known.append(pl.Series(answers, dtype=dtype)).rechunk()
        self._answers[question] = known
        return known.gather(numbers)
