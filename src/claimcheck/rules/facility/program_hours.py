"""A mental health program bills enough hours of service per week.

## What it checks
On partial hospitalization bills (condition code 41, or a community mental health center's) and intensive outpatient
bills (92), each seven days from the claim's first day must have 20 hours of program services, or 9 for intensive
outpatient. These are edits 95 and 129 of the Integrated Outpatient Code Editor, which only inform. Whether the first
and last days count as a full week depends on the frequency code and on the days and hours that value code QA carries
over from the week before.

## Why payers deny it
The programs are for patients whose plan of care calls for that many hours per week.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0915", "procedure_code": "G0410", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "condition_codes": ["41"], "lines": [line]}
>>> [str(entry.reason) for entry in validate_claim(claim).not_checked if "FAC511" in entry.rules]
['no_table']

## What it does not check
The first seven days of a claim that starts the program, and the last days of each claim (condition code MW says that
they are a week). Adjustment claims, except for their last days with that condition code. Claims with a day that an
inpatient-only procedure denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import attrs

from claimcheck.claims import Claim, Disposition, Severity, ValueCode
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, Edited, edited
from claimcheck.rules.facility.mental_health import is_of_a_program
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

TOO_FEW = Outcome(Severity.INFO, Disposition.PAYABLE)

_WEEK = 7
_DAY_DENIED = 49  #: of a line on the day of an inpatient-only procedure
_MINUTES = {"1": 15, "2": 30, "3": 45}  #: by the duration number in the editor's table
_HOUR = 60
_CARRIED = "QA"  #: the value code for the days and hours of a week that an earlier claim began
_LAST_IS_A_WEEK = "MW"
_ADJUSTED = frozenset("7GHIJLMQ")  #: frequency codes of replacement claims


@attrs.frozen
class Program:
    """A program: the flag of its services, the minimum hours per week, and the edit."""

    flag: str
    hours: int
    edit: Edit


_PROGRAMS = (
    Program("ph", 20, Edit(95, TOO_FEW, "13+41 76~92", "Fewer than 20 hours of partial hospitalization")),
    Program("iop", 9, Edit(129, TOO_FEW, "13+92 76+92", "Fewer than 9 hours of intensive outpatient services")),
)


@attrs.frozen
class Week:
    """Days of a claim that are counted together: from when to when, their number with those carried over from an
    earlier claim, and whether they are the first, the last, or the last whole week of the claim."""

    start: date
    end: date
    days: int
    first: bool
    last: bool
    last_whole: bool


def _may_be_of_a_program(setting: Setting) -> bool:
    return setting.facility_type in ("13", "76") and is_of_a_program(setting)


def _period(claim: Claim, on: date | None) -> tuple[object, ...]:
    """The claim's period relative to its first day, and what is carried over into it."""
    period = [
        (day - on).days if isinstance(day, date) and on is not None else None
        for day in (claim.statement_from, claim.statement_through)
    ]
    carried = [(one.code, one.amount) for one in claim.value_codes if isinstance(one, ValueCode)]
    return (*period, *carried)


@rule(
    id="FAC511",
    name="program-hours",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,
    reads=("claim", "setting", "frame", "lines", "days", "edited", "on", "policy"),
    tables=(PROCEDURES,),
    outcomes=(TOO_FEW,),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=_may_be_of_a_program, code_list=PROCEDURES, of_claim=_period),
    sources=("CMS, Integrated Outpatient Code Editor, edits 95 and 129",),
)
def program_hours(view: WholeClaim) -> Outcomes:
    """Reports weeks with too few hours of program services."""
    running = [program for program in _PROGRAMS if program.edit.holds_for(view)]
    first, last = view.frame.statement_from or view.on, view.frame.statement_through
    if not running or first is None:
        return
    lines, silent = edited(view)
    yield from silent
    if any(number == _DAY_DENIED for line in lines for number, _ in line.edits):
        return
    last = max([last or first, *(line.day for line in lines if line.day is not None)])
    carried_days, carried_minutes = _carried(view)
    weeks = [week for week in _weeks(first, last, carried_days) if _is_a_week(week, view)]
    for program in running:
        for week in weeks:
            within = _services(program, lines, week)
            minutes = Decimal(sum(_minutes(program, line) for line in within))
            minutes += carried_minutes if week.first else 0
            if minutes < program.hours * _HOUR:
                for line in within:
                    message = f"{program.edit.says} in 7 days: {_shown(minutes)} hours billed"
                    yield TOO_FEW(message, line=line.position, edit=program.edit.number, code=line.code)


def _is_a_week(week: Week, view: WholeClaim) -> bool:
    """Whether the days must have a week's hours, by the claim's place in the course of the program."""
    continued = _LAST_IS_A_WEEK in view.setting.condition_codes
    match view.setting.frequency:
        case "1":  # admission through discharge
            return not (week.first or week.last or week.last_whole)
        case "2":  # the first of several
            return not (week.first or (week.last and week.days < _WEEK))
        case "3":  # one in between
            if week.last and continued:
                return True
            return not ((week.first or week.last) and week.days < _WEEK)
        case "4":  # the last
            return not week.last_whole and (not week.last or continued)
        case frequency:
            return frequency in _ADJUSTED and continued and week.last


def _weeks(first: date, last: date, days_before: int) -> Iterator[Week]:
    """The weeks of a claim, the first with the days that it carries over from the previous claim."""
    spans: list[tuple[date, date]] = []
    start, length = first, _WEEK - days_before % _WEEK
    while start <= last:
        end = min(start + timedelta(length - 1), last)
        spans.append((start, end))
        start, length = end + timedelta(1), _WEEK
    days = [(end - start).days + 1 for start, end in spans]
    days[0] += days_before
    whole = [at for at, number in enumerate(days) if number == _WEEK]
    for at, (start, end) in enumerate(spans):
        yield Week(start, end, days[at], at == 0, at == len(spans) - 1, bool(whole) and at == whole[-1])


def _services(program: Program, lines: Sequence[Edited], week: Week) -> list[Edited]:
    held = [line for line in lines if line.day is not None and week.start <= line.day <= week.end]
    service, added = f"{program.flag}_service", f"{program.flag}_addon"
    return [line for line in held if service in line.flags and added not in line.flags]


def _minutes(program: Program, line: Edited) -> int:
    duration = next((flag[-1] for flag in line.flags if flag.startswith(f"{program.flag}_duration_")), "")
    return _MINUTES.get(duration, _HOUR) * line.units


def _carried(view: WholeClaim) -> tuple[int, Decimal]:
    """The days and minutes of services of a week that an earlier claim began, from the amount of value code QA."""
    for given in view.claim.value_codes:
        if isinstance(given, ValueCode) and given.code == _CARRIED and isinstance(given.amount, Decimal):
            days, hours = divmod(given.amount, 100)
            return int(days) % _WEEK, hours * _HOUR
    return 0, Decimal(0)


def _shown(minutes: Decimal) -> str:
    return f"{(minutes / _HOUR).normalize():f}"
