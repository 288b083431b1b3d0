"""A retired Category II code is replaced by others.

## What it checks
A code that was split into other codes and is no longer valid on the service date: 3045F (HbA1c 7.0 to 9.0 percent) was
replaced by 3051F (below 8.0) and 3052F (8.0 and above). The finding names the codes to use.

## Why payers deny it
The code is not valid on the date. COD103 rejects the line; this finding adds what replaced the code.

## Example
>>> from claimcheck import validate_claim
>>> def line(day):
...     line = {"procedure_code": "3045F", "units": 1, "charge": 0, "service_date": day}
...     result = validate_claim({"claim_type": "professional", "lines": [line]})
...     return [finding.evidence["replaced_by"] for finding in result.findings if finding.rule_id == "CAT305"]
>>> line("2024-07-15"), line("2019-12-31")
([('3051F', '3052F')], [])

## What it does not check
Codes that ended without a replacement. Dates for which no table says whether the code is valid.
"""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.tables import Absent, NotCovered

REPLACED = Outcome(Severity.INFO, Disposition.PAYABLE)

#: The codes that replaced a code, from the fee schedules of 2019 and 2020.
_SUCCESSORS = MappingProxyType({"3045F": ("3051F", "3052F")})


@rule(
    id="CAT305",
    name="category-ii-retired",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("code", "is_category_ii", "tables"),
    tables=("category_ii",),
    outcomes=(REPLACED,),
    sources=(
        "CMS, National Physician Fee Schedule Relative Value Files: 3045F no longer stands, 3051F and 3052F do",
        "CMS, Integrated Outpatient Code Editor: 3045F is last valid on 2019-12-31",
    ),
)
def category_ii_retired(line: Line) -> Outcomes:
    """Names the codes that replaced a retired one."""
    successors = _SUCCESSORS.get(line.code or "") if line.is_category_ii else None
    if successors is None or line.code is None:
        return
    answer = line.tables.category_ii(line.code)
    if isinstance(answer, NotCovered):
        return
    if isinstance(answer, Absent) or not answer.value.active:
        yield REPLACED(
            f"Code {line.code} retired; replaced by {' and '.join(successors)}",
            answer=answer,
            code=line.code,
            replaced_by=successors,
        )
