"""The admission type and the point of origin are assigned codes.

## What it checks
The priority (type) of an admission or visit and its point of origin must be codes that the National Uniform Billing
Committee has assigned on that date. A newborn's point of origin must be one of the two newborn codes.

## Why payers deny it
Both codes are required on inpatient bills, and a reserved code returns the claim.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0120", "service_date": "2024-07-15"}
>>> for admission in (("3", "7"), ("4", "1"), ("7", "1"), ("3", "1")):
...     codes = dict(zip(("admission_type", "admission_source"), admission))
...     claim = {"claim_type": "institutional", "bill_type": "0111", "lines": [line], **codes}
...     print([finding.message for finding in validate_claim(claim).findings if finding.rule_id == "FAC302"])
['Point of origin 7 not assigned']
['Point of origin 1 not valid with admission type 4 (newborn); expected 5 or 6']
['Admission type 7 not assigned']
[]

## What it does not check
A claim without them; STR105 asks for them where they are required.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.claims.unreadable import shape
from claimcheck.policies.parameters.claim_codes import Admission
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule
from claimcheck.rules.wording import alternatives

REMEDY_TYPE = correct("Correct the priority (type) of the admission or visit")
REMEDY_ORIGIN = correct("Correct the point of origin")

TYPE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA41",), remedy=REMEDY_TYPE)
ORIGIN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA42",), remedy=REMEDY_ORIGIN)


@rule(
    id="FAC302",
    name="admission",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "admission_type", "admission_source", "policy"),
    outcomes=(
        TYPE.when("the admission type is malformed or not assigned"),
        ORIGIN.when("the point of origin is malformed, not assigned, or not for a newborn"),
    ),
    parameters=(Admission,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, section 75.1: form locators 14 and 15",
        "CMS, Blue Button code systems CLM-ADMSN-TYPE-CD and CLM-ADMSN-SRC-CD (2026-08-22)",
    ),
)
def admission(view: Outline) -> Outcomes:
    """Returns a claim whose type of admission or point of origin is reserved."""
    policy, kind, origin = view.policy[Admission], view.admission_type, view.admission_source
    if not view.setting.institutional:
        return
    source = view.policy.source(Admission)
    if kind is not None and policy.types and kind not in policy.types:
        yield _not_assigned(TYPE, "Admission type", kind, source)
    if origin is None:
        return
    if kind in policy.newborn:
        if origin not in policy.newborn_origins:
            yield ORIGIN(
                f"Point of origin {_shown(origin) or 'given'} not valid with admission type {kind} (newborn); "
                f"expected {alternatives(policy.newborn_origins)}",
                source=source,
                admission_source=_shown(origin),
                admission_type=kind,
            )
    elif policy.origins and origin not in policy.origins:
        yield _not_assigned(ORIGIN, "Point of origin", origin, source)


def _not_assigned(outcome: Outcome, name: str, code: str, source: str | None) -> Raised:
    shown = _shown(code)
    message = f"{name} {shown} not assigned" if shown else f"{name} malformed: expected one letter or digit"
    return outcome(message, source=source, code=shown, pattern=None if shown else shape(code))


def _shown(code: str) -> str | None:
    """A code that may be in a message: a member's name can be typed into any field."""
    return code if len(code) == 1 and code.isascii() and code.isalnum() else None
