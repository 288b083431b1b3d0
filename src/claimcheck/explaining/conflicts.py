"""Describes conflicts between two official tables, and what the rules do about them.

>>> said = words("mue-zero-add-on")
>>> said.title, said.rules
('an add-on code of which no unit is payable', ('NCCI201',))
>>> print(said.does)
NCCI201 denies the add-on code on every day, whether or not its primary procedure is paid
"""

from __future__ import annotations

from types import MappingProxyType

import attrs

from claimcheck.tables.conflicts import Kind

__all__ = ["ConflictWords", "words"]


@attrs.frozen
class ConflictWords:
    """A kind of conflict: what it is, the rules whose results it affects, and what they do."""

    title: str
    rules: tuple[str, ...]
    does: str


_PAIR = ("NCCI101",)
_WORDS = MappingProxyType(
    {
        "pair-both-directions": ConflictWords(
            "a pair in force in both directions",
            _PAIR,
            "NCCI101 asks for each direction, and denies both lines where no modifier bypasses the pair",
        ),
        "pair-windows": ConflictWords(
            "a pair in force twice, with different indicators",
            _PAIR,
            "NCCI101 goes by the row that began last",
        ),
        "pair-direction-by-setting": ConflictWords(
            "a pair that stands the other way round in another setting",
            _PAIR,
            "NCCI101 asks the table of the bill's setting alone: of the same two codes one is denied to a "
            "practitioner, and the other to a hospital",
        ),
        "pair-indicator-by-setting": ConflictWords(
            "a pair that a modifier may bypass in one setting alone",
            _PAIR,
            "NCCI101 goes by the table of the bill's setting: the same modifier may bypass the pair for a practitioner "
            "and not for a hospital, or the reverse",
        ),
        "pair-of-add-on": ConflictWords(
            "a pair of an add-on code and its own primary",
            ("NCCI101", "NCCI301"),
            "NCCI101 denies column two; where that is the only primary on the day, NCCI301 denies the add-on code too",
        ),
        "mue-zero-payable": ConflictWords(
            "a code that the fee schedule pays, and of which no unit is payable",
            ("NCCI201", "COV101"),
            "NCCI201 denies every unit, whatever COV101 says of the status; equipment and supplies are not checked "
            "where the claim does not say whether a supplier bills",
        ),
        "mue-zero-add-on": ConflictWords(
            "an add-on code of which no unit is payable",
            ("NCCI201",),
            "NCCI201 denies the add-on code on every day, whether or not its primary procedure is paid",
        ),
        "mue-indicator-by-setting": ConflictWords(
            "the same limit of units, on another basis in another setting",
            ("NCCI201",),
            "NCCI201 goes by the table of the bill's setting: per line under indicator 1, per day under 2 and 3, and a "
            "policy may leave those under 3 alone to a person",
        ),
        "edits-of-ended-code": ConflictWords(
            "edits in force on a code that is not in force in the HCPCS file",
            ("COD103",),
            "COD103 rejects the code by the HCPCS file; its edits then change nothing on that line",
        ),
        "edits-of-unlisted-code": ConflictWords(
            "edits in force on a code that is not in force on the fee schedule",
            ("COD103",),
            "COD103 rejects the code by the fee schedule; its edits then change nothing on that line",
        ),
        "fee-schedule-of-ended-code": ConflictWords(
            "a code in force on the fee schedule alone, or in the HCPCS file alone",
            ("COD103", "COV101"),
            "COD103 goes by the HCPCS file for Level II codes; COV101 tells the status beside it",
        ),
        "status-by-modifier": ConflictWords(
            "a code of one status as a whole, and of another for its component",
            ("COV101", "COV301"),
            "COV101 and COV301 go by what the line bills: a component has the status of its own row, and the whole "
            "that of the code",
        ),
        "global-days-of-add-on": ConflictWords(
            "a code with the global days of an add-on code that is no listed add-on code",
            ("NCCI301",),
            "NCCI301 goes by the add-on table: such a code is judged as if it could stand alone",
        ),
        "diagnosis-header": ConflictWords(
            "a diagnosis that was billable in the edition before, and is a header since",
            ("COD202",),
            "COD202 asks the edition of the date: billable to the last day of the edition before, rejected since",
        ),
    }
)


def words(kind: Kind | str) -> ConflictWords:
    """A description of a kind of conflict, by the kind or its name."""
    return _WORDS[kind if isinstance(kind, str) else kind.name]
