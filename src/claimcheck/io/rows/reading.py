"""From the cells of a row to the fields of a claim and a line, by a layout."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import attrs
import regex

from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode
from claimcheck.claims import diagnosis as coded
from claimcheck.io.rows import spelling
from claimcheck.io.rows.layout import Layout, Place
from claimcheck.io.rows.table import Row
from claimcheck.io.rows.target import ALL, ROLES, Target, parse

__all__ = ["IDENTIFIERS", "SEPARATOR", "RowReader", "Said"]

_KINDS = {"procedures": InpatientProcedure, "occurrence_codes": OccurrenceCode, "value_codes": ValueCode}
SEPARATOR = regex.compile(r"[\s,;|]+")
_FLAGS = {"true": True, "false": False}
IDENTIFIERS = ("claim_id", "member_id", "original_claim_id")

Given = list[tuple[Target, Any]]
"""What stands in the columns of one field that are not blank."""

_Column = tuple[int, tuple[bool, str], Target, Callable[[str], str] | None]


@attrs.frozen
class Said:
    """What a row says: of the claim, of its own line, and in lists of the claim."""

    row: Row
    claim: Mapping[str, Any]
    line: Mapping[str, Any]
    lists: Mapping[str, tuple[Any, ...]]


class RowReader:
    """Reads rows of the given columns as a layout has them.

    >>> from claimcheck.io.rows.layout import named
    >>> reader = RowReader(named("tuva"), ["claim_id", "claim_line_number", "hcpcs_code", "diagnosis_code_1"])
    >>> said = reader.read(Row(2, ["7", "1", "99213", "I10"]))
    >>> said.claim, said.line
    ({'claim_id': '7'}, {'line_number': '1', 'procedure_code': '99213'})
    >>> said.lists
    {'diagnoses': (Diagnosis(code='I10', version='ICD-10-CM', role='principal', poa=None),)}
    """

    def __init__(self, layout: Layout, columns: Sequence[str], of: Collection[str] | None = None) -> None:
        """`of` names the fields that are read, where it is not all of them."""
        self._places = [
            (place.column, (place.target.of_line, place.target.field), place.target, _text_reader(place, layout))
            for place in layout.places(columns)
            if of is None or place.target.field in of
        ]
        self._of_lines = [place for place in self._places if place[2].of_line]
        self._width = len(columns)
        constants = [(parse(path), value) for path, value in layout.constants.items()]
        self._of_claim = {target.field: value for target, value in constants if not target.of_line}
        self._of_line = {target.field: value for target, value in constants if target.of_line}

    def read(self, row: Row) -> Said:
        claim, line, lists = dict(self._of_claim), dict(self._of_line), dict[str, tuple[Any, ...]]()
        for (of_line, field), given in self._given(row).items():
            target = given[0][0]
            if not target.is_list:
                (line if of_line else claim)[field] = _scalar(field, given)
            elif of_line:
                line[field] = _texts(given)
            elif items := tuple(_texts(given) if field == "condition_codes" else _items(field, given)):
                lists[field] = items
        return Said(row, claim, line, _with_roles(lists))

    def read_line(self, row: Row, like: Said) -> Said:
        """The same, of a row that says of its claim all that the row of `like` says: only its line is read."""
        line = dict(self._of_line)
        for (_, field), given in self._given(row, self._of_lines).items():
            line[field] = _texts(given) if given[0][0].is_list else _scalar(field, given)
        return Said(row, like.claim, line, like.lists)

    @property
    def of_claims(self) -> tuple[int, ...]:
        """The columns that say something of the claim."""
        return tuple(sorted({column for column, _, target, _ in self._places if not target.of_line}))

    def _given(self, row: Row, places: Sequence[_Column] | None = None) -> dict[tuple[bool, str], Given]:
        """By field, what is not blank; a row of JSON is short where later rows have further columns."""
        cells = row.cells if len(row.cells) == self._width else [*row.cells, *[None] * (self._width - len(row.cells))]
        fields: dict[tuple[bool, str], Given] = {}
        for column, field, target, read in self._places if places is None else places:
            cell = cells[column]
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                cell = cell.strip()
                if not cell:
                    continue
                if read is not None:
                    cell = read(cell)
            if field in fields:
                fields[field].append((target, cell))
            else:
                fields[field] = [(target, cell)]
        return fields


def _text_reader(place: Place, layout: Layout) -> Callable[[str], str] | None:
    """What else than to strip it there is to do with a text; mostly nothing."""
    if place.values:
        return lambda text: place.values.get(text, text)
    return spelling.reader(layout.date) if layout.date is not None and place.target.is_date else None


def _scalar(field: str, given: Given) -> Any:
    """The first; or, of a text in numbered parts, all of them put together."""
    target, value = given[0]
    if target.number is not None or len(given) > 1:
        whole = [value for target, value in given if target.number is None]
        if not whole:
            return "".join(str(value) for _, value in sorted(given, key=_number))
        value = whole[0]
    if field == "reporting_only" and isinstance(value, str):
        return _FLAGS.get(value.lower(), value)
    if field in IDENTIFIERS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # identifiers are often stored as numbers, and mean nothing by their digits
    return value


def _number(entry: tuple[Target, Any]) -> int:
    number = entry[0].number
    return number if isinstance(number, int) else -1


def _texts(given: Given) -> list[Any]:
    """A list of texts or numbers: those of lists in one cell, then the numbered ones in order."""
    texts: list[Any] = []
    for target, value in sorted(given, key=_number):
        texts += _split(value) if target.number is None else [value]
    return texts


def _split(cell: Any) -> list[Any]:
    """The items of a list in one cell.

    >>> _split("25, 59"), _split(["25"]), _split(1)
    (['25', '59'], ['25'], [1])
    """
    if isinstance(cell, str):
        return [*filter(None, SEPARATOR.split(cell))]
    return cell if isinstance(cell, list) else [cell]


def _items(field: str, given: Given) -> list[Any]:
    """A list of coded values: those of lists in one cell, then the numbered ones, of which each has parts."""
    of_all = {str(target.part): value for target, value in given if target.number == ALL}
    numbered: dict[int, dict[str, Any]] = {}
    found: list[tuple[int, Any]] = []
    for target, value in given:
        if target.number is None:
            found += [(1, item) for item in _listed(field, _split(value), of_all)]
        elif isinstance(target.number, int):
            numbered.setdefault(target.number, {})[str(target.part)] = value
    for number, parts in sorted(numbered.items()):
        # A version or an indicator without a code is a blank that the table fills.
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
    """Number 0 is one that the table may name again among the others: then it is that one, and not another."""
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


def _with_roles(lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """The diagnoses of all roles in one list, which a claim has."""
    if not lists.keys() & {*ROLES}:
        return lists
    diagnoses = list(lists.pop("diagnoses", ()))
    for role in ROLES:
        diagnoses += [_with_role(item, role) for item in lists.pop(role, ())]
    return {"diagnoses": tuple(diagnoses), **lists}
