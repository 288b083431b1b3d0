"""Blood pressure and medication review take two Category II codes.

## What it checks
The policy's pairs of codes on one day, by one provider: a systolic pressure with a diastolic one, and a medication list
(1159F) with the review of the medications (1160F).

## Why payers deny it
The measure counts the act where both halves stand on one day. A blood pressure that lacks one is not compliant; that
both halves of a medication review are needed is common practice, stated in no source that was seen. A warning.

## Example
>>> from claimcheck import validate_claim
>>> def day(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": 0, "service_date": "2024-07-15"} for code in codes]
...     result = validate_claim({"claim_type": "professional", "lines": lines})
...     return [finding.line_number for finding in result.findings if finding.rule_id == "CAT304"]
>>> day("1159F", "1160F"), day("1159F"), day("3074F", "3078F", "3044F")
([], [1], [])

## What it leaves alone
Lines that say that the action was not performed, and lines that are denied or returned. Without a history, the other
half may stand on another claim of the day: the warning says what is on this one.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.category_ii import Pairs
from claimcheck.rules.category_ii.listed import has_reports, is_report
from claimcheck.rules.facts import Day, Line
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

HALF = Outcome(Severity.WARNING, Disposition.PAYABLE)


def _is_half(line: Line) -> bool:
    performed = is_report(line) and line.modifier_codes.isdisjoint(CATEGORY_II_MEANINGS)
    return performed and any(line.code in pair.one or line.code in pair.other for pair in line.policy[Pairs].pairs)


@rule(
    id="CAT304",
    name="both-halves",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("day", "codes", "lines", "own", "policy"),
    outcomes=(HALF,),
    parameters=(Pairs,),
    needs=Needs(line=is_report),
    other_claims=_is_half,
    sources=("Mount Carmel Health Partners, Controlling high blood pressure: a missing half is not compliant",),
)
def both_halves(day: Day) -> Outcomes:
    """Warns of a half whose other half is not reported that day."""
    if not has_reports(day):
        return
    for pair in day.policy[Pairs].pairs:
        one, other = (_among(half, day.codes) for half in (pair.one, pair.other))
        if one == other:
            continue
        if day.day is None:
            yield unchecked(Reason.NO_SERVICE_DATE, lines=day.own)
            continue
        there, missing = (pair.one, pair.other) if one else (pair.other, pair.one)
        for line in day.lines:
            performed = line.accepted and line.modifiers.isdisjoint(CATEGORY_II_MEANINGS)
            if line.position is not None and performed and line.code in there:
                yield HALF(
                    f"Code {line.code} reports half of {pair.name}; report {' or '.join(missing)} on the same day",
                    line=line.position,
                    source=pair.reference or None,
                    code=line.code,
                    missing=tuple(missing),
                )


def _among(half: CodeSpans, codes: frozenset[str]) -> bool:
    return any(code in half for code in codes)
