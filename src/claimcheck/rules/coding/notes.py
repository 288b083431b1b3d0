"""What the notes of the tabular list say of a diagnosis: those under its code, and under each code above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from claimcheck.policies.spans import CodeSpans
from claimcheck.rules.facts import ClaimDiagnosis, Setting
from claimcheck.tables import CodeListEntry, Found, NotCovered

__all__ = ["NOTES", "Note", "coded", "is_medical", "notes"]

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

    @property
    def shown(self) -> str:
        """The code that the note stands under, with its dot."""
        return self.code if len(self.code) <= _SHORTEST else f"{self.code[:_SHORTEST]}.{self.code[_SHORTEST:]}"


def notes(diagnosis: ClaimDiagnosis) -> Iterator[Note | NotCovered]:
    """The notes of a well-formed diagnosis, the nearest first; why they are not known, where they are not."""
    code = diagnosis.code or ""
    for end in range(len(code), _SHORTEST - 1, -1):
        held = diagnosis.tables.code_list(NOTES, code[:end])
        if isinstance(held, NotCovered):
            yield held
            return
        if isinstance(held, Found):
            for row in held.value.rows:
                yield Note(code[:end], row["kind"], row["codes"], row["optional"] == "yes", held)


def coded(diagnoses: tuple[ClaimDiagnosis, ...]) -> list[ClaimDiagnosis]:
    """The diagnoses that were coded in ICD-10-CM: principal and others, in their order."""
    return [
        diagnosis
        for diagnosis in diagnoses
        if diagnosis.code is not None and diagnosis.role in ("principal", "other") and diagnosis.version == "ICD-10-CM"
    ]


def is_medical(setting: Setting) -> bool:
    """Whether the claim is professional or institutional."""
    return setting.professional or setting.institutional


@lru_cache(maxsize=4_096)
def _spans(codes: str) -> CodeSpans:
    return CodeSpans.of(codes.split())
