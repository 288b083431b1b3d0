"""A laboratory test needs the laboratory's CLIA number.

## What it checks
On a professional claim, a line of a laboratory test (the policy lists the codes) must have a CLIA number on the line or
on the claim.

## Why payers deny it
Laboratory tests are paid to laboratories that are certified for them (42 CFR 493). A line without the number cannot be
processed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "80053", "units": 1, "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]}, policy="medicare")
>>> [(f.carc, f.rarcs, f.message) for f in result.findings if f.rule_id == "PRO501"]
[('16', ('MA120',), 'CLIA number missing for 80053 on the line and the claim')]

## What it does not check
Whether the certificate covers the test. Malformed numbers, which STR704 reports. The physician's interpretation (26).
Facility claims, and payers whose policy lists no tests.
"""

from __future__ import annotations

from claimcheck.policies.parameters.laboratory import Certificates
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule

_OUTCOMES = returned(
    "16",
    "MA120",
    remedy=correct("Add the CLIA number of the laboratory (REF*X4)"),
    decided_by="laboratory.certificates.otherwise",
)
_NEEDS_A_CERTIFICATE = listed(Certificates, "codes")


@rule(
    id="PRO501",
    name="certificate-missing",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "clia", "code", "modifier_codes", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Certificates,),
    sources=(
        "Palmetto GBA, CLIA: laboratory tests; Medicare Claims Processing Manual, chapter 16, section 70.2",
        "X12 005010X222A1, REF*X4 of loops 2300 and 2400",
    ),
)
def certificate_missing(line: Line) -> Outcomes:
    """Reports a laboratory test without a CLIA certificate number."""
    if not line.setting.professional or line.setting.has_clia or not line.clia.missing:
        return
    policy = line.policy[Certificates]
    if line.of_code(_NEEDS_A_CERTIFICATE) and not line.modifier_codes & policy.except_modifiers:
        message = f"CLIA number missing for {line.code} on the line and the claim"
        yield _OUTCOMES[policy.otherwise](message, source=line.policy.source(Certificates), code=line.code)
