"""Hits of a chunk by claim, line, and rule, as numbers of what was reported.

Those of rows come with the rows' results, already in order. The others, on claims themselves and from claims validated
one by one, are sorted, and put between them.
"""

from __future__ import annotations

import attrs
import numpy as np

from claimcheck.columns.cells import Bools
from claimcheck.columns.numbering import Ints, ordered
from claimcheck.columns.verdicts import Lists

__all__ = ["HitsInOrder", "OtherHits", "merged"]


@attrs.frozen(eq=False)
class OtherHits:
    """Hits on claims themselves (position 0), and on lines whose row's result has none.

    `order` is the index of each on its line or claim, `related` the number of the lines that it names.
    """

    claim: Ints
    position: Ints
    rule: Ints
    order: Ints
    number: Ints
    related: Ints

    @classmethod
    def beside(cls, *parts: OtherHits) -> OtherHits:
        """All of these together, in order."""
        columns = [np.concatenate(of_parts) for of_parts in zip(*map(_columns, parts), strict=True)]
        in_order = np.argsort(ordered(*columns[:4]), kind="stable")
        return cls(*(column[in_order] for column in columns))


def _columns(hits: OtherHits) -> tuple[Ints, ...]:
    return attrs.astuple(hits, recurse=False)


@attrs.frozen(eq=False)
class HitsInOrder:
    """All hits: the row of each, its claim's first for one on the claim, and the number of what it says.

    `on_claim` are those on claims, `of_rows` those that come with the results of rows.
    """

    row: Ints
    number: Ints
    on_claim: Bools
    of_rows: Bools

    @classmethod
    def of(cls, lists: Lists, results: Ints, others: OtherHits, firsts: Ints) -> HitsInOrder:
        """Those in the `lists` of the results of rows, and `others`; `firsts` are the claims' first rows."""
        counts = lists.counts(results)
        rows = firsts[others.claim] + np.maximum(others.position, 1) - 1
        places = (np.cumsum(counts) - counts)[rows] + np.arange(len(rows))
        of_rows = np.ones(int(counts.sum()) + len(places), bool)
        of_rows[places] = False
        on_claim = np.zeros(len(of_rows), bool)
        on_claim[places] = others.position == 0
        row = merged(of_rows, np.repeat(np.arange(len(counts)), counts), rows)
        return cls(row, merged(of_rows, lists.flat(results), others.number), on_claim, of_rows)


def merged(which: Bools, ones: Ints, others: Ints) -> Ints:
    """A column in which the `ones` stand where `which` is true, and the `others` elsewhere.

    >>> merged(np.array([True, False, True]), np.array([7, 9]), np.array([8])).tolist()
    [7, 8, 9]
    """
    found = np.empty(len(which), np.int64)
    found[which], found[~which] = ones, others
    return found
