"""User lists, for tables without a published machine-readable file: one small CSV (or xlsx) layout each.

A header row with `code`, `effective`, and `deletion` (dates as YYYY-MM-DD, the last day in force included, or blank for
no bound), and all of the list's own columns, in any order:

- `age_sex`: `kind` (procedure or diagnosis), `age_min` and `age_max` (whole years, both included, or blank), `sex`
  (M, F or blank)
- `revenue_code`: `hcpcs` (required, optional or exempt), `recognised` (yes or no)
- `replacement`: `replaced_by`, a code
- `manifestation`, `unacceptable_principal`: no column of its own, so the file's name must hold the list's
- the tables of the outpatient code editor, in the layouts described in `claimcheck.tables.readers.outpatient`
- notes of the ICD-10-CM tabular list, and the Medicare Code Editor's diagnoses, in the layouts described in
  `claimcheck.tables.readers.tabular` and `claimcheck.tables.readers.inpatient`
- the diagnoses for which a service is covered, in the layouts described in `claimcheck.tables.readers.coverage`
- lists of laboratory fees, drugs, telehealth services, and equipment, in those described in
  `claimcheck.tables.readers.payment_lists`

The list is the user's own word: it answers for every date, from the date in its name on if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import days, editions
from claimcheck.tables.readers.coverage import COVERAGE_LISTS
from claimcheck.tables.readers.inpatient import INPATIENT_LISTS
from claimcheck.tables.readers.kinds import Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.outpatient_lists import OUTPATIENT_LISTS
from claimcheck.tables.readers.payment_layouts import PAYMENT_LISTS
from claimcheck.tables.readers.payment_lists import by_labeler
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.readers.tabular import NOTE_LISTS
from claimcheck.tables.rows import CodeListRow

__all__ = ["CODE_LISTS", "OWN_LISTS"]

_DATED = ("code", "effective", "deletion")
_CODE = regex.compile(r"[0-9A-Z][0-9A-Z.]{1,9}", regex.ASCII)
_NDC = regex.compile(r"[0-9]{11}", regex.ASCII)
_AGE = regex.compile(r"[0-9]{1,3}|", regex.ASCII)
_OWN: Mapping[str, Mapping[str, regex.Pattern[str]]] = {
    "age_sex": {
        "kind": regex.compile(r"procedure|diagnosis"),
        "age_min": _AGE,
        "age_max": _AGE,
        "sex": regex.compile(r"[MF]|"),
    },
    "therapy_amount": {"amount": regex.compile(r"[0-9]{1,6}\.[0-9]{2}", regex.ASCII)},
    "anesthesia_base": {"base_units": regex.compile(r"[0-9]{1,2}", regex.ASCII)},
    "revenue_code": {"hcpcs": regex.compile(r"required|optional|exempt"), "recognised": regex.compile(r"yes|no")},
    "replacement": {"replaced_by": _CODE},
    "manifestation": {},
    "unacceptable_principal": {},
}
OWN_LISTS = tuple(_OWN)
_SHAPES = {**_OWN, **OUTPATIENT_LISTS, **PAYMENT_LISTS, **NOTE_LISTS, **INPATIENT_LISTS, **COVERAGE_LISTS}


_RESTORED: Mapping[str, Callable[[Account, str], str]] = {
    "revenue_code": Account.revenue,
    "outpatient_revenue": Account.revenue,
    "outpatient_apc": lambda _, number: number,
    "ndc_hcpcs": Account.ndc,
}


def _table(top: Header, source: Source) -> str | None:
    own = frozenset(top.cells) - frozenset(_DATED)
    named = source.asked.table or next((table for table in _SHAPES if table in source.name.lower()), None)
    fitting = [table for table, columns in _SHAPES.items() if own == columns.keys()]
    if own and len(fitting) == 1:
        return fitting[0]
    return named if named in fitting else None


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = header(head, *_DATED)
    return None if top is None else partial(_readings, head=head, top=top)


def _readings(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    source = sheet.source
    table = _table(top, source)
    if table is None:
        shapes = "; ".join(f"{name}: {', '.join((*_DATED, *columns))}" for name, columns in _SHAPES.items())
        raise source.error(f"the columns of no list that is known ({shapes})", top.row + 1)
    account = Account()
    rows = sheet_reader(sheet, top.row + 1, _parser(table, top, account), account, whole=True)
    first = source.asked.effective or editions.quarter_named(source.name) or editions.FIRST_DAY
    program = source.asked.program or "medicare"
    edition = Edition(program, table, source.name.rpartition(".")[0] or source.name, first, editions.LAST_DAY)
    yield Reading(edition, notice(head, top.row), source.file, source.sha256, None, rows, account)


def _parser(table: str, top: Header, account: Account) -> Callable[[list[str]], CodeListRow | str | None]:
    width, day = len(top.cells), days.iso()
    code_at, effective_at, deletion_at = (top.at[name] for name in _DATED)
    own = [(name, top.at[name], form) for name, form in _SHAPES[table].items()]
    restored = _RESTORED.get(table, Account.procedure)

    def parse(cells: list[str]) -> CodeListRow | str | None:
        if not any(cells):
            return None
        if len(cells) != width:
            return f"{len(cells)} columns where {width} are expected"
        code = restored(account, cells[code_at].strip())
        if (_NDC if table == "ndc_hcpcs" else _CODE).fullmatch(code) is None:
            return unlike("code", code, "a code")
        values = [(name, _value(name, cells[place].strip(), account)) for name, place, _ in own]
        for (name, value), (_, _, form) in zip(values, own, strict=True):
            if form.fullmatch(value) is None:
                return unlike(name, value, "a value that the list knows")
        if table == "ndc_hcpcs":
            code, values = by_labeler(code, values)
        try:
            effective, deletion = day.optional(cells[effective_at]), day.optional(cells[deletion_at])
        except ValueError as error:
            return str(error)
        return CodeListRow(code, effective, deletion, tuple(values))

    return parse


def _value(name: str, text: str, account: Account) -> str:
    return account.procedure(text) if name == "replaced_by" else text


CODE_LISTS = Kind("list of one's own", _recognise)
