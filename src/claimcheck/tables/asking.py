"""Asking the editions of a table, and where they cannot say, the starter edition of it.

The store comes first; the starter tables answer for what the store does not cover. What is *not covered* by both
is told with the store's reason, or with the starter's where the store has no edition of the table at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any, NamedTuple, TypeVar

from claimcheck.tables import declared
from claimcheck.tables.answers import PairsWithin, PtpEdit
from claimcheck.tables.as_of import Say, ptp_is_proven
from claimcheck.tables.lookup import Absent, Edition, Found, Lookup, NotCovered, Reason
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Allowances, Shelf, Volume
from claimcheck.tables.starter.silence import means_absence, pair_means_absence

__all__ = ["Layer", "absence", "by_layers", "first_that_says", "pair", "pairs_within", "presence_counts", "record"]

V = TypeVar("V")


class Layer(NamedTuple):
    """Editions that are asked, first those of the store, then the starter's: their table (None: none is loaded), its
    name, and what the rows of a code say."""

    name: str
    shelf: Shelf[RecordTable] | None
    say: Say


def by_layers(layers: Sequence[Layer], code: str, on: date, allowances: Allowances) -> Lookup[Any]:
    """What the tables say of a code on the day: the first layer, or where that cannot tell, the second."""
    answer = _layer(layers[0], code, on, allowances)
    for layer in layers[1:]:
        if isinstance(answer, NotCovered):
            answer = first_that_says(answer, _layer(layer, code, on, allowances))
    return answer


def _layer(layer: Layer, code: str, on: date, allowances: Allowances) -> Lookup[Any]:
    if layer.shelf is None:
        return NotCovered(Reason.NO_TABLE, layer.name)
    return record(layer.shelf, code, on, layer.say, allowances)


def first_that_says(store: NotCovered, starter: Lookup[V]) -> Lookup[V]:
    """The starter's answer where it has one, or where the store has no edition; else why the store has none."""
    return starter if store.reason is Reason.NO_TABLE or not isinstance(starter, NotCovered) else store


def record(shelf: Shelf[RecordTable], code: str, on: date, say: Say, allowances: Allowances) -> Lookup[Any]:
    """What the table says of a code on the day."""
    answer = shelf.ask(on, lambda volume: say(volume.table.rows_of(code), on, volume.edition), allowances)
    if isinstance(answer, Found) and not presence_counts(shelf, answer.edition):
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    return absence(shelf, answer, code, on) if isinstance(answer, Absent) else answer


def presence_counts(shelf: Shelf[RecordTable], edition: Edition) -> bool:
    """Whether what the edition holds of a code can be told: a list of primaries is also a claim that there are no
    others, so that a part of it says nothing."""
    return not edition.partial or shelf.name != "add_on"


def absence(shelf: Shelf[RecordTable], absent: Absent, code: str, on: date) -> Absent | NotCovered:
    """What it means that an edition does not hold the code: that it is absent, or why that cannot be told."""
    edition = absent.edition
    if not declared.lists(shelf.name, code, starter=edition.starter):
        return NotCovered(Reason.NOT_IN_TABLE, shelf.name)
    if edition.partial:
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    if edition.starter and not means_absence(shelf.name, code):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    if on < declared.remembers_from(shelf.name, edition.exact_from):
        return NotCovered(Reason.OUTSIDE_EDITION, shelf.name)
    return absent


def pair(
    shelf: Shelf[PairTable], column_one: str, column_two: str, on: date, allowances: Allowances
) -> Lookup[PtpEdit]:
    """What the table says of a pair, in this direction, on the day."""
    covering = shelf.covering(on)
    if covering is not None:  # the common case, straight away: this is asked millions of times
        edit = covering.table.in_force(column_one, column_two, on)
        answer: Lookup[PtpEdit] = covering.absent if edit is None else Found(edit, covering.edition)
    else:
        answer = shelf.ask_beyond(on, lambda volume: _pair_held(volume, column_one, column_two, on), allowances)
    if not isinstance(answer, Absent):
        return answer
    edition = answer.edition
    if edition.partial:
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    if edition.starter and not _is_settled(shelf, column_one, column_two, on):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    return answer


def _pair_held(volume: Volume[PairTable], column_one: str, column_two: str, on: date) -> tuple[PtpEdit, bool] | None:
    edit = volume.table.in_force(column_one, column_two, on)
    return None if edit is None else (edit, ptp_is_proven(edit, on, volume.edition))


def pairs_within(shelf: Shelf[PairTable], codes: Sequence[str], on: date, allowances: Allowances) -> PairsWithin:
    """All pairs that the table holds between the codes on the day, and what it could not say of the others."""
    volume = shelf.covering(on)
    answering = volume or shelf.allowed(on, allowances)
    if answering is not None:
        edits = tuple(answering.table.within(codes, on))
        return PairsWithin(
            edits, _unknown_within(shelf, answering.edition, codes, on), answering.edition, volume is not None
        )
    nearest = shelf.nearest(on)[0]
    proven = (edit for edit in nearest.table.within(codes, on) if ptp_is_proven(edit, on, nearest.edition))
    return PairsWithin(tuple(proven), NotCovered(shelf.uncovered(on), shelf.name), nearest.edition)


def _unknown_within(shelf: Shelf[PairTable], edition: Edition, codes: Sequence[str], on: date) -> NotCovered | None:
    """Why the pairs that the edition does not hold are not known to be absent, or None where they all are."""
    if edition.partial:
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    if edition.starter and not all(_is_settled(shelf, one, two, on) for one, two in permutations(codes, 2)):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    return None


def _is_settled(shelf: Shelf[PairTable], one: str, two: str, on: date) -> bool:
    """Whether the starter edition knows the pair in this direction: by a row of it, or by the other in force."""
    table = shelf.volumes[0].table
    return (
        pair_means_absence(one, two)
        or table.in_force(two, one, on) is not None
        or any(edit[:2] == (one, two) for edit in table.rows_of(one))
    )
