"""Lists of coded values, such as diagnoses, from the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode, list_fields
from claimcheck.claims import coded_values as coded
from claimcheck.io.rows.target import ALL, ROLES, Target

__all__ = ["Given", "coded_items", "number_of", "with_roles"]

_KINDS = {"procedures": InpatientProcedure, "occurrence_codes": OccurrenceCode, "value_codes": ValueCode}

Given = list[tuple[Target, Any]]
"""The nonblank cells of the columns for one field."""


def number_of(entry: tuple[Target, Any]) -> int:
    """The item number of a column, for sorting; -1 if it has none."""
    number = entry[0].number
    return number if isinstance(number, int) else -1


def _split(cell: Any) -> list[Any]:
    """The items of a list in one cell.

    >>> _split("25, 59"), _split(["25"]), _split(1)
    (['25', '59'], ['25'], [1])
    """
    if isinstance(cell, str):
        return list_fields.split(cell)
    return cell if isinstance(cell, list) else [cell]


def coded_items(field: str, given: Given, of_items: Mapping[str, Any]) -> list[Any]:
    """A list of coded values: first from list cells, then from numbered columns, each with its parts."""
    of_all = {**of_items, **{str(target.part): value for target, value in given if target.number == ALL}}
    numbered: dict[int, dict[str, Any]] = {}
    found: list[tuple[int, Any]] = []
    for target, value in given:
        if target.number is None:
            items = tuple(_listed(field, _split(value), of_all))
            found += [(1, item) for item in (coded.in_one_text(items) if isinstance(value, str) else items)]
        elif isinstance(target.number, int):
            numbered.setdefault(target.number, {})[str(target.part)] = value
    for number, parts in sorted(numbered.items()):
        # A version or indicator without a code is filler in a blank column.
        if parts.keys() & {"code", "date", "amount", "through"}:
            found.append((number, _item(field, {**of_all, **parts}, number)))
    return _in_place(field, found)


def _listed(field: str, given: list[Any], of_all: Mapping[str, Any]) -> Sequence[Any]:
    values = [{**of_all, "code": value} if isinstance(value, str) else value for value in given]
    if field in _KINDS:
        return coded.values(_KINDS[field], values)
    items = coded.diagnoses(values)
    if field == "diagnoses" and given and isinstance(given[0], str):
        return (_with_role(items[0], "principal"), *items[1:])
    return items


def _item(field: str, parts: dict[str, Any], number: int) -> Any:
    if field in _KINDS:
        return _KINDS[field](**parts)
    if field == "diagnoses" and number <= 1:
        parts.setdefault("role", "principal")
    return Diagnosis(**parts)


def _in_place(field: str, found: list[tuple[int, Any]]) -> list[Any]:
    """Item 0 may be repeated among the others: then it is that item."""
    first = next((item for number, item in found if number == 0), None)
    others = [item for number, item in found if number != 0]
    if first is None:
        return others
    same = next((place for place, item in enumerate(others) if _code(item) == _code(first)), None)
    if field == "diagnoses":
        others = [_with_role(item, "principal" if place == same else "other") for place, item in enumerate(others)]
    return [first, *others] if same is None else others


def _code(item: Any) -> Any:
    return getattr(item, "code", None)


def _with_role(item: Diagnosis | Unreadable, role: str) -> Diagnosis | Unreadable:
    return attrs.evolve(item, role=role) if isinstance(item, Diagnosis) and item.role != role else item


def with_roles(lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """The diagnoses of all roles in one list, as a claim has them."""
    if not lists.keys() & {*ROLES}:
        return lists
    diagnoses = list(lists.pop("diagnoses", ()))
    for role in ROLES:
        diagnoses += [_with_role(item, role) for item in lists.pop(role, ())]
    return {"diagnoses": tuple(diagnoses), **lists}
