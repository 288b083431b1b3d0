"""Which claims must be validated with others of the frame: those whose member's other claims may matter.

A claim is evaluated alone unless its member has another that may affect its result: one that replaces or voids, or has
the same claim id; one with a service that is counted together; or one of the same kind, with a common provider, within
a day of it, or within the days that a rule looks beyond it. With a history all claims of a member are validated
together, because the history is asked claim by claim anyway.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from claimcheck.columns.numbering import Ints, distinct
from claimcheck.columns.order import BEYOND, CLAIM, MEMBER
from claimcheck.frames.survey import Counted, Survey

__all__ = ["acquainted"]


def acquainted(survey: Survey, *, all_kept: bool) -> pl.DataFrame:
    """The claims (`CLAIM`) that may be related to others, each with its member (`MEMBER`).

    `BEYOND` is true for those related only because rules look at lines of other claims on other days. `all_kept`: there
    is a history.
    """
    claims = survey.claims.filter(pl.col(MEMBER).is_not_null())
    beyond = pl.Series(dtype=pl.UInt32)
    if not all_kept:
        claims = claims.filter(pl.len().over(MEMBER) > 1)
        undone = claims.filter(pl.col("undoes").any().over(MEMBER))
        same_id = claims.filter(pl.col("id").is_not_null() & (pl.len().over(MEMBER, "id") > 1))
        near = _of_one_day(claims, survey.providers)
        of_day = claims.filter(pl.col(CLAIM).is_in(near.implode())).with_columns(reach=0)
        others = [undone[CLAIM], same_id[CLAIM], *_of_one_service(claims, survey.services)]
        met = pl.concat([*others, _of_one_day(of_day, survey.providers)]).unique()
        beyond = near.filter(~near.is_in(met.implode()))
        claims = claims.filter(pl.col(CLAIM).is_in(pl.concat([met, beyond]).implode()))
    return claims.select(CLAIM, MEMBER, pl.col(CLAIM).is_in(beyond.implode()).alias(BEYOND)).sort(CLAIM)


def _of_one_service(claims: pl.DataFrame, services: pl.DataFrame) -> list[pl.Series]:
    """The claims of a member with services that may be counted together."""
    counted = services.join(claims.select(CLAIM, MEMBER), on=CLAIM, maintain_order="left")
    several = counted.filter(pl.len().over(MEMBER, "service") > 1)
    of_any = counted.filter((pl.col("service") == Counted.ANY).any().over(MEMBER) & (pl.len().over(MEMBER) > 1))
    return [several[CLAIM], of_any[CLAIM]]


def _of_one_day(claims: pl.DataFrame, providers: pl.DataFrame) -> pl.Series:
    """The claims of one kind of a member that may share a provider and are within a day of each other.

    Or within the days that a rule looks beyond one of them. If the biller of one is unknown, it may be that of any
    other.
    """
    placed = claims.filter(pl.col("kind").is_not_null() & (pl.col("first") <= pl.col("last")))
    near = placed.filter(_touching(placed, MEMBER, "kind"))
    doubtful = near.select(pl.col("unknown").any().over(MEMBER, "kind")).to_series()
    whoever = near.filter(doubtful)
    told = near.filter(~doubtful)
    theirs = providers.join(told.select(CLAIM), on=CLAIM, how="semi").unique()
    by_provider = told.join(theirs, on=CLAIM, maintain_order="left")
    return pl.concat(
        [
            whoever[CLAIM].filter(_touching(whoever, MEMBER, "kind")),
            by_provider[CLAIM].filter(_touching(by_provider, MEMBER, "kind", "provider")),
        ]
    )


def _touching(claims: pl.DataFrame, *alike: str) -> pl.Series:
    """Whether each claim is within a day of another that agrees in some columns, or within the range of a rule."""
    if claims.is_empty():
        return pl.Series(dtype=pl.Boolean)
    group = _numbers(claims.select(alike))
    first, last, reach = (claims[name].to_numpy().astype(np.int64) for name in ("first", "last", "reach"))
    farthest = np.ones(int(group.max()) + 1, np.int64)
    np.maximum.at(farthest, group, reach)
    least, length = first.min(), last.max() - first.min() + farthest.max() + 1
    # The groups are laid out on one axis, far enough apart that none reaches the next.
    first, last = first - least + group * length, last - least + group * length
    order = np.argsort(first)
    group, first, last = group[order], first[order], last[order]
    gap = farthest[group[1:]]
    touches = np.zeros(len(order), bool)
    touches[1:] = first[1:] <= np.maximum.accumulate(last)[:-1] + gap
    touches[1:] &= group[1:] == group[:-1]
    touches[:-1] |= (group[1:] == group[:-1]) & (first[1:] <= last[:-1] + gap)
    found = np.empty(len(order), bool)
    found[order] = touches
    return pl.Series(found)


def _numbers(keys: pl.DataFrame) -> Ints:
    """A number for each distinct row."""
    numbers = np.zeros(len(keys), np.int64)
    for column in keys:
        first, number = distinct(column.to_numpy().view(np.int64))
        numbers = distinct(numbers * len(first) + number)[1].astype(np.int64)
    return numbers
