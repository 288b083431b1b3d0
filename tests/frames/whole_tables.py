"""A table of NCCI pairs that covers its days, as the starter tables do not: so that lines fall apart into groups."""

from __future__ import annotations

from datetime import date
from functools import cache

from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.rows import PtpRow
from claimcheck.tables.shelf import Volume, shelved

__all__ = ["PAIRED", "ROWS", "whole_tables"]

PAIRS = (
    ("45385", "45380", 1),
    ("45380", "45378", 0),
    ("20610", "99213", 1),
    ("20610", "96372", 1),
    ("97110", "97530", 1),
    ("99213", "36415", 0),
    ("80053", "80048", 0),
    ("11720", "99213", 1),
)
PAIRED = sorted({code for one, two, _ in PAIRS for code in (one, two)})


ROWS = (
    *(PtpRow(one, two, date(2020, 1, 1), None, indicator, "made") for one, two, indicator in PAIRS),
    PtpRow("17000", "88311", date(2024, 7, 16), None, 1, "made"),  # changes within the time of the tests
)


@cache
def whole_tables() -> Tables:
    """The tables, from July to September 2024."""
    packed = PairTable.over(memoryview(pack_pairs([PairPart.of(sorted(ROWS))])), "ptp")
    edition = Edition("medicare", "ptp_practitioner", "made", date(2024, 7, 1), date(2024, 9, 30))
    return Tables(None, shelved([Volume(edition, packed)]))
