"""A visit on the day of a procedure needs modifier 25.

## What it checks
On the outpatient bills that the policy names, each visit (OPPS status indicator V, or J2 when it is paid as a visit) on
a day with a procedure (S or T) must have modifier 25. The modifier must be on the visit, not on the procedure. A Q3
procedure that is paid through its own APC counts as S; so does 99291. On a critical access hospital bill (85x), which
is not paid by comprehensive APCs, every line of V or J2 is a visit, whatever else is on the claim. By default this is
edit 21 of the Integrated Outpatient Code Editor.

## Why payers deny it
A procedure includes the usual evaluation of the patient. A visit is paid in addition only when it was significant and
separately identifiable.

## Example
Addendum B is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> lines = [{"revenue_code": revenue, "procedure_code": code, "units": 1, "charge": "200.00",
...           "service_date": "2024-07-15"} for revenue, code in (("0510", "G0463"), ("0361", "11042"))]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [str(entry.reason) for entry in result.not_checked if entry.rule_id == "FAC204"]
['no_table']

## What it does not check
Conditionally packaged procedures (Q1, Q2). Claims on which a comprehensive service (J1), or eight hours of observation
with a visit and without surgery, includes the payment for everything else. A direct referral to observation (G0379)
that is packaged: without observation hours, or with another visit or surgery. Lines that another edit of the editor
denied, such as the column-two code of a pair or an add-on code without its primary procedure. Visits on other claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation, VisitWithProcedure
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
    procedures,
    services,
    still_paid,
)
from claimcheck.rules.facts import Day, DayLine, Line, is_institutional
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Open, Outcome, Outcomes, Phase, Scope, reads_no_other_claim, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import NotCovered

REMEDY = add_modifier("Add modifier 25 to the visit", "25")

NEEDS_MODIFIER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N822",), remedy=REMEDY)


def _may_be_a_visit_beside(one: Line, _: Line) -> bool:
    return one.setting.is_one_of(one.policy[VisitWithProcedure].bills)


def _looked_at(line: DayLine) -> str | None:
    """All lines that may be visits or procedures are examined together."""
    facts = line.facts
    looks = facts is not None and facts.setting.is_one_of(facts.policy[VisitWithProcedure].bills)
    return "" if looks and is_no_report(line) else None


@rule(
    id="FAC204",
    name="visit-with-procedure",
    scope=Scope.DAY,
    phase=Phase.FREQUENCY,  # after pairs and add-on codes: what they deny is neither a visit nor a procedure
    reads=("setting", "codes", "lines", "claim_lines", "policy", "tables"),
    tables=("opps", GROUPS),
    outcomes=(NEEDS_MODIFIER,),
    parameters=(VisitWithProcedure, Observation),
    needs=Needs(setting=is_institutional, pair=_may_be_a_visit_beside, open=Open(why=not_known, group=_looked_at)),
    other_claims=reads_no_other_claim,
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 21",
        "CMS, Medicare Claims Processing Manual, chapter 4, section 290.5: observation",
    ),
)
def visit_with_procedure(day: Day) -> Outcomes:
    """Rejects a visit with a procedure and no separating modifier."""
    kinds = day.policy[VisitWithProcedure]
    if len(day.codes) < 2 or not day.setting.is_one_of(kinds.bills):
        return
    lines = billed(day)
    codes = {line.code for line in lines}
    if len(codes) < 2:
        return
    found = indicators(day, codes | {line.code for line in day.claim_lines})
    if isinstance(found, NotCovered):
        yield unchecked(found, lines=positions(lines))
        return
    lines = still_paid(services(day))
    visits = [line for line in lines if may_be_visit(line, found, day) and not line.modifiers & kinds.modifiers]
    if not visits:
        return
    beside_visits = procedures(lines, found, day)
    if not beside_visits or pays_for_all(found, day):
        return
    beside = min(line.code for line in beside_visits)
    for line in visits:
        if is_visit(line, found, day):
            yield NEEDS_MODIFIER(
                f"Visit {line.code} on the same day as procedure {beside} requires modifier "
                f"{alternatives(kinds.modifiers)}",
                line=line.position,
                source=day.policy.source(VisitWithProcedure),
                code=line.code,
                procedure=beside,
                status_indicator=found[line.code],
            )
