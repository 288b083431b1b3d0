"""How long a use of a service is counted together with others.

>>> counted_from(Window.CALENDAR_YEAR, "01-01", date(2025, 3, 1))
datetime.date(2025, 1, 1)
>>> counted_until(Window.POLICY_YEAR, "07-01", date(2025, 3, 1))
datetime.date(2025, 6, 30)

A lifetime and a pregnancy have no known end, and which uses a rolling window counts depends on all earlier ones:

>>> counted_until(Window.ROLLING_12_MONTHS, "01-01", date(2025, 3, 1)) == date.max
True

A window of months runs from a use: twelve calendar months to the same date, and full months to the first of a month:

>>> free_again("rolling_12_months", date(2024, 2, 29)), free_again("23_full_months", date(2024, 2, 29))
(datetime.date(2025, 2, 28), datetime.date(2026, 2, 1))
>>> free_again("rolling_30_days", date(2024, 2, 29))
datetime.date(2024, 3, 30)
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from claimcheck.dates import months_later
from claimcheck.policies.parameters.frequency import Window, months_of

__all__ = ["counted_from", "counted_until", "free_again"]

_MONTH = "calendar_month"


def counted_from(window: str, year_starts: str, day: date) -> date:
    """The first day of which uses may be counted together with one on `day`; `date.min` if unknown."""
    if window == Window.CALENDAR_YEAR:
        return date(day.year, 1, 1)
    if window == _MONTH:
        return day.replace(day=1)
    if window == Window.POLICY_YEAR:
        starts = date.fromisoformat(f"{day.year:04}-{year_starts}")
        if starts <= day:
            return starts
        return starts.replace(year=day.year - 1) if day.year > date.min.year else date.min
    return date.min


def counted_until(window: str, year_starts: str, day: date) -> date:
    """The last day of which uses may be counted together with one on `day`; `date.max` if unknown."""
    if window == Window.CALENDAR_YEAR:
        return date(day.year, 12, 31)
    if window == _MONTH:
        return _last_of_month(day)
    if window == Window.POLICY_YEAR:
        starts = date.fromisoformat(f"{day.year:04}-{year_starts}")
        if starts <= day:
            starts = starts.replace(year=day.year + 1) if day.year < date.max.year else date.max
        return starts - timedelta(days=1) if starts < date.max else date.max
    return date.max


def free_again(window: str, taken: date) -> date | None:
    """The first day that is free again after a use on the day `taken`, in a window of months.

    None if that is beyond the calendar, or the window is not a number of months from a use. The date twelve calendar
    months later is free again, and 2024-02-29 frees 2025-02-28.
    """
    months = months_of(window)
    if months is None:
        return None
    if months.days:
        return None if taken > date.max - timedelta(days=months.number) else taken + timedelta(days=months.number)
    start, ahead = (taken.replace(day=1), months.number + 1) if months.full else (taken, months.number)
    if taken.year * 12 + taken.month + ahead > date.max.year * 12 + 12:
        return None
    return months_later(start, ahead)


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
