"""Which procedures can be done on both sides, by the bilateral indicator of the physician fee schedule."""

from __future__ import annotations

from claimcheck.claims import Reason
from claimcheck.policies.parameters.facility import Bilateral
from claimcheck.rules.facts import Line
from claimcheck.tables import Found, NotCovered

__all__ = ["MODIFIER", "may_be_of_both_sides"]

MODIFIER = "50"


def may_be_of_both_sides(line: Line) -> bool:
    """Whether modifier 50 may be meaningful for the line's code: the schedule says so, or has none.

    What no schedule lists, such as equipment, has no sides.
    """
    answer = line.tables.fee_schedule(line.code or "")
    if isinstance(answer, Found):
        return answer.value.bilateral in line.policy[Bilateral].indicators
    return isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE
