"""The lines of a claim that are judged together: those that belong together, and those that belong with these."""

from __future__ import annotations

import attrs
import polars as pl

from claimcheck.frames.companions import Companions

__all__ = ["Rows", "alone_and_joined", "grouped_lines"]


@attrs.frozen(eq=False)
class Rows:
    """What tells which rows are judged together. Rows of a `claim` stand together.

    `codes` are the numbers of their codes, -1 of none; `whole` says which of them are judged with all others of their
    claim; `first` is the day of each, and `spans` says which lie on other days too.
    """

    claim: pl.Series
    codes: pl.Series
    whole: pl.Series
    first: pl.Series
    spans: pl.Series


def grouped_lines(of: Rows, companions: Companions) -> pl.Series:
    """Of each row, the first row of those that it is judged with."""
    claim, whole = of.claim, of.whole
    rows = pl.int_range(len(claim), dtype=pl.UInt32, eager=True)
    first = pl.DataFrame({"claim": claim, "row": rows}).select(pl.col("row").first().over("claim")).to_series()
    group = rows.zip_with(~whole, first)
    ones, others = _links(of, companions)
    while len(ones):
        least = group.gather(ones)
        most = group.gather(others)
        differ = least != most
        if not differ.any():
            break
        ones, others, least, most = (column.filter(differ) for column in (ones, others, least, most))
        group = _joined(group, least, most)
    return group


def alone_and_joined(group: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The rows that are judged alone, and those that are judged with others."""
    rows = pl.int_range(len(group), dtype=pl.UInt32, eager=True)
    follows = group != rows
    joined = follows.scatter(group.filter(follows), True)
    return rows.filter(~joined), rows.filter(joined)


def _joined(group: pl.Series, ones: pl.Series, others: pl.Series) -> pl.Series:
    """The groups, where each two of these are one: of each, the first row of any that it meets."""
    both = pl.concat([pl.DataFrame({"of": ones, "is": others}), pl.DataFrame({"of": others, "is": ones})])
    least = both.group_by("of").agg(pl.col("is").min())
    names = pl.int_range(len(group), dtype=pl.UInt32, eager=True)
    lower = least.filter(pl.col("is") < pl.col("of"))
    to = names.scatter(lower["of"], lower["is"])
    while True:  # follows the names to their first rows
        further = to.gather(to)
        if (further == to).all():
            return to.gather(group)
        to = further


def _links(of: Rows, companions: Companions) -> tuple[pl.Series, pl.Series]:
    """Each two rows of a claim that belong together, the earlier first."""
    ones: list[pl.Series] = []
    others: list[pl.Series] = []
    row = ((of.codes >= 0) & ~of.whole).arg_true().cast(pl.UInt32)
    of_claim, code, first, spans = (column.gather(row) for column in (of.claim, of.codes, of.first, of.spans))
    place = pl.int_range(len(row), dtype=pl.UInt32, eager=True)
    for distance in range(1, len(row)):
        place = place.filter(place < len(row) - distance)
        place = place.filter(of_claim.gather(place) == of_claim.gather(place + distance))
        if not len(place):
            break
        other = place + distance
        same_day = (first.gather(place) == first.gather(other)).fill_null(value=False)
        same_day = same_day | spans.gather(place) | spans.gather(other)
        linked = place.filter(companions.together(code.gather(place), code.gather(other), same_day))
        ones.append(row.gather(linked))
        others.append(row.gather(linked + distance))
    if not ones:
        return pl.Series(dtype=pl.UInt32), pl.Series(dtype=pl.UInt32)
    return pl.concat(ones), pl.concat(others)
