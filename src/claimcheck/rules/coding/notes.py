"""What the notes of the tabular list say of a diagnosis: those under its code, and under each code above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from claimcheck.policies.spans import CodeSpans
from claimcheck.rules.facts import Outline
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.rule import Outcomes, unchecked
from claimcheck.tables import CodeListEntry, Found, NotCovered

__all__ = ["NOTES", "Note", "has_several", "not_loaded", "notes", "shown"]

NOTES = "icd10cm_notes"
_SHORTEST = 3


class Note(NamedTuple):
    """A note under `code`; `answer` is the table's."""

    code: str
    kind: str
    codes: str
    optional: bool
    answer: Found[CodeListEntry]

    @property
    def spans(self) -> CodeSpans:
        """The codes that the note names."""
        return _spans(self.codes)


def notes(code: str, tables: TablesOn) -> Iterator[Note]:
    """The notes of a diagnosis, by its code without the dot, nearest first; empty if the table does not know."""
    for end in range(len(code), _SHORTEST - 1, -1):
        held = tables.code_list(NOTES, code[:end])
        if isinstance(held, Found):
            for row in held.value.rows:
                yield Note(code[:end], row["kind"], row["codes"], row["optional"] == "yes", held)


def not_loaded(view: Outline) -> Outcomes | None:
    """The report for a claim with several diagnoses if the notes are unknown; None if they are known."""
    held = view.tables.code_list(NOTES, "")
    return iter((unchecked(held),)) if isinstance(held, NotCovered) else None


def has_several(view: Outline) -> bool:
    """Whether the claim is professional or institutional and has at least two diagnoses, principal and others."""
    medical = view.setting.professional or view.setting.institutional
    return medical and sum(role in _COUNTED for role in view.roles) > 1


_COUNTED = ("principal", "other")


def shown(code: str) -> str:
    """A code as people write it, with its dot.

    >>> shown("E119"), shown("I10")
    ('E11.9', 'I10')
    """
    return code if len(code) <= _SHORTEST else f"{code[:_SHORTEST]}.{code[_SHORTEST:]}"


@lru_cache(maxsize=4_096)
def _spans(codes: str) -> CodeSpans:
    return CodeSpans.of(codes.split())
