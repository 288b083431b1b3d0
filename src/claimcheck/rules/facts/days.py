"""The dates of a line as rules read them: how they relate to each other and to the claim, not the dates themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from claimcheck.claims import Claim, ServiceLine, Unreadable

__all__ = ["DateFlag", "Frame", "flags", "result_flags", "within"]


class DateFlag(StrEnum):
    """How the dates of a line relate to each other and to those of the claim."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    END_UNREADABLE = "end_unreadable"
    REVERSED = "reversed"  #: the last date is before the first
    AFTER_REFERENCE = "after_reference"  #: after the processing date
    BEFORE_BIRTH = "before_birth"
    AFTER_DEATH = "after_death"
    BEFORE_STATEMENT = "before_statement"
    AFTER_STATEMENT = "after_statement"
    RESULT_UNREADABLE = "result_unreadable"
    RESULT_ELSEWHERE = "result_elsewhere"  #: the test has another date than the line
    FILED_LATE = "filed_late"  #: received after the payer's filing limit
    FILING_UNKNOWN = "filing_unknown"  #: processed after that limit, and it is unknown when it was received


_NONE: frozenset[DateFlag] = frozenset()


LastDay = Callable[[date], "date | None"]


class Frame(NamedTuple):
    """The dates of a claim that its lines are compared with; None if missing or unreadable.

    `reference` is the processing date, or the received date if earlier. `filed` is the received date, or else the
    processing date (`filed_for_sure` says which), `served` the date from which the payer's filing limit runs, None if
    it is each line's own, and `last_day` the last day to file a service of a date: None if the payer has no limit.
    """

    reference: date | None
    birth: date | None
    death: date | None
    statement_from: date | None
    statement_through: date | None
    filed: date | None = None
    filed_for_sure: bool = True
    served: date | None = None
    last_day: LastDay | None = None

    @classmethod
    def of(cls, claim: Claim, reference: date | None, last_day: LastDay | None = None) -> Frame:
        received, filed = claim.received_date, reference
        for_sure = received.__class__ is date
        if isinstance(received, date):
            filed = received
            if reference is not None and received < reference:
                reference = received
        birth, death, first, through = _frame(claim)
        return cls._make(
            (
                reference,
                birth if birth.__class__ is date else None,
                death if death.__class__ is date else None,
                first if first.__class__ is date else None,
                through if through.__class__ is date else None,
                filed,
                for_sure,
                None if last_day is None else _served(claim),
                last_day,
            )
        )


def _served(claim: Claim) -> date | None:
    """The date from which the filing limit of an institutional claim runs: the end of its statement period, or the
    discharge."""
    if not isinstance(claim.claim_type, str) or claim.claim_type[:1] not in "Ii":
        return None
    return next((day for day in (claim.statement_through, claim.discharge_date) if isinstance(day, date)), None)


_frame = attrgetter("birth_date", "death_date", "statement_from", "statement_through")


def _day(value: date | Unreadable | None) -> date | None:
    return value if value.__class__ is date else None


def flags(line: ServiceLine, frame: Frame) -> frozenset[DateFlag]:
    """Flags for the dates of a line."""
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
        return frozenset([*found, *_filing(frame, None)])
    if end < start:
        return frozenset({*found, DateFlag.REVERSED})
    return within(frame, start, end).union(found)


def within(frame: Frame, start: date, end: date) -> frozenset[DateFlag]:
    """How the dates from `start` to `end` relate to the dates of the claim."""
    reference, birth, death, statement_from, statement_through, *_ = frame
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
    if frame.last_day is not None:
        found += _filing(frame, start)
    return frozenset(found) if found else _NONE


def _filing(frame: Frame, start: date | None) -> list[DateFlag]:
    """Whether a service that began on a date was filed late, or may have been."""
    service = frame.served or start
    if frame.last_day is None or frame.filed is None or service is None:
        return []
    last = frame.last_day(service)
    if last is None or frame.filed <= last:
        return []
    return [DateFlag.FILED_LATE if frame.filed_for_sure else DateFlag.FILING_UNKNOWN]


def result_flags(line: ServiceLine) -> frozenset[DateFlag]:
    """Flags for the date of a test that the line reports."""
    tested, first, last = line.result_date, line.service_date, line.service_date_end
    if tested is None or tested == first:
        return _NONE
    if isinstance(tested, Unreadable):
        return frozenset({DateFlag.RESULT_UNREADABLE})
    if isinstance(first, date) and isinstance(last, date) and first <= tested <= last:
        return _NONE
    return frozenset({DateFlag.RESULT_ELSEWHERE})
