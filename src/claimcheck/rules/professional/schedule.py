"""What the rules of this family ask the physician fee schedule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import attrs

from claimcheck.claims import Disposition, Reason, Remedy, Severity
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.rule import Outcome
from claimcheck.tables import FeeSchedule, Found, NotCovered

__all__ = ["ATTACHMENT_A", "indicators", "outcomes", "returned"]

ATTACHMENT_A = "CMS, National Physician Fee Schedule Relative Value File, record layout and attachment A"
_NO_INDICATORS = NotCovered(Reason.PARTIAL_TABLE, "fee_schedule")


Concerns = Callable[[FeeSchedule, PolicyOn], bool]
"""Whether a row of the schedule may concern a rule, by the policy."""


def _any_row(_row: FeeSchedule, _policy: PolicyOn) -> bool:
    return True


def indicators(line: Line, concerns: Concerns = _any_row) -> Found[FeeSchedule] | NotCovered | None:
    """The fee schedule row of the line's code, if it `concerns` the rule, or why it is unknown; None for other codes.

    An edition added before the indicators were stored does not have them.
    """
    told = line.of_code(_told(concerns))
    if told is not True:
        return told if isinstance(told, NotCovered) else None
    answer = line.tables.fee_schedule(line.code or "")
    return answer if isinstance(answer, Found) else None


@cache
def _told(concerns: Concerns) -> Callable[[str | None, PolicyOn, TablesOn], bool | NotCovered]:
    """A question whether the row of a code concerns a rule."""

    def is_told(code: str | None, policy: PolicyOn, tables: TablesOn) -> bool | NotCovered:
        answer = None if code is None else tables.fee_schedule(code)
        if not isinstance(answer, Found):
            return answer if isinstance(answer, NotCovered) else False
        return concerns(answer.value, policy) if answer.value.has_indicators else _NO_INDICATORS

    return is_told


def outcomes(
    carc: str, *rarcs: str, decided_by: str = "", when: str = "", remedy: Remedy | None = None
) -> dict[Then, Outcome]:
    """The outcomes that a policy chooses from, all with these codes; `decided_by` is the key of the field that does."""

    def outcome(then: Then, severity: Severity, disposition: Disposition) -> Outcome:
        chosen = ", and ".join(filter(None, (when, decided_by and f"`{decided_by}` is {then}")))
        return Outcome(severity, disposition, "CO", carc, rarcs, remedy=remedy, condition=chosen)

    return {
        Then.DENY: outcome(Then.DENY, Severity.ERROR, Disposition.DENIED),
        Then.REVIEW: outcome(Then.REVIEW, Severity.WARNING, Disposition.REVIEW),
        Then.WARN: outcome(Then.WARN, Severity.WARNING, Disposition.PAYABLE),
    }


def returned(
    carc: str, *rarcs: str, decided_by: str = "", when: str = "", remedy: Remedy | None = None
) -> dict[Then, Outcome]:
    """The same, for lines returned as unprocessable rather than denied."""
    chosen = outcomes(carc, *rarcs, decided_by=decided_by, when=when, remedy=remedy)
    return {**chosen, Then.DENY: attrs.evolve(chosen[Then.DENY], disposition=Disposition.REJECTED)}
