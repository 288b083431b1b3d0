"""Rows, readings and stores for tests: made up, small, of the real types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import Account, Reading, Refused, Row
from claimcheck.tables.rows import PtpRow
from claimcheck.tables.store import add_readings

FIRST, LAST = date(2024, 7, 1), date(2024, 9, 30)
DAY = date(2024, 7, 15)
PTP = "ptp_practitioner"


def reading(
    table: str,
    rows: Iterable[Row],
    *,
    first: date = FIRST,
    last: date = LAST,
    name: str = "",
    part: str | None = None,
    source: str = "",
    notice: str = "",
    program: str = "medicare",
    refused: Iterable[Refused] = (),
) -> Reading:
    """A reading of rows in memory, with a checksum of its own content and name."""
    rows = tuple(rows)
    source = source or f"{table}-{part or 'all'}-{first}.txt"
    return Reading(
        Edition(program, table, name or first.isoformat(), first, last),
        notice,
        source,
        hashlib.sha256(repr((rows, source)).encode()).hexdigest(),
        part,
        lambda: iter(rows),
        Account(list(refused)),
    )


def opened(store: Path, *readings: Reading) -> Tables:
    """The tables of a new store of these readings."""
    add_readings(readings, store)
    return Tables.open(store)


def in_force(rows: Iterable[PtpRow], one: str, two: str, on: date) -> PtpRow | None:
    """The pair in force by reading every row: the independent way, a scan of a list."""
    found = [
        row
        for row in rows
        if (row.column_one, row.column_two) == (one, two)
        and row.indicator != 9
        and row.effective <= on <= (row.deletion or date.max)
    ]
    return max(
        found, key=lambda row: (row.effective, row.deletion or date.max, row.indicator, row.rationale), default=None
    )


CODES = ("11055", "11720", "99213", "3044F", "A0021")  #: few, so that pairs recur
codes = st.sampled_from(CODES)
days = st.dates(date(2018, 1, 1), date(2026, 12, 31))
near_days = st.integers(0, 12).map(lambda step: date(2024, 1, 1) + timedelta(30 * step))
ptp_rows = st.builds(
    PtpRow,
    codes,
    codes,
    near_days,
    st.none() | near_days,
    st.sampled_from([0, 1, 9]),
    st.sampled_from(["", "Misuse", "CPT Manual"]),
)
