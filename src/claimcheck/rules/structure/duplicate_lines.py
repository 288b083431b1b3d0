"""A service is billed once, unless a modifier says that it was repeated.

## What it checks
Two lines of one claim that bill the same service on the same dates, by the same provider, with the same modifiers. When
charge, units, and place of service are the same too, the later line is an exact duplicate and is denied. When they
differ, either line may be a duplicate, and the policy decides between a warning and a review. Institutional claims are
edited for duplicates between claims rather than within one, so there an exact duplicate is only a possible one. A
modifier for a repeated or distinct service (76, 77, 91, 59, XE, XP, XS, XU) means that it is not a duplicate, and so
does any other difference in modifiers, such as the side of the body.

## Why payers deny it
The same service was billed twice, usually by mistake.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-01"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line, line, {**line, "modifiers": ["76"]}]})
>>> [(f.line_number, f.carc, f.related_lines) for f in result.findings if f.rule_id == "STR601"]
[(2, '18', (1,))]

## What it does not check
Lines without a procedure code or a date, and inpatient bills, whose lines have no dates. Lines that differ in revenue
code, drug, description, provider, tooth number, or oral cavity area. CPT Category II codes, whose limits FRQ101 checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import Duplicates, Suspected
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = add_modifier("Remove the duplicate line, or report a repeated service with a modifier", "76", "77", "91", "59")

EXACT = Outcome(Severity.ERROR, Disposition.DENIED, "OA", "18", remedy=REMEDY)
SUSPECTED = Outcome(Severity.WARNING, Disposition.PAYABLE, "OA", "18", remedy=REMEDY)
TO_REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, "OA", "18", remedy=REMEDY)


@rule(
    id="STR601",
    name="duplicate-lines",
    scope=Scope.CLAIM,
    phase=Phase.STRUCTURE,
    reads=("setting", "lines", "days", "likeness", "policy"),
    outcomes=(
        EXACT.when("a professional or dental line repeats another with the same charge, units, and place of service"),
        SUSPECTED.when(
            "the lines differ in one of these, or the bill is institutional; `structure.duplicates.suspected` is warn"
        ),
        TO_REVIEW.when(
            "the lines differ in one of these, or the bill is institutional; `structure.duplicates.suspected` is review"
        ),
    ),
    parameters=(Duplicates,),
    needs=Needs(repeat=True),
    sources=("CMS, Medicare Claims Processing Manual, chapter 1, sections 120.2 and 120.3 (duplicates)",),
)
def duplicate_lines(view: WholeClaim) -> Outcomes:
    """Denies exact duplicates, and reports possible duplicates."""
    if len(view.lines) < 2 or view.setting.inpatient:
        return
    codes = [line.code for line in view.lines]
    if len(set(codes)) == len(codes):
        return
    policy = view.policy[Duplicates]
    suspected = TO_REVIEW if policy.suspected is Suspected.REVIEW else SUSPECTED
    payer_source = view.policy.source(Duplicates)
    likeness = view.likeness
    for places in _services(view, policy.repeats, likeness):
        kinds: defaultdict[int, list[int]] = defaultdict(list)
        for place in places:
            kinds[likeness[place][1]].append(place)
        code = view.lines[places[0]].code
        for first, *others in kinds.values():
            for place in others:
                named = "Possible duplicate" if view.setting.institutional else "Duplicate line"
                alike = (
                    "date, charge and units"
                    if view.setting.institutional
                    else "date, charge, units and place of service"
                )
                message = f"{named}: {code} billed on an earlier line with the same {alike}"
                outcome, source = (suspected, payer_source) if view.setting.institutional else (EXACT, None)
                yield outcome(message, line=place + 1, related=(first + 1,), source=source, code=code)
        if len(kinds) > 1 and not view.setting.institutional:
            first, second, *_ = (places[0] for places in kinds.values())
            for place, *_ in kinds.values():
                message = (
                    f"Possible duplicate: {code} billed on another line on the same date without a repeat modifier"
                )
                other = second if place == first else first
                yield suspected(message, line=place + 1, related=(other + 1,), source=payer_source, code=code)


def _services(view: WholeClaim, repeats: frozenset[str], likeness: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The positions of lines that bill one service, if there are several."""
    services: defaultdict[object, list[int]] = defaultdict(list)
    for place, (facts, day, (alike, _)) in enumerate(zip(view.lines, view.days, likeness, strict=True)):
        if facts.code is None or day is None or facts.is_category_ii or facts.modifier_codes & repeats:
            continue
        services[facts.code, day, facts.modifier_codes, alike].append(place)
    return [places for places in services.values() if len(places) > 1]
