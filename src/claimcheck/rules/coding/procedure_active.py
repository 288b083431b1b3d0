"""A procedure code is valid on the service date.

## What it checks
Each procedure code is looked up in the table that lists it, as of the service date (the discharge date for inpatient
claims): CPT Category II codes in their list and the physician fee schedule, CPT Category I and III codes in the
physician fee schedule, and HCPCS Level II codes in the national file. A code that is not in its table is not valid on
the date, unless Addendum B of the outpatient prospective payment system lists it: Addendum B includes codes in the
quarter they are released, such as those for new vaccines. Tables do not tell whether a missing code ever existed: fee
schedules drop deleted codes, and the national file drops a code some years after it ends. Payers answer both the same
way: the code was invalid on the date of service. Where a list of replacements is loaded, the finding names the codes
that replaced it.

## Why payers deny it
A code that was deleted, is not yet effective, or was never assigned describes no service on that date.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"procedure_code": code, "service_date": "2024-07-01"} for code in ("3044F", "3045F")]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "COD103"]
[(2, '181', 'Code 3045F not valid on the service date: ended 2019-12-31')]

## What it does not check
Whether a valid code is covered or paid, which coverage rules check. Laboratory codes of CPT (PLA, MAAA) and dental
codes, which are in none of these tables and are *not checked*; HIPPS codes, which are not looked up. Codes on dates
that no loaded table covers, and codes that a starter table does not hold: *not checked*.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts import Line, is_outpatient
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Absent, CategoryII, FeeSchedule, Found, HcpcsCode, Lookup, NotCovered

REMEDY = change_code("Bill a code that is valid on the service date")

INACTIVE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "181", ("N56",), remedy=REMEDY)

_NO_CODES = (ProcedureKind.LOCAL, ProcedureKind.UNASSIGNED)  #: reported by another rule as not a code
_LEVEL_II = (ProcedureKind.LEVEL_II, ProcedureKind.C_CODE)
_DISCONTINUED = "D"  #: the status indicator in Addendum B for codes that ended and are kept for a while

Answer = Lookup[CategoryII] | Lookup[HcpcsCode] | Lookup[FeeSchedule]


@rule(
    id="COD103",
    name="procedure-active",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("code", "kind", "setting", "tables"),
    tables=("category_ii", "fee_schedule", "hcpcs", "opps", "replacement"),
    outcomes=(INACTIVE,),
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, and HCPCS Level II file",
        "CMS, Integrated Outpatient Code Editor, edit 6",
        "CMS, Hospital Outpatient Prospective Payment System, Addendum B: every code that is in force in the quarter",
        "Palmetto GBA, Denial Resolution, CARC 181: not valid for the date of service, or not recognized",
    ),
)
def procedure_active(line: Line) -> Outcomes:
    """Rejects a code that is not in force."""
    if line.kind is None or line.kind in _NO_CODES:
        return
    if line.of_code(_IS_IN_FORCE[_table_of(line.kind)]) or line.code is None:
        return
    answer = _ask(line, line.code)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif isinstance(answer, Absent):
        if _is_on_addendum_b(line, line.code):
            return
        message = f"Code {line.code} not valid on the service date: {_unlisted(line.kind, answer)}"
        yield _inactive(message, answer, line, line.code)
    else:
        days = _not_in_force(answer.value)
        if days is not None and not (is_outpatient(line.setting) and _is_on_addendum_b(line, line.code)):
            message = f"Code {line.code} not valid on the service date{days}"
            yield _inactive(message, answer, line, line.code)


def is_in_force(line: Line) -> bool:
    """Whether the code may be in force: no table says that it is not."""
    return not any(isinstance(said, Raised) for said in procedure_active.check(line))


def _table_of(kind: ProcedureKind | None) -> str:
    """The table for a kind of code, by its method."""
    if kind is ProcedureKind.CATEGORY_II:
        return "category_ii"
    return "hcpcs" if kind in _LEVEL_II else "fee_schedule"


def _ask(line: Line, code: str) -> Answer:
    answer: Answer = getattr(line.tables, _table_of(line.kind))(code)
    return answer


def _is_in_force(table: str) -> Callable[[str | None, PolicyOn, TablesOn], bool]:
    """Asks whether a code is in force."""

    def holds(code: str | None, _: PolicyOn, tables: TablesOn) -> bool:
        answer = getattr(tables, table)(code)
        return isinstance(answer, Found) and _not_in_force(answer.value) is None

    return holds


_IS_IN_FORCE = {table: _is_in_force(table) for table in ("category_ii", "hcpcs", "fee_schedule")}


def _is_on_addendum_b(line: Line, code: str) -> bool:
    """Whether Addendum B, or the outpatient code editor's table, lists the code as in force."""
    answer = line.tables.opps(code)
    return isinstance(answer, Found) and answer.value.status_indicator != _DISCONTINUED


def _unlisted(kind: ProcedureKind | None, answer: Absent) -> str:
    """Which table does not list the code. No table can say that it was never assigned."""
    table = "HCPCS Level II file" if kind in _LEVEL_II else "physician fee schedule"
    return f"not in the {table} ({answer.edition.name})"


def _not_in_force(value: CategoryII | HcpcsCode | FeeSchedule) -> str | None:
    """How the date relates to the code's dates; None if the code is in force."""
    if isinstance(value, FeeSchedule):
        return None if value.active else f": fee schedule status {value.status}"
    if value.active:
        return None
    last = value.last if isinstance(value, CategoryII) else value.terminated
    first = value.first if isinstance(value, CategoryII) else value.added
    return _days(first, last)


def _days(first: date | None, last: date | None) -> str:
    if last is not None:
        return f": ended {last}"
    return "" if first is None else f": effective {first}"


def _inactive(message: str, answer: Found[Any] | Absent, line: Line, code: str) -> Raised:
    """The finding, with the replacement from the user's list; a missing list is not a gap."""
    held = line.tables.code_list("replacement", code)
    if not isinstance(held, Found):
        return INACTIVE(message, answer=answer, code=code)
    codes = tuple(held.value.each("replaced_by"))
    remedy = change_code("Bill the code that replaced it", *codes, documented=len(codes) > 1)
    return INACTIVE(message, answer=answer, remedy=remedy, code=code, replaced_by=codes)
