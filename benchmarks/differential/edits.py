"""What claimcheck finds, in the numbers of the outpatient code editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from claimcheck import ClaimResult, Finding

__all__ = ["ALIVE", "COMPARED", "edits_of", "placed"]

_BY_TYPE = {1: 106, 2: 107, 3: 108}
_BY_REMARK = {"N425": 50, "N130": 9, "M15": 111}

_BY_INDICATOR = {"B": 62, "C": 18, "E1": 28, "E2": 13, "M": 72, "Y": 61}  #: of E1, one of the four that it may be

#: By rule: the edit that a finding of it stands for. Where claimcheck only warns, the editor says nothing.
_EDITS: Mapping[str, int | Callable[[Finding], int | None]] = MappingProxyType(
    {
        "COD103": 6,
        "COD107": lambda found: 55 if found.severity == "error" else None,
        "COD202": 1,
        "COD205": 5,
        "COD302": 22,
        "COD304": lambda found: 102 if found.severity == "error" else None,
        "FAC101": 48,
        "FAC102": lambda found: 41 if found.severity == "error" else None,
        "FAC103": 65,
        "FAC109": lambda found: 11 if found.severity == "warning" else 10,
        "FAC110": lambda found: _BY_REMARK[found.rarcs[0]],
        "FAC111": 79,
        "FAC201": lambda found: 82 if found.disposition == "rejected" else 117,
        "FAC202": lambda found: 44 if found.carc == "199" else 53,
        "FAC206": 58,
        "FAC207": 51,
        "FAC208": 37,
        "FAC209": 76,
        "FAC203": lambda found: 74 if found.severity == "error" else None,
        "FAC204": 21,
        "FAC205": 42,
        "FAC210": 17,
        "COD206": 86,
        "COD210": 113,
        "COV201": lambda found: _BY_INDICATOR.get(found.evidence["status_indicator"]),
        "NCCI101": lambda found: 20 if found.evidence["modifier_indicator"] == 0 else 40,
        "NCCI301": lambda found: _BY_TYPE[found.evidence["type"]],
    }
)

#: The edits that both sides can give from published tables alone. Others need the editor's own tables.
COMPARED = frozenset({1, 5, 6, 9, 10, 11, 20, 22, 37, 40, 41, 44, 48, 50, 51, 53, 55, 58, 65, 76, 79, 82, 102})
COMPARED |= {106, 107, 108, 111}

#: The edits that claimcheck gives where a store holds the editor's own tables.
ALIVE = COMPARED | {
    2,
    7,
    12,
    13,
    17,
    18,
    21,
    27,
    28,
    29,
    35,
    38,
    42,
    43,
    45,
    46,
    47,
    49,
    60,
    61,
    62,
    66,
    67,
    68,
    69,
    70,
}
ALIVE |= {
    72,
    73,
    74,
    80,
    81,
    83,
    86,
    87,
    88,
    89,
    90,
    91,
    92,
    93,
    98,
    99,
    100,
    104,
    105,
    109,
    110,
    112,
    113,
    116,
    117,
    118,
}
ALIVE |= {120, 121, 123, 124, 125, 126, 127, 128, 130, 131, 132, 133, 134, 135, 136, 137, 138, 190, 191}


def placed(edits: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The edits, each once: what is said of a line is not said of the claim (line 0) again."""
    given = set(edits)
    of_lines = {edit for line, edit in given if line}
    return {(line, edit) for line, edit in given if line or edit not in of_lines}


def edits_of(result: ClaimResult) -> set[tuple[int, int]]:
    """The edits of a verdict, each with its line; 0 is the claim."""
    found: set[tuple[int, int]] = set()
    for finding in result.findings:
        edit: Any = finding.evidence.get("edit") or _EDITS.get(finding.rule_id)
        number = edit(finding) if callable(edit) else edit
        if number is not None:
            found.add((finding.line_number or 0, number))
    return found
