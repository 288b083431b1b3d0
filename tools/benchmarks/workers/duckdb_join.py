"""The same as `polars_join.py` in DuckDB: `duckdb_join.py LINES PTP MUE ptp|ptp+mue`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from polars_join import BYPASS
from serve import serve, version

_LINES = """
    CREATE OR REPLACE TEMP VIEW coded AS
    SELECT claim_id, service_date, claim_type, procedure_code, units,
           coalesce(modifier_1 IN ({bypass}), false) OR coalesce(modifier_2 IN ({bypass}), false)
           OR coalesce(modifier_3 IN ({bypass}), false) AS bypass
    FROM read_parquet('{path}') WHERE procedure_code IS NOT NULL
"""
_PTP = """
    SELECT count(*) FROM (
        SELECT DISTINCT one.claim_id, one.service_date, edit.column_one, edit.column_two
        FROM coded one JOIN coded two USING (claim_id, service_date, claim_type)
        JOIN read_parquet('{ptp}') edit ON edit.claim_type = one.claim_type
         AND edit.column_one = one.procedure_code AND edit.column_two = two.procedure_code
        WHERE one.procedure_code <> two.procedure_code AND edit.effective <= one.service_date
          AND (edit.deletion IS NULL OR edit.deletion >= one.service_date)
          AND (edit.indicator = 0 OR (edit.indicator = 1 AND NOT one.bypass AND NOT two.bypass)))
"""
_MUE = """
    SELECT count(*) FROM (
        SELECT claim_id, service_date, claim_type, procedure_code, sum(units) AS billed FROM coded GROUP BY ALL) day
    JOIN read_parquet('{mue}') edit USING (claim_type, procedure_code) WHERE day.billed > edit.most
"""


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import duckdb

    path, ptp, mue, questions = sys.argv[1:]
    bypass = ", ".join(f"'{modifier}'" for modifier in BYPASS.split())
    database = duckdb.connect()
    database.execute(_LINES.format(path=path, bypass=bypass))
    count = database.execute(f"SELECT count(*) FROM read_parquet('{path}')").fetchone()[0]  # noqa: S608 - our own file
    asked = [_PTP.format(ptp=ptp)] + ([_MUE.format(mue=mue)] if questions == "ptp+mue" else [])

    def run() -> dict[str, Any]:
        found = [database.execute(question).fetchone()[0] for question in asked]
        return {"lines": count, "findings": sum(found), "by_question": found}

    return {"version": version("duckdb"), "lines": count}, run


if __name__ == "__main__":
    serve(prepare)
