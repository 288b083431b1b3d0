"""What hangs on the member's other claims, of claims that are judged by classes: those that meet no other.

The rules that would have read other claims are told line by line, as bits of a number; a claim names those of all its
lines.
"""

from __future__ import annotations

from functools import reduce

import polars as pl

from claimcheck.claims import Reason
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.engine import Bench
from claimcheck.frames.members import members_of
from claimcheck.frames.placing import OF

__all__ = ["unseen"]


def unseen(chunk: Chunk, of_rows: pl.Series, bench: Bench) -> pl.DataFrame:
    """An entry for each claim (`OF`) on one of whose lines a rule reads other claims: why it could not.

    `of_rows` holds the set of such rules for each row, 0 for rows of claims that were judged one by one. Where there is
    a history, those that are judged by classes are the claims without a member.
    """
    bits = [1 << bit for bit in range(64) if _has(of_rows, 1 << bit).any()]
    of_claims = [chunk.any_of(_has(of_rows, bit)).cast(pl.UInt64) * bit for bit in bits]
    sets = reduce(pl.Series.__or__, of_claims, pl.zeros(len(chunk.sizes), dtype=pl.UInt64, eager=True))
    claims = sets.ne(0).arg_true().cast(pl.UInt32)
    member = members_of(chunk.heads, chunk.fields).gather(claims)
    entries = pl.DataFrame({OF: claims, "set": sets.gather(claims), "known": member.is_not_null()})
    distinct = [(one, bench.validator.named(one)) for one in entries["set"].unique().to_list()]
    rules = pl.DataFrame(
        [(one, names[0], bench.rules[names[0]], [*names]) for one, names in distinct],
        schema={"set": pl.UInt64(), "rule_id": pl.String(), "rule": pl.UInt32(), "rules": pl.List(pl.String())},
        orient="row",
    )
    reason = pl.when("known").then(pl.lit(str(Reason.NO_HISTORY))).otherwise(pl.lit(str(Reason.MISSING_FIELD)))
    no_table = pl.lit(None, dtype=pl.String).alias("table")
    return entries.join(rules, on="set", maintain_order="left").with_columns(reason.alias("reason"), no_table)


def _has(of_rows: pl.Series, bit: int) -> pl.Series:
    return (of_rows & bit) != 0
