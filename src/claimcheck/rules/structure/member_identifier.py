"""The member ID has the payer's format.

## What it checks
Where the policy says that the payer uses Medicare Beneficiary Identifiers, the member ID must be in that format. The
finding says that it is malformed and shows nothing of it.

## Why payers deny it
The payer cannot find the member.

## Example
>>> from claimcheck import validate_claim
>>> from claimcheck.policies import Policy
>>> medicare = Policy.load("default").replace(structure__member_id={"format": "mbi"})
>>> result = validate_claim({"claim_type": "professional", "member_id": "A12", "lines": []}, policy=medicare)
>>> [(finding.message, dict(finding.evidence)) for finding in result.findings if finding.rule_id == "STR705"]
[('Member ID is not a Medicare Beneficiary Identifier (MBI)', {'field': 'member_id'})]

## What it does not check
Identifiers of other payers, which have no common format. A missing identifier. Whether the member is enrolled.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import MemberId, MemberIdFormat
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the member ID")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N382",), remedy=REMEDY)


@rule(
    id="STR705",
    name="member-identifier",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("member_is_mbi", "policy"),
    outcomes=(MALFORMED,),
    parameters=(MemberId,),
    sources=("CMS, Understanding the Medicare Beneficiary Identifier (MBI) format",),
)
def member_identifier(view: Outline) -> Outcomes:
    """Rejects a claim whose member identifier cannot be one of the payer's."""
    if view.policy[MemberId].format is MemberIdFormat.MBI and view.member_is_mbi is False:
        source = view.policy.source(MemberId)
        yield MALFORMED("Member ID is not a Medicare Beneficiary Identifier (MBI)", source=source, field="member_id")
