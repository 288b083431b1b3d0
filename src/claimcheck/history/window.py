"""How long a use of a service is counted together with others.

>>> counted_from(Window.CALENDAR_YEAR, "01-01", date(2025, 3, 1))
datetime.date(2025, 1, 1)
>>> counted_until(Window.POLICY_YEAR, "07-01", date(2025, 3, 1))
datetime.date(2025, 6, 30)

A lifetime and a pregnancy have no end that is known, and which uses a rolling window counts hangs on all that came
before:

>>> counted_until(Window.ROLLING_12_MONTHS, "01-01", date(2025, 3, 1)) == date.max
True
"""

from __future__ import annotations

from datetime import date, timedelta

from claimcheck.policies.parameters.frequency import Window

__all__ = ["counted_from", "counted_until"]


def counted_from(window: str, year_starts: str, day: date) -> date:
    """The first day of which uses may be counted together with one on `day`; `date.min` where it is not known."""
    if window == Window.CALENDAR_YEAR:
        return date(day.year, 1, 1)
    if window == Window.POLICY_YEAR:
        starts = date.fromisoformat(f"{day.year:04}-{year_starts}")
        if starts <= day:
            return starts
        return starts.replace(year=day.year - 1) if day.year > date.min.year else date.min
    return date.min


def counted_until(window: str, year_starts: str, day: date) -> date:
    """The last day of which uses may be counted together with one on `day`; `date.max` where it is not known."""
    if window == Window.CALENDAR_YEAR:
        return date(day.year, 12, 31)
    if window == Window.POLICY_YEAR:
        starts = date.fromisoformat(f"{day.year:04}-{year_starts}")
        if starts <= day:
            starts = starts.replace(year=day.year + 1) if day.year < date.max.year else date.max
        return starts - timedelta(days=1) if starts < date.max else date.max
    return date.max
