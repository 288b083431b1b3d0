"""Claims as nested JSON: one row for each line, with paths as columns.

A path goes from key to key: `claimInformation.patientControlNumber`. `[]` follows the list of lines, and `[{n}]` a list
whose items are numbered from 1: `healthCareCodeInformation[{n}].diagnosisCode`. A list of values at the end of a path
is a list in one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimcheck.io.rows.layout import Layout

__all__ = ["is_of_paths", "rows_of"]

_LINES = "[]"
_NUMBERED = "[{n}]"


def is_of_paths(layout: Layout) -> bool:
    """Whether a layout's columns are paths to the lines of a claim."""
    return any(_LINES in column for column in layout.columns)


def rows_of(value: Any, layout: Layout) -> Iterator[tuple[dict[str, Any], bool]]:
    """The rows of a claim, each with whether it is a line: a claim without lines has one row, which is not.

    >>> from claimcheck.io.rows.layout_file import from_mapping
    >>> columns = {"id": "claim_id", "dx[{n}].code": "diagnoses.{n}", "lines[].cpt": "procedure_code"}
    >>> layout = from_mapping({"columns": columns})
    >>> claim = {"id": 7, "dx": [{"code": "I10"}, {"code": "E119"}], "lines": [{"cpt": "99213"}, {"cpt": "36415"}]}
    >>> for row, _ in rows_of(claim, layout):
    ...     print(row)
    {'id': 7, 'dx[1].code': 'I10', 'dx[2].code': 'E119', 'lines[].cpt': '99213'}
    {'id': 7, 'dx[1].code': 'I10', 'dx[2].code': 'E119', 'lines[].cpt': '36415'}
    """
    of_lines = [column for column in layout.columns if _LINES in column]
    head = _cells(value, [column for column in layout.columns if _LINES not in column])
    lists = {column.partition(_LINES)[0]: None for column in of_lines}
    found = False
    for path in lists:
        lines = _at(value, path)
        inner = [column for column in of_lines if column.partition(_LINES)[0] == path]
        for line in lines if isinstance(lines, list) else []:
            found = True
            begin = path + _LINES
            own = _cells(line, [column[len(begin) :].removeprefix(".") for column in inner])
            yield {**head, **{f"{begin}.{name}": cell for name, cell in own.items()}}, True
    if not found:
        yield head, False


def _cells(value: Any, paths: list[str]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for path in paths:
        before, numbered, after = path.partition(_NUMBERED)
        if not numbered:
            cells[path] = _at(value, path)
            continue
        items = _at(value, before)
        for number, item in enumerate(items if isinstance(items, list) else [], 1):
            cells[f"{before}[{number}]{after}"] = _at(item, after.removeprefix("."))
    return cells


def _at(value: Any, path: str) -> Any:
    """The value at a path, or None; keys are compared without case unless that is ambiguous."""
    for key in path.split(".") if path else ():
        if not isinstance(value, Mapping):
            return None
        value = value.get(key, _folded(value, key))
    return value


def _folded(value: Mapping[str, Any], key: str) -> Any:
    return next((item for name, item in value.items() if name.lower() == key.lower()), None)
