"""Global package modifiers are on the right kind of line.

## What it checks
On professional claims:

- 24, 57, and FT say that a visit is not part of a procedure; they are not for the procedure itself;
- 58, 78, and 79 say that a procedure is not part of another one; they are not for visits;
- 78 is for a return to the operating room, which an office (place of service 11) does not have.

## Why payers deny it
On the wrong line the modifier has no effect, and the line that needs it stays part of the package.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code, modifier):
...     line = {"procedure_code": code, "modifiers": [modifier], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO208"]
>>> billed("99213", "24"), billed("99213", "79")
([], ['Modifier 79 on visit 99213: for procedures only'])
>>> billed("27447", "57")
['Modifier 57 on procedure 27447: for visits only']

## What it does not check
Modifier 25 on surgery, which COD305 reports. Codes without global days. Facility claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.surgery import GlobalPackage, OutsidePackage
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.package import has_package
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "4",
    remedy=change_modifier("Move the modifier to the line that it is for"),
    decided_by="surgery.outside_package.wrong_modifier",
)
_IS_A_VISIT = listed(GlobalPackage, "visits")


@rule(
    id="PRO208",
    name="package-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "modifier_codes", "of_code", "place_of_service", "code", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(GlobalPackage, OutsidePackage),
    sources=(
        "Medicare Claims Processing Manual, chapter 12, section 40.2: 24, 57 (visits); 58, 78, 79 (procedures)",
        "Regence, reimbursement policy 112: 78 is not for an office",
    ),
)
def package_modifier(line: Line) -> Outcomes:
    """Reports global package modifiers that are for another kind of line."""
    if not line.modifier_codes or not line.setting.professional:
        return
    package, then = line.policy[GlobalPackage], line.policy[OutsidePackage].wrong_modifier
    of_visits = (package.unrelated | package.decision) & line.modifier_codes
    of_procedures = package.again & line.modifier_codes
    wrong = []
    if of_procedures and bool(line.of_code(_IS_A_VISIT)):
        wrong = [(modifier, f"on visit {line.code}: for procedures only") for modifier in sorted(of_procedures)]
    elif of_visits and (days := has_package(line)) is not None:
        if isinstance(days, NotCovered):
            yield unchecked(days)
            return
        wrong = [(modifier, f"on procedure {line.code}: for visits only") for modifier in sorted(of_visits)]
    place = line.place_of_service.text
    if line.modifier_codes & package.returned and not wrong and place in package.without_operating_room:
        returned = sorted(line.modifier_codes & package.returned)
        wrong = [(modifier, f"on {line.code} at place of service {place}: no operating room") for modifier in returned]
    for modifier, why in wrong:
        yield _OUTCOMES[then](
            f"Modifier {modifier} {why}",
            source=line.policy.source(OutsidePackage) or line.policy.source(GlobalPackage),
            modifier=modifier,
            code=line.code,
        )
