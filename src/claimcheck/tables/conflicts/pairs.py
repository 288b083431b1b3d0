"""Contradictions among NCCI pairs, and between pairs and other tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from claimcheck.tables import ncci_as_of
from claimcheck.tables.conflicts.model import Conflict, Sides
from claimcheck.tables.rows import PtpRow

__all__ = ["both_directions", "direction_by_setting", "indicator_by_setting", "of_add_on", "windows"]


def both_directions(sides: Sides) -> Iterator[Conflict]:
    """A pair that one table has in both directions."""
    for edit in _in_force(sides):
        if edit.column_one < edit.column_two:
            back = sides.one.table.in_force(edit.column_two, edit.column_one, sides.on)
            if back is not None:
                yield _conflict(edit, back)


def windows(sides: Sides) -> Iterator[Conflict]:
    """A pair listed twice for the day, with different indicators."""
    for first, second in pairwise(_in_force(sides)):
        if first[:2] == second[:2] and first.indicator != second.indicator:
            yield _conflict(first, second)


def direction_by_setting(sides: Sides) -> Iterator[Conflict]:
    """A pair that is reversed in another setting's table, and one-way in each."""
    one, other, on = sides.one.table, sides.other.table, sides.on
    for code in one.codes():
        there = {edit.column_two for edit in other.rows_from(code, on)}
        for edit in one.rows_from(code, on):
            if edit.column_two not in there:
                back = other.in_force(edit.column_two, code, on)
                if back is not None and one.in_force(edit.column_two, code, on) is None:
                    yield _conflict(edit, back)


def indicator_by_setting(sides: Sides) -> Iterator[Conflict]:
    """A pair that modifiers may bypass in only one setting."""
    for code in sides.one.table.codes():
        there = {edit.column_two: edit for edit in sides.other.table.rows_from(code, sides.on)}
        for edit in sides.one.table.rows_from(code, sides.on):
            back = there.get(edit.column_two)
            if back is not None and back.indicator != edit.indicator:
                yield _conflict(edit, back)


def of_add_on(sides: Sides) -> Iterator[Conflict]:
    """A pair of an add-on code and a primary that the add-on table lists for it."""
    for add_on in sorted({row.add_on for row in sides.other.table}):
        held = ncci_as_of.add_on(sides.other.table.rows_of(add_on), sides.on, sides.other.edition)
        for primary in sorted(held[0].primaries) if held else ():
            for pair in ((primary, add_on), (add_on, primary)):
                edit = sides.one.table.in_force(*pair, sides.on)
                if edit is not None:
                    yield Conflict((add_on, primary), (_said(edit), f"{primary} is a primary of {add_on}"))


def _in_force(sides: Sides) -> Iterator[PtpRow]:
    for code in sides.one.table.codes():
        yield from sides.one.table.rows_from(code, sides.on)


def _conflict(edit: PtpRow, other: PtpRow) -> Conflict:
    return Conflict(edit[:2], (_said(edit), _said(other)))


def _said(edit: PtpRow) -> str:
    return f"{edit.column_two} is not paid beside {edit.column_one}, indicator {edit.indicator}"
