"""A paid service is not billed at $0.00.

## What it checks
A professional line must have a charge greater than $0.00 when its code has a payable status on the physician fee
schedule. A component (26, TC) or a discontinued procedure (53) has the status of its own row, where there is one.

## Why payers deny it
The payer pays the lesser of the charge and its fee, which is nothing, or returns the line for a missing charge.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [(str(finding.severity), finding.message) for finding in result.findings if finding.rule_id == "STR203"]
[('error', 'Charge is $0.00 for 99213, a paid service (status A)')]

## What it does not check
Claims that only report. Lines with a modifier for a service at no charge. Category II codes, and other codes that the
schedule does not pay, such as bundled and tracking codes. Institutional claims, whose packaged lines may have no
charge.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.codes.modifier import component_of
from claimcheck.money import ZERO
from claimcheck.policies.parameters.structure import ZeroCharge
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

REMEDY = change_charge("Give the charge of the service")

ZERO_CHARGE = Outcome(Severity.ERROR, Disposition.PAYABLE, "CO", "16", ("M79",), remedy=REMEDY)

_PRICED = frozenset({ProcedureKind.CATEGORY_I, ProcedureKind.CATEGORY_III})


@rule(
    id="STR203",
    name="zero-charge",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "charge", "code", "kind", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(ZERO_CHARGE,),
    parameters=(ZeroCharge,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 12, section 20: the lesser of the charge and the fee",
        "X12, Request for Interpretation 2836: zero is a legal charge, which a payer may refuse",
    ),
)
def zero_charge(line: Line) -> Outcomes:
    """Reports that a paid service is billed at $0.00; the line is still checked."""
    policy, setting = line.policy[ZeroCharge], line.setting
    if line.charge.small != ZERO or line.code is None or line.kind not in _PRICED:
        return
    is_free = setting.reporting_only or line.modifier_codes & policy.no_charge
    if not setting.professional or is_free or not policy.statuses:
        return
    answer = line.tables.fee_schedule(line.code, component_of(line.modifier_codes))
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif isinstance(answer, Found) and answer.value.status in policy.statuses:
        yield ZERO_CHARGE(
            f"Charge is $0.00 for {line.code}, a paid service (status {answer.value.status})",
            answer=answer,
            source=line.policy.source(ZeroCharge),
            code=line.code,
            status=answer.value.status,
        )
