"""A line with an unlisted procedure describes it.

## What it checks
A line with an unlisted, unclassified, or miscellaneous code (as listed in the policy) must have a description.

## Why payers deny it
Without a description, the payer cannot tell what was billed.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "J3490"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD106"]
['Description missing for unlisted code J3490']

## What it does not check
What the description says, and whether a listed code would have fit. Dialysis on a dialysis bill (90999 on 72x), which
needs no description.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coding import Unlisted
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Add a description of the service")

NO_DESCRIPTION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N350",), remedy=REMEDY)

_IS_UNLISTED = listed(Unlisted, "codes")


@rule(
    id="COD106",
    name="unlisted-description",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("code", "has_description", "setting", "policy"),
    outcomes=(NO_DESCRIPTION,),
    parameters=(Unlisted,),
    sources=(
        "X12 005010X222A1, SV101-7; 005010X223A2, SV202-7; CMS, remittance advice remark code N350",
        "Medicare Claims Processing Manual, chapter 8, section 50.3: 90999 on 72x bills",
    ),
)
def unlisted_description(line: Line) -> Outcomes:
    """Rejects an unlisted code without a description."""
    if line.has_description:
        return
    policy = line.policy[Unlisted]
    if not line.of_code(_IS_UNLISTED):
        return
    if not any(line.code in one.codes and line.setting.is_one_of(one.bills) for one in policy.described_by_bill):
        message = f"Description missing for unlisted code {line.code}"
        yield NO_DESCRIPTION(message, source=line.policy.source(Unlisted, "codes"), code=line.code)
