"""A test has one result a day.

## What it checks
The codes that a member's lines report, on one day and from one provider, for the result of one test: 3044F and 3046F
cannot both be true of the same HbA1c. The policy says, test by test, what happens: a warning; the lowest result counts
and the others do not (as for several blood pressure readings on one day); or the lines are returned. Systolic and
diastolic pressure are separate tests.

## Why payers deny it
A quality measure uses one result per day. When two results exclude each other, the payer cannot tell which is right.
For blood pressure, the lowest systolic and the lowest diastolic reading of the day count, even if they come from
different readings.

## Example
>>> from claimcheck import validate_claim
>>> def day(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": 0, "service_date": "2024-07-15"} for code in codes]
...     result = validate_claim({"claim_type": "professional", "lines": lines})
...     return [finding.line_number for finding in result.findings if finding.rule_id == "CAT301"]
>>> day("3044F", "3046F"), day("3077F", "3075F", "3078F")
([1, 2], [1])

## What it does not check
The same code billed twice. Lines that report the test as not performed, and lines that are denied or rejected. Results
of different days: the most recent result of the year counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.category_ii import ResultConflict, ResultGroup, Results
from claimcheck.rules.category_ii.listed import has_reports, is_report
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.remedies import change_code, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY_CONFLICT = change_code("Keep the code of the true result", documented=True)
REMEDY_NOT_THE_LOWEST = not_paid("Nothing has to change: the lowest reading of the day counts")

CONFLICT = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_CONFLICT)
NOT_THE_LOWEST = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_NOT_THE_LOWEST)
RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N56",), remedy=REMEDY_CONFLICT)


def _is_a_result(line: Line) -> bool:
    return is_report(line) and line.of_code(_group_of) is not None


def _group_of(code: str | None, policy: PolicyOn, _: object) -> str | None:
    """The test whose result a code reports."""
    group = policy[Results].group_of(code)
    return None if group is None else group.name


def _may_conflict(one: Line, other: Line) -> bool:
    return _is_a_result(one) and one.of_code(_group_of) == other.of_code(_group_of)


def _has_no_day(line: Line) -> bool:
    return line.on is None and _is_a_result(line)


@rule(
    id="CAT301",
    name="result-conflict",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("day", "codes", "lines", "own", "policy"),
    outcomes=(
        CONFLICT.when("two results of one test conflict"),
        NOT_THE_LOWEST.when("two blood pressures of one day differ"),
        RETURNED.when("two results conflict, and the payer returns the claim"),
    ),
    parameters=(Results,),
    needs=Needs(line=_has_no_day, pair=_may_conflict, of_pair=_is_a_result),
    other_claims=_is_a_result,
    sources=(
        "Blue Cross Blue Shield of North Dakota, Controlling high blood pressure: the lowest reading of the day counts",
    ),
)
def result_conflict(day: Day) -> Outcomes:
    """Applies the payer's rule for several results of one test on one day."""
    if not has_reports(day):
        return
    for group in day.policy[Results].groups:
        if day.day is None and not day.codes.isdisjoint(group.codes):
            yield unchecked(Reason.NO_SERVICE_DATE, lines=day.own)
        elif len(day.codes.intersection(group.codes)) > 1:
            yield from _judge(group, [line for line in day.lines if line.code in group.codes and _tells(line)])


def _tells(line: DayLine) -> bool:
    return line.accepted and line.modifiers.isdisjoint(CATEGORY_II_MEANINGS)


def _judge(group: ResultGroup, lines: Sequence[DayLine]) -> Outcomes:
    codes = [code for code in group.codes if any(line.code == code for line in lines)]
    if len(codes) < 2:
        return
    for line in lines:
        if line.position is None:
            continue
        others = _positions(other for other in lines if other.code != line.code)
        rest = ", ".join(code for code in codes if code != line.code)
        message = f"Conflicting {group.name} results on the same day: {line.code} and {rest}"
        if group.conflict is ResultConflict.WARN:
            yield CONFLICT(
                f"{message}; only one can be correct",
                line=line.position,
                related=others,
                source=group.reference or None,
                test=group.name,
                codes=codes,
            )
        elif group.conflict is ResultConflict.REJECT:
            yield RETURNED(
                f"{message}; returned by the payer",
                line=line.position,
                related=others,
                source=group.reference or None,
                test=group.name,
                codes=codes,
            )
        elif line.code != codes[0]:
            yield NOT_THE_LOWEST(
                f"{message}; the lowest, {codes[0]}, counts",
                line=line.position,
                related=_positions(other for other in lines if other.code == codes[0]),
                source=group.reference or None,
                test=group.name,
                codes=codes,
                counts=codes[0],
            )


def _positions(lines: Iterable[DayLine]) -> tuple[int, ...]:
    return tuple(line.position for line in lines if line.position is not None)
