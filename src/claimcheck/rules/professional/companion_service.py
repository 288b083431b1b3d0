"""A service is billed with the service that it belongs to.

## What it checks
On professional claims, each service that the policy says is billed with another one on the same day, by the same
provider: ambulance mileage with the transport, and a vaccine with its administration. Medicare has its own codes for
the administration of influenza, pneumococcal and hepatitis B vaccines (G0008 to G0010).

## Why payers deny it
Mileage is paid only with the transport that it belongs to. When a vaccine has no administration, the charge was
forgotten, or the administration was billed with a code that the payer does not accept for it.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*codes):
...     given = {"units": 1, "charge": "20.00", "service_date": "2024-07-15"}
...     lines = [{**given, "procedure_code": code} for code in codes]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}, policy="medicare").findings
...     return [(finding.line_number, finding.message) for finding in findings if finding.rule_id == "PRO308"]
>>> billed("90686", "G0008"), billed("90686", "90471")
([], [(1, 'Code 90686 billed without administration of an influenza vaccine (G0008) on the same day')])

## What it does not check
An administration without the vaccine, which may have come free of charge. Services on another day. Lines that were
denied. Facility claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.companion import Companion, Companions
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "107",
    remedy=change_code("Bill the service that it belongs with, or correct the code"),
    decided_by="professional.companions.otherwise",
)
_NEEDS_ANOTHER, _IS_NEEDED = listed(Companions, "codes"), listed(Companions, "needs")
_FEW = 3


def _needs_another(line: Line) -> bool:
    return line.setting.professional and line.of_code(_NEEDS_ANOTHER)


def _may_concern(line: Line) -> bool:
    return line.setting.professional and (line.of_code(_NEEDS_ANOTHER) or line.of_code(_IS_NEEDED))


@rule(
    id="PRO308",
    name="companion-service",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Companions,),
    needs=Needs(setting=is_professional, line=_needs_another),
    other_claims=_may_concern,
    sources=(
        "Medicare Claims Processing Manual, chapter 15, section 30: mileage is billed with the transport",
        "Medicare Claims Processing Manual, chapter 18, section 10.2: G0008, G0009 and G0010",
    ),
)
def companion_service(day: Day) -> Outcomes:
    """Reports a service without the one that it belongs with."""
    decided = day.policy[Companions]
    if not day.setting.professional:
        return
    for companion in decided.companions:
        own = [line for line in accepted(day.lines, companion.codes) if not line.other_claim]
        if not own or accepted(day.lines, companion.needs):
            continue
        for line in own:
            yield _OUTCOMES[decided.otherwise](
                f"Code {line.code} billed without {companion.name} ({_shown(companion)}) on the same day",
                line=line.position,
                source=companion.reference or day.policy.source(Companions),
                code=line.code,
                missing=companion.name,
            )


def _shown(companion: Companion) -> str:
    spans = list(companion.needs)
    return ", ".join(spans[:_FEW]) + (", ..." if len(spans) > _FEW else "")
