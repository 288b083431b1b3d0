"""Blood pressure and medication review take two Category II codes.

## What it checks
Codes that the policy pairs must be billed together, on the same day and by the same provider: a systolic with a
diastolic blood pressure, and a medication list (1159F) with a medication review (1160F).

## Why payers deny it
The measure counts only when both codes are there. A systolic pressure without the diastolic one, or the reverse, is not
compliant. That a medication review takes both codes is common practice but is stated in no published source, so this is
a warning.

## Example
>>> from claimcheck import validate_claim
>>> def day(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": 0, "service_date": "2024-07-15"} for code in codes]
...     result = validate_claim({"claim_type": "professional", "lines": lines})
...     return [finding.line_number for finding in result.findings if finding.rule_id == "CAT304"]
>>> day("1159F", "1160F"), day("1159F"), day("3074F", "3078F", "3044F")
([], [1], [])

## What it does not check
Lines that report the action as not performed, and lines that are denied or rejected. Without a history, the other code
may be on another claim of the same day; the warning refers to this claim only.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.category_ii import Pairs
from claimcheck.rules.category_ii.listed import has_reports, is_report
from claimcheck.rules.facts import Day, Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_code("Bill the other code of the pair", documented=True)

HALF = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY)


def _is_half(line: Line) -> bool:
    performed = is_report(line) and line.modifier_codes.isdisjoint(CATEGORY_II_MEANINGS)
    return performed and line.of_code(_is_of_a_pair)


def _may_lack_its_half(line: Line) -> bool:
    return is_report(line) and line.of_code(_is_of_a_pair)


def _is_of_a_pair(code: str | None, policy: PolicyOn, _: object) -> bool:
    return any(code in pair.one or code in pair.other for pair in policy[Pairs].pairs)


@rule(
    id="CAT304",
    name="both-halves",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("day", "codes", "lines", "own", "policy"),
    outcomes=(HALF,),
    parameters=(Pairs,),
    needs=Needs(line=_may_lack_its_half),
    other_claims=_is_half,
    sources=("Mount Carmel Health Partners, Controlling high blood pressure: a missing half is not compliant",),
)
def both_halves(day: Day) -> Outcomes:
    """Warns about a half whose other half is not reported on the same day."""
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
                    f"Code {line.code} reports one part of {pair.name}; report {' or '.join(missing)} on the same day",
                    line=line.position,
                    source=pair.reference or None,
                    code=line.code,
                    missing=tuple(missing),
                )


def _among(half: CodeSpans, codes: frozenset[str]) -> bool:
    return any(code in half for code in codes)
