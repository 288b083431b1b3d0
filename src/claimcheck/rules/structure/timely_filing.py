"""A claim is filed within the payer's time limit.

## What it checks
Where the policy has a limit (`structure.timely_filing`), the claim must be received within that many days or months
after the service. A month ends on the same day of the month, so a year from February 29 ends on February 28. The limit
runs from the first date of a line, and on an institutional claim from the last day of the statement period or the
discharge.

A claim with a delay reason (X12 CLM20) goes to review, unless the policy says otherwise.

## Why payers deny it
A claim after the limit is not paid, and the patient may not be billed.

## Example
>>> from claimcheck import Policy, Validator
>>> within_90_days = Policy.load("commercial").replace(structure__timely_filing={"days": 90})
>>> def received(day):
...     line = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-01"}
...     claim = {"claim_type": "professional", "received_date": day, "lines": [line]}
...     findings = Validator(within_90_days).validate(claim).findings
...     return [(finding.carc, finding.message) for finding in findings if finding.rule_id == "STR407"]
>>> received("2024-09-29"), received("2024-09-30")
([], [('29', 'Filing limit exceeded: claim received more than 90 days after the service')])

## What it does not check
Replacements and voids, whose limit runs from the original claim. Predetermination requests. Payers whose limit the
policy does not give. Whether one of the payer's exceptions applies. When the received date is unknown, a claim that is
past the limit on the processing date is *not checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.parameters.structure import TimelyFiling
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = bill_otherwise("Send proof of timely filing, or the delay reason (X12 CLM20)")

DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "29", remedy=REMEDY)
REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "29", remedy=REMEDY)
WARNED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "29", remedy=REMEDY)
_OUTCOMES = {Then.DENY: DENIED, Then.REVIEW: REVIEW, Then.WARN: WARNED}
_DECIDES = "`structure.timely_filing.then` (with a delay reason, `structure.timely_filing.with_reason`)"

#: Frequency codes of claims whose filing limit runs from the first claim: adjustments, replacements, and voids.
_FOLLOWING = frozenset({"5", "6", "7", "8"})
_NO_DAY = frozenset({DateFlag.MISSING, DateFlag.UNREADABLE, DateFlag.REVERSED})


@rule(
    id="STR407",
    name="timely-filing",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("dates", "setting", "policy"),
    outcomes=tuple(outcome.when(f"{_DECIDES} is {then}") for then, outcome in _OUTCOMES.items()),
    parameters=(TimelyFiling,),
    sources=(
        "X12, Code list 139, claim adjustment reason code 29; X12 005010X222A1, CLM20 (delay reason code)",
        "Medicare Claims Processing Manual, chapter 1, section 70: by the first day of a line, or the last of a bill",
    ),
)
def timely_filing(line: Line) -> Outcomes:
    """Reports lines on a claim filed after the payer's limit."""
    limit, setting = line.policy[TimelyFiling], line.setting
    if not (limit.months or limit.days) or setting.frequency in _FOLLOWING or setting.predetermination:
        return
    if DateFlag.FILED_LATE in line.dates:
        then = limit.then if setting.delay_reason is None else limit.with_reason
        after = f"{limit.months} months" if limit.months else f"{limit.days} days"
        delay = "" if setting.delay_reason is None else "; a delay reason is given"
        yield _OUTCOMES[then](
            f"Filing limit exceeded: claim received more than {after} after the service{delay}",
            source=line.policy.source(TimelyFiling),
            months=limit.months,
            days=limit.days,
        )
    elif DateFlag.FILING_UNKNOWN in line.dates or (not setting.has_reference and not line.dates & _NO_DAY):
        yield unchecked(Reason.NO_REFERENCE_DATE)
