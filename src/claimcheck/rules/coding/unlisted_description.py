"""A line with an unlisted procedure describes it.

## What it checks
That a line that bills one of the policy's unlisted, unclassified or miscellaneous codes carries a description.

## Why payers deny it
The code says only that there is no code; without a description nobody can tell what is billed.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "J3490"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD106"]
['Description missing for unlisted code J3490']

## What it leaves alone
What the description says. Whether a listed code would have fitted. Dialysis on its own bill (90999 on 72x), which says
what it is.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coding import Unlisted
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

NO_DESCRIPTION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N350",))


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
    if line.code not in policy.codes:
        return
    if not any(line.code in said.codes and line.setting.is_one_of(said.bills) for said in policy.said_by_bill):
        message = f"Description missing for unlisted code {line.code}"
        yield NO_DESCRIPTION(message, source=line.policy.source(Unlisted, "codes"), code=line.code)
