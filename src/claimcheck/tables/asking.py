"""Asks the editions of a table, and if they cannot answer, its starter edition.

The store comes first; the starter tables answer what the store does not cover. If neither covers it, the reason is the
store's, or the starter's if the store has no edition of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any, NamedTuple, TypeVar

from claimcheck.tables import declared
from claimcheck.tables.as_of import Say
from claimcheck.tables.lookup import Absent, Edition, Found, Lookup, NotCovered, Reason
from claimcheck.tables.ncci_answers import PairsWithin, PtpEdit
from claimcheck.tables.ncci_as_of import ptp_is_proven
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Allowances, Shelf, Volume
from claimcheck.tables.starter.silence import means_absence, pair_means_absence

__all__ = ["Layer", "absence", "by_layers", "first_that_says", "pair", "pairs_within", "presence_counts", "record"]

V = TypeVar("V")


class Layer(NamedTuple):
    """Editions to ask, first the store's, then the starter's: their table (None if not loaded), its name, and how to
    read the rows of a code."""

    name: str
    shelf: Shelf[RecordTable] | None
    say: Say


def by_layers(layers: Sequence[Layer], code: str, on: date, allowances: Allowances) -> Lookup[Any]:
    """What the tables have for a code on the day: from the first layer, or if that cannot tell, the second."""
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
    """The starter's answer if it has one, or if the store has no edition; otherwise the store's reason."""
    return starter if store.reason is Reason.NO_TABLE or not isinstance(starter, NotCovered) else store


def record(shelf: Shelf[RecordTable], code: str, on: date, say: Say, allowances: Allowances) -> Lookup[Any]:
    """What the table has for a code on the day."""
    answer = shelf.ask(on, lambda volume: say(volume.table.rows_of(code), on, volume.edition), allowances)
    if isinstance(answer, Found) and not presence_counts(shelf, answer.edition):
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    return absence(shelf, answer, code, on) if isinstance(answer, Absent) else answer


def presence_counts(shelf: Shelf[RecordTable], edition: Edition) -> bool:
    """Whether the edition's rows for a code can be trusted: a list of primaries also states that there are no others,
    so a partial list means nothing."""
    return not edition.partial or shelf.name != "add_on"


def absence(shelf: Shelf[RecordTable], absent: Absent, code: str, on: date) -> Absent | NotCovered:
    """What it means that an edition lacks the code: that it is absent, or why that is unknown."""
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
    """What the table has for a pair, in this direction, on the day."""
    covering = shelf.covering(on)
    if covering is not None:  # the common case first: this is called millions of times
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
    """All pairs in the table between the codes on the day, and what it cannot say about the others."""
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
    """Why pairs that the edition lacks are not known to be absent, or None if all are."""
    if edition.partial:
        return NotCovered(Reason.PARTIAL_TABLE, shelf.name)
    if edition.starter and not all(_is_settled(shelf, one, two, on) for one, two in permutations(codes, 2)):
        return NotCovered(Reason.STARTER_TABLE, shelf.name)
    return None


def _is_settled(shelf: Shelf[PairTable], one: str, two: str, on: date) -> bool:
    """Whether the starter edition knows the pair in this direction: from its row, or because the reverse is in
    force."""
    table = shelf.volumes[0].table
    return (
        pair_means_absence(one, two)
        or table.in_force(two, one, on) is not None
        or any(edit[:2] == (one, two) for edit in table.rows_of(one))
    )
