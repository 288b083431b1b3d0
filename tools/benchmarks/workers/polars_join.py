"""The PTP question, or that of MUE too, as joins in Polars: `polars_join.py LINES PTP MUE ptp|ptp+mue`.

Pairs of codes of one claim and day, joined with the table; a bypassing modifier on either line lets a pair pass where
the table allows one. Units summed by claim, day and code, joined with their limits. Nothing else is answered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import serve, version

BYPASS = (
    "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI "
    "24 25 57 58 78 79 27 59 91 XE XS XP XU"
)


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import polars as pl

    path, ptp_path, mue_path, questions = sys.argv[1:]
    claims = pl.scan_parquet(path)
    ptp, mue = pl.scan_parquet(ptp_path), pl.scan_parquet(mue_path)
    count = claims.select(pl.len()).collect().item()
    modifiers = [pl.col(f"modifier_{place}").is_in(BYPASS.split()) for place in (1, 2, 3)]
    keys = ["claim_id", "service_date", "claim_type"]
    lines = claims.select(
        *keys, "procedure_code", "units", bypass=pl.any_horizontal(modifier.fill_null(False) for modifier in modifiers)
    ).filter(pl.col("procedure_code").is_not_null())
    coded = lines.select(*keys, "procedure_code", "bypass")
    two = coded.rename({"procedure_code": "column_two", "bypass": "bypass_two"})
    pairs = (
        coded.rename({"procedure_code": "column_one"})
        .join(two, on=keys)
        .filter(pl.col("column_one") != pl.col("column_two"))
        .join(ptp, on=["claim_type", "column_one", "column_two"])
        .filter(
            pl.col("effective") <= pl.col("service_date"),
            pl.col("deletion").is_null() | (pl.col("deletion") >= pl.col("service_date")),
            (pl.col("indicator") == 0) | ((pl.col("indicator") == 1) & ~pl.col("bypass") & ~pl.col("bypass_two")),
        )
        .select(*keys, "column_one", "column_two")
        .unique()
    )
    excess = (
        lines.group_by(*keys, "procedure_code")
        .agg(pl.col("units").sum())
        .join(mue, on=["claim_type", "procedure_code"])
        .filter(pl.col("units") > pl.col("most"))
    )

    def run() -> dict[str, Any]:
        asked = [pairs, excess] if questions == "ptp+mue" else [pairs]
        found = [len(frame) for frame in pl.collect_all(asked, engine="streaming")]
        return {"lines": count, "findings": sum(found), "by_question": found}

    return {"version": version("polars"), "lines": count}, run


if __name__ == "__main__":
    serve(prepare)
