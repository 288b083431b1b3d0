"""The PTP question as a join on whole numbers, as well as it can be written: `codes_join.py LINES PTP MUE ptp`.

Lines stand by their claims, so that two of one claim lie a few rows apart: pairs are made by shifting columns, never by
a join of lines with lines. Codes are numbers, and a table of bits, of the codes that are there, says which pairs the
edits may hold; only those few are looked up. It answers what `polars_join.py` answers with `ptp`, and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from polars_join import BYPASS
from serve import serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import numpy as np
    import polars as pl

    path, ptp_path, *_ = sys.argv[1:]
    claims, ptp = pl.scan_parquet(path), pl.read_parquet(ptp_path)
    count = claims.select(pl.len()).collect().item()
    codes = pl.concat([ptp["column_one"], ptp["column_two"]]).unique().sort()
    kinds = ptp["claim_type"].unique().sort()
    coded, of_kind, bypassing = pl.Enum(codes), pl.Enum(kinds), pl.Enum(BYPASS.split())
    forever = np.iinfo(np.int32).max

    def numbers(column: str, dtype: pl.DataType) -> pl.Expr:
        return pl.col(column).cast(dtype, strict=False).to_physical().cast(pl.Int32).fill_null(-1)

    edits = ptp.select(
        numbers("claim_type", of_kind),
        numbers("column_one", coded),
        numbers("column_two", coded),
        pl.col("effective").to_physical(),
        pl.col("deletion").to_physical().fill_null(forever),
        pl.col("indicator").cast(pl.Int8),
    ).to_dict()
    kind, one, two, since, until, indicator = (series.to_numpy() for series in edits.values())

    def run() -> dict[str, Any]:
        rows = claims.select(
            pl.col("claim_id").rle_id(),
            pl.col("service_date").to_physical(),
            numbers("claim_type", of_kind),
            numbers("procedure_code", coded),
            pl.any_horizontal(pl.col(f"modifier_{n}").cast(bypassing, strict=False).is_not_null() for n in (1, 2, 3)),
        ).collect()
        claim, day, of, code, bypass = (column.to_numpy() for column in rows)
        there = np.flatnonzero((code >= 0) & (of >= 0))
        claim, day, of, code, bypass = (column[there] for column in (claim, day, of, code, bypass))
        present = np.zeros(len(codes), bool)
        present[code] = True
        place = np.cumsum(present, dtype=np.int32) - 1
        size = int(present.sum())
        held = present[one] & present[two] & (since <= day.max()) & (until >= day.min())
        held_at = np.flatnonzero(held)
        keys = (kind[held_at].astype(np.int64) * size + place[one[held_at]]) * size + place[two[held_at]]
        may_be = np.zeros(len(kinds) * size * size, bool)
        may_be[keys] = True
        order = np.argsort(keys)
        keys, held_at = keys[order], held_at[order]
        local = place[code]
        found = []
        first = np.arange(len(claim))
        distance = 1
        while len(first):
            first = first[first + distance < len(claim)]
            first = first[claim[first] == claim[first + distance]]
            near = first[day[first] == day[first + distance]]
            for left, right in ((near, near + distance), (near + distance, near)):
                key = (of[left].astype(np.int64) * size + local[left]) * size + local[right]
                hits = np.flatnonzero(may_be[key] & (local[left] != local[right]))
                found.append((left[hits], right[hits], key[hits]))
            distance += 1
        left, right, key = (np.concatenate(side) for side in zip(*found, strict=True))
        begin, end = np.searchsorted(keys, key), np.searchsorted(keys, key, "right")
        many = end - begin
        pair = np.repeat(np.arange(len(key)), many)
        edit = held_at[np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)]
        left, right = left[pair], right[pair]
        in_force = (since[edit] <= day[left]) & (until[edit] >= day[left])
        applies = (indicator[edit] == 0) | ((indicator[edit] == 1) & ~bypass[left] & ~bypass[right])
        speaks = np.flatnonzero(in_force & applies)
        answer = np.stack([claim[left[speaks]], day[left[speaks]], code[left[speaks]], code[right[speaks]]], 1)
        return {"lines": count, "findings": len(np.unique(answer, axis=0))}

    return {"version": version("polars"), "lines": count}, run


if __name__ == "__main__":
    serve(prepare)
