"""Asking the editions of a table, and where they cannot say, the starter edition of it.

The store comes first; the starter tables answer for what the store does not cover. What is *not covered* by both
is told with the store's reason, or with the starter's where the store has no edition of the table at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from claimcheck.tables import families
from claimcheck.tables.answers import PairsWithin, PtpEdit
from claimcheck.tables.as_of import ptp_is_proven
from claimcheck.tables.lookup import Absent, Edition, Lookup, NotCovered, Reason
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Allowances, Shelf, Volume
from claimcheck.tables.starter.silence import means_absence, pair_means_absence

__all__ = ["Say", "first_that_says", "pair", "pairs_within", "record"]

V = TypeVar("V")
Say = Callable[[Sequence[Any], date, Edition], tuple[V, bool] | None]  #: one of the functions of `as_of`


def first_that_says(store: NotCovered, starter: Lookup[V]) -> Lookup[V]:
    """The starter's answer where it has one, or where the store has no edition; else why the store has none."""
    return starter if store.reason is Reason.NO_TABLE or not isinstance(starter, NotCovered) else store


def record(shelf: Shelf[RecordTable], code: str, on: date, say: Say[V], allowances: Allowances) -> Lookup[V]:
    """What the table says of a code on the day."""
    answer = shelf.ask(on, lambda volume: say(volume.table.rows_of(code), on, volume.edition), allowances)
    if not isinstance(answer, Absent):
        return answer
    if not families.lists(shelf.name, code):
        return NotCovered(Reason.NOT_IN_TABLE, shelf.name)
    if answer.edition.starter and not means_absence(shelf.name, code):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    return answer


def pair(
    shelf: Shelf[PairTable], column_one: str, column_two: str, on: date, allowances: Allowances
) -> Lookup[PtpEdit]:
    """What the table says of a pair, in this direction, on the day."""

    def look(volume: Volume[PairTable]) -> tuple[PtpEdit, bool] | None:
        edit = volume.table.in_force(column_one, column_two, on)
        return None if edit is None else (edit, ptp_is_proven(edit, on, volume.edition))

    answer = shelf.ask(on, look, allowances)
    if isinstance(answer, Absent) and answer.edition.starter and not _is_settled(shelf, column_one, column_two, on):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    return answer


def pairs_within(shelf: Shelf[PairTable], codes: Sequence[str], on: date, allowances: Allowances) -> PairsWithin:
    """All pairs that the table holds between the codes on the day, and what it could not say of the others."""
    volume = shelf.covering(on)
    if volume is not None:
        edits = tuple(volume.table.within(codes, on))
        unknown = volume.edition.starter and not _all_settled(shelf, codes, on)
        return PairsWithin(edits, NotCovered(Reason.STARTER_TABLE, shelf.name) if unknown else None, volume.edition)
    allowed = shelf.allowed(on, allowances)
    if allowed is not None:
        return PairsWithin(tuple(allowed.table.within(codes, on)), None, allowed.edition, exact=False)
    nearest = shelf.nearest(on)[0]
    proven = (edit for edit in nearest.table.within(codes, on) if ptp_is_proven(edit, on, nearest.edition))
    return PairsWithin(tuple(proven), NotCovered(shelf.uncovered(on), shelf.name), nearest.edition)


def _all_settled(shelf: Shelf[PairTable], codes: Iterable[str], on: date) -> bool:
    """Whether the starter edition knows every pair between the codes. Ends at the first it does not."""
    distinct = sorted(set(codes))
    return all(_is_settled(shelf, one, two, on) for place, one in enumerate(distinct) for two in distinct[place + 1 :])


def _is_settled(shelf: Shelf[PairTable], one: str, two: str, on: date) -> bool:
    """Whether the starter edition knows of this pair in both directions: never both are in force."""
    table = shelf.volumes[0].table
    return (
        pair_means_absence(one, two)
        or table.in_force(one, two, on) is not None
        or table.in_force(two, one, on) is not None
    )
