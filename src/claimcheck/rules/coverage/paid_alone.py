"""A code of status T is paid only when nothing else is payable that day.

## What it checks
A line whose code has status T on the physician fee schedule (such as 36591, 94760 or 96523), on a day on which the
same provider bills the member another service that the schedule pays. A service that its own line denies, returns or
takes for a report does not count, and neither does one that another schedule pays, such as a laboratory test, nor a
second code of status T. The status comes before the pairs of the NCCI: of several services that bundle each other one
is paid, and a line of status T beside it denies none. A line of an earlier claim is found upon where this claim brings
the service that it is bundled into.

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

from collections.abc import Mapping, Set

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, Found, Lookup, NotCovered

BUNDLED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("N20",))


def _is_conditional(line: Line) -> bool:
    """Whether the schedule pays the line's code only where nothing else is paid."""
    policy = line.policy[FeeScheduleStatus]
    if line.setting.claim_type not in policy.claim_types or line.code is None:
        return False
    answer = line.tables.fee_schedule(line.code)
    return isinstance(answer, Found) and answer.value.status in policy.conditional


@rule(
    id="COV301",
    name="paid-alone",
    scope=Scope.DAY,
    phase=Phase.STATUS,
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
    status = _statuses(day)
    conditional = _conditional(status, policy)
    for line in day.lines if conditional else ():
        answer = conditional.get(line.code)
        if answer is None or line.standing not in _MAY_BE_PAID:
            continue
        others = [other for other in day.lines if other.standing in _MAY_BE_PAID and other.code not in conditional]
        paid = [other for other in others if _is_paid(status[other.code], policy)]
        if line.other_claim:  # what other claims do to each other was said before
            paid, others = [other for other in paid if not other.other_claim], []
        if paid:
            beside = min(paid, key=_shown_first)
            yield BUNDLED(
                f"Code {line.code} is bundled into {beside.code} on the same day "
                f"(fee schedule status {answer.value.status})",
                line=line.position,
                other=line.recorded,
                related=() if line.other_claim else _positions(paid),
                answer=answer,
                source=day.policy.source(FeeScheduleStatus, "conditional", "payable"),
                code=line.code,
                beside=beside.code,
                on_another_claim=beside.other_claim,
            )
            continue
        for why in {status[other.code] for other in others}:
            if isinstance(why, NotCovered) and line.position is not None:
                yield unchecked(why, lines=(line.position,))


def bundled_into(day: Day) -> Set[str]:
    """The codes of status T that a line of the claim's own is paid in the place of, on whatever claim they stand."""
    policy = day.policy[FeeScheduleStatus]
    if day.setting.claim_type not in policy.claim_types:
        return frozenset()
    status = _statuses(day)
    own = {line.code for line in day.lines if not line.other_claim and line.standing in _MAY_BE_PAID}
    return _conditional(status, policy).keys() if any(_is_paid(status[code], policy) for code in own) else frozenset()


def _statuses(day: Day) -> dict[str, Lookup[FeeSchedule]]:
    """What the schedule says of each code of the day that may be paid."""
    return {line.code: day.tables.fee_schedule(line.code) for line in day.lines if line.standing in _MAY_BE_PAID}


def _conditional(status: Mapping[str, Lookup[FeeSchedule]], policy: FeeScheduleStatus) -> dict[str, Found[FeeSchedule]]:
    return {
        code: answer
        for code, answer in status.items()
        if isinstance(answer, Found) and answer.value.status in policy.conditional
    }


_MAY_BE_PAID = frozenset({Disposition.PAYABLE, Disposition.REVIEW})


def _shown_first(line: DayLine) -> tuple[bool, str]:
    """Which of several is named: one of the claim itself, and whatever their order the same."""
    return line.other_claim, line.code


def _is_paid(answer: object, policy: FeeScheduleStatus) -> bool:
    return isinstance(answer, Found) and answer.value.status in policy.payable


def _positions(lines: list[DayLine]) -> tuple[int, ...]:
    return tuple(line.position for line in lines if line.position is not None)
