"""Days that rules cannot check because a table is missing: what they report on those, in one step.

A rule declares that report (`claimcheck.rules.rule.Open`), so that claims without any other need not be examined one by
one.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import numpy as np

from claimcheck.claims import Disposition
from claimcheck.columns.cells import Bools
from claimcheck.columns.elements import Elements
from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints
from claimcheck.columns.rule_hits import distinct_rows
from claimcheck.columns.traced import TracedAtTime, TracedDayLine
from claimcheck.columns.values import Values
from claimcheck.rules.rule import Open, Rule
from claimcheck.tables import NotCovered

__all__ = ["OpenDays"]

_NO_NUMBER, _MANY = -1, 10**9


@attrs.define(eq=False)
class _Known:
    """For each element: why the rule cannot check it, its group, and its units; 0 is none."""

    rule: Rule
    open: Open
    bit: int
    why: Ints = attrs.field(factory=lambda: np.empty(0, np.int64))
    group: Ints = attrs.field(factory=lambda: np.empty(0, np.int64))
    units: Ints = attrs.field(factory=lambda: np.empty(0, np.int64))


class OpenDays:
    """What rules report on claims that they cannot check. `bits` is the set of rules with such a declaration."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        needing = judging.rulebook.needing
        self._rules = [_Known(rule, needs.open, bit) for bit, rule, needs in needing if needs.open is not None]
        self.bits = sum(known.bit for known in self._rules)
        self._groups = Values()
        self._why: list[NotCovered] = []
        self._said: dict[tuple[int, ...], int] = {}

    def said(self, claim: Ints, day: Ints, element: Ints, asked: Ints) -> tuple[Ints, Bools]:
        """The results for rows with codes on claims for which no other rules are `asked`, and which ones are decided by
        this.

        The rows are sorted by claim, and no two of a claim bill one code on one day.
        """
        judging = self._judging
        self._meet()
        code = judging.lines.facts.numbers(("code",), judging.shapes[element])
        noted = [judging.alone[element]]
        told = np.ones(len(claim), bool)
        days = _days(claim, day)
        for known in self._rules:
            applies = (asked & known.bit) != 0
            why, group, units = known.why[element], known.group[element], known.units[element]
            first = why[np.searchsorted(claim, claim)]
            fits = (why == first) & (why > 0)
            if known.open.units:
                fits &= units != _NO_NUMBER
            told &= fits | ~applies
            looked_at = np.flatnonzero(applies & (group > 0))
            _, at = np.unique(days[looked_at] * (group.max(initial=0) + 1) + group[looked_at], return_inverse=True)
            if known.open.units:
                several = np.bincount(at, units[looked_at]) > 1
            else:
                several = _most(at, code[looked_at]) != -_most(at, -code[looked_at])
            said = np.zeros(len(claim), np.int64)
            said[looked_at] = np.where(several[at], why[looked_at], 0)
            noted.append(said)
        begins = np.diff(claim, prepend=-1) != 0
        told = np.logical_and.reduceat(told, np.flatnonzero(begins))[np.cumsum(begins) - 1]
        return self._verdicts(np.stack(noted, 1)), told

    def _verdicts(self, noted: Ints) -> Ints:
        return distinct_rows(noted, self._verdict, whole=True)

    def _verdict(self, row: tuple[int, ...]) -> int:
        """The result of a line with its own hits, and the reasons why rules did not check it."""
        number = self._said.get(row)
        if number is None:
            alone, *open_for = row
            digest = self._judging.verdicts.digests[alone]
            held = [(known.rule, self._why[why - 1]) for known, why in zip(self._rules, open_for, strict=True) if why]
            notes = tuple([(rule.id, why.reason, why.table) for rule, why in held])
            said = attrs.evolve(digest, notes=digest.notes + notes)
            number = self._judging.verdicts.number(said) if notes else alone
            self._said[row] = number
        return number

    # ------------------------------------------------------------------ of each element

    def _meet(self) -> None:
        """Asks about new elements."""
        judging = self._judging
        for known in self._rules:
            before, now = len(known.why), len(judging.own)
            if before == now:
                continue
            new = slice(before, now)
            elements = Elements(judging.lines, judging.times, judging.shapes[new], judging.of_time[new])
            elements.standing = judging.verdicts.dispositions[judging.alone[new]]
            asks = judging.claims.asks[judging.setting_of(np.arange(before, now))]
            applies = judging.is_coded[new] & ((asks & known.bit) != 0)
            why = judging.where(elements, applies, "why", known.rule, partial(self._ask_why, known.open))
            group = judging.where(elements, applies, "group", known.rule, partial(self._ask_group, known.open))
            units = judging.where(elements, applies & (group > 0), "units", known.rule, _ask_units)
            known.why, known.group, known.units = (
                np.concatenate(parts) for parts in ((known.why, why), (known.group, group), (known.units, units))
            )

    def _ask_why(self, declared: Open, line: TracedAtTime, _: Disposition) -> int:
        why = declared.why(line)
        if why is None:
            return 0
        if why not in self._why:
            self._why.append(why)
        return self._why.index(why) + 1

    def _ask_group(self, declared: Open, line: TracedAtTime, standing: Disposition) -> int:
        group = declared.group(TracedDayLine(line, standing))
        return 0 if group is None else self._groups(group) + 1


def _ask_units(line: TracedAtTime, standing: Disposition) -> int:
    """The units of a line; a fractional or very large number counts as none here."""
    units: Any = TracedDayLine(line, standing).units
    if units is None:
        return 0
    whole = units == units.to_integral_value() and units < _MANY
    return int(units) if whole else _NO_NUMBER


def _days(claim: Ints, day: Ints) -> Ints:
    """A number for each claim and day."""
    least, most = int(day.min(initial=0)), int(day.max(initial=0))
    numbers: Ints = claim * (most - least + 1) + (day - least)
    return numbers


def _most(at: Ints, values: Ints) -> Ints:
    """The maximum of the values for each number."""
    greatest = np.full(int(at.max(initial=-1)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(greatest, at, values)
    return greatest
