"""Assigns the columns of a table of denials to fields: a mapping, as a TOML file or a dictionary.

name = "our practice system"
rows = "adjustments"                  # a row is an adjustment, and rows alike in all else are one line; else "lines"
date = "MM/DD/YYYY"                   # how days are spelled, where not YYYY-MM-DD or YYYYMMDD
missing = ["~"]                       # texts that mean a blank, besides those that always do

[columns]                             # column -> field; {n} matches any number
"Patient Acct" = "claim_id"
"CPT" = "procedure_code"
"Mod{n}" = "modifiers.{n}"
"Reason" = "adjustments"              # CO-97, or several with amounts: "CO-45:40.00 PR-2:10.00"
"Group{n}" = "adjustments.{n}.group_code"
"Denial{n}" = "adjustments.{n}.carc"
"Amount{n}" = "adjustments.{n}.amount"

[constants]                           # what is the same in every row
payer_name = "A PAYER"

[values.status]                       # what texts of the table mean
"Denied" = "4"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck import toml
from claimcheck.errors import InputError
from claimcheck.io.rows import spelling
from claimcheck.io.rows.layout import numbers, plain

__all__ = ["HEADER", "OF_CLAIM", "OF_LINE", "Mapped", "TableMapping", "mapping_of", "own"]

HEADER = ("payer_name", "payer_id", "payee_npi", "payee_tax_id", "trace_number", "payment_method", "payment_date")
"""Fields of the remittance."""
OF_CLAIM = (
    *("claim_id", "status", "claim_charge", "claim_paid", "patient_responsibility", "filing_indicator"),
    *("payer_claim_id", "facility_type", "frequency", "statement_from", "statement_through", "received_date"),
    *("claim_rendering_npi", "claim_adjustments", "claim_remarks"),
)
"""Fields of the claim, which any of its rows may give."""
OF_LINE = (
    *("line_control_number", "procedure_code", "modifiers", "code_qualifier", "revenue_code", "units", "charge"),
    *("paid", "submitted_code", "submitted_modifiers", "submitted_units", "service_date", "service_date_end"),
    *("submitted_revenue_code", "rendering_npi", "allowed", "adjustments", "remarks"),
)
"""Fields of the service line."""
_FIELDS = frozenset((*HEADER, *OF_CLAIM, *OF_LINE))
_PARTS = ("group_code", "carc", "amount", "quantity")
_ADJUSTMENTS = ("adjustments", "claim_adjustments")
_LISTS = ("modifiers", "submitted_modifiers", "remarks", "claim_remarks", *_ADJUSTMENTS)
_KNOWN = frozenset(("name", "rows", "date", "missing", "columns", "constants", "values"))
_ROWS = ("lines", "adjustments")
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen
class Mapped:
    """A column, its field and, for an adjustment, its number and part."""

    column: int
    field: str
    number: int = 0
    part: str | None = None


@attrs.frozen
class TableMapping:
    """Which column of a table of denials feeds which field."""

    name: str
    columns: Mapping[str, str]
    rows: str = "lines"
    spelled: Callable[[str], str] | None = None
    missing: frozenset[str] = frozenset()
    constants: Mapping[str, str] = _EMPTY
    values: Mapping[str, Mapping[str, str]] = _EMPTY

    def places(self, columns: Sequence[str]) -> list[Mapped]:
        """The fields of a table's columns, in the order in which the mapping names them."""
        found = []
        for pattern, path in self.columns.items():
            field, _, rest = path.partition(".")
            number, _, part = rest.partition(".")
            for column, counted in _found(pattern, columns).items():
                own = counted if number == "{n}" else int(number or 0)
                found.append(Mapped(column, field, own, part or None))
        return found


def _found(pattern: str, columns: Sequence[str]) -> dict[int, int]:
    """The columns that a pattern matches, and the number of each, 0 if it has none."""
    if "{n}" in pattern:
        return numbers(pattern, columns)
    return {place: 0 for place, column in enumerate(columns) if column == plain(pattern)}


def own(columns: Sequence[str]) -> TableMapping | None:
    """The mapping of a table whose columns have the names of fields; None if it names no claim or no line.

    >>> own(["claim_id", "procedure_code", "paid", "adjustment_1_carc"]).columns["paid"], own(["claim", "paid"])
    ('paid', None)
    """
    if "claim_id" not in columns or not {"procedure_code", "revenue_code", "line_control_number"} & set(columns):
        return None
    numbered = {f"{field.removesuffix('s')}_{{n}}": f"{field}.{{n}}" for field in _LISTS if field not in _ADJUSTMENTS}
    for field in _ADJUSTMENTS:
        numbered |= {f"{field.removesuffix('s')}_{{n}}_{part}": f"{field}.{{n}}.{part}" for part in _PARTS}
    return TableMapping("claimcheck", {**{field: field for field in sorted(_FIELDS)}, **numbered})


def mapping_of(given: str | Path | Mapping[str, Any]) -> TableMapping:
    """The mapping in a TOML file, or in a dictionary with the same entries.

    Raises:
        InputError: it is not a mapping; the error names the file and the entry.

    >>> mapping_of({"columns": {"Acct": "claim_id", "CPT": "cpt"}})
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: mapping: columns.CPT: no field of a remittance: cpt
    """
    file = str(given) if isinstance(given, (str, Path)) else "mapping"
    try:
        return _checked(_loaded(Path(given)) if isinstance(given, (str, Path)) else given, file)
    except OSError as error:
        raise InputError(f"the mapping cannot be read: {error.strerror}", file=file) from None
    except ValueError as error:
        raise InputError(str(error), file=file) from None


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        return toml.read(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"the mapping cannot be read: {error}") from None


def _checked(given: object, file: str) -> TableMapping:
    if not isinstance(given, Mapping):
        raise ValueError("a dictionary, or the path of a TOML file, is expected")
    if unknown := sorted(map(str, given.keys() - _KNOWN)):
        raise ValueError(f"{unknown[0]}: no such entry; known: {', '.join(sorted(_KNOWN))}")
    columns, constants = _texts(given, "columns"), _texts(given, "constants")
    for column, path in columns.items():
        _check_path(f"columns.{column}", path, is_numbered="{n}" in column)
    if "claim_id" not in columns.values():
        raise ValueError("columns: a column for claim_id is expected")
    for field in constants:
        if field not in _FIELDS or field in _LISTS:
            raise ValueError(f"constants.{field}: a field of a remittance that is no list is expected")
    values = given.get("values", {})
    if not isinstance(values, Mapping) or not all(isinstance(path, str) for path in values):
        raise ValueError("values: tables of texts by field are expected")
    for path in values:
        _check_path(f"values.{path}", path, is_numbered=True)
    missing = given.get("missing", ())
    if not isinstance(missing, (list, tuple)) or not all(isinstance(text, str) for text in missing):
        raise ValueError("missing: a list of texts is expected")
    if (rows := given.get("rows", _ROWS[0])) not in _ROWS:
        raise ValueError(f"rows: {' or '.join(_ROWS)} is expected")
    return TableMapping(
        str(given.get("name", file)),
        columns,
        rows,
        _spelled(given.get("date")),
        frozenset(missing),
        constants,
        {path: _texts(values, path, of=f"values.{path}") for path in values},
    )


def _texts(given: Mapping[str, Any], key: str, of: str | None = None) -> Mapping[str, str]:
    table = given.get(key, {})
    if not isinstance(table, Mapping) or not all(isinstance(text, str) for text in (*table, *table.values())):
        raise ValueError(f"{of or key}: texts by texts are expected")
    return table


def _check_path(key: str, path: str, *, is_numbered: bool) -> None:
    field, _, rest = path.partition(".")
    number, _, part = rest.partition(".")
    if field not in _FIELDS:
        raise ValueError(f"{key}: no field of a remittance: {path}")
    is_number = number.isdigit() or (number in ("{n}", "*") and is_numbered)
    if rest and (field not in _LISTS or not is_number):
        raise ValueError(f"{key}: a number is expected behind a list alone, as in modifiers.1 or modifiers.{{n}}")
    if bool(part) != (field in _ADJUSTMENTS and bool(rest)) or (part and part not in _PARTS):
        raise ValueError(f"{key}: one of {', '.join(_PARTS)} is expected, as in adjustments.1.carc")


def _spelled(given: object) -> Callable[[str], str] | None:
    if given is None:
        return None
    try:
        return spelling.reader(str(given))
    except ValueError as error:
        raise ValueError(f"date: {error}") from None
