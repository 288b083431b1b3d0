"""A line's first pointer is to a diagnosis that may come first.

## What it checks
The first diagnosis that a professional line points to is the reason for the service. It must not be an external cause
(V00 to Y99) or a manifestation (as defined in the policy: codes whose title says "in diseases classified elsewhere").

## Why payers deny it
Such a code does not say why the service was given. It follows the injury, or the disease, that it belongs to.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*pointers):
...     line = {"procedure_code": "12001", "diagnosis_pointers": pointers, "service_date": "2024-07-15"}
...     claim = {"claim_type": "professional", "diagnoses": ["S61.411A", "W26.0XXA"], "lines": [line]}
...     return [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "COD214"]
>>> billed(1, 2), billed(2, 1)
([], ['First diagnosis pointer of 12001 is to W26.0XXA, an external cause'])

## What it does not check
The principal diagnosis, which COD205 and COD206 check for the whole claim. Later pointers. Manifestations whose title
does not say so. Facility and dental claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.coding import Manifestations, Pointed
from claimcheck.rules.coding.external_cause import is_external_cause
from claimcheck.rules.facts import ClaimDiagnosis, WholeClaim, is_professional
from claimcheck.rules.facts.whole_claim import pointed, pointers
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "16",
    "M76",
    remedy=correct("Point first to the condition that the service was for", documented=True),
    decided_by="coding.pointed.then",
)


def _never_first(diagnosis: ClaimDiagnosis) -> str | None:
    """What a diagnosis is that never comes first; None for others, and for the principal one."""
    if diagnosis.role == "principal":
        return None
    if is_external_cause(diagnosis):
        return "an external cause"
    is_manifestation = diagnosis.version == "ICD-10-CM" and diagnosis.code in diagnosis.policy[Manifestations].codes
    return "a manifestation" if is_manifestation else None


def _may_concern(diagnosis: ClaimDiagnosis) -> bool:
    return _never_first(diagnosis) is not None


@rule(
    id="COD214",
    name="pointed-diagnosis",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "lines", "diagnoses"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Manifestations, Pointed),
    needs=Needs(setting=is_professional, diagnosis=_may_concern, of_claim=pointers),
    sources=(
        "CDC and CMS, ICD-10-CM Official Guidelines, sections I.A.13 and I.C.20.a.6",
        "Medicare Claims Processing Manual, chapter 26, section 10.4, item 24E: the primary diagnosis of the line",
    ),
)
def pointed_diagnosis(view: WholeClaim) -> Outcomes:
    """Reports a line that points first to a diagnosis that never comes first."""
    if not view.setting.professional:
        return
    for position, line in enumerate(view.lines, 1):
        diagnoses = pointed(view, position) if line.has_pointers else ()
        what = _never_first(diagnoses[0]) if diagnoses else None
        if what is None:
            continue
        named = "First diagnosis pointer" if line.code is None else f"First diagnosis pointer of {line.code}"
        yield _OUTCOMES[line.policy[Pointed].then](
            f"{named} is to {diagnoses[0].shown}, {what}",
            line=position,
            source=line.policy.source(Pointed),
            code=line.code,
            diagnosis=diagnoses[0].shown,
        )
