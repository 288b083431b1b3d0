"""The components of a panel are billed as the panel.

## What it checks
Laboratory tests of one provider and day, on professional claims, that are all the components of a panel in the policy,
when the panel itself is not billed. Where panels include each other, the larger one counts.

## Why payers deny it
The payer pays the panel, which is less than the sum of its components.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "9.00", "service_date": "2024-07-15"}
...     for code in ("82465", "83718", "84478")
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines}, policy="commercial")
>>> [(f.line_number, f.message) for f in result.findings if f.rule_id == "PRO503"][0]
(1, 'Component 82465 of panel 80061 billed with all others: bill the panel')

## What it does not check
A component billed with its panel, which is an NCCI pair. A panel with a component that is not billed. Tests that were
repeated (91) or denied. Medicare, which pays the lower of the panel and the sum. Another provider's tests.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.policies.parameters.laboratory import Panel, Panels
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, reads_no_other_claim, rule

_OUTCOMES = outcomes(
    "97", "M15", remedy=change_code("Bill the panel in place of its components"), decided_by="laboratory.panels.then"
)


def _may_be_a_component(line: Line) -> bool:
    policy = line.policy[Panels]
    return not line.modifier_codes & policy.repeats and any(line.code in panel.codes for panel in policy.panels)


def _may_be_a_pair(one: Line, other: Line) -> bool:
    panels = one.policy[Panels].panels
    return any(one.code in panel.codes and other.code in panel.codes for panel in panels)


@rule(
    id="PRO503",
    name="panel-components",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "codes", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Panels,),
    needs=Needs(setting=is_professional, pair=_may_be_a_pair, of_pair=_may_be_a_component),
    other_claims=reads_no_other_claim,
    sources=(
        "Blue Cross Blue Shield of North Dakota, policy NDRP-LP-003: components are paid as the panel",
        "Texas Medicaid, CSHCN Services Program manual (2010), section 24.2.9.1: the components of panels",
    ),
)
def panel_components(day: Day) -> Outcomes:
    """Reports the components of a panel that is billed in parts."""
    policy = day.policy[Panels]
    if not policy.panels or not day.setting.professional:
        return
    tests = [
        line for line in day.lines if line.accepted and not line.other_claim and not line.modifiers & policy.repeats
    ]
    codes = {line.code for line in tests}
    for panel in _largest([one for one in policy.panels if one.code not in day.codes and _is_whole(one, codes)]):
        own = [line for line in tests if line.code in panel.codes]
        for line in own:
            yield _OUTCOMES[policy.then](
                f"Component {line.code} of panel {panel.code} billed with all others: bill the panel",
                line=line.position,
                related=tuple(other.position for other in own if other.position not in (None, line.position)),
                source=panel.reference or day.policy.source(Panels),
                code=line.code,
                panel=panel.code,
            )


def _is_whole(panel: Panel, codes: set[str]) -> bool:
    return codes >= panel.codes


def _largest(panels: list[Panel]) -> Iterator[Panel]:
    """Panels whose components are not all in another one."""
    sets = [panel.codes for panel in panels]
    for panel, own in zip(panels, sets, strict=True):
        if not any(own < other for other in sets):
            yield panel
