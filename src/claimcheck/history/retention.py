"""What of the past a later claim can still need.

>>> from claimcheck.policies.parameters.frequency import Window
>>> counted_from(Window.CALENDAR_YEAR, "01-01", date(2025, 3, 1))
datetime.date(2025, 1, 1)
>>> counted_from(Window.POLICY_YEAR, "07-01", date(2025, 3, 1))
datetime.date(2024, 7, 1)

A lifetime and a pregnancy have no beginning that is known, and which uses a rolling window counts hangs on all that
came before:

>>> counted_from(Window.ROLLING_12_MONTHS, "01-01", date(2025, 3, 1)) == date.min
True
"""

from __future__ import annotations

from datetime import date

from claimcheck.policies.parameters.frequency import Window

__all__ = ["counted_from"]


def counted_from(window: Window | str, year_starts: str, day: date) -> date:
    """The first day of which uses may be counted together with one on `day` or later."""
    match Window(window):
        case Window.CALENDAR_YEAR:
            return date(day.year, 1, 1)
        case Window.POLICY_YEAR:
            starts = date.fromisoformat(f"{day.year}-{year_starts}")
            return starts if starts <= day else date.fromisoformat(f"{day.year - 1}-{year_starts}")
        case _:
            return date.min
