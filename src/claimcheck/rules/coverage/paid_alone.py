"""A code of status T is paid only when nothing else is payable that day.

## What it checks
A line whose code has status T on the physician fee schedule (such as 36591, 94760, or 96523), on a day on which the
same provider bills the member another service that the schedule pays. A service does not count when its own line is
denied, rejected, or for reporting only, when another schedule pays it (such as a laboratory test), or when it also has
status T. A line with modifier 26, TC, or 53 has the status of its own row, where there is one. Status comes before NCCI
pairs: when services bundle each other, one is paid, and a status T line denies no other line. When this claim brings
the service that an earlier claim's status T line is bundled into, the finding names the line of the earlier claim.

## Why payers deny it
The schedule bundles the service into any other physician service paid on that day.

## Example
>>> from claimcheck import validate_claim
>>> def day(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": "40", "service_date": "2024-07-15"} for code in codes]
...     return [str(line.disposition) for line in validate_claim({"claim_type": "professional", "lines": lines}).lines]
>>> day("36591"), day("36591", "99213"), day("36591", "36415")
(['payable'], ['denied', 'payable'], ['payable', 'payable'])

## What it does not check
Facility claims, unless the policy names them. Codes whose status is unknown, which COV101 reports as not checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import component_of
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.rules.coverage.billed_row import billed_status
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, Found, Lookup, NotCovered

REMEDY = not_paid("Not paid separately on a day with another paid service")

BUNDLED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("N20",), remedy=REMEDY)

#: Dispositions of a line that a later phase may still pay.
MAY_BE_PAID = frozenset({Disposition.PAYABLE, Disposition.REVIEW})


def _is_conditional(line: Line) -> bool:
    """Whether the schedule pays the line's code only if nothing else is paid."""
    policy = line.policy[FeeScheduleStatus]
    if line.setting.claim_type not in policy.claim_types:
        return False
    status = billed_status(line)
    return isinstance(status, str) and status in policy.conditional


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
    """Denies a code with status T on the same day as a service that the schedule pays."""
    policy = day.policy[FeeScheduleStatus]
    if len(day.lines) < 2 or day.setting.claim_type not in policy.claim_types:
        return
    status = _statuses(day)
    conditional = _conditional(status, policy)
    for line in day.lines if conditional else ():
        answer = conditional.get(_billed(line))
        if answer is None or line.standing not in MAY_BE_PAID:
            continue
        others = [other for other in day.lines if other.standing in MAY_BE_PAID and _billed(other) not in conditional]
        paid = [other for other in others if _is_paid(status[_billed(other)], policy)]
        if line.other_claim:  # conflicts between other claims were reported earlier
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
        for why in {status[_billed(other)] for other in others}:
            if isinstance(why, NotCovered) and line.position is not None:
                yield unchecked(why, lines=(line.position,))


def is_bundled(line: DayLine, day: Day) -> bool:
    """Whether a line, on whatever claim, bills a code of status T in whose place one of the claim's own is paid."""
    policy = day.policy[FeeScheduleStatus]
    if day.setting.claim_type not in policy.claim_types:
        return False
    status = _statuses(day)
    if _billed(line) not in _conditional(status, policy):
        return False
    own = {_billed(one) for one in day.lines if not one.other_claim and one.standing in MAY_BE_PAID}
    return any(_is_paid(status[billed], policy) for billed in own)


Billed = tuple[str, str]
"""A code, and its component that is billed: 26, TC or 53, "" for the whole."""


def _billed(line: DayLine) -> Billed:
    return line.code, component_of(line.modifiers)


def _statuses(day: Day) -> dict[Billed, Lookup[FeeSchedule]]:
    """What the schedule says of each code or component of the day that may be paid."""
    billed = {_billed(line) for line in day.lines if line.standing in MAY_BE_PAID}
    return {(code, component): day.tables.fee_schedule(code, component) for code, component in billed}


def _conditional(
    status: Mapping[Billed, Lookup[FeeSchedule]], policy: FeeScheduleStatus
) -> dict[Billed, Found[FeeSchedule]]:
    return {
        billed: answer
        for billed, answer in status.items()
        if isinstance(answer, Found) and answer.value.status in policy.conditional
    }


def _shown_first(line: DayLine) -> tuple[bool, str]:
    """Which of several is named: one on the claim itself, and the same whatever their order."""
    return line.other_claim, line.code


def _is_paid(answer: object, policy: FeeScheduleStatus) -> bool:
    return isinstance(answer, Found) and answer.value.status in policy.payable


def _positions(lines: list[DayLine]) -> tuple[int, ...]:
    return tuple(line.position for line in lines if line.position is not None)
