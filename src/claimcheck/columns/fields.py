"""The fields of claims and lines in the columns of a frame, each cell read by the row reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from claimcheck.claims import Claim, ServiceLine, amount_fields, reading
from claimcheck.claims.keys import readers_of
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import Reader
from claimcheck.columns.schema import AMOUNT
from claimcheck.columns.table import Columns
from claimcheck.columns.words import Words, text_of, whole_texts
from claimcheck.io.rows import spelling
from claimcheck.io.rows.layout import Place
from claimcheck.io.rows.table import is_missing, plain_cell

__all__ = ["CLAIM_READERS", "EPOCH", "LINE_READERS", "Fields"]

EPOCH = date(1970, 1, 1).toordinal()
_CENTS = r"^[0-9]{1,13}(\.[0-9]{1,2})?$"
_SCALE = 2
_IDENTIFIERS = ("claim_id", "member_id", "original_claim_id")
_UNREADABLE = -(2**31)


class Fields:
    """The fields of a table, chunk by chunk: each distinct cell is read once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._words: dict[int, Words] = {}
        self._questions: dict[tuple[int, Any], Callable[[Any], Any]] = {}
        self._at_hand: dict[int, tuple[pl.DataFrame, dict[Any, Any]]] = {}

    def forget(self) -> None:
        """Drops the frames read so far."""
        self._at_hand.clear()

    def _once(self, frame: pl.DataFrame, key: Any, make: Callable[[], Any]) -> Any:
        """A value computed once per frame until it is dropped."""
        _, known = self._at_hand.setdefault(id(frame), (frame, {}))
        if key not in known:
            known[key] = make()
        return known[key]

    def places(self, field: str, *, of_line: bool) -> list[Place]:
        """The columns of a field, in order of precedence."""
        return [p for p in self.columns.places if p.target.field == field and p.target.of_line is of_line]

    def constant(self, field: str) -> Any:
        """The layout's constant for a field."""
        return self.columns.layout.constants.get(field)

    def words(self, frame: pl.DataFrame, column: int) -> tuple[Words, pl.Series]:
        """The distinct cells of a column, and the number of each cell of the frame."""
        cells = frame[self.columns.names[column]]
        words = self._words.get(column)
        if words is None or words.dtype != cells.dtype:
            words = self._words[column] = Words(cells.dtype)
        numbers: pl.Series = self._once(frame, ("numbers", column), lambda: words.numbers(cells))
        return words, numbers

    def texts(self, frame: pl.DataFrame, column: int) -> pl.Series:
        """The cells of a column, as text."""
        texts: pl.Series = self._once(frame, ("texts", column), lambda: text_of(frame[self.columns.names[column]]))
        return texts

    def whole_texts(self, frame: pl.DataFrame, column: int) -> pl.Series:
        """The same for a column of identifiers."""
        texts: pl.Series = self._once(frame, ("whole", column), lambda: whole_texts(frame[self.columns.names[column]]))
        return texts

    def distinct(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> set[str]:
        """The distinct texts in a field so far, split where a cell holds several."""
        found: set[str] = set()
        for place in self.places(field, of_line=of_line):
            reader = _reader_of(place)
            for cell in self.words(frame, place.column)[0].cells:
                read = reading.value_of(reader(cell))
                found |= {one for one in (read if isinstance(read, tuple) else (read,)) if isinstance(one, str)}
        return found

    def numbers(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> list[pl.Series]:
        """The cell numbers in each column of a field."""
        return [self.words(frame, place.column)[1] for place in self.places(field, of_line=of_line)]

    def text(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> pl.Series | None:
        """A text field, as its reader reads it: None if missing or not text. None without a column."""
        found = [self._text(frame, place) for place in self.places(field, of_line=of_line)]
        return _first_of(found)

    def _text(self, frame: pl.DataFrame, place: Place) -> pl.Series:
        cells = frame[self.columns.names[place.column]]
        reader = _reader_of(place)
        if self.is_text(frame, place) and reader in _OF_TEXT:
            whole = place.target.field in spelling.IDENTIFIERS
            return self.whole_texts(frame, place.column) if whole else self.texts(frame, place.column)
        if cells.dtype.is_integer() and place.target.field in _IDENTIFIERS and not (cells < 0).any():
            return cells.cast(pl.String)
        return self.asked(frame, place, _TEXT_OF[reader], missing=None, dtype=pl.String)

    def is_text(self, frame: pl.DataFrame, place: Place) -> bool:
        """Whether the cells of a column are the texts of its field: no number that lost digits is an identifier."""
        cells = frame[self.columns.names[place.column]]
        if cells.dtype != pl.String or place.values:
            return False
        if _reader_of(place) not in _IDENTIFYING:
            return True
        lost: bool = self._once(frame, ("lost", place.column), lambda: _lost_digits(cells))
        return not lost

    def asked(
        self, frame: pl.DataFrame, place: Place, question: Callable[[Any], Any], *, missing: Any, dtype: Any = pl.Int32
    ) -> pl.Series:
        """The answers to `question` for the cells of a column, as the row reader reads them."""
        words, numbers = self.words(frame, place.column)
        key = (place.column, question)
        if key not in self._questions:
            read = self._reader(place)
            self._questions[key] = lambda cell: question(read(cell))
        asked = self._questions[key]
        answers: pl.Series = self._once(
            frame, ("asked", *key), lambda: words.asked(asked, numbers, missing=missing, dtype=dtype)
        )
        return answers

    def _reader(self, place: Place) -> Callable[[Any], Any]:
        """The row reader's value for a nonblank cell."""
        layout = self.columns.layout
        of_text: Callable[[str], Any] = lambda text: text  # noqa: E731
        if place.values:
            of_text = lambda text: place.values.get(text, text)  # noqa: E731
        elif place.target.field in spelling.IDENTIFIERS:
            of_text = spelling.identifier
        elif layout.date is not None and place.target.is_date:
            of_text = spelling.reader(layout.date)

        def read(cell: Any) -> Any:
            if isinstance(cell, str):
                cell = of_text(cell)
            return cell

        return read

    def days(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> tuple[pl.Series, pl.Series] | None:
        """A date field, counted from 1970, and whether it is present but unreadable. None without a column."""
        places = self.places(field, of_line=of_line)
        if not places:
            return None
        read: tuple[pl.Series, pl.Series] = self._once(
            frame, ("days", field, of_line), lambda: self._read_days(frame, places)
        )
        return read

    def _read_days(self, frame: pl.DataFrame, places: list[Place]) -> tuple[pl.Series, pl.Series]:
        read = _first_of([self._days(frame, place) for place in places])
        assert read is not None  # noqa: S101 - there are places
        bad = read.eq(_UNREADABLE).fill_null(value=False)
        return (read.set(bad, None) if bad.any() else read), bad

    def _days(self, frame: pl.DataFrame, place: Place) -> pl.Series:
        cells = frame[self.columns.names[place.column]]
        if cells.dtype == pl.Date:
            return cells.to_physical()
        return self.asked(frame, place, _DAY_OF[_reader_of(place)], missing=None)

    def spellings(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> list[pl.Series]:
        """The spelling of each cell of a field, as a number, 0 for claimcheck's own."""
        found = []
        for place in self.places(field, of_line=of_line):
            if self._is_plain(frame, place):
                found.append(pl.zeros(len(frame), dtype=pl.Int32, eager=True))
            else:
                found.append(self.asked(frame, place, _HOW_OF[_reader_of(place)], missing=0))
        return found

    def _is_plain(self, frame: pl.DataFrame, place: Place) -> bool:
        """Whether a column has a type, or texts, in claimcheck's own spelling."""
        dtype = frame.schema[self.columns.names[place.column]]
        if _reader_of(place) is not amount_fields.amount:
            return dtype == pl.Date
        return dtype.is_numeric() or self._is_plain_amounts(frame, place)

    def _is_plain_amounts(self, frame: pl.DataFrame, place: Place) -> bool:
        """Whether every cell of a column is an amount as text, with at most two decimals."""
        cells = frame[self.columns.names[place.column]]
        if cells.dtype != pl.String or place.values:
            return False
        plain: bool = self._once(
            frame, ("plain", place.column), lambda: cells.str.contains(_CENTS).fill_null(value=True).all()
        )
        return plain

    def amounts(self, frame: pl.DataFrame, field: str, *, of_line: bool) -> tuple[pl.Series, pl.Series] | None:
        """An amount field, and whether it is present but unreadable. None without a column."""
        places = self.places(field, of_line=of_line)
        if not places:
            return None
        read: tuple[pl.Series, pl.Series] = self._once(
            frame, ("amounts", field, of_line), lambda: self._read_amounts(frame, places)
        )
        return read

    def _read_amounts(self, frame: pl.DataFrame, places: list[Place]) -> tuple[pl.Series, pl.Series]:
        if len(places) < 2:
            return self._amounts(frame, places[0])
        # Of several columns the first nonblank one counts, readable or not.
        cells = [map(plain_cell, frame[self.columns.names[place.column]].to_list()) for place in places]
        first = [next((cell for cell in row if not is_missing(cell)), None) for row in zip(*cells, strict=True)]
        read = [_amount(cell) for cell in first]
        bad = [cell is not None and amount is None for cell, amount in zip(first, read, strict=True)]
        return pl.Series(read, dtype=AMOUNT), pl.Series(bad, dtype=pl.Boolean)

    def _amounts(self, frame: pl.DataFrame, place: Place) -> tuple[pl.Series, pl.Series]:
        cells = frame[self.columns.names[place.column]]
        if self._is_plain_amounts(frame, place):
            return cells.cast(AMOUNT), pl.repeat(value=False, n=len(cells), eager=True)
        exact = cells.dtype.is_integer() or (isinstance(cells.dtype, pl.Decimal) and cells.dtype.scale <= _SCALE)
        if exact and not place.values and not (cells.cast(pl.Float64).abs() > 1e15).any():
            return cells.cast(AMOUNT), pl.repeat(value=False, n=len(cells), eager=True)
        read = self.asked(frame, place, _amount, missing=None, dtype=AMOUNT)
        _, numbers = self.words(frame, place.column)
        return read, read.is_null() & (numbers > 0)


def _lost_digits(cells: pl.Series) -> bool:
    return cells.str.strip_chars().str.contains(reading.EXPONENT).any()


def _first_of(columns: list[pl.Series]) -> pl.Series | None:
    if len(columns) < 2:
        return columns[0] if columns else None
    named = [column.alias(str(place)) for place, column in enumerate(columns)]
    return pl.DataFrame(named).select(pl.coalesce(pl.all())).to_series()


_IDENTIFYING = (reading.identifier, reading.member_text)
_OF_TEXT = (reading.text, *_IDENTIFYING)
CLAIM_READERS = readers_of(Claim, beside={"source", "problems", "lines"})
LINE_READERS = readers_of(ServiceLine, beside={"source", "problems"})


def _reader_of(place: Place) -> Reader:
    """The reader of the field that a column maps to."""
    return (LINE_READERS if place.target.of_line else CLAIM_READERS)[place.target.field]


class _OfReader(dict[Reader, Callable[[Any], Any]]):
    """A question for each reader: what `of` makes of its value. One reader has one question."""

    def __init__(self, of: Callable[[Any], Any]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, reader: Reader) -> Callable[[Any], Any]:
        of = self._of
        question = self[reader] = lambda cell: of(reader(cell))
        return question


def _text(read: Any) -> str | None:
    value = reading.value_of(read)
    return value if isinstance(value, str) else None


def _day(read: Any) -> int | None:
    value = reading.value_of(read)
    if value is None:
        return None
    return value.toordinal() - EPOCH if isinstance(value, date) else _UNREADABLE


class _Spellings(dict[str, int]):
    """A number for each way in which values were read, from 1; 0 for claimcheck's own spelling."""

    def __call__(self, read: Any) -> int:
        return self.setdefault(read.how, len(self) + 1) if isinstance(read, ReadAs) else 0


_TEXT_OF, _DAY_OF, _HOW_OF = _OfReader(_text), _OfReader(_day), _OfReader(_Spellings())


def _amount(cell: Any) -> Decimal | None:
    value = reading.value_of(amount_fields.amount(cell))
    return value if isinstance(value, Decimal) else None
