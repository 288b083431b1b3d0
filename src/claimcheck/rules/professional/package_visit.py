"""A visit on the day of a procedure is part of its global package.

## What it checks
A visit and a procedure with global days 000, 010, or 090 on the physician fee schedule, on one day by one provider, on
professional claims: the fee for the procedure includes the visit.

- **000 and 010**: modifier 25 makes the visit separate. Modifier 57 does not, because the decision for a minor
  procedure is part of it.
- **090**: modifier 57, for the visit that resulted in the decision for surgery, makes the visit separate. Modifier 25
  is for minor procedures: a visit with 25 and without 57 gets a warning, unless the policy denies it.

Modifier FT (an unrelated visit, on the day of a procedure too) makes a visit separate from either. It is not an NCCI
PTP-associated modifier: if NCCI has a pair, FT does not bypass it. Modifier 24 is for unrelated care on the days after
a surgery, not on the day of a procedure: with 24 alone, the visit gets a warning, unless the policy denies it. A visit
in the global period of an earlier surgery, and on the day of a procedure, needs 24, and 25 or 57 as above.

## Why payers deny it
The evaluation before a procedure is part of it. NCCI pairs most procedures with established-patient visits, including
eye visits (92012, 92014), but few with new-patient office or eye visits or emergency department visits (practitioner
table of July 2024). This rule covers the rest.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*modifiers):
...     lines = [
...         {"procedure_code": code, "modifiers": more, "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
...         for code, more in (("99203", list(modifiers)), ("20610", ["RT"]))
...     ]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}).findings
...     return [(finding.carc, finding.message) for finding in findings if finding.rule_id == "PRO206"]
>>> billed()
[('97', 'Visit 99203 is part of 20610 on the same day (global days 000); no modifier 25 on the visit')]
>>> billed("25")
[]

## What it does not check
The day before a procedure with global days 090, which PRO207 checks. Visits that an NCCI pair denies, and another
provider's visits. Maternity care, add-on codes, codes whose global days the contractor decides, and codes without
global days. Assistants at surgery, discontinued procedures (53), and postoperative management only (55). Facility
claims. Whether the record supports the modifier.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.parameters.surgery import GlobalPackage, OutsidePackage
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.package import Procedure, by_package, has_package, procedures_of
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import add_modifier, change_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import NotCovered

_PART = outcomes(
    "97",
    "M144",
    remedy=add_modifier(
        "Add 25 to a separate visit, or 57 to the decision for major surgery, if documented", "25", "57"
    ),
    when="the visit is part of the procedure",
    decided_by="surgery.outside_package.visit",
)
_WRONG = outcomes(
    "4",
    remedy=change_modifier("On the day of a procedure, use modifier 25 for minor ones, 57 for major ones"),
    when="the modifier is for another kind of procedure, or for another day",
    decided_by="surgery.outside_package.wrong_modifier",
)
_IS_A_VISIT = listed(GlobalPackage, "visits")

#: Postoperative care only.
_AFTER = "55"


def _may_concern(one: Line, other: Line) -> bool:
    return any(_is_visit(visit) and _is_procedure(line) for visit, line in ((one, other), (other, one)))


def _may_be_of_a_pair(line: Line) -> bool:
    return _is_visit(line) or _is_procedure(line)


def _is_visit(line: Line) -> bool:
    if not line.setting.professional or not line.of_code(_IS_A_VISIT):
        return False
    package = line.policy[GlobalPackage]
    both = not (line.modifier_codes.isdisjoint(package.separate) or line.modifier_codes.isdisjoint(package.decision))
    return not both and package.unrelated_same_day.isdisjoint(line.modifier_codes)


def _is_procedure(line: Line) -> bool:
    return has_package(line) is not None


@rule(
    id="PRO206",
    name="package-visit",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(*_PART.values(), *_WRONG.values()),
    parameters=(GlobalPackage, OutsidePackage),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_may_be_of_a_pair),
    other_claims=_may_be_of_a_pair,
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, attachment A: global days",
        "Medicare Claims Processing Manual, chapter 12, sections 40.1, 40.2 and 30.6.6: modifiers 24, 25 and 57",
        "First Coast Service Options, 'Modifier 25 fact sheet'; codingahead.com, modifier 24 (from the day after)",
    ),
)
def package_visit(day: Day) -> Outcomes:
    """Reports each visit included in a procedure of the same day."""
    package = day.policy[GlobalPackage]
    if not day.setting.professional or day.day is None or not package.procedures:
        return
    visits = [line for line in accepted(day.lines, package.visits) if not line.modifiers & package.unrelated_same_day]
    procedures = [one for one in procedures_of(day.lines, day) if _AFTER not in one.line.modifiers] if visits else []
    own = [one for one in procedures if not one.line.other_claim]
    for visit in visits:
        yield from _said_of(visit, own if visit.other_claim else procedures, day)


def _said_of(visit: DayLine, procedures: list[Procedure], day: Day) -> Outcomes:
    package, becomes = day.policy[GlobalPackage], day.policy[OutsidePackage]
    major = [one for one in procedures if one.days in package.major]
    minor = [one for one in procedures if one.days in package.minor]
    separate, decision = visit.modifiers & package.separate, visit.modifiers & package.decision
    unrelated = visit.modifiers & package.unrelated
    if unrelated and not separate and not decision and (major or minor):
        yield _postoperative(visit, (major or minor)[0], day, unrelated)
    elif major and not separate and not decision:
        yield _part(visit, major[0], day, f"no modifier {alternatives(package.decision)} on the visit")
    elif minor and not separate and not (major and decision):
        reason = f"no modifier {alternatives(package.separate)} on the visit"
        if decision:
            reason = f"modifier {alternatives(decision)} is for procedures of {alternatives(package.major)} days"
        yield _part(visit, minor[0], day, reason)
    elif major and not minor and not decision:
        yield by_package(
            _WRONG[becomes.wrong_modifier],
            f"Modifier {alternatives(separate)} on visit {visit.code} billed with {major[0].line.code} (global days "
            f"{major[0].days}); the decision for surgery takes modifier {alternatives(package.decision)}",
            visit,
            major[0],
            day,
        )
    elif not visit.other_claim and not separate:
        unknown = next((one.days for one in procedures if isinstance(one.days, NotCovered)), None)
        if unknown is not None and visit.position is not None:
            yield unchecked(unknown, lines=(visit.position,))


def _postoperative(visit: DayLine, procedure: Procedure, day: Day, unrelated: frozenset[str]) -> Raised:
    package = day.policy[GlobalPackage]
    right = package.separate | (package.decision if procedure.days in package.major else frozenset())
    return by_package(
        _WRONG[day.policy[OutsidePackage].wrong_modifier],
        f"Modifier {alternatives(unrelated)} on visit {visit.code} is for the days after a surgery; on the same day as "
        f"{procedure.line.code}, a separate visit takes modifier {alternatives(right)}",
        visit,
        procedure,
        day,
    )


def _part(visit: DayLine, procedure: Procedure, day: Day, why: str) -> Raised:
    becomes: Then = day.policy[OutsidePackage].visit
    message = (
        f"Visit {visit.code} is part of {procedure.line.code} on the same day (global days {procedure.days}); {why}"
    )
    return by_package(_PART[becomes], message, visit, procedure, day)
