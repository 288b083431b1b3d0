"""A layout: which column of a table of lines goes where. Written as TOML, the ones that come with claimcheck too.

name = "our export"
requires = ["claim_no", "cpt"]        # columns by which it is known; all of these
any_of = ["cpt", "revenue"]           # and one of these
key = ["claim_no", "site"]            # columns that tell claims apart; else the one of the claim id
date = "MM/DD/YYYY"                   # how days are spelled, where not YYYY-MM-DD or YYYYMMDD
complete = true                       # a column that is not named is a finding, and not passed over

[columns]                             # column -> where it goes, see `target`; {n} stands for any number
claim_no = "claim_id"
cpt = "procedure_code"
"mod{n}" = "modifiers.{n}"

[constants]                           # what is the same on every line
claim_type = "professional"

[values."diagnoses.*.version"]        # what values of the table mean
"10" = "ICD-10-CM"
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import regex

from claimcheck.errors import InputError
from claimcheck.io.rows import spelling
from claimcheck.io.rows.target import Target, parse

__all__ = ["Layout", "Place", "from_mapping", "library", "named"]

_KNOWN = {"name", "requires", "any_of", "key", "date", "complete", "columns", "constants", "values"}
_NUMBER = regex.compile(r"\.(?:[0-9]+|\{n\})")


@attrs.frozen
class Place:
    """A column of a table at hand, and where it goes; `values` translates what stands in it."""

    column: int
    target: Target
    values: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Layout:
    """Which column of a table goes where."""

    name: str
    columns: Mapping[str, str]
    requires: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    date: str | None = None
    complete: bool = False
    constants: Mapping[str, Any] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table of these columns (see `plain`) is of this layout."""
        have = set(columns)
        return have.issuperset(self.requires) and (not self.any_of or not have.isdisjoint(self.any_of))

    def places(self, columns: Sequence[str]) -> list[Place]:
        """Where the columns go, in the order in which the layout names them: of several for one field, the first
        that is not blank counts."""
        found: list[tuple[int, int, Place]] = []
        for order, (pattern, path) in enumerate(self.columns.items()):
            numbers = _matcher(pattern)
            for position, column in enumerate(columns):
                if (number := numbers(column)) is not None:
                    target = parse(path.replace("{n}", number))
                    values = self.values.get(_NUMBER.sub(".*", path), {})
                    found.append((order, int(number or 0), Place(position, target, values)))
        return [place for _, _, place in sorted(found, key=lambda entry: entry[:2])]


def plain(column: str) -> str:
    """A column's name without the case and the space in which exports differ.

    >>> plain(" CLM_ID ")
    'clm_id'
    """
    return column.strip().lower()


@lru_cache(maxsize=1_024)
def _matcher(pattern: str) -> Callable[[str], str | None]:
    """What {n} of the pattern is in a column, "" where the pattern has none, None where the column is another."""
    before, numbered, after = plain(pattern).partition("{n}")
    if not numbered:
        return lambda column: "" if column == before else None
    matches = regex.compile(f"{regex.escape(before)}0*([0-9]{{1,3}}){regex.escape(after)}").fullmatch
    return lambda column: None if (match := matches(column)) is None else match[1]


@lru_cache(maxsize=1)
def library() -> tuple[Layout, ...]:
    """The layouts that come with claimcheck.

    >>> [layout.name for layout in library()]
    ['claimcheck', 'rif_institutional', 'rif_professional', 'tuva']
    """
    folder = resources.files("claimcheck.io.rows") / "layouts"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(from_mapping(tomllib.loads(item.read_text("utf-8")), item.name) for item in files)


def named(name: str) -> Layout:
    """The layout of that name.

    >>> named("tuva").requires
    ('claim_id', 'claim_line_number', 'claim_type')
    >>> named("excel")
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: excel is no layout: claimcheck, rif_institutional, rif_professional, tuva are known
    """
    for layout in library():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in library())
    raise InputError(f"{name} is no layout: {known} are known")


def from_mapping(mapping: str | Path | Mapping[str, Any] | Layout, file: str = "mapping") -> Layout:
    """The layout that a TOML file says, or a mapping of the same entries.

    Raises:
        InputError: it is no layout; says the file and the key.

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
        return tomllib.loads(path.read_bytes().decode())
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, not TOML, or no path
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the mapping cannot be read: {reason}", file=str(path)) from None


def _checked(mapping: Mapping[str, Any], file: str) -> Layout:
    unknown = sorted(map(str, mapping.keys() - _KNOWN))
    if unknown:
        raise ValueError(f"{unknown[0]}: no such entry; known are {', '.join(sorted(_KNOWN))}")
    columns, constants, translated = (_table(mapping, key) for key in ("columns", "constants", "values"))
    fields = {_target(f"columns.{column}", path).field for column, path in columns.items()}
    if "claim_id" not in fields:
        raise ValueError("columns: a column for claim_id is expected")
    for path in constants:
        target = _target(f"constants.{path}", path)
        if target.is_list or target.number is not None:
            raise ValueError(f"constants.{path}: a field that is no list is expected")
    for path, values in translated.items():
        _target(f"values.{path}", path)
        if not (isinstance(values, Mapping) and all(isinstance(value, str) for value in values.values())):
            raise ValueError(f"values.{path}: texts by texts are expected")
    return Layout(
        name=_of(mapping, "name", str, file),
        columns=columns,
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


def _texts(mapping: Mapping[str, Any], key: str) -> tuple[str, ...]:
    texts = mapping.get(key, ())
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{key}: a list of columns is expected")
    return tuple(map(plain, texts))


def _of(mapping: Mapping[str, Any], key: str, kind: type[Any], default: Any) -> Any:
    value = mapping.get(key, default)
    if value is not default and not isinstance(value, kind):
        raise ValueError(f"{key}: {'true or false' if kind is bool else 'text'} is expected")
    return value


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
