"""What of a line, as it stands on its claim, can make the verdict on it differ."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from claimcheck.claims import code_fields, reading
from claimcheck.claims.read_as import ReadAs
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.combinations import first_alike, numbered
from claimcheck.frames.features import Eras, Money, code_states, days_bad
from claimcheck.frames.headers import Headers, Known, place_numbers
from claimcheck.frames.plain import whole_units
from claimcheck.rules.facts.pointer import pointer_flags

__all__ = ["Lines", "Pointers"]

_AS_IT_IS = (
    "procedure_code",
    "modifiers",
    "revenue_code",
    "unit_basis",
    "code_qualifier",
    "ndc",
    "ndc_quantity",
    "ndc_unit",
    "result_value",
    "tooth_numbers",
    "tooth_surfaces",
    "oral_cavity",
)


class Pointers:
    """What is to be said of the pointers of lines, asked once of each combination with a number of diagnoses."""

    def __init__(self) -> None:
        self._said: dict[tuple[frozenset[str], str | None], int] = {}

    def number(self, given: object, diagnoses: int) -> int:
        """A number for what is to be said; 0 for a line without pointers."""
        read = code_fields.pointers(given)
        pointers = reading.value_of(read)
        if not pointers:
            return 0
        how = read.how if isinstance(read, ReadAs) else None
        said = frozenset(map(str, pointer_flags(pointers, diagnoses))), how
        return self._said.setdefault(said, len(self._said) + 1)


class Lines:
    """The lines of a chunk's claims."""

    def __init__(self, chunk: Chunk, headers: Headers, eras: Eras, known: Known, pointers: Pointers) -> None:
        self.chunk, self.headers, self.eras, self.known, self.pointers = chunk, headers, eras, known, pointers
        self.rows, self.fields = chunk.rows, chunk.fields

    def _days(self, field: str) -> pl.Series:
        read = self.fields.days(self.rows, field, of_line=True)
        return pl.repeat(None, len(self.rows), dtype=pl.Int32, eager=True) if read is None else read[0]

    @cached_property
    def first(self) -> pl.Series:
        """The service date of each line."""
        return self._days("service_date")

    @cached_property
    def last(self) -> pl.Series:
        """The last service date of each line that has one."""
        return self._days("service_date_end")

    @cached_property
    def charge(self) -> Money:
        """The charges."""
        return self._money("charge")

    @cached_property
    def noncovered(self) -> Money:
        """The charges that are not covered."""
        return self._money("noncovered_charge")

    def _money(self, field: str) -> Money:
        return Money.of(*self.chunk.amounts(field))

    @cached_property
    def era(self) -> pl.Series:
        """The era of each service date."""
        return self.eras.of(self.first)

    @cached_property
    def places(self) -> list[pl.Series]:
        """The numbers of the places of service."""
        return place_numbers(self.rows, self.fields, self.known.places, of_line=True)

    @cached_property
    def units(self) -> list[pl.Series]:
        """The numbers of the units, as they stand there."""
        return [numbers.cast(pl.Int64) for numbers in self.fields.numbers(self.rows, "units", of_line=True)]

    @cached_property
    def whole_units(self) -> pl.Series:
        """The units of each line of one day, where they are whole, from 1 to a million; else 0."""
        places = self.fields.places("units", of_line=True)
        if len(places) != 1:
            return pl.zeros(len(self.rows), dtype=pl.Int32, eager=True)
        units = self.fields.asked(self.rows, places[0], whole_units, missing=0)
        return units.set(~(self.last.is_null() | (self.last == self.first)).fill_null(value=False), 0)

    def plain_units(self, most: pl.Series) -> pl.Series:
        """1 where a line bills units of which there is nothing to be said, 2 where it does in all else; else 0.

        That is, at most so many. Only beside two modifiers one unit is not as several are.
        """
        several = (self._modifiers > 1) & (self.whole_units > 1)
        plain = ((self.whole_units > 0) & (self.whole_units <= most)).cast(pl.Int32)
        return plain * (several.cast(pl.Int32) + 1)

    @cached_property
    def _modifiers(self) -> pl.Series:
        """How many modifiers each line has, or more."""
        count = pl.zeros(len(self.rows), dtype=pl.Int32, eager=True)
        for place in self.fields.places("modifiers", of_line=True):
            there = (self.fields.words(self.rows, place.column)[1] > 0).cast(pl.Int32)
            count = count + (there if isinstance(place.target.number, int) else there * 2)
        return count

    def features(
        self, line_header: pl.Series, diagnoses: pl.Series, exact_charge: pl.Series, time: pl.Series, plain: pl.Series
    ) -> list[pl.Series]:
        """What the verdict on a line may hang on, where no other line has a part in it.

        `line_header` is the number of what of its claim's header that hangs on, `diagnoses` how many the claim has;
        `exact_charge` says which lines are judged by the very charge, `plain` which units are such that nothing
        is to be said of them (see `plain_units`); `time` is that of the code.
        """
        on_rows = self.chunk.on_rows
        features = [on_rows(line_header)]
        features += [numbers for field in _AS_IT_IS for numbers in self.fields.numbers(self.rows, field, of_line=True)]
        features += [units.set(plain == 1, -1).set(plain == 2, -2) for units in self.units]
        features += self.places
        features += [self.charge.kind, self.charge.cents.set(~exact_charge, None), self.noncovered.kind]
        features += [time, self._dates(), self.last - self.first, self._result_date()]
        for field in ("service_date", "service_date_end", "result_date"):
            features += days_bad(self.rows, self.fields, field, of_line=True)
        for field in ("service_date", "service_date_end", "result_date", "charge", "noncovered_charge", "line_number"):
            features += self.fields.spellings(self.rows, field, of_line=True)
        features.append(self._pointers(on_rows(diagnoses)))
        for field, wrong in self.known.of_lines.items():
            features += code_states(self.rows, self.fields, field, wrong, of_line=True)
        for field in ("description", "line_number"):
            features += self._is_there(field)
        return features

    def _dates(self) -> pl.Series:
        """How the dates of each line stand to those of its claim, in bits."""
        start, end = self.first.fill_null(self.last), self.last.fill_null(self.first)
        of_claim = {name: self.chunk.on_rows(self.headers.days(name)) for name in self._dates_of_claims}
        reference = self.chunk.on_rows(self.headers.reference)
        bits = [end > reference, self.first.is_null(), self.last.is_null()]
        for name, days in of_claim.items():
            bits.append(start < days if name in ("birth_date", "statement_from") else end > days)
        total = pl.zeros(len(self.rows), dtype=pl.Int32, eager=True)
        for place, bit in enumerate(bits):
            total = total + bit.fill_null(value=False).cast(pl.Int32) * 2**place
        return total

    _dates_of_claims = ("birth_date", "death_date", "statement_from", "statement_through")

    def _result_date(self) -> pl.Series:
        """How the date of a result stands to the line's: 0 none, 1 the same, 2 within its span, 3 elsewhere."""
        tested = self._days("result_date")
        within = ((tested >= self.first) & (tested <= self.last)).fill_null(value=False)
        same = (tested == self.first).fill_null(value=False)
        where = pl.repeat(3, len(self.rows), dtype=pl.Int8, eager=True).set(within, 2).set(same, 1)
        return where.set(tested.is_null(), 0)

    def _pointers(self, diagnoses: pl.Series) -> pl.Series:
        columns = self.fields.numbers(self.rows, "diagnosis_pointers", of_line=True)
        if not columns:
            return pl.zeros(len(self.rows), dtype=pl.UInt32, eager=True)
        alike = first_alike([*columns, diagnoses])
        firsts = alike.filter(alike == pl.int_range(len(alike), dtype=pl.UInt32, eager=True))
        given = self.fields.columns.lines_of(self.rows[firsts], "diagnosis_pointers")
        said = [
            self.pointers.number(pointers, count)
            for pointers, count in zip(given, diagnoses.gather(firsts).to_list(), strict=True)
        ]
        return numbered(alike, firsts, pl.Series(said, dtype=pl.UInt32))

    def _is_there(self, field: str) -> list[pl.Series]:
        """Whether a field is there, and what it is where it may not be readable."""
        found = []
        for place in self.fields.places(field, of_line=True):
            if field == "description" and self.rows.schema[self.fields.columns.names[place.column]] == pl.String:
                found.append(self._cells(place.column).is_not_null().cast(pl.UInt32))
            elif field == "line_number":
                found.append(self.fields.asked(self.rows, place, _cannot_be_counted, missing=0, dtype=pl.UInt32))
            else:
                found.append(self.fields.words(self.rows, place.column)[1])
        return found

    def _cells(self, column: int) -> pl.Series:
        return self.fields.texts(self.rows, column)


def _cannot_be_counted(cell: object) -> int:
    return int(not isinstance(reading.value_of(reading.whole(cell)), int))
