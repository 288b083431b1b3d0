"""1P, 2P, 3P and 8P say that the action of a Category II code was not performed.

## What it checks
A CPT Category II line with one of the performance measure modifiers. 1P (medical reason), 2P (patient reason), and 3P
(system reason) exclude the patient from the measure's denominator; 8P (reason not otherwise specified) keeps the
patient in it, as one for whom the action was not performed. The finding is informational.

## Why payers deny it
They accept the report. It earns no incentive and does not count against a frequency limit, because nothing was
performed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15", "modifiers": ["8P"]}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "CAT203"]
['Code 3044F with 8P: not performed, reason not given; patient included in the measure']

## What it does not check
These modifiers on other codes, which COD305 checks, and whether the measure allows the exclusion.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

NOT_PERFORMED = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="CAT203",
    name="category-ii-not-performed",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("is_category_ii", "code", "modifier_codes"),
    outcomes=(NOT_PERFORMED,),
    sources=("CMS, MLN Matters MM6514: modifiers 1P, 2P, 3P (exclusion) and 8P (reporting)",),
)
def category_ii_not_performed(line: Line) -> Outcomes:
    """Explains the effect of each Category II modifier."""
    if not line.is_category_ii:
        return
    for modifier in sorted(line.modifier_codes & CATEGORY_II_MEANINGS.keys()):
        stays = "included in" if modifier == "8P" else "excluded from"
        yield NOT_PERFORMED(
            f"Code {line.code} with {modifier}: {CATEGORY_II_MEANINGS[modifier]}; patient {stays} the measure",
            code=line.code,
            modifier=modifier,
        )
