"""Care in the global period of a surgery is included in its fee.

## What it checks
Lines on professional claims on other days than a surgery with global days 010 or 090 by the same provider, which is on
this claim or an earlier one. From the day before a 090-day surgery until 10 or 90 days after the surgery, its fee
includes:

- **visits** after it, unless modifier 24 (or FT) says that the visit is unrelated, or 57 that it resulted in the
  decision for another surgery; and visits on the day before it, unless 57 says that the visit resulted in the decision
  for surgery, or 25 that it was for something else;
- **procedures** after it, unless they have modifier 58 (staged or more extensive), 78 (return to the operating room),
  or 79 (unrelated). A procedure with global days 000 may be a diagnostic one, which the fee does not include: it goes
  to review.

A return to the operating room (78) does not start a new period. A surgery with modifier 54 (surgical care only)
includes nothing after it, one with 55 (postoperative management only) nothing before it, and one with 56 nothing after
it.

## Why payers deny it
The fee for a surgery covers all care that usually goes with it, including complications that do not need the operating
room.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*modifiers):
...     given = (("27447", ["RT"], "2024-07-08"), ("99213", list(modifiers), "2024-07-22"))
...     lines = [
...         {"procedure_code": code, "modifiers": more, "units": 1, "charge": "90.00", "service_date": day}
...         for code, more, day in given
...     ]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}).findings
...     return [(finding.carc, finding.message) for finding in findings if finding.rule_id == "PRO207"]
>>> billed()
[('97', 'Visit 99213 is in the global period of 27447 (090 days); no modifier 24 or FT on the visit')]
>>> billed("24")
[]

## What it does not check
The day of the surgery, which PRO206 checks. Maternity care, codes whose global days the contractor decides, add-on
codes, tests, and drugs. Assistants at surgery, and discontinued procedures (53). Lines with 54 to 56, and repeat
procedures (76, 77). Critical care of seriously injured patients needs both 24 and FT; either is accepted here. Whether
the diagnosis differs from that of the surgery. Facility claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.parameters.surgery import GlobalPackage, OutsidePackage
from claimcheck.policies.spans import union
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.package import Procedure, by_package, has_package, package_of
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import elsewhere
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import DateWindow, Needs, OtherDays, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import NotCovered

_VISIT = outcomes(
    "97",
    "M144",
    remedy=add_modifier("Report unrelated care with modifier 24, the decision for surgery with 57", "24", "57"),
    when="the care is a visit",
    decided_by="surgery.outside_package.visit",
)
_PROCEDURE = outcomes(
    "97",
    "N525",
    remedy=add_modifier(
        "Add 58 (staged or more extensive), 78 (return to the operating room), or 79 (unrelated)", "58", "78", "79"
    ),
    when="the care is a procedure",
    decided_by="surgery.outside_package.procedure`, or for a minor one `surgery.outside_package.minor_procedure",
)

_LONGEST = 90
_PARTS = frozenset({"54", "55", "56"})
_REPEATED = frozenset({"76", "77"})
_IS_LASTING, _IS_A_VISIT = listed(GlobalPackage, "lasting"), listed(GlobalPackage, "visits")


def _lasts(line: Line) -> bool:
    """Whether a line may bill an operation with days of care before or after it."""
    package = line.policy[GlobalPackage]
    if not line.of_code(_IS_LASTING) or not package.returned.isdisjoint(line.modifier_codes):
        return False
    days = has_package(line)
    return isinstance(days, NotCovered) or _number(days) > 0


def _other_days(line: Line) -> OtherDays | None:
    """The lines of other claims beyond the day that matter to a line."""
    package = line.policy[GlobalPackage]
    if line.kind is None or not line.setting.professional or not package.lasting:
        return None
    if _lasts(line):
        return OtherDays(union(package.visits, package.procedures), before=_LONGEST, after=_LONGEST)
    if line.of_code(_IS_A_VISIT):
        return OtherDays(package.lasting, _LONGEST, 1) if package.unrelated.isdisjoint(line.modifier_codes) else None
    if _is_set_apart(line.modifier_codes, package) or has_package(line) is None:
        return None
    return OtherDays(package.lasting, before=_LONGEST)


def _is_read_with_others(line: Line) -> bool:
    return _other_days(line) is not None


def _lasting(policy: PolicyOn) -> CodeSpans:
    return policy[GlobalPackage].lasting


@rule(
    id="PRO207",
    name="global-period",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "other_days", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(*_VISIT.values(), *_PROCEDURE.values()),
    parameters=(GlobalPackage, OutsidePackage),
    needs=Needs(setting=is_professional, line=_lasts, several_days=True),
    other_claims=_is_read_with_others,
    window=DateWindow(of_line=_other_days, codes=_lasting, days=_LONGEST),
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, attachment A: global days 010 and 090",
        "Medicare Claims Processing Manual, chapter 12, sections 40.1 and 40.2: modifiers 24, 57, 58, 78 and 79",
        "Regence, reimbursement policy 112: a return to the operating room (78) starts no new global period",
    ),
)
def global_period(day: Day) -> Outcomes:
    """Reports each line within the global period of an operation on another day."""
    package = day.policy[GlobalPackage]
    if not day.setting.professional or day.day is None or not package.lasting:
        return
    own = [line for line in day.lines if not line.other_claim and line.first == day.day]
    operations = [*_operations(elsewhere(day), day)]
    for line in own:
        yield from _held(line, operations, day)
    operations = [*_operations(own, day)]
    for line in day.other_days if operations else ():
        yield from _held(line, operations, day)


def _operations(lines: Iterable[DayLine], day: Day) -> Iterator[Procedure]:
    package = day.policy[GlobalPackage]
    for line in lines:
        if line.code in package.lasting and line.accepted and line.modifiers.isdisjoint(package.exempt_modifiers):
            days = package_of(line.code, line.first, day)
            if isinstance(days, NotCovered) or _number(days) > 0:
                yield Procedure(line, days or "")


def _held(line: DayLine, operations: Iterable[Procedure], day: Day) -> Outcomes:
    """The finding for a line from the operations whose periods may include it: from the first that does."""
    package = day.policy[GlobalPackage]
    if not line.accepted or not line.modifiers.isdisjoint(_PARTS | _REPEATED):
        return
    unknown: NotCovered | None = None
    for operation in operations:
        if operation.line is line or not _may_hold(operation, line, package):
            continue
        result = _visit(line, operation, day) if line.code in package.visits else _procedure(line, operation, day)
        if isinstance(result, Raised):
            yield result
            return
        unknown = unknown or result
    if unknown is not None and line.position is not None:
        yield unchecked(unknown, lines=(line.position,))


def _may_hold(operation: Procedure, line: DayLine, package: GlobalPackage) -> bool:
    """Whether a line is within the period of an operation, or may be, if its global days are unknown."""
    surgery, days = operation
    if surgery.first is None or line.first is None:
        return False
    gap = (line.first - surgery.first).days
    if gap == -1:
        return "55" not in surgery.modifiers and (isinstance(days, NotCovered) or days in package.major)
    if surgery.modifiers & {"54", "56"} or surgery.modifiers & package.returned:
        return False
    return 1 <= gap <= (_LONGEST if isinstance(days, NotCovered) else _number(days))


def _visit(visit: DayLine, operation: Procedure, day: Day) -> Raised | NotCovered | None:
    package = day.policy[GlobalPackage]
    before = visit.first is not None and operation.line.first is not None and visit.first < operation.line.first
    apart = package.unrelated | package.decision | (package.separate if before else frozenset())
    if visit.modifiers & apart:
        return None
    if isinstance(operation.days, NotCovered):
        return operation.days
    code, days = operation.line.code, operation.days
    held, lacking = f"in the global period of {code} ({days} days)", alternatives(package.unrelated)
    if before:
        held, lacking = f"part of {code} on the next day (global days {days})", alternatives(package.decision)
    message = f"Visit {visit.code} is {held}; no modifier {lacking} on the visit"
    return by_package(_VISIT[day.policy[OutsidePackage].visit], message, visit, operation, day)


def _procedure(line: DayLine, operation: Procedure, day: Day) -> Raised | NotCovered | None:
    package, becomes = day.policy[GlobalPackage], day.policy[OutsidePackage]
    surgery = operation.line
    if _is_set_apart(line.modifiers, package) or not package.exempt_modifiers.isdisjoint(line.modifiers):
        return None
    if surgery.first is None or line.first is None or line.first < surgery.first:
        return None
    own = package_of(line.code, line.first, day)
    if own is None or isinstance(own, NotCovered):
        return own
    if isinstance(operation.days, NotCovered):
        return operation.days
    then: Then = becomes.procedure if _number(own) else becomes.minor_procedure
    held = f"in the global period of {surgery.code} ({operation.days} days)"
    message = f"Procedure {line.code} is {held}; no modifier {alternatives(package.again)}"
    return by_package(_PROCEDURE[then], message, line, operation, day)


def _is_set_apart(modifiers: frozenset[str], package: GlobalPackage) -> bool:
    return not modifiers.isdisjoint(package.again)


def _number(days: str | None) -> int:
    """Global days as a number; 0 for anything else."""
    return int(days) if days is not None and days.isdigit() else 0
