"""A claim carries the fields that its payer needs.

## What it checks
The fields of the policy's two lists, which differ by claim type. A claim that lacks a field of the first list is
returned, with a finding for each. For all that it lacks of the second list it gets one warning, which names them: a
claim is often judged before it is complete, in a test or a notebook, and what stands on its lines holds all the same.
By default the second list holds what an 837 must carry, and the first is empty. Where one field alone is missing, the
warning carries the codes that answer to it.

## Why payers deny it
Each of these fields is required in the transaction.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "claim_id": "A1", "lines": []})
>>> finding = next(finding for finding in result.findings if finding.rule_id == "STR105")
>>> str(finding.severity), finding.evidence["fields"]
('warning', ('billing_npi', 'diagnoses', 'member_id', 'place_of_service', 'total_charge'))

## What it leaves alone
Claim type, lines, and the charge, units, date and code of a line, which rules of their own want. Fields that are there
and cannot be read.
"""

from __future__ import annotations

import attrs

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import RequiredFields
from claimcheck.rules.facts import Outline, Setting
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

WANTED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA130",))
RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",))
RETURNED_MEMBER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N382",))
RETURNED_NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "206", ("N257",))
RETURNED_DIAGNOSIS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",))
RETURNED_PLACE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M77",))
RETURNED_TOTAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M54",))

_OUTCOMES = {
    "member_id": RETURNED_MEMBER,
    "billing_npi": RETURNED_NPI,
    "diagnoses": RETURNED_DIAGNOSIS,
    "place_of_service": RETURNED_PLACE,
    "total_charge": RETURNED_TOTAL,
}
_ALONE = {
    field: attrs.evolve(outcome, severity=WANTED.severity, disposition=WANTED.disposition)
    for field, outcome in _OUTCOMES.items()
}


@rule(
    id="STR105",
    name="required-fields",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "missing", "policy"),
    outcomes=(WANTED, *_ALONE.values(), RETURNED, *_OUTCOMES.values()),
    parameters=(RequiredFields,),
    sources=("X12 005010X222A1 and 005010X223A2, required elements of loops 2010AA, 2010BA and 2300",),
)
def required_fields(view: Outline) -> Outcomes:
    """Returns a claim for each field that must be there, and warns of all that should."""
    returned, wanted = _lists(view.setting, view.policy[RequiredFields])
    source = view.policy.source(RequiredFields)
    for field in (field for field in returned if field in view.missing):
        yield _OUTCOMES.get(field, RETURNED)(f"{field} is missing", source=source, field=field)
    fields = sorted(view.missing.intersection(wanted).difference(returned))
    if fields:
        outcome = _ALONE.get(fields[0], WANTED) if len(fields) == 1 else WANTED
        message = f"the claim does not carry {', '.join(fields)}, which an 837 must"
        yield outcome(message, source=source, fields=fields)


def _lists(setting: Setting, policy: RequiredFields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if setting.professional:
        return policy.returned_professional, policy.wanted_professional
    if not setting.institutional:
        return (), ()
    inpatient = policy.wanted_inpatient if setting.inpatient else ()
    return policy.returned_institutional, (*policy.wanted_institutional, *inpatient)
