"""An inherently bilateral procedure is billed as one unit a day.

## What it checks
On the outpatient bills that the policy names, a code that is bilateral by definition (bilateral indicator 2 on the
physician fee schedule) may have one unit per day. A line with modifier 76 or 77 (repeat procedure) does not count.
Visits (OPPS status indicator V) do not count when condition code G0 says that they were distinct. By default this is
edit 17 of the Integrated Outpatient Code Editor.

## Why payers deny it
The code pays for both sides; a second unit would pay for four.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0361", "procedure_code": "31231", "charge": "300.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "lines": [{**line, "units": 2}]}
>>> [str(entry.reason) for entry in validate_claim(claim).not_checked if entry.rule_id == "FAC210"]
['starter_table']

## What it does not check
Codes for one side, or for both with modifier 50. Lines of other claims; on bills that separate professional lines from
others (85x), one unit on each side. Units that are missing or cannot be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InherentlyBilateral
from claimcheck.policies.parameters.ncci import BillTypes
from claimcheck.rules.facts import Day, DayLine, is_institutional
from claimcheck.rules.ncci.applies import is_divided, is_professional
from claimcheck.rules.ncci.positions import deciding_positions
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, reads_no_other_claim, rule, unchecked
from claimcheck.tables import Found, NotCovered
from claimcheck.tables.families import is_category_ii

REMEDY = change_units("Bill one unit, or report a repeated procedure with a modifier", "76", "77", documented=True)

TOO_MANY = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "16", ("N430",), remedy=REMEDY)


@rule(
    id="FAC210",
    name="inherently-bilateral",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy", "tables"),
    tables=("fee_schedule", "opps"),
    outcomes=(TOO_MANY,),
    parameters=(InherentlyBilateral, BillTypes),
    needs=Needs(setting=is_institutional, repeat=True, by_code=True),
    other_claims=reads_no_other_claim,
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 17",
        "CMS, National Physician Fee Schedule Relative Value File: bilateral surgery indicator 2",
    ),
)
def inherently_bilateral(day: Day) -> Outcomes:
    """Denies more than one unit per day of an inherently bilateral procedure."""
    policy = day.policy[InherentlyBilateral]
    if not day.setting.is_one_of(policy.bills):
        return
    for code, lines in _by_code(day).items():
        sides = [_units(side, policy.repeats) for side in _sides(lines, day)]
        units = sum(sides, Decimal(0))
        if max(sides) <= 1:
            continue
        answer = day.tables.fee_schedule(code)
        if isinstance(answer, NotCovered):
            yield unchecked(answer, lines=tuple(line.position for line in lines if line.position is not None))
        elif isinstance(answer, Found) and answer.value.bilateral in policy.indicators:
            several = _are_several_visits(code, day)
            if isinstance(several, NotCovered):
                yield unchecked(several, lines=tuple(line.position for line in lines if line.position is not None))
            if several:
                continue
            for line in lines:
                yield TOO_MANY(
                    f"Units exceed the limit: {units.normalize():f} of {code} billed, 1 per day (inherently bilateral)",
                    line=line.position,
                    related=tuple(other for other in deciding_positions(lines) if other != line.position),
                    answer=answer,
                    source=day.policy.source(InherentlyBilateral),
                    code=code,
                    units=f"{units.normalize():f}",
                )


def _are_several_visits(code: str, day: Day) -> bool | NotCovered:
    """Whether the code is a visit, and the claim says that there were several; or why that is unknown."""
    policy = day.policy[InherentlyBilateral]
    if not day.setting.condition_codes & policy.several_visits:
        return False
    answer = day.tables.opps(code)
    if isinstance(answer, NotCovered):
        return answer
    return isinstance(answer, Found) and answer.value.status_indicator in policy.visits


def _by_code(day: Day) -> dict[str, list[DayLine]]:
    """The claim's own lines of the day, by code. A Category II line is not a procedure."""
    by_code: dict[str, list[DayLine]] = defaultdict(list)
    for line in day.lines:
        if line.position is not None and not is_category_ii(line.code):
            by_code[line.code].append(line)
    return by_code


def _sides(lines: Sequence[DayLine], day: Day) -> list[list[DayLine]]:
    """The lines of one code, professional ones separately if the bill has both: each part may bill its unit."""
    if not is_divided(day.setting, day.policy):
        return [[*lines]]
    professional = [line for line in lines if is_professional(line, day.policy)]
    return [professional, [line for line in lines if line not in professional]]


def _units(lines: Sequence[DayLine], repeats: Set[str]) -> Decimal:
    return sum((line.units for line in lines if line.units and not line.modifiers & repeats), Decimal(0))
