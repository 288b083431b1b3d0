"""A code of status T is paid only where nothing else is payable that day.

## What it checks
A line whose code has status T on the physician fee schedule (such as 36591, 94760 or 96523), on a day on which the
same provider bills the member another service that the schedule pays: that service must have been accepted by all
earlier checks. A line that is itself denied, returned or only a report does not count, and neither does a service
that another schedule pays, such as a laboratory test, nor a second code of status T.

## Why payers deny it
The schedule bundles the service into whatever else the physician is paid for on that day.

## Example
>>> from claimcheck import validate_claim
>>> def day(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": "40", "service_date": "2024-07-15"} for code in codes]
...     return [str(line.disposition) for line in validate_claim({"claim_type": "professional", "lines": lines}).lines]
>>> day("36591"), day("36591", "99213"), day("36591", "36415")
(['payable'], ['denied', 'payable'], ['payable', 'payable'])

## What it leaves alone
Facility claims, unless the policy names them. A code whose status is not known: the rule on the status says that it
was not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

BUNDLED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("N20",))


def _is_conditional(line: Line) -> bool:
    """Whether the schedule pays the line's code only where nothing else is paid."""
    policy = line.policy[FeeScheduleStatus]
    if line.code is None or line.setting.claim_type not in policy.claim_types:
        return False
    answer = line.tables.fee_schedule(line.code)
    return isinstance(answer, Found) and answer.value.status in policy.conditional


@rule(
    id="COV301",
    name="paid-alone",
    scope=Scope.DAY,
    phase=Phase.ADD_ON,
    reads=("setting", "lines", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(BUNDLED,),
    parameters=(FeeScheduleStatus,),
    needs=Needs(line=_is_conditional),
    other_claims=_is_conditional,
    sources=("CMS, National Physician Fee Schedule Relative Value File: status code T",),
)
def paid_alone(day: Day) -> Outcomes:
    """Denies a code of status T beside a service that the schedule pays."""
    policy = day.policy[FeeScheduleStatus]
    if len(day.lines) < 2 or day.setting.claim_type not in policy.claim_types:
        return
    status = {line.code: day.tables.fee_schedule(line.code) for line in day.lines if line.standing in _MAY_BE_PAID}
    conditional = {
        code: answer
        for code, answer in status.items()
        if isinstance(answer, Found) and answer.value.status in policy.conditional
    }
    for line in day.lines if conditional else ():
        answer = conditional.get(line.code)
        if answer is None or line.position is None or line.standing not in _MAY_BE_PAID:
            continue
        others = [other for other in day.lines if other.standing in _MAY_BE_PAID and other.code not in conditional]
        paid = [other for other in others if _is_paid(status[other.code], policy)]
        if paid:
            beside = min(paid, key=_shown_first)
            yield BUNDLED(
                f"Code {line.code} is bundled into {beside.code} on the same day "
                f"(fee schedule status {answer.value.status})",
                line=line.position,
                related=_positions(paid),
                answer=answer,
                source=day.policy.source(FeeScheduleStatus, "conditional", "payable"),
                code=line.code,
                beside=beside.code,
                on_another_claim=beside.other_claim,
            )
            continue
        for why in {status[other.code] for other in others}:
            if isinstance(why, NotCovered):
                yield unchecked(why, lines=(line.position,))


_MAY_BE_PAID = frozenset({Disposition.PAYABLE, Disposition.REVIEW})


def _shown_first(line: DayLine) -> tuple[bool, str]:
    """Which of several is named: one of the claim itself, and whatever their order the same."""
    return line.other_claim, line.code


def _is_paid(answer: object, policy: FeeScheduleStatus) -> bool:
    return isinstance(answer, Found) and answer.value.status in policy.payable


def _positions(lines: list[DayLine]) -> tuple[int, ...]:
    return tuple(line.position for line in lines if line.position is not None)
