"""The starter tables: small CSV files in the package, loaded on first use.

Each begins with comment lines that say what it holds and where it is from, followed by the edition's name and exact
range; its columns are named after the fields of the row. They are packed in memory like official files on disk, so that
one kind of lookup serves both.

>>> shelf("category_ii").volumes[0].edition.exact_from.isoformat()
'2020-01-01'
>>> shelf("opps") is None
True
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeVar, get_type_hints

from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import (
    AddOnRow,
    CarcRow,
    CategoryIIRow,
    CodeListRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    PlaceOfServiceRow,
    PtpRow,
    RarcRow,
    Record,
    ServiceGroupRow,
)
from claimcheck.tables.shelf import Shelf, Volume

__all__ = ["PROGRAM", "TABLES", "days", "digest", "edition", "known_absent_pairs", "shelf"]

PROGRAM: Final = "medicare"

_PTP: Final = ("ptp_practitioner", "ptp_outpatient_hospital")
_RECORDS: Final[Mapping[str, tuple[str, type[Record]]]] = MappingProxyType(
    {
        "add_on": ("add_on.csv", AddOnRow),
        "carc": ("carc.csv", CarcRow),
        "category_ii": ("category_ii.csv", CategoryIIRow),
        "fee_schedule": ("fee_schedule.csv", FeeScheduleRow),
        "modifier": ("modifiers.csv", HcpcsRow),
        "mue_outpatient_hospital": ("mue.csv", MueRow),
        "mue_practitioner": ("mue.csv", MueRow),
        "place_of_service": ("place_of_service.csv", PlaceOfServiceRow),
        "rarc": ("rarc.csv", RarcRow),
        "service_group": ("service_groups.csv", ServiceGroupRow),
    }
)
_GROUPED: Final = ("inpatient_diagnosis", "inpatient_procedure")  #: codes of which the same holds share a row
_QUARTERLY: Final = (*_PTP, "mue_practitioner", "add_on", "fee_schedule")
TABLES: Final = (*_RECORDS, *_PTP, *_GROUPED)

R = TypeVar("R", bound="Record | PtpRow")


@cache
def shelf(table: str) -> Shelf[Any] | None:
    """The starter edition of a table, or None."""
    if table in _PTP:
        of_pairs, pairs = _read("ptp.csv", table, PtpRow)
        return Shelf.of([Volume(of_pairs, PairTable.over(memoryview(pack_pairs([PairPart.of(pairs)])), table))])
    if table in _GROUPED:
        volume = Volume(edition(table), RecordTable.over(memoryview(pack_records(_grouped(table))), table))
        return Shelf.of([volume])
    if table not in _RECORDS:
        return None
    file, row_type = _RECORDS[table]
    of_rows, rows = _read(file, table, row_type)
    if table == "fee_schedule":
        rows += _category_ii_on_the_schedule()
    return Shelf.of([Volume(of_rows, RecordTable.over(memoryview(pack_records(rows)), table))])


@cache
def edition(table: str) -> Edition:
    """The starter edition of a table, by its comment lines."""
    file = "ptp.csv" if table in _PTP else f"{table}.csv" if table in _GROUPED else _RECORDS[table][0]
    return _edition(_lines(file)[0], table)


def exact_range() -> tuple[date, date]:
    """The first and the last day for which the starter editions of the NCCI tables and the fee schedule answer.

    >>> exact_range()
    (datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
    """
    held = [edition(table) for table in _QUARTERLY]
    return max(one.exact_from for one in held), min(one.exact_through for one in held)


@cache
def days(table: str) -> frozenset[date]:
    """The days on which something that the starter edition of a table says begins or ends.

    Of the large tables by their text, which is not packed for that.
    """
    if table not in _GROUPED:
        held = shelf(table)
        return frozenset() if held is None else frozenset(day for volume in held.volumes for day in volume.table.days())
    cells = {row[name] for row in _lines(f"{table}.csv")[1] for name in ("effective", "deletion")}
    return frozenset(map(date.fromisoformat, cells - {""}))


@cache
def digest() -> str:
    """A hash of everything in the starter tables."""
    from importlib.resources import files

    held = hashlib.sha256()
    grouped = (f"{table}.csv" for table in _GROUPED)
    for file in sorted({*(file for file, _ in _RECORDS.values()), *grouped, "ptp.csv", "ptp_absent.csv"}):
        held.update(files("claimcheck.tables.starter").joinpath(file).read_bytes())
    return held.hexdigest()


@cache
def known_absent_pairs() -> frozenset[tuple[str, str]]:
    """The pairs, in both directions, that are known not to be PTP edits although their codes suggest it."""
    _, lines = _lines("ptp_absent.csv")
    return frozenset(pair for row in lines for pair in ((row["code"], row["other"]), (row["other"], row["code"])))


def _category_ii_on_the_schedule() -> list[FeeScheduleRow]:
    """No Category II code has a relative value, global days, or an indicator (CMS, July 2024, all 565 rows)."""
    _, rows = _read("category_ii.csv", "category_ii", CategoryIIRow)
    return [_without_value(row.code, row.status) for row in rows if row.status]


def _without_value(code: str, status: str) -> FeeScheduleRow:
    nothing = FeeScheduleRow(code, "", status, "XXX", "0.0", "0.0", "9", "9", pctc="9")
    return nothing._replace(
        **dict.fromkeys(("preoperative", "intraoperative", "postoperative"), "0.0"),
        **dict.fromkeys(("assistant", "co_surgeons", "team"), "9"),
        supervision="09",
        imaging_family="99",
    )


def _read(file: str, table: str, row_type: type[R]) -> tuple[Edition, list[R]]:
    """The edition and rows of a table; if a file serves several, those whose column `table` names it."""
    about, lines = _lines(file)
    hints = get_type_hints(row_type)
    row: Callable[..., R] = row_type
    return _edition(about, table), [
        row(*(_value(hints[field], cells.get(field, "")) for field in row_type._fields))
        for cells in lines
        if cells.get("table", table) == table
    ]


def _edition(about: Mapping[str, str], table: str) -> Edition:
    first, last = (date.fromisoformat(about[name]) for name in ("exact_from", "exact_through"))
    return Edition(PROGRAM, table, about["edition"], first, last, starter=True)


def _grouped(table: str) -> list[CodeListRow]:
    """The rows of a table in which codes of which the same holds share a row."""
    found = []
    for cells in _lines(f"{table}.csv")[1]:
        effective, deletion, codes = (cells.pop(name) for name in ("effective", "deletion", "codes"))
        since, until = (_value(date | None, day) for day in (effective, deletion))
        values = tuple(cells.items())
        found += [CodeListRow(code, since, until, values) for code in codes.split()]  # type: ignore[arg-type]
    return found


def _lines(file: str) -> tuple[dict[str, str], Iterator[dict[str, str]]]:
    """The values in the comment lines ("edition", "exact_from", ...), and the rows after them."""
    from importlib.resources import (
        files,
    )  # costs more than the rest of the module

    text = files("claimcheck.tables.starter").joinpath(file).read_text("utf-8").splitlines()
    comments = [line.removeprefix("# ").partition(": ") for line in text if line.startswith("#")]
    return {name: value for name, _, value in comments}, csv.DictReader(
        line for line in text if not line.startswith("#")
    )


def _value(hint: object, cell: str) -> object:
    if hint is int:
        return int(cell)
    if hint is bool:
        return cell == "1"
    if hint in (date, date | None) and cell:
        return date.fromisoformat(cell)
    return cell if hint is str else cell or None
