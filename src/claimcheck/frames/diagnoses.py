"""The diagnoses of claims, where they stand in numbered columns: each is judged by itself.

What a rule says of a diagnosis hangs on the diagnosis and on the time, and on nothing else of its claim. In any other
kind of columns (several codes in one cell, lists by role, codes of the lines) the diagnoses are a part of the claim.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import polars as pl

from claimcheck.claims import code_fields, reading
from claimcheck.claims.read_as import ReadAs
from claimcheck.codes import icd10cm
from claimcheck.errors import CodeError
from claimcheck.frames.combinations import first_alike, numbered
from claimcheck.frames.fields import Fields
from claimcheck.frames.words import Words
from claimcheck.io.rows.layout import Place
from claimcheck.io.rows.target import ALL, ROLES

__all__ = ["Diagnoses", "DiagnosisWords"]

_FIELDS = ("diagnoses", *ROLES, "line_diagnoses")
_PARTS = ("code", "version", "role", "poa")


class DiagnosisWords:
    """The distinct cells of the columns of diagnoses, of each part those of all columns together."""

    def __init__(self) -> None:
        self.of_part = {part: Words(pl.String()) for part in _PARTS}
        self.codes: dict[str, int] = {}
        self._bare: dict[str, int] = {}

    def index(self, cell: Any) -> int:
        """The number of the ICD-10-CM code that a cell spells, by `codes`; -1 where it spells none."""
        try:
            code = icd10cm.parse(reading.value_of(code_fields.diagnosis_code(cell))).text
        except CodeError:
            return -1
        return self.codes.setdefault(code, len(self.codes))

    def bare(self, cell: Any) -> int:
        """A number for the code, however it is spelled."""
        return self._bare.setdefault(str(cell).replace(".", "").upper(), len(self._bare) + 1)


def _is_read_as(cell: Any) -> int:
    return int(isinstance(code_fields.diagnosis_code(cell), ReadAs))


def _poa_is_read_as(cell: Any) -> int:
    return int(isinstance(code_fields.one_digit(cell), ReadAs))


class Diagnoses:
    """The diagnoses of the claims whose first rows are `heads`."""

    def __init__(self, heads: pl.DataFrame, fields: Fields, words: DiagnosisWords) -> None:
        self.heads, self.fields, self.words = heads, fields, words
        self.places = [p for p in fields.columns.places if p.target.field in _FIELDS]
        self._known: dict[tuple[int | str, str], list[pl.Series]] = {}
        parts = [(place.target.number, place.target.part) for place in self.places]
        self.numbered = all(map(self._is_numbered, self.places)) and len({*parts}) == len(parts)
        self.slots = (
            sorted({int(str(p.target.number)) for p in self.places if p.target.number != ALL}) if self.numbered else []
        )

    def _is_numbered(self, place: Place) -> bool:
        target = place.target
        if self.heads.schema[self.fields.columns.names[place.column]] != pl.String or target.field != "diagnoses":
            return False
        return target.part in _PARTS and (
            target.number == ALL or (isinstance(target.number, int) and target.number > 0)
        )

    def numbers(self, slot: int | str, part: str) -> list[pl.Series]:
        """The numbers of the cells of one part of a diagnosis."""
        known = self._known.get((slot, part))
        if known is None:
            known = self._known[slot, part] = self._numbers(slot, part)
        return known

    def _numbers(self, slot: int | str, part: str) -> list[pl.Series]:
        found = [p for p in self.places if (p.target.number, p.target.part) == (slot, part)]
        names = self.fields.columns.names
        return [self.words.of_part[part].numbers(self.heads[names[place.column]]) for place in found]

    def indices(self, slot: int) -> pl.Series:
        """The numbers of the codes of one slot, by `DiagnosisWords.codes`."""
        words = self.words.of_part["code"]
        found = self.numbers(slot, "code")
        if not found:
            return pl.repeat(-1, len(self.heads), dtype=pl.Int32, eager=True)
        return words.asked(self.words.index, found[0], missing=-1)

    def there(self, slot: int) -> pl.Series:
        """Whether the claim has the diagnosis."""
        found = self.numbers(slot, "code")
        there = pl.repeat(value=False, n=len(self.heads), dtype=pl.Boolean, eager=True)
        for numbers in found:
            there = there | (numbers > 0)
        return there

    def given(self, slot: int, claims: pl.Series) -> list[Any]:
        """The diagnosis in one slot of each of some claims that have one there, as the reader of rows has it."""
        columns = self.fields.columns
        names = [columns.names[p.column] for p in self.places if p.target.number in (slot, ALL)]
        return [diagnosis for (diagnosis,) in columns.lists_of(self.heads[names][claims], "diagnoses")]

    @property
    def count(self) -> pl.Series:
        """How many diagnoses each claim has."""
        if not self.numbered:
            alike = first_alike(self.of_claims())
            firsts = alike.filter(alike == pl.int_range(len(alike), dtype=pl.UInt32, eager=True))
            counts = list(map(len, self.fields.columns.lists_of(self.heads[firsts], "diagnoses")))
            return numbered(alike, firsts, pl.Series(counts, dtype=pl.UInt32))
        total = pl.zeros(len(self.heads), dtype=pl.UInt32, eager=True)
        for slot in self.slots:
            total = total + self.there(slot).cast(pl.UInt32)
        return total

    @cached_property
    def _repeats(self) -> tuple[pl.Series, pl.Series]:
        """How many pairs of diagnoses of each claim are one code, and a code of which there is a pair, 0 of none."""
        words = self.words
        codes = [
            words.of_part["code"].asked(words.bare, numbers, missing=0)
            for slot in self.slots
            for numbers in self.numbers(slot, "code")
        ]
        pairs = pl.zeros(len(self.heads), dtype=pl.Int32, eager=True)
        repeated = pairs
        for place, one in enumerate(codes):
            for other in codes[place + 1 :]:
                same = (one == other) & (one > 0)
                pairs = pairs + same.cast(pl.Int32)
                repeated = one.zip_with(same, repeated)
        return pairs, repeated

    @property
    def repeated_often(self) -> pl.Series:
        """Whether more than one code, or one more than twice, may stand on the claim again."""
        return self._repeats[0] > 1

    def of_claims(self) -> list[pl.Series]:
        """What of all diagnoses together the verdict on the claim may hang on."""
        if not self.numbered:
            return [self.fields.words(self.heads, place.column)[1] for place in self.places]
        features = [*self.numbers(ALL, "version"), self._repeats[1]]
        for slot in self.slots:
            features.append(self.there(slot).cast(pl.Int8))
            features += [*self.numbers(slot, "version"), *self.numbers(slot, "role")]
            features += [
                self.words.of_part["code"].asked(_is_read_as, one, missing=0) for one in self.numbers(slot, "code")
            ]
            features += [
                self.words.of_part["poa"].asked(_poa_is_read_as, one, missing=0) for one in self.numbers(slot, "poa")
            ]
        return features

    def of_slot(self, slot: int, more: list[pl.Series]) -> list[pl.Series]:
        """What the verdict on one diagnosis may hang on, beside what is in `more`: a column for each part."""
        zero = pl.zeros(len(self.heads), dtype=pl.UInt32, eager=True)
        features = [zero + (slot == 1)]
        for part in _PARTS:
            features += self.numbers(slot, part) or [zero]
        features += self.numbers(ALL, "version") or [zero]
        return features + more
