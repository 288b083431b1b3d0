"""Where fuzzing begins: the kept corpus, and what the repository holds anyhow, in the form that a target reads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tools.fuzz import columnar

__all__ = ["CORPUS", "FIXTURES", "seeds"]

CORPUS = Path(__file__).parent / "corpus"
#: Official layouts with a few rows each, written by hand for the tests of their readers.
FIXTURES = Path(__file__).parents[2] / "tests" / "tables" / "readers" / "fixtures"


def seeds(target: str) -> list[bytes]:
    """The inputs to begin with; never none."""
    kept = [path.read_bytes() for path in sorted((CORPUS / target).glob("*"))] if (CORPUS / target).is_dir() else []
    match target:
        case "code":
            kept = [line for text in kept for line in text.splitlines()]
        case "rows":
            kept = [b"\0" + text for text in kept]
        case "arrow":
            kept = list(columnar.seeds())
        case "mapping":
            kept = [b"\1" + text for text in kept]
        case "tables":
            kept = list(_tables())
        case "packed":
            kept = list(_packed())
    chosen = random.Random(target)
    return [*kept, b"", *(chosen.randbytes(40 << power) for power in range(6))]


def _tables() -> Iterator[bytes]:
    for number, path in enumerate(sorted(FIXTURES.iterdir())):
        yield bytes([number]) + path.read_bytes()


def _packed() -> Iterator[bytes]:
    from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
    from claimcheck.tables.packed.records import pack_records
    from claimcheck.tables.rows import MueRow, PtpRow
    from claimcheck.tables.store.manifest import Entry, Manifest, Source

    day = date(2024, 7, 1)
    source = Source("", "mue.csv", "0" * 64, "1", 2, 0)
    entry = Entry(
        "records", "medicare", "mue_dme", "2024Q3", day, day, 2, (source,), ("notice",), "a.packed", 9, "0" * 64
    )
    yield b"\0" + Manifest((entry,)).to_bytes()
    yield b"\1" + pack_records([MueRow("97110", 6, 3, ""), MueRow("99213", 2, 3, "Clinical")])
    pairs = [("45385", "45378", 0), ("45385", "45380", 1), ("45380", "45378", 0)]
    rows = [PtpRow(one, two, date(1996, 1, 1), None, indicator, "") for one, two, indicator in pairs]
    yield b"\2" + pack_pairs([PairPart.of(rows)])
