"""Several visits on one day under one revenue code need condition code G0.

## What it checks
On the outpatient bills that the policy names, the units of visits (OPPS status indicator V, or J2 where the visit is
paid as one) on one day under one revenue code. More than one needs condition code G0, which says that the visits were
distinct and independent; a modifier is not enough. By default this is edit 42 of the Integrated Outpatient Code Editor.

## Why payers deny it
Two visits to one clinic on one day are usually one visit billed twice.

## Example
Addendum B is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0510", "procedure_code": "G0463", "units": 2, "charge": "200.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if entry.rule_id == "FAC205"]
['no_table']

## What it does not check
Visits under different revenue codes, and visits on other claims. Claims on which a comprehensive service (J1), or eight
hours of observation with a visit and without surgery, includes the payment for everything else.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import MultipleVisits, Observation, VisitWithProcedure
from claimcheck.rules.facility.visits import (
    GROUPS,
    billed,
    indicators,
    is_no_report,
    is_visit,
    may_be_visit,
    not_known,
    pays_for_all,
    positions,
)
from claimcheck.rules.facts import Day, DayLine, Line, is_institutional
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Open, Outcome, Outcomes, Phase, Scope, reads_no_other_claim, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import NotCovered

REMEDY = correct("Add condition code G0", "G0", documented=True)

NEEDS_CONDITION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M44",), remedy=REMEDY)


def _has_several_units(line: Line) -> bool:
    return (
        isinstance(line.units, Decimal) and line.units > 1 and line.setting.is_one_of(line.policy[MultipleVisits].bills)
    )


def _may_both_be_visits(one: Line, _: Line) -> bool:
    return one.setting.is_one_of(one.policy[MultipleVisits].bills)


def _looked_at(line: DayLine) -> str | None:
    """Lines that may be visits, examined by revenue code."""
    if line.facts is None:
        return None
    policy, setting = line.facts.policy[MultipleVisits], line.facts.setting
    if not setting.is_one_of(policy.bills) or setting.condition_codes & policy.condition_codes:
        return None
    return line.revenue if is_no_report(line) else None


@rule(
    id="FAC205",
    name="multiple-visits",
    scope=Scope.DAY,
    phase=Phase.FREQUENCY,
    reads=("setting", "lines", "claim_lines", "policy", "tables"),
    tables=("opps", GROUPS),
    outcomes=(NEEDS_CONDITION,),
    parameters=(MultipleVisits, VisitWithProcedure, Observation),
    needs=Needs(
        setting=is_institutional,
        line=_has_several_units,
        pair=_may_both_be_visits,
        repeat=True,
        open=Open(why=not_known, group=_looked_at, units=True),
    ),
    other_claims=reads_no_other_claim,
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 42",
        "CMS, Medicare Claims Processing Manual, chapter 4, section 290.5: observation",
    ),
)
def multiple_visits(day: Day) -> Outcomes:
    """Rejects all but one of the visits on a day under one revenue code."""
    policy = day.policy[MultipleVisits]
    if not day.setting.is_one_of(policy.bills) or day.setting.condition_codes & policy.condition_codes:
        return
    several = [lines for lines in _by_revenue(day).values() if _units(lines) > 1]
    if not several:
        return
    found = indicators(day, {line.code for line in (*day.lines, *day.claim_lines)})
    if isinstance(found, NotCovered):
        yield unchecked(found, lines=positions(line for lines in several for line in lines))
        return
    several = [lines for lines in several if _units([line for line in lines if may_be_visit(line, found, day)]) > 1]
    if not several or pays_for_all(found, day):
        return
    for lines in several:
        visits = [line for line in lines if is_visit(line, found, day)]
        units = _units(visits)
        if units > 1:
            for line in visits:
                yield NEEDS_CONDITION(
                    f"Multiple visits on the same day ({units.normalize():f} under revenue code {line.revenue}) "
                    f"without condition code {alternatives(policy.condition_codes)}",
                    line=line.position,
                    source=day.policy.source(MultipleVisits),
                    code=line.code,
                    revenue_code=line.revenue,
                    visits=f"{units.normalize():f}",
                )


def _by_revenue(day: Day) -> dict[str, list[DayLine]]:
    lines: dict[str, list[DayLine]] = defaultdict(list)
    for line in billed(day):
        if line.revenue is not None:
            lines[line.revenue].append(line)
    return lines


def _units(lines: list[DayLine]) -> Decimal:
    return sum((line.units for line in lines if line.units is not None), Decimal(0))
