"""What the rules of this room ask the physician fee schedule."""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Remedy, Severity
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome
from claimcheck.tables import FeeSchedule, Found, NotCovered

__all__ = ["ATTACHMENT_A", "indicators", "outcomes", "returned"]

ATTACHMENT_A = "CMS, National Physician Fee Schedule Relative Value File, record layout and attachment A"


def indicators(line: Line) -> Found[FeeSchedule] | NotCovered | None:
    """The row of the line's code, or why it is not known; None where the schedule does not hold the code.

    An edition that was added before the indicators were kept does not know them.
    """
    if line.code is None:
        return None
    answer = line.tables.fee_schedule(line.code)
    if isinstance(answer, NotCovered):
        return answer
    if not isinstance(answer, Found):
        return None
    return answer if answer.value.has_indicators else NotCovered(Reason.PARTIAL_TABLE, "fee_schedule")


def outcomes(carc: str, *rarcs: str, remedy: Remedy | None = None) -> dict[Then, Outcome]:
    """The outcomes that a policy chooses from, which all answer with these codes."""
    return {
        Then.DENY: Outcome(Severity.ERROR, Disposition.DENIED, "CO", carc, rarcs, remedy=remedy),
        Then.REVIEW: Outcome(Severity.WARNING, Disposition.REVIEW, "CO", carc, rarcs, remedy=remedy),
        Then.WARN: Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", carc, rarcs, remedy=remedy),
    }


def returned(carc: str, *rarcs: str, remedy: Remedy | None = None) -> dict[Then, Outcome]:
    """The same, of what is returned as unprocessable rather than denied."""
    rejected = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", carc, rarcs, remedy=remedy)
    return {**outcomes(carc, *rarcs, remedy=remedy), Then.DENY: rejected}
