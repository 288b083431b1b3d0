"""Modifier QW is valid only on tests that have a CLIA-waived version.

## What it checks
On a professional claim, modifier QW must not be on a test that is always waived (the policy lists those) or on a code
that is not a laboratory test. Where the clinical laboratory fee schedule is loaded, the code must have a row with QW.

## Why payers deny it
The modifier says that the CLIA-waived version of a test was performed, which a certificate of waiver covers.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code):
...     line = {"procedure_code": code, "modifiers": ["QW"], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO502"]
>>> billed("81002"), billed("87880")
(['Modifier QW not needed on 81002: the test is always waived'], [])

## What it does not check
Tests without QW, because the claim does not say what certificate the laboratory has. Facility claims. When the fee
schedule is not loaded, other tests with QW are not checked.
"""

from __future__ import annotations

from claimcheck.policies.parameters.laboratory import Waived
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

_OUTCOMES = outcomes(
    "4", "N822", remedy=change_modifier("Remove modifier QW from the test"), decided_by="laboratory.waived.otherwise"
)
_LIST = "clfs"
_WAIVED = "QW"


@rule(
    id="PRO502",
    name="waived-test",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "modifier_codes", "code", "policy", "tables"),
    tables=(_LIST,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Waived,),
    sources=(
        "CMS, Change Request 8805 (2014): tests that do not require QW; clinical laboratory fee schedule, rows with QW",
    ),
)
def waived_test(line: Line) -> Outcomes:
    """Reports QW where it does not apply."""
    if _WAIVED not in line.modifier_codes or line.code is None or not line.setting.professional:
        return
    policy = line.policy[Waived]
    outcome, source = _OUTCOMES[policy.otherwise], line.policy.source(Waived)
    if line.code in policy.always:
        yield outcome(
            f"Modifier QW not needed on {line.code}: the test is always waived", source=source, code=line.code
        )
    elif policy.tests and line.code not in policy.tests:
        yield outcome(f"Modifier QW not allowed on {line.code}: not a laboratory test", source=source, code=line.code)
    elif policy.tests:
        held = line.tables.code_list(_LIST, line.code)
        if isinstance(held, NotCovered):
            yield unchecked(held)
        elif not isinstance(held, Found) or _WAIVED not in held.value.each("modifier"):
            yield outcome(
                f"Modifier QW not allowed on {line.code}: no waived version on the laboratory fee schedule",
                answer=held,
                source=source,
                code=line.code,
            )
