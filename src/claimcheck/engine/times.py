"""What was made on one day, used again on every other day on which policy and tables say the same of it.

Tables change on many days, and each change is one of few codes. So what is made notes what it asked of the tables and
what they answered; where another day gives the same answers, the same would be made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import attrs

from claimcheck.rules.facts.tables_on import Question
from claimcheck.rules.facts.time import Time

__all__ = ["Made", "made_alike"]

T = TypeVar("T")

_MOST_TIMES = 8
"""How often a thing is kept that changes with time."""


@attrs.frozen(eq=False)
class Made(Generic[T]):
    """Something made at a time, and what it asked of the tables then."""

    value: T
    time: Time
    answers: Mapping[Question, Any]

    def holds_at(self, time: Time) -> bool:
        """Whether the same would be made at another time."""
        if (self.time.on is None) != (time.on is None) or self.time.policy is not time.policy:
            return False
        return time.tables.repeats(self.answers)


def made_alike(made: list[Made[T]], time: Time) -> T | None:
    """Of things that differ by their time only, the one that would be made at `time` too."""
    for one in made:
        if one.holds_at(time):
            return one.value
    del made[:-_MOST_TIMES]
    return None
