"""Which lines of the member's other claims a rule reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs

from claimcheck.policies import CodeSpans, PolicyOn

__all__ = ["DateWindow", "OtherDays", "reads_no_other_claim"]


@attrs.frozen
class OtherDays:
    """Lines of other claims that a rule with scope day looks at besides those of the day: with some `codes`, beginning
    at most so many days before or after it.

    >>> days = OtherDays(CodeSpans.of(["27447"]), before=90)
    >>> days.since(date(2024, 7, 15)), days.through(date(2024, 7, 15)), days.since(date.min)
    (datetime.date(2024, 4, 16), datetime.date(2024, 7, 15), datetime.date(1, 1, 1))
    """

    codes: CodeSpans
    before: int = 0
    after: int = 0

    def since(self, day: date) -> date:
        """The first day to look at for a line on `day`."""
        return day - timedelta(days=min(self.before, (day - date.min).days))

    def through(self, day: date) -> date:
        """The last day to look at for a line on `day`."""
        return day + timedelta(days=min(self.after, (date.max - day).days))


@attrs.frozen(eq=False, kw_only=True)
class DateWindow:
    """Which other days a rule with scope day reads: lines of the member's other claims by the same provider.

    `of_line` says which, for a line; None for a line that needs none. They are the `other_days` of a `Day`. Of two
    claims that affect each other this way, one bills one of the `codes` of the policy, and they are at most `days`
    apart.
    """

    of_line: Callable[[Any], OtherDays | None]
    codes: Callable[[PolicyOn], CodeSpans]
    days: int


def reads_no_other_claim(_line: Any) -> bool:
    """The `other_claims` of a rule that looks only at the claim's own lines."""
    return False
