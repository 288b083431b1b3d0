"""Drugs from single-dose containers are billed with JW or JZ.

## What it checks
On professional claims, the lines of one drug, provider, and day: a line with JW (drug discarded) must be billed with a
line for the amount given, and not with a line with JZ (nothing discarded). A drug that the policy lists as packaged in
single-dose containers must have one of the two modifiers.

## Why payers deny it
Manufacturers refund discarded drugs from 2023 on. Medicare requires the modifier since 2023-07-01, and returns claims
without it since 2023-10-01.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "J9271", "modifiers": ["JW"], "units": 1, "charge": "9.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "PRO603"]
['Modifier JW on J9271 without a line of the drug given on the same day']

## What it does not check
Drugs that the policy does not list, because no publication lists all single-dose containers. JW and JZ on one line,
which COD304 reports. Drugs given on another claim. Facility claims.
"""

from __future__ import annotations

from collections import defaultdict

from claimcheck.policies.parameters.drugs import Waste
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier, change_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, reads_no_other_claim, rule
from claimcheck.rules.wording import alternatives

_ALONE = outcomes(
    "4",
    "N822",
    remedy=add_modifier("Bill the amount given; report what was discarded with JW, or nothing with JZ", "JW", "JZ"),
    when="JW and JZ are missing, or JW is alone",
    decided_by="drugs.waste.otherwise",
)
_CONFLICT = outcomes(
    "4",
    "N519",
    remedy=change_modifier("Keep JW if part was discarded, JZ if nothing was", "JW", "JZ"),
    when="JW and JZ conflict",
    decided_by="drugs.waste.otherwise",
)
_IS_SINGLE_DOSE = listed(Waste, "single_dose")


def _may_be_told(line: Line) -> bool:
    if line.kind is None or line.of_code(_IS_SINGLE_DOSE):
        return line.kind is not None
    policy = line.policy[Waste]
    return bool(line.modifier_codes & (policy.discarded | policy.none))


@rule(
    id="PRO603",
    name="drug-waste",
    scope=Scope.DAY,
    phase=Phase.ACTIVITY,
    reads=("setting", "day", "lines", "policy"),
    outcomes=(*_ALONE.values(), *_CONFLICT.values()),
    parameters=(Waste,),
    needs=Needs(setting=is_professional, line=_may_be_told),
    other_claims=reads_no_other_claim,
    sources=(
        "CMS, JW modifier and JZ modifier policy, frequently asked questions; HHS (2023-06-02): JZ from 2023-07-01",
        "CGS (2023-12-18): the amount discarded on a line of its own",
    ),
)
def drug_waste(day: Day) -> Outcomes:
    """Reports drugs whose waste is not stated, or stated in two ways."""
    policy = day.policy[Waste]
    if not day.setting.professional or day.day is None:
        return
    by_code: dict[str, list[DayLine]] = defaultdict(list)
    for line in day.lines:
        if line.accepted:
            by_code[line.code].append(line)
    for code, lines in by_code.items():
        yield from _of_drug(code, lines, policy, day.policy.source(Waste))


def _of_drug(code: str, lines: list[DayLine], policy: Waste, source: str | None) -> Outcomes:
    wasted = [line for line in lines if line.modifiers & policy.discarded]
    whole = [line for line in lines if line.modifiers & policy.none and line not in wasted]
    given = [line for line in lines if line not in wasted]
    own = [line for line in lines if not line.other_claim]
    for line in own:
        if line in wasted and whole:
            message = f"Drug {code} billed as discarded and as not discarded on the same day"
            yield _CONFLICT[policy.otherwise](message, line=line.position, source=source, code=code)
        elif line in wasted and not given:
            (modifier, *_) = sorted(line.modifiers & policy.discarded)
            message = f"Modifier {modifier} on {code} without a line of the drug given on the same day"
            yield _ALONE[policy.otherwise](message, line=line.position, source=source, code=code)
        elif not wasted and line not in whole and code in policy.single_dose:
            wanted = alternatives(policy.discarded | policy.none)
            message = f"Modifier {wanted} missing on {code}: drug from a single-dose container"
            yield _ALONE[policy.otherwise](message, line=line.position, source=source, code=code)
