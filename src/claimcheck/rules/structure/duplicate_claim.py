"""A service on an earlier claim is not billed again.

## What it checks
When a history is given, or claims are validated together: a line whose code, modifiers, units, and dates are the same
as those of a line that was not denied or rejected on another claim of the member, by the same provider.

- **An exact duplicate** also has the same charge, place of service, rendering provider, drug, description, teeth and
  areas of the mouth. The line of the later claim is denied, not the earlier one. A history keeps a keyed digest of
  these values (never the charge itself), so that it can recognize exact duplicates. Of claims that are validated
  together, the later one is the one with the later received date, or else the greater claim ID.
- **A possible duplicate** differs in any of those, is on an institutional claim, is compared with a line that was
  recorded without a digest, or has a modifier for a repeated or distinct service (76, 77, 91, 59, XE, XP, XS, XU) that
  the other line has too: a second repetition, or the same claim sent twice. It gets a warning or goes to review, as the
  policy says.

## Why payers deny it
A claim submitted twice is among the most common reasons for a denial.

## Example
>>> from claimcheck import MemoryHistory, validate_claims
>>> line = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-01"}
>>> claim = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "lines": [line]}
>>> twice = [{**claim, "claim_id": "A"}, {**claim, "claim_id": "B"}]
>>> first, second = validate_claims(twice, history=MemoryHistory())
>>> [(finding.carc, finding.message) for finding in second.findings if finding.rule_id == "STR603"]
[('18', 'Duplicate of an earlier claim: 71046 billed with the same date, modifiers, units and charge')]
>>> first.disposition, second.disposition
(<Disposition.PAYABLE: 'payable'>, <Disposition.DENIED: 'denied'>)

## What it does not check
Claims that this one replaces or voids, and lines that were denied or rejected. Inpatient bills. CPT Category II codes,
whose limits FRQ101 checks. Lines of the same claim, which STR601 compares. Possible duplicates among lines with tooth
numbers or oral cavity areas, which a history does not hold. When the earlier claim is voided later, the history's
`reconcile` says that the denial no longer holds.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import Duplicates, Suspected
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise(
    "Report a repeated service with a modifier; correct the earlier claim with a replacement", "76", "77", "91", "59"
)

EXACT = Outcome(Severity.ERROR, Disposition.DENIED, "OA", "18", remedy=REMEDY)
SUSPECTED = Outcome(Severity.WARNING, Disposition.PAYABLE, "OA", "18", remedy=REMEDY)
TO_REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, "OA", "18", remedy=REMEDY)


def _no_line(_: Line) -> bool:
    """No line of the claim itself: only with a line of another claim."""
    return False


def _may_be_on_another_claim(line: Line) -> bool:
    return line.kind is not None and not line.is_category_ii and not line.setting.inpatient


@rule(
    id="STR603",
    name="duplicate-claim",
    scope=Scope.DAY,
    phase=Phase.STRUCTURE,
    reads=("setting", "day", "lines", "policy"),
    outcomes=(
        EXACT.when("a professional or dental line repeats one of an earlier claim in every respect"),
        SUSPECTED.when(
            "the charge or place differs, both lines have such a modifier, or the bill is institutional; "
            "`structure.duplicates.suspected` is warn"
        ),
        TO_REVIEW.when(
            "the charge or place differs, both lines have such a modifier, or the bill is institutional; "
            "`structure.duplicates.suspected` is review"
        ),
    ),
    parameters=(Duplicates,),
    needs=Needs(line=_no_line),
    other_claims=_may_be_on_another_claim,
    sources=("CMS, Medicare Claims Processing Manual, chapter 1, sections 120.2 and 120.3 (duplicates)",),
)
def duplicate_claim(day: Day) -> Outcomes:
    """Denies exact duplicates of lines on earlier claims, and reports possible duplicates."""
    accepted = [line for line in day.lines if line.other_claim and line.accepted]
    if not accepted or day.setting.inpatient:
        return
    others = {_service(line) for line in accepted}
    exact = frozenset().union(*[line.duplicates for line in accepted if line.duplicates])
    policy = day.policy[Duplicates]
    outcome = TO_REVIEW if policy.suspected is Suspected.REVIEW else SUSPECTED
    for line in day.lines:
        # A line that spans days is on several days: it is checked on its first.
        if line.facts is None or line.facts.is_category_ii or line.first != day.day:
            continue
        is_told_apart = bool(line.modifiers & policy.repeats)
        if line.position in exact and not is_told_apart and not day.setting.institutional:
            message = (
                f"Duplicate of an earlier claim: {line.code} billed with the same date, modifiers, units and charge"
            )
            yield EXACT(message, line=line.position, code=line.code)
        elif _service(line) in others and not line.facts.teeth and not line.facts.areas:
            message = f"Possible duplicate: {line.code} billed on another claim with the same date, modifiers and units"
            source = day.policy.source(Duplicates)
            yield outcome(message, line=line.position, source=source, code=line.code)


def _service(line: DayLine) -> tuple[object, ...]:
    return line.code, line.modifiers, line.units, line.first, line.last
