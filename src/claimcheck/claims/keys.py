"""The fields in a mapping: which key means which field, and what to report of unknown keys.

Keys are the fields' own names or one of the `aliases`. Each value is read by the reader of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import attrs

from claimcheck.claims import aliases, records, scalars
from claimcheck.claims.aliases import Place
from claimcheck.claims.read_as import ReadAs, apart, value_of
from claimcheck.claims.reading import Reader, is_blank
from claimcheck.claims.unknown_keys import SHOWN, unknown_key
from claimcheck.claims.unreadable import Problem

__all__ = ["Readers", "fields", "known_keys", "readers_of"]

Readers = Mapping[str, Reader]


def readers_of(kind: type[Any], *, beside: Set[str]) -> Readers:
    """The reader of each field of an attrs class, by name; `beside` are fields that no mapping gives."""
    return {field.name: field.converter for field in attrs.fields(kind) if field.name not in beside}


def fields(mapping: Mapping[Any, object], readers: Readers, level: str) -> dict[str, Any]:
    """The fields of a mapping, each read by its reader.

    They include `problems`, if a key is unknown, two keys of one field disagree, or a value was read from another
    spelling.
    """
    given = {}
    odd = False
    for name, value in mapping.items():
        reader = readers.get(name) if type(name) is str else None
        if reader is None:
            return _fields_of_other_names(mapping, readers, level)
        if value is not None:
            read = given[name] = reader(value)
            if read.__class__ is ReadAs:
                odd = True
    return apart(given) if odd else given


def _fields_of_other_names(mapping: Mapping[Any, object], readers: Readers, level: str) -> dict[str, Any]:
    known, problems = known_keys(mapping, readers, level)
    given = {name: readers[name](value) for name, value in known.items() if value is not None}
    return apart({**given, "problems": problems})


def known_keys(
    mapping: Mapping[Any, object], readers: Readers, level: str
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The unread entries of a mapping by field, and what is wrong with the keys.

    If a field appears both under its own name and under another, its own name counts unless it is blank.

    >>> from claimcheck.claims.aliases import LINE
    >>> from claimcheck.claims.amount_fields import amount
    >>> known_keys({"qty": 2, "colour": "red"}, {"units": amount}, LINE)
    ({'units': 2}, (Problem(kind='unknown_key', field=None, detail=''),))
    >>> known_keys({"units": 1, "Quantity": 2}, {"units": amount}, LINE)
    ({'units': 1}, (Problem(kind='conflicting_fields', field='units', detail='Quantity'),))
    """
    known: dict[str, Any] = {}
    renamed: list[tuple[str, Place, Any]] = []
    problems: list[Problem] = []
    for key, value in mapping.items():
        name = scalars.plain(key)
        if type(name) is str and name in readers:
            known[name] = value
        elif (place := aliases.meant(name, level) if type(name) is str else None) and place.field in readers:
            renamed.append((name if SHOWN.fullmatch(name) else aliases.bare(name), place, value))
        else:
            problems.append(unknown_key(name, readers.keys(), level))
    for field in dict.fromkeys(place.field for _, place, _ in renamed):
        of_field = [entry for entry in renamed if entry[1].field == field and not is_blank(entry[2])]
        problems += _put(known, field, of_field, readers[field])
    return known, tuple(problems)


def _put(known: dict[str, Any], field: str, given: list[tuple[str, Place, Any]], reader: Reader) -> Iterable[Problem]:
    """Adds what other names of a field give; a disagreement with the field itself is reported."""
    pieces = [(place, value) for _, place, value in given if place.number is not None or place.role is not None]
    wholes = [(name, value) for name, place, value in given if place.number is None and place.role is None]
    if is_blank(known.get(field)) and wholes:
        known[field] = wholes.pop(0)[1]
    for name, value in wholes:
        if value_of(reader(value)) != value_of(reader(known[field])):
            yield Problem("conflicting_fields", field=field, detail=name)
    numbered = [_one(field, value) for place, value in sorted(pieces, key=_number) if place.role is None]
    if numbered:
        if is_blank(known.get(field)):
            known[field] = numbered
        elif value_of(reader(numbered)) != value_of(reader(known[field])):
            yield Problem("conflicting_fields", field=field, detail="numbered items")
    for place, value in pieces:
        if place.role is not None:
            known[field] = _with_role(known.get(field), place.role, value)


def _one(field: str, value: Any) -> Any:
    """An item under its own key: for diagnoses it is one code, whatever the text."""
    return {"code": value} if field == "diagnoses" and records.entries(value) is None else value


def _number(piece: tuple[Place, Any]) -> int:
    return piece[0].number or 0


def _with_role(diagnoses: Any, role: str, code: Any) -> list[Any]:
    """A list of diagnoses with one added; a principal that is already listed is that one."""
    listed = records.listed(diagnoses)
    others = [diagnoses] if listed is None and not is_blank(diagnoses) else list(listed or ())
    one = code if records.entries(code) is not None else {"code": code, "role": role}
    if role != "principal":
        return [*others, one]
    same = [place for place, other in enumerate(others) if type(other) is str and _dotless(other) == _dotless(code)]
    if same:
        others[same[0]] = one
        return others
    return [one, *others]


def _dotless(code: Any) -> Any:
    return code.replace(".", "").strip().upper() if type(code) is str else None


# ---------------------------------------------------------------------- keys that mean nothing
