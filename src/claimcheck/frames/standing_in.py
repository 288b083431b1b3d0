"""The rows that stand for classes before the engine: each group of lines as a claim by itself, where it can be one."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from claimcheck.frames.chunk import Chunk
from claimcheck.frames.order import CLAIM, POSITION

__all__ = ["StandIns", "stand_ins"]

CanStandAlone = Callable[[pl.Series, pl.Series], pl.Series]


class StandIns:
    """Groups of lines, given by `row`, `group` and `slot`, as claims.

    A group that is judged without the rest of its claim as it is with it is a claim of its own lines; else it is the
    whole claim. `at` says under which number (`claim`) and `position` each given line is judged, in their order.
    """

    def __init__(self, chunk: Chunk, members: pl.DataFrame, can_stand_alone: CanStandAlone) -> None:
        alone = can_stand_alone(members["row"], members["group"])
        members = members.with_columns(alone.alias("alone"), pl.col("group").rank("dense").alias("claim") - 1)
        members = members.with_columns(pl.col("claim").cast(pl.UInt32))
        positions = chunk.rows[POSITION].gather(members["row"])
        own = (pl.col("slot") + 1).cast(pl.UInt32)
        self.at = members.with_columns(pl.when("alone").then(own).otherwise(positions).alias("position")).drop(
            "alone", "row"
        )
        themselves = members.filter("alone").select("row", "claim", own.alias("position"))
        within = members.filter(~pl.col("alone")).unique("claim", keep="first", maintain_order=True)
        whole = _all_lines(chunk, within["claim"], chunk.claim.gather(within["row"]))
        rows = pl.concat([themselves, whole]).sort("claim", "position")
        self.places = rows["row"]
        self.rows = _numbered(chunk, rows)

    def with_plain(self, column: str, text: str, plain: pl.Series) -> None:
        """Puts one text in a column where it is `plain`, given for each row of the chunk: there it is as good as any.

        So the engine meets fewer lines that are new to it.
        """
        if self.rows.schema[column] == pl.String:
            kept = self.rows[column]
            one = pl.repeat(text, len(kept), dtype=pl.String, eager=True)
            self.rows = self.rows.with_columns(kept.zip_with(~plain.gather(self.places), one).alias(column))


def _all_lines(chunk: Chunk, numbers: pl.Series, claims: pl.Series) -> pl.DataFrame:
    """All rows of some claims, under the numbers that are given for them."""
    frame = pl.DataFrame({"claim": numbers, "first": chunk.firsts.gather(claims), "size": chunk.sizes.gather(claims)})
    rows = frame.with_columns(pl.int_ranges(0, "size", dtype=pl.UInt32).alias("place")).explode("place")
    rows = rows.filter(pl.col("place").is_not_null())
    return rows.select(
        (pl.col("first") + pl.col("place")).cast(pl.UInt32).alias("row"),
        pl.col("claim").cast(pl.UInt32),
        (pl.col("place") + 1).cast(pl.UInt32).alias("position"),
    )


def _numbered(chunk: Chunk, rows: pl.DataFrame) -> pl.DataFrame:
    return chunk.rows[rows["row"]].with_columns(rows["claim"].alias(CLAIM), rows["position"].alias(POSITION))


def stand_ins(chunk: Chunk, claims: pl.Series) -> pl.DataFrame:
    """The rows of some claims, numbered by their places among those given."""
    numbers = pl.int_range(len(claims), dtype=pl.UInt32, eager=True)
    return _numbered(chunk, _all_lines(chunk, numbers, claims).sort("claim", "position"))
