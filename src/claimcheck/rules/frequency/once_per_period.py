"""A service beyond its limit for the period is not paid again.

## What it checks
Each limit of the policy: at most so many of one service, per member (or per member and provider), in one period. A
service is a group of codes that report one thing, such as the four HbA1c results; another result code of the same
test is the same service, and another doctor does not begin a new count. The uses are counted in order of service
date, then receipt, claim and line. Lines that were rejected or denied, voided or replaced, or reported under an
exclusion modifier, and the excess itself, do not count.

## Why payers deny it
The incentive or benefit is paid once in the period. The excess stops the payment and never the report: a second
HbA1c result of the year must still reach the quality engine, because the most recent one counts.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "0.00", "service_date": day}
...     for code, day in (("3046F", "2024-08-15"), ("3044F", "2024-02-01"))
... ]
>>> result = validate_claim({"claim_type": "professional", "member_id": "M1", "lines": lines})
>>> [(line.line_number, str(line.disposition), line.deciding.carc) for line in result.lines]
[(1, 'report_only', '119'), (2, 'report_only', '246')]

## What it leaves alone
What the member had under another payer. Without a history, what earlier claims hold: that is *not checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.history.winners import excess
from claimcheck.money import ZERO
from claimcheck.policies.parameters.frequency import Limits, Window
from claimcheck.rules.facts import Service
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

EXCESS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "119", ("N435",))
EXCESS_IN_12_MONTHS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "119", ("M90",))


@rule(
    id="FRQ101",
    name="once-per-period",
    scope=Scope.MEMBER,
    phase=Phase.FREQUENCY,
    reads=("limit", "name", "uses", "known_history"),
    outcomes=(EXCESS, EXCESS_IN_12_MONTHS),
    parameters=(Limits,),
    sources=(
        "Anthem Blue Cross and Blue Shield Ohio Medicaid, CPT Category II code additional reimbursements, 2024-04-10",
    ),
)
def once_per_period(service: Service) -> Outcomes:
    """Stops the payment of each use beyond the limit, and says what an unknown history leaves open."""
    limit = service.limit
    beyond = excess(limit, service.uses)
    own = [(place, use) for place, use in enumerate(service.uses) if use.position is not None]
    outcome = EXCESS_IN_12_MONTHS if limit.window is Window.ROLLING_12_MONTHS else EXCESS
    for place, use in own:
        if place in beyond:
            before = [other for other in service.uses[:place] if other.counts]
            yield outcome(
                f"{use.code} reports {service.name}, of which {limit.most} is paid per {limit.per.replace('_', ' ')} "
                f"and {limit.window.replace('_', ' ')}: the line is accepted as a report, and not paid",
                line=use.position,
                related=tuple(other.position for other in before if other.position is not None),
                scheduled=ZERO,
                limit=limit.name,
                service=service.name,
                most=limit.most,
                window=limit.window,
                per=limit.per,
            )
    unknown = tuple(use.position for place, use in own if use.counts and place not in beyond and use.position)
    if unknown and not service.known_history:
        yield unchecked(Reason.NO_HISTORY, lines=unknown)
