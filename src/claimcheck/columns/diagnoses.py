"""Diagnoses of claims in numbered columns: each is checked by itself, once.

What a rule reports about a diagnosis depends on the diagnosis and the time, and on nothing else of its claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from claimcheck.claims import Unreadable
from claimcheck.columns.cells import Bools
from claimcheck.columns.facts import Component
from claimcheck.columns.fields import Fields
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.columns.rule_hits import RuleHits
from claimcheck.columns.rule_sets import RuleSets
from claimcheck.columns.times import Times
from claimcheck.columns.values import Values
from claimcheck.columns.words import Words
from claimcheck.engine.compiled import CompiledDiagnosis
from claimcheck.engine.shared import Workshop
from claimcheck.io.rows.layout import Place
from claimcheck.io.rows.target import ALL, ROLES
from claimcheck.rules.facts.diagnosis import read_diagnosis
from claimcheck.rules.facts.outline_key import codes_in_order, repeated_codes
from claimcheck.rules.facts.time import Time

__all__ = ["Diagnoses", "ReadDiagnoses", "is_numbered"]

_FIELDS = ("diagnoses", *ROLES, "line_diagnoses")
_PARTS = ("code", "version", "role", "poa")
_NO_TIME: Any = Time(None, None, None)  # type: ignore[arg-type]


class ReadDiagnoses(NamedTuple):
    """The diagnoses of some claims.

    `slots` has for each slot the number of each claim's diagnosis, -1 for none; `many` how many each has; `kinds` their
    roles and versions; `repeated` the component of an outline.
    """

    slots: list[Ints]
    many: Ints
    kinds: list[Ints]
    repeated: Ints
    odd: Bools


def is_numbered(fields: Fields, schema: pl.Schema) -> bool:
    """Whether the diagnoses of a frame are in numbered text columns, with one column per part."""
    places = _places(fields)
    parts = [(place.target.number, place.target.part) for place in places]
    return len({*parts}) == len(parts) and all(_is_numbered(fields, place, schema) for place in places)


def _places(fields: Fields) -> list[Place]:
    return [place for place in fields.columns.places if place.target.field in _FIELDS]


def _is_numbered(fields: Fields, place: Place, schema: pl.Schema) -> bool:
    target = place.target
    if schema[fields.columns.names[place.column]] != pl.String or target.field != "diagnoses":
        return False
    return target.part in _PARTS and (target.number == ALL or (isinstance(target.number, int) and target.number > 0))


class Diagnoses:
    """All diagnoses seen so far, and what is reported on them in each period."""

    def __init__(self, fields: Fields, workshop: Workshop, times: Times, hits: RuleHits) -> None:
        self.fields, self.workshop, self.times, self.hits = fields, workshop, times, hits
        self._places = _places(fields)
        numbers = {place.target.number for place in self._places} - {ALL}
        self.slots = sorted(number for number in numbers if isinstance(number, int))
        self._words = {part: Words(pl.String()) for part in _PARTS}
        self._numbering = Numbering(len(_PARTS) + 2)
        self._given: list[Any] = []
        self._codes, self._kinds = Values(), Values()
        self._code, self._kind, self._odd = (np.empty(0, np.int64) for _ in range(3))
        self._in_time = Numbering(2)
        self._sets = RuleSets(len(workshop.rulebook.without_stays().wide))
        self._said, self._concerns = np.empty(0, np.int64), self._sets.none(0)
        self.repeated = Component()
        self.repeated.facts.append({"repeated": (), "codes": ()})
        self._repeated = Values()
        self._repeated(((), ()))
        self._together = Numbering(max(len(self.slots), 1))
        self._of_together = np.empty(0, np.int64)

    def read(self, heads: pl.DataFrame) -> ReadDiagnoses:
        """The diagnoses of the claims in some first rows."""
        slots = [self._slot(heads, slot) for slot in self.slots]
        count, odd = np.zeros(len(heads), np.int64), np.zeros(len(heads), bool)
        for numbers in slots:
            there = numbers >= 0
            count += there
            if self._odd.any():
                odd[there] |= self._odd[numbers[there]] != 0
        kinds = [
            np.where(numbers >= 0, self._kind[numbers] + 1, 0) if len(self._kind) else numbers + 1 for numbers in slots
        ]
        return ReadDiagnoses(slots, count, kinds, self._repeats(slots, len(heads)), odd)

    def said(self, numbers: Ints, times: Ints) -> tuple[Ints, Ints]:
        """What is reported on diagnoses, each in a period, as numbers of hits; and the sets of rules they may
        concern."""
        at, new = self._in_time(numbers, times)
        if len(new):
            compiled = [self.compiled(int(numbers[place]), int(times[place])) for place in new.tolist()]
            said, concerns = [self.hits(one.said.said) for one in compiled], [one.concerns for one in compiled]
            self._said = np.concatenate([self._said, np.array(said, np.int64)])
            self._concerns = np.concatenate([self._concerns, self._sets.of(concerns)])
        return self._said[at], self._concerns[at]

    def compiled(self, number: int, time: int) -> CompiledDiagnosis:
        """A diagnosis in a period, in the engine's form."""
        day = self.times[time].on
        return self.workshop.diagnosis(self._given[number], day, self.workshop.era(day))

    def _slot(self, heads: pl.DataFrame, slot: int) -> Ints:
        """The number of each claim's diagnosis in a slot; -1 for none."""
        code = self._cells(heads, slot, "code")
        numbers = np.full(len(heads), -1, np.int64)
        there = np.flatnonzero(code)
        if not len(there):
            return numbers
        parts = [self._cells(heads, slot, part)[there] for part in _PARTS]
        parts += [self._cells(heads, ALL, "version")[there], np.full(len(there), int(slot == 1))]
        found, new = self._numbering(*parts)
        if len(new):
            self._meet(heads, slot, there[new])
        numbers[there] = found
        return numbers

    def _cells(self, heads: pl.DataFrame, slot: int | str, part: str) -> Ints:
        for place in self._places:
            if (place.target.number, place.target.part) == (slot, part):
                return self._words[part].numbers(heads[self.fields.columns.names[place.column]]).to_numpy()
        return np.zeros(len(heads), np.int64)

    def _meet(self, heads: pl.DataFrame, slot: int, claims: Ints) -> None:
        """Reads new diagnoses, as the row reader does."""
        columns = self.fields.columns
        names = [columns.names[place.column] for place in self._places if place.target.number in (slot, ALL)]
        given = [items[0] for items in columns.lists_of(heads[names][claims], "diagnoses")]
        read = [read_diagnosis(one, _NO_TIME) for one in given]
        self._given += given
        self._code = np.concatenate([self._code, [self._codes(one.code) for one in read]])
        self._kind = np.concatenate([self._kind, [self._kinds((one.role, one.version)) for one in read]])
        odd = [isinstance(one, Unreadable) or one.problems != () for one in given]
        self._odd = np.concatenate([self._odd, np.array(odd, np.int64)])

    def _repeats(self, slots: Sequence[Ints], claims: int) -> Ints:
        """Which diagnoses of each claim are repeated, as the number of a component."""
        numbers = np.zeros(claims, np.int64)
        codes = (
            [np.where(one >= 0, self._code[one], -1 - place) for place, one in enumerate(slots)]
            if len(self._code)
            else []
        )
        again = np.zeros(claims, bool)
        for place, one in enumerate(codes):
            for other in codes[place + 1 :]:
                again |= one == other
        if self.workshop.asks_for_codes and slots:
            together, new = self._together(*[slot + 1 for slot in slots])
            self._of_together = np.concatenate(
                [self._of_together, np.array([self._component(slots, claim) for claim in new.tolist()], np.int64)]
            )
            return self._of_together[together]
        for claim in np.flatnonzero(again).tolist():
            numbers[claim] = self._component(slots, claim)
        return numbers

    def _component(self, slots: Sequence[Ints], claim: int) -> int:
        """The number of the component with a claim's repeated diagnoses, and if requested all codes."""
        given = [self._given[int(slot[claim])] for slot in slots if slot[claim] >= 0]
        read = [read_diagnosis(one, _NO_TIME) for one in given]
        codes = codes_in_order(read) if self.workshop.asks_for_codes else ()
        repeated = repeated_codes(read)
        number = self._repeated((repeated, codes))
        if number == len(self.repeated):
            self.repeated.facts.append({"repeated": repeated, "codes": codes})
        return number
