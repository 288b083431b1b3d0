"""The outpatient code editor's tables as the lists that claimcheck reads, from an independent port of the editor.

`python tools/outpatient_tables.py FOLDER`, run by the Python of an environment that has `pyoce` (its pins are in
`tools/benchmarks/requirements/pyoce.txt`), writes one CSV for each table into FOLDER, in the shapes of
`docs/tables-format.md`, and Addendum B of a day with `--addendum-b`. For tests and for the differential run: a hospital
takes its tables from CMS. Nothing of what is written here belongs into the repository.
"""

from __future__ import annotations

import argparse
import csv
import marshal
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

_NOT_FLAGS = frozenset({"sex", "lo_age", "hi_age", "payment_indicator", "lo_version", "hi_version", "description"})
_OLDEST = 124  #: the age that stands for none
_PAIRS = {
    "map_device_procedure": "device",
    "map_conflict_rhc": "rhc_modifier",
    "map_fqhc_visit": "fqhc_visit",
    "map_imrt": "imrt",
    "map_composite": "composite",
    "data_capc": "comprehensive_rank",
}


def main() -> int:
    """Writes the lists."""
    parser = argparse.ArgumentParser(description="The outpatient code editor's tables as CSV, from a port of it.")
    parser.add_argument("folder", type=Path, help="where the files are written")
    parser.add_argument("--addendum-b", metavar="DAY", action="append", default=[], help="and Addendum B of this day")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    port = Port()
    first = min(port.days.values())[0]
    for name, (columns, rows) in port.lists().items():
        path = given.folder / f"{name}_{first}.csv"
        with path.open("w", newline="", encoding="ascii") as stream:
            writer = csv.writer(stream)
            writer.writerow(["code", "effective", "deletion", *columns])
            writer.writerows(rows)
    for text in given.addendum_b:
        port.addendum_b(date.fromisoformat(text), given.folder)
    return 0


class Port:
    """The port's tables."""

    def __init__(self) -> None:
        from pyoce.dao.provider import LmdbDataProvider

        self._provider = LmdbDataProvider.get_instance()
        ranges = {row["version"]: row for _, row in self._rows("version_range")}
        self.days = {version: (_day(row["date_started"]), _day(row["date_ended"])) for version, row in ranges.items()}
        self._last = max(self.days)

    def lists(self) -> dict[str, tuple[list[str], Iterable[list[str]]]]:
        """Each list: its own columns, and its rows."""
        limits = ["age_min", "age_max"]
        own = ["status_indicator", "apc", "flags", *limits, "approved", "terminated"]
        return {
            "outpatient_procedure": (own, self._hcpcs()),
            "outpatient_diagnosis": (["flags", *limits], self._diagnoses()),
            "outpatient_revenue": (["status_indicator", "flags"], self._revenue()),
            "outpatient_apc": (["status_indicator", "flags"], self._apcs()),
            "outpatient_pair": (["kind", "other", "approved"], self._pairs()),
        }

    def addendum_b(self, day: date, folder: Path) -> None:
        """Addendum B as of a day, in the published columns."""
        version = next(number for number, (first, last) in self.days.items() if first <= day <= last)
        with (folder / f"Addendum_B_{day}.csv").open("w", newline="", encoding="ascii") as stream:
            writer = csv.writer(stream)
            writer.writerow(["HCPCS Code", "Short Descriptor", "SI", "APC", "Relative Weight"])
            for key, row in self._rows("data_hcpcs"):
                if row["lo_version"] <= version <= row["hi_version"]:
                    apc = str(int(row["apc"] or 0) or "")
                    writer.writerow([key[0], "", row["status_indicator"], apc, ""])

    def _rows(self, table: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
        with self._provider.env.begin(self._provider._get_dbi(table)) as transaction:
            for key, held in transaction.cursor():
                yield bytes(key).decode().split("|"), marshal.loads(held)  # noqa: S302 - the port's own form of its tables

    def _span(self, row: dict[str, Any]) -> list[str]:
        low, high = row["lo_version"], row["hi_version"]
        last = "" if high >= self._last else self.days[high][1].isoformat()
        return [self.days[low][0].isoformat(), last]

    def _hcpcs(self) -> Iterator[list[str]]:
        for key, row in self._rows("data_hcpcs"):
            flags = _flags(row, "apc", "status_indicator", "mid_quarter_date_edit", "date_approved", "date_terminated")
            if row["mid_quarter_date_edit"]:
                flags = f"{flags} dated_{int(row['mid_quarter_date_edit'])}".strip()
            approved, terminated = (_iso(row[name]) for name in ("date_approved", "date_terminated"))
            own = [row["status_indicator"] or "", str(int(row["apc"] or 0) or ""), flags]
            yield [key[0], *self._span(row), *own, *_ages(row), approved, terminated]

    def _diagnoses(self) -> Iterator[list[str]]:
        for key, row in self._rows("data_dx10"):
            flags, ages = _flags(row), _ages(row)
            if flags or any(ages):
                yield [key[0], *self._span(row), flags, *ages]

    def _revenue(self) -> Iterator[list[str]]:
        for key, row in self._rows("data_revenue"):
            yield [key[0].zfill(4), *self._span(row), row["status_indicator"] or "", _flags(row, "status_indicator")]

    def _apcs(self) -> Iterator[list[str]]:
        for key, row in self._rows("data_apc"):
            rate = f"payment_{int(row['apc_payment'])}" if row["apc_payment"] else ""
            flags = f"{_flags(row, 'status_indicator', 'apc_payment')} {rate}".strip()
            yield [str(int(key[0])), *self._span(row), row["status_indicator"] or "", flags]

    def _pairs(self) -> Iterator[list[str]]:
        for table, kind in _PAIRS.items():
            for key, row in self._rows(table):
                if table == "data_capc":
                    yield [key[0], *self._span(row), kind, str(int(row["rank"])), ""]
                elif table == "map_composite":
                    other = str(int(row["composite_apc"]))
                    yield [key[0], *self._span(row), f"{kind}_{row['list_type'].lower()}", other, ""]
                else:
                    yield [key[0], *self._span(row), kind, key[1], ""]
        for key, row in self._rows("offset_codepair"):
            yield [key[1], *self._span(row), "offset", key[2], _iso(row["date_activated"])]


def _flags(row: dict[str, Any], *others: str) -> str:
    """What is so of the row: the names of its fields that hold something and are not `others`."""
    counted = ("ph_duration", "iop_duration")
    passed = {*_NOT_FLAGS, *counted, *others}
    names = [name for name, value in row.items() if value is True and name not in passed]
    names += [f"{name}_{int(row[name])}" for name in counted if row.get(name)]
    return " ".join(sorted(names))


def _ages(row: dict[str, Any]) -> list[str]:
    low, high = int(row["lo_age"]), int(row["hi_age"])
    return [str(low or ""), "" if high in (0, _OLDEST) and not (low == 0 and high == 0) else str(high)]


def _iso(number: object) -> str:
    return _day(number).isoformat() if number else ""


def _day(number: object) -> date:
    text = str(number)
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


if __name__ == "__main__":
    sys.exit(main())
