"""The dates of a line as a rule may read them: how they stand to each other and to the claim, not the days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from claimcheck.claims import Claim, ServiceLine, Unreadable

__all__ = ["DateFlag", "Frame", "flags", "result_flags", "within"]


class DateFlag(StrEnum):
    """How the dates of a line stand to each other and to those of the claim."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    END_UNREADABLE = "end_unreadable"
    REVERSED = "reversed"  #: the last day is before the first
    AFTER_REFERENCE = "after_reference"  #: after the day on which the claim is judged
    BEFORE_BIRTH = "before_birth"
    AFTER_DEATH = "after_death"
    BEFORE_STATEMENT = "before_statement"
    AFTER_STATEMENT = "after_statement"
    RESULT_UNREADABLE = "result_unreadable"
    RESULT_ELSEWHERE = "result_elsewhere"  #: the test is of another day than the line


_NONE: frozenset[DateFlag] = frozenset()


class Frame(NamedTuple):
    """The dates of a claim that its lines are held against; None where missing or unreadable.

    `reference` is the day on which the claim is judged, or was received where that is earlier.
    """

    reference: date | None
    birth: date | None
    death: date | None
    statement_from: date | None
    statement_through: date | None

    @classmethod
    def of(cls, claim: Claim, reference: date | None) -> Frame:
        received = claim.received_date
        if reference is not None and received.__class__ is date and received < reference:
            reference = received
        birth, death, first, through = _frame(claim)
        return cls._make(
            (
                reference,
                birth if birth.__class__ is date else None,
                death if death.__class__ is date else None,
                first if first.__class__ is date else None,
                through if through.__class__ is date else None,
            )
        )


_frame = attrgetter("birth_date", "death_date", "statement_from", "statement_through")


def _day(value: date | Unreadable | None) -> date | None:
    return value if value.__class__ is date else None


def flags(line: ServiceLine, frame: Frame) -> frozenset[DateFlag]:
    """What is to be said of the dates of a line."""
    first, last = line.service_date, line.service_date_end
    found = set()
    if first is None:
        found.add(DateFlag.MISSING)
    elif isinstance(first, Unreadable):
        found.add(DateFlag.UNREADABLE)
    if isinstance(last, Unreadable):
        found.add(DateFlag.END_UNREADABLE)
    start = _day(first) or _day(last)
    end = _day(last) or start
    if start is None or end is None:
        return frozenset(found)
    if end < start:
        return frozenset({*found, DateFlag.REVERSED})
    return within(frame, start, end).union(found)


def within(frame: Frame, start: date, end: date) -> frozenset[DateFlag]:
    """How the days from `start` to `end` stand to the dates of the claim."""
    reference, birth, death, statement_from, statement_through = frame
    found = []
    if reference is not None and end > reference:
        found.append(DateFlag.AFTER_REFERENCE)
    if birth is not None and start < birth:
        found.append(DateFlag.BEFORE_BIRTH)
    if death is not None and end > death:
        found.append(DateFlag.AFTER_DEATH)
    if statement_from is not None and start < statement_from:
        found.append(DateFlag.BEFORE_STATEMENT)
    if statement_through is not None and end > statement_through:
        found.append(DateFlag.AFTER_STATEMENT)
    return frozenset(found) if found else _NONE


def result_flags(line: ServiceLine) -> frozenset[DateFlag]:
    """What is to be said of the date of the test that a line reports."""
    tested, first, last = line.result_date, line.service_date, line.service_date_end
    if tested is None or tested == first:
        return _NONE
    if isinstance(tested, Unreadable):
        return frozenset({DateFlag.RESULT_UNREADABLE})
    if isinstance(first, date) and isinstance(last, date) and first <= tested <= last:
        return _NONE
    return frozenset({DateFlag.RESULT_ELSEWHERE})
