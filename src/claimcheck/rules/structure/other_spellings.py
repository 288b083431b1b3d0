"""Values that had to be interpreted are reported.

## What it checks
A field whose value had to be interpreted: a number in a code field (99213, or 2 for place of service 02), a date such
as 07/15/2024 or one with a time of day, an amount such as $1,250.00, several values in one text ("25,59", "I10,E11.9"),
a code together with its modifiers ("99213-25"), or a trailing decimal point ("I10."). The finding names the fields and
how each was read, never the value. There is one finding for the claim and one for each line.

## Why payers deny it
They do not. But a value that is read differently than intended makes it a different claim, and this finding shows how
it was read. In an 837 these spellings do not occur.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "charge": "$125.00", "units": 1, "service_date": "07/15/2024"}
>>> result = validate_claim({"claim_type": "professional", "diagnoses": "I10,E11.9", "lines": [line]})
>>> for finding in result.findings:
...     if finding.rule_name.endswith("-spellings"):
...         print(finding.rule_id, finding.message)
STR107 Values converted: diagnoses (several values in one text)
STR108 Values converted: charge (an amount in dollars), service_date (a date as MM/DD/YYYY)

## What it does not check
Spellings with only one meaning: 2024-07-15 and 20240715, lower and upper case, surrounding spaces, a diagnosis with or
without its decimal point. Words for a missing value in a table (NULL, nan, N/A). Values that cannot be read, which
other rules report.
"""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.claims import Disposition, Problem, Severity
from claimcheck.rules.facts import Line, Outline
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule

READ_SO = Outcome(Severity.INFO, Disposition.PAYABLE)
_SOURCES = ("X12 005010X222A1 and 005010X223A2, appendix B (data types); NUCC, 1500 Claim Form Instruction Manual",)


@rule(
    id="STR107",
    name="claim-spellings",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(READ_SO,),
    sources=_SOURCES,
)
def claim_spellings(view: Outline) -> Outcomes:
    """Reports claim fields read from another spelling, and how."""
    yield from _told(view.problems)


@rule(
    id="STR108",
    name="line-spellings",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(READ_SO,),
    sources=_SOURCES,
)
def line_spellings(line: Line) -> Outcomes:
    """Reports line fields read from another spelling, and how."""
    yield from _told(line.problems)


def _told(problems: Iterable[Problem]) -> Iterable[Raised]:
    read = sorted({(str(problem.field), problem.detail) for problem in problems if problem.kind == "read_as"})
    if read:
        said = ", ".join(f"{field} ({how})" for field, how in read)
        yield READ_SO(f"Values converted: {said}", fields=tuple(dict.fromkeys(field for field, _ in read)))
