"""A test is billed globally or by its components, not both.

## What it checks
Two lines of one test by one provider on one day, on professional claims, of which one bills the global test and the
other a component (26 or TC): the component is part of the global test. A modifier for a repeated or separate test (76,
77, 91, 59, XE, XP, XS, XU, as the policy on duplicates lists them) makes it a different test.

## Why payers deny it
The global test includes both components. NCCI has no pair for this, because it is one code.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line, {**line, "modifiers": ["26"]}]})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO104"]
[(2, '97', 'Component 71046-26 is part of 71046 billed as a whole on the same day')]

## What it does not check
Tests whose components have separate codes, which are NCCI pairs. Both components without the global test. Another
provider's line. Codes that are not split, which PRO101 reports.
"""

from __future__ import annotations

from collections import defaultdict

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import COMPONENTS
from claimcheck.policies.parameters.structure import Duplicates
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_modifier("Bill the whole test or its components, not both")

PART = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), remedy=REMEDY)


def _may_be_a_component(line: Line) -> bool:
    return line.setting.professional and line.kind is not None and not line.is_category_ii


@rule(
    id="PRO104",
    name="components-once",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("setting", "day", "lines", "policy"),
    outcomes=(PART,),
    parameters=(Duplicates,),
    needs=Needs(setting=is_professional, repeat=True),
    other_claims=_may_be_a_component,
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, attachment A: PC/TC indicator 1 is both components",
        "ClaimsXten, global component billing: Blue Cross and Blue Shield of Illinois (2017) and of Oklahoma (2020)",
    ),
)
def components_once(day: Day) -> Outcomes:
    """Denies a component billed in addition to the whole test."""
    if not day.setting.professional:
        return
    by_code: dict[str, list[DayLine]] = defaultdict(list)
    for line in day.lines:
        if line.accepted and not line.modifiers & day.policy[Duplicates].repeats:
            by_code[line.code].append(line)
    for code, lines in by_code.items():
        whole = [line for line in lines if not line.modifiers & COMPONENTS]
        own = [line for line in whole if not line.other_claim]
        for line in lines if whole else ():
            of = line.modifiers & COMPONENTS
            if len(of) != 1 or (line.other_claim and not own):  # conflicts between other claims were reported earlier
                continue
            (modifier,) = of
            deciding = own if line.other_claim else whole
            yield PART(
                f"Component {code}-{modifier} is part of {code} billed as a whole on the same day",
                line=line.position,
                other=line.recorded,
                related=() if line.other_claim else tuple(one.position for one in own if one.position is not None),
                code=code,
                modifier=modifier,
                on_another_claim=all(one.other_claim for one in deciding),
            )
