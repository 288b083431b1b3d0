"""The dates of a service line: how they contradict others, how many days it spans, and by which it is checked."""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Claim, ServiceLine
from claimcheck.rules.facts.days import DateFlag, Frame, flags, within
from claimcheck.rules.facts.setting import Setting

__all__ = ["Dated", "dated", "service_day"]


def service_day(line: ServiceLine, claim: Claim, setting: Setting) -> date | None:
    """The date that selects editions: the discharge for inpatients, else the line's first date.

    An institutional line without a date has that of a one-day statement period (837I, DTP*472 is situational).
    """
    if setting.inpatient:
        for day in (claim.discharge_date, claim.statement_through):
            if day.__class__ is date:
                return day
    day = line.service_date
    if day.__class__ is date:
        return day
    if day is None and setting.institutional:
        first = claim.statement_from
        if isinstance(first, date) and claim.statement_through in (None, first):
            return first
    return None


Dated = tuple[frozenset[DateFlag], int, date | None]


def dated(line: ServiceLine, claim: Claim, setting: Setting, frame: Frame) -> Dated:
    """Flags for the dates of a line, its number of days, and the date by which it is checked."""
    first, last = line.service_date, line.service_date_end
    if first.__class__ is date and (last is None or last == first) and not setting.inpatient:  # as on most lines
        return within(frame, first, first), 1, first
    return flags(line, frame), _span_days(line), service_day(line, claim, setting)


def _span_days(line: ServiceLine) -> int:
    """The number of days a line spans; 1 unless the dates say otherwise."""
    first, last = line.service_date, line.service_date_end
    if first == last or first.__class__ is not date or last.__class__ is not date or last < first:
        return 1
    return (last - first).days + 1
