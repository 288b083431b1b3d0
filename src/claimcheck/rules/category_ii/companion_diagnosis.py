"""An incentive for a Category II code requires a listed diagnosis.

## What it checks
Where the payer's program lists the diagnoses that a CPT Category II code must be billed with, one of them must be on
the claim, or among the diagnoses that the line points to, as the policy says. A range of diagnoses is compared as text
from the left, and its upper end includes all more specific codes: J44.89 is within J40 to J44.9, and I50.89 is within
I50 to I50.9.

## Why payers deny it
The report is accepted, but the incentive is for members with the condition.

## Example
>>> from claimcheck import validate_claim
>>> def claim(diagnosis):
...     lines = [{"procedure_code": code, "units": 1, "charge": "20", "service_date": "2024-07-15"}
...              for code in ("3023F", "99213")]
...     claim = {"claim_type": "professional", "diagnoses": [diagnosis], "lines": lines}
...     return str(validate_claim(claim, policy="anthem_ohio_medicaid_2024").lines[0].disposition)
>>> claim("J44.89"), claim("J47.9")
('payable', 'report_only')

## What it does not check
Codes that the program does not list or pays with any diagnosis, and lines that report the action as not performed.
Whether the diagnosis is valid on the date, which COD202 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.money import ZERO
from claimcheck.policies.parameters.category_ii import DiagnosisScope, Incentives
from claimcheck.rules.category_ii.listed import is_listed, listed_lines
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.facts.whole_claim import pointed
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.rules.wording import diagnosis_ranges

REMEDY = change_code("Add a diagnosis of the program's list", documented=True)

NO_DIAGNOSIS = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "11", remedy=REMEDY)


@rule(
    id="CAT402",
    name="companion-diagnosis",
    scope=Scope.CLAIM,
    phase=Phase.ADD_ON,
    reads=("claim", "lines", "standing", "diagnoses"),
    outcomes=(NO_DIAGNOSIS,),
    parameters=(Incentives,),
    needs=Needs(line=is_listed),
    sources=(
        "Anthem Blue Cross and Blue Shield Ohio Medicaid, CPT Category II code reimbursements, 2024-04-10, Table 1",
    ),
)
def companion_diagnosis(claim: WholeClaim) -> Outcomes:
    """Withholds the incentive for a listed code without one of its diagnoses."""
    for position, line, incentive in listed_lines(claim):
        if not incentive.diagnoses:
            continue
        by_line = line.policy[Incentives].diagnosis_scope is DiagnosisScope.POINTED
        if by_line and not line.has_pointers:
            yield unchecked(Reason.MISSING_FIELD, lines=(position,))
            continue
        diagnoses = pointed(claim, position) if by_line else claim.diagnoses
        if not any(diagnosis.code in incentive.diagnoses for diagnosis in diagnoses):
            where = "pointed to by the line" if by_line else "on the claim"
            yield NO_DIAGNOSIS(
                f"Incentive for {line.code} requires a diagnosis of {diagnosis_ranges(incentive.diagnoses)} {where}; "
                "reported only, not paid",
                line=position,
                scheduled=ZERO,
                source=line.policy.source(Incentives),
                code=line.code,
                diagnoses=tuple(incentive.diagnoses),
            )
