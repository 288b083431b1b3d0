"""A drug line has an NDC where the payer requires it.

## What it checks
On a professional claim, a line of a drug that the policy lists must have an NDC.

## Why payers deny it
Medicaid rebates are invoiced by NDC; without it, the state pays for the drug alone (42 CFR 447.520).

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "J1885", "units": 1, "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]}, policy="medicaid")
>>> [(f.carc, f.rarcs, f.message) for f in result.findings if f.rule_id == "PRO601"]
[('16', ('M119',), 'NDC missing for drug J1885')]

## What it does not check
A malformed NDC, or one without a quantity, which STR703 reports. Drugs that the policy does not list. Facility claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.drugs import Ndc
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule

_OUTCOMES = returned(
    "16", "M119", remedy=correct("Add the NDC, its quantity and its unit"), decided_by="drugs.ndc.then"
)
_IS_A_DRUG = listed(Ndc, "codes")


@rule(
    id="PRO601",
    name="drug-code-missing",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "ndc", "code", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Ndc,),
    sources=("42 CFR 447.520: claims for drugs that a physician gives hold the NDC",),
)
def drug_code_missing(line: Line) -> Outcomes:
    """Reports a drug without its NDC."""
    if not line.setting.professional or not line.ndc.missing:
        return
    policy = line.policy[Ndc]
    if line.of_code(_IS_A_DRUG):
        message = f"NDC missing for drug {line.code}"
        yield _OUTCOMES[policy.then](message, source=line.policy.source(Ndc), code=line.code)
