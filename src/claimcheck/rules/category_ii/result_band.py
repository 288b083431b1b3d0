"""The result on the line matches the range of its code.

## What it checks
A line that carries the test result (X12 MEA) must be billed with the code for the range that includes the result: an
HbA1c of 7.4 percent is 3051F; 8.0 and 9.0 are both 3052F. The ranges come from the policy, because published sources
differ at the boundaries; the ranges of the default policy have no gap and no overlap.

## Why payers deny it
The measure uses the code, not the result that is sent with it.

## Example
>>> from claimcheck import validate_claim
>>> def line(code, result):
...     line = {"procedure_code": code, "units": 1, "charge": 0, "service_date": "2024-07-15", "result_value": result}
...     result = validate_claim({"claim_type": "professional", "lines": [line]})
...     return [finding.evidence["belongs_to"] for finding in result.findings if finding.rule_id == "CAT302"]
>>> line("3044F", "6.9"), line("3044F", "7.0"), line("3075F", 140)
([], ['3051F'], ['3077F'])

## What it does not check
Results that are missing or unreadable, and lines that report the test as not performed. The unit of measure: the result
is taken to be in the unit of the ranges (percent, mm Hg).
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS
from claimcheck.policies.parameters.category_ii import Results
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Bill the code whose range includes the result", documented=True)

ANOTHER_BAND = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY)


@rule(
    id="CAT302",
    name="result-band",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("code", "modifier_codes", "result_value", "policy"),
    outcomes=(ANOTHER_BAND,),
    parameters=(Results,),
    sources=(
        "HbA1c: McLaren Physician Partners, 2022-06-15",
        "Blood pressure: Blue Cross Blue Shield of North Dakota, Controlling high blood pressure",
    ),
)
def result_band(line: Line) -> Outcomes:
    """Warns about a result outside its code's band, and names the code for that band."""
    if not isinstance(line.result_value, Decimal) or not line.modifier_codes.isdisjoint(CATEGORY_II_MEANINGS):
        return
    group = line.policy[Results].group_of(line.code)
    if group is None:
        return
    fitting = [band.code for band in group.bands if line.result_value in band]
    if line.code not in fitting:
        instead = f"bill {fitting[0]}" if fitting else "outside every code's range"
        yield ANOTHER_BAND(
            f"Result does not match the range of {line.code} ({group.name}); {instead}",
            source=group.reference or None,
            code=line.code,
            test=group.name,
            belongs_to=fitting[0] if fitting else None,
        )
