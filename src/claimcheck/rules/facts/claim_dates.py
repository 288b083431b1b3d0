"""How the dates of a claim contradict each other."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from claimcheck.claims import Claim, InpatientProcedure
from claimcheck.rules.facts.days import Frame

__all__ = ["ClaimDateFlag", "before", "claim_date_flags"]


class ClaimDateFlag(StrEnum):
    """How the dates of a claim contradict each other."""

    STATEMENT_REVERSED = "statement_reversed"
    STATEMENT_AFTER_REFERENCE = "statement_after_reference"
    DISCHARGE_BEFORE_ADMISSION = "dischargebefore_admission"
    ADMISSION_AFTER_STATEMENT = "admission_after_statement"
    DISCHARGE_BEFORE_STATEMENT_ENDS = "dischargebefore_statement_ends"
    PROCEDURE_AFTER_STATEMENT = "procedure_after_statement"
    DEATH_BEFORE_BIRTH = "deathbefore_birth"


_NO_DATES: frozenset[ClaimDateFlag] = frozenset()


def claim_date_flags(claim: Claim, frame: Frame) -> frozenset[ClaimDateFlag]:
    """The contradictions among the dates of a claim; none with a date that is missing or unreadable."""
    admission, discharge, through = claim.admission_date, claim.discharge_date, frame.statement_through
    if through is None and admission is None and discharge is None and frame.death is None:
        return _NO_DATES
    found = set()
    if before(through, frame.statement_from):
        found.add(ClaimDateFlag.STATEMENT_REVERSED)
    elif before(frame.reference, through):
        found.add(ClaimDateFlag.STATEMENT_AFTER_REFERENCE)
    if before(discharge, admission):
        found.add(ClaimDateFlag.DISCHARGE_BEFORE_ADMISSION)
    if before(through, admission):
        found.add(ClaimDateFlag.ADMISSION_AFTER_STATEMENT)
    if before(discharge, through):
        found.add(ClaimDateFlag.DISCHARGE_BEFORE_STATEMENT_ENDS)
    if any(before(through, one.date) for one in claim.procedures if isinstance(one, InpatientProcedure)):
        found.add(ClaimDateFlag.PROCEDURE_AFTER_STATEMENT)
    if before(frame.death, frame.birth):
        found.add(ClaimDateFlag.DEATH_BEFORE_BIRTH)
    return frozenset(found) if found else _NO_DATES


def before(one: object, other: object) -> bool:
    """Whether both are dates, and the first is earlier."""
    return isinstance(one, date) and isinstance(other, date) and one < other
