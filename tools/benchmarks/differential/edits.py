"""What claimcheck finds, in the numbers of the outpatient code editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from claimcheck import ClaimResult
from claimcheck.rules.outpatient_editor import edit_of

__all__ = ["ALIVE", "COMPARED", "NEVER", "edits_of", "placed"]

_OF_THE_CLAIM = frozenset({10})  #: which claimcheck says of each line, and the editor of the claim
_NOT_PROCESSED = frozenset({46, 118})  #: after which the editor says nothing else

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
    57,
    60,
    61,
    62,
    66,
    67,
    68,
    69,
}
ALIVE |= {
    70,
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
    95,
    98,
    99,
    100,
    101,
    104,
    105,
    109,
    110,
    112,
    113,
}
ALIVE |= {30, 114, 115, 122}  # which ended, and are run on claims of before
ALIVE |= {116, 117, 118, 120, 121, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138}
ALIVE |= {190, 191}

#: Alive, and without a code that it could be given for.
NEVER: Mapping[int, str] = MappingProxyType(
    {105: "no pair of OFFSET_CODEPAIR has a day of approval, 2019-07 to 2026-04"}
)


def placed(edits: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The edits, each once: what is said of a line is not said of the claim (line 0) again."""
    given = {(0 if edit in _OF_THE_CLAIM else line, edit) for line, edit in edits}
    of_lines = {edit for line, edit in given if line}
    return {(line, edit) for line, edit in given if line or edit not in of_lines}


def edits_of(result: ClaimResult) -> set[tuple[int, int]]:
    """The edits of a verdict, each with its line; 0 is the claim.

    Of a bill that it does not process the editor says that, and nothing else.
    """
    found: set[tuple[int, int]] = set()
    for finding in result.findings:
        number = edit_of(finding.rule_id, finding, finding.evidence)
        if number is not None:
            found.add((finding.line_number or 0, number))
    return {one for one in found if one[1] in _NOT_PROCESSED} or found
