"""A layout as it is written, in TOML: which column of a table maps to which field.

The layouts that come with claimcheck are written the same way.

name = "our export"
requires = ["claim_no", "cpt"]        # columns by which it is known; all of these
any_of = ["cpt", "revenue"]           # and one of these
key = ["claim_no", "site"]            # columns that tell claims apart; else the one of the claim id
date = "MM/DD/YYYY"                   # how days are spelled, where not YYYY-MM-DD or YYYYMMDD
complete = true                       # a column that is not named is a finding, and not passed over

rows = "lines"                        # what a row is: a service line; a claim without its lines ("claims"); or an item
                                      # of a list of its claim, a diagnosis or a procedure ("items")
belongs_to = "ours"                   # tables that belong to one name, given together, say of the same claims
missing = ["~"]                       # texts that mean a blank, besides those that always do
not_given = ["charge"]                # fields that such a table never gives: they are not checked

[columns]                             # column -> where it goes, see `target`; {n} matches any number
claim_no = "claim_id"
cpt = "procedure_code"
"mod{n}" = "modifiers.{n}"
day = "statement_from service_date"   # several fields, where it says them all
"cpt_{n}" = "procedure_code"          # a number that the field does not have is a line's: several lines in one row
"claim.lines[].days" = "units"         # a path into JSON, see `paths`

[only]                                # rows that say otherwise are passed over
type = ["CHARGE"]

[widths]                              # the columns of a text of fixed width without names, in their order
claim_no = 13

[constants]                           # what is the same on every line
claim_type = "professional"

[values."diagnoses.*.version"]        # what values of the table mean
"10" = "ICD-10-CM"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from claimcheck import toml
from claimcheck.errors import InputError
from claimcheck.io.rows import spelling
from claimcheck.io.rows.layout import Layout, plain
from claimcheck.io.rows.target import ALL, Target, parse

__all__ = ["from_mapping"]

_KNOWN = {"name", "requires", "any_of", "key", "date", "complete", "columns", "constants", "values"}
_KNOWN |= {"rows", "belongs_to", "missing", "not_given", "only", "widths"}
_ROWS = ("lines", "claims", "items")


def from_mapping(mapping: str | Path | Mapping[str, Any] | Layout, file: str = "mapping") -> Layout:
    """The layout in a TOML file, or in a mapping of the same entries.

    Raises:
        InputError: not a layout; names the file and the key.

    >>> from_mapping({"columns": {"claim": "claim_id", "px": "procedure_codes"}})
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: mapping: columns.px: no field of a claim or a service line: procedure_codes
    """
    if isinstance(mapping, Layout):
        return mapping
    if isinstance(mapping, (str, Path)):
        return from_mapping(_loaded(Path(mapping)), str(mapping))
    try:
        return _checked(mapping, file)
    except ValueError as error:
        raise InputError(str(error), file=file) from None


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path that contains NUL
        reason = getattr(error, "strerror", None) or "no path"
        raise InputError(f"the mapping cannot be read: {reason}", file=str(path)) from None
    try:
        return toml.read(content)
    except ValueError as error:
        raise InputError(f"the mapping cannot be read: {error}", file=str(path)) from None


def _checked(mapping: Mapping[str, Any], file: str) -> Layout:
    unknown = sorted(map(str, mapping.keys() - _KNOWN))
    if unknown:
        raise ValueError(f"{unknown[0]}: no such entry; known: {', '.join(sorted(_KNOWN))}")
    columns, constants, translated = (_table(mapping, key) for key in ("columns", "constants", "values"))
    for field in _texts(mapping, "not_given", of="fields"):
        if field != "lines":
            _target("not_given", field)
    only, widths = _table(mapping, "only"), _table(mapping, "widths")
    fields = {field for column, path in columns.items() for field in _fields(column, path)}
    if "claim_id" not in fields:
        raise ValueError("columns: a column for claim_id is expected")
    for path in constants:
        target = _target(f"constants.{path}", path)
        if target.number != ALL and (target.is_list or target.number is not None):
            raise ValueError(f"constants.{path}: a field that is no list is expected, or a part of all items of one")
    for path, values in translated.items():
        _target(f"values.{path}", path)
        if not (isinstance(values, Mapping) and all(isinstance(value, str) for value in values.values())):
            raise ValueError(f"values.{path}: texts by texts are expected")
    return Layout(
        name=_of(mapping, "name", str, file),
        columns=columns,
        rows=_rows(mapping),
        belongs_to=_of(mapping, "belongs_to", str, None),
        missing=frozenset(_texts(mapping, "missing", of="texts")),
        not_given=_texts(mapping, "not_given", of="fields"),
        only={plain(column): frozenset(_texts(only, column, of="texts")) for column in only},
        widths={plain(column): _width(column, width) for column, width in widths.items()},
        requires=_texts(mapping, "requires"),
        any_of=_texts(mapping, "any_of"),
        key=_texts(mapping, "key"),
        date=_date(_of(mapping, "date", str, None)),
        complete=_of(mapping, "complete", bool, False),
        constants=constants,
        values=translated,
    )


def _table(mapping: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = mapping.get(key, {})
    if not isinstance(table, Mapping) or not all(isinstance(name, str) for name in table):
        raise ValueError(f"{key}: a table is expected")
    return table


def _texts(mapping: Mapping[str, Any], key: str, of: str = "columns") -> tuple[str, ...]:
    texts = mapping.get(key, ())
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{key}: a list of {of} is expected")
    return tuple(map(plain, texts)) if of == "columns" else tuple(texts)


def _rows(mapping: Mapping[str, Any]) -> str:
    rows = mapping.get("rows", _ROWS[0])
    if rows not in _ROWS:
        raise ValueError(f"rows: {', '.join(_ROWS[:-1])} or {_ROWS[-1]} is expected")
    return str(rows)


def _width(column: str, width: object) -> int:
    if not isinstance(width, int) or isinstance(width, bool) or width < 1:
        raise ValueError(f"widths.{column}: a number of characters is expected")
    return width


def _of(mapping: Mapping[str, Any], key: str, kind: type[Any], default: Any) -> Any:
    value = mapping.get(key, default)
    if value is not default and not isinstance(value, kind):
        raise ValueError(f"{key}: {'true or false' if kind is bool else 'text'} is expected")
    return value


def _fields(column: str, path: object) -> Iterator[str]:
    for one in path.split() if isinstance(path, str) and path.strip() else [path]:
        yield _target(f"columns.{column}", one).field


def _target(key: str, path: object) -> Target:
    if not isinstance(path, str):
        raise ValueError(f"{key}: a field is expected")
    try:
        return parse(path.replace("{n}", "1"))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _date(format: str | None) -> str | None:  # noqa: A002 - the word for it
    if format is not None:
        try:
            spelling.reader(format)
        except ValueError as error:
            raise ValueError(f"date: {error}") from None
    return format
