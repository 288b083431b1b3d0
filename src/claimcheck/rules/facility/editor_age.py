"""A diagnosis or procedure fits the member's age (outpatient code editor).

## What it checks
The member's age on the first day of the claim must be within the range that the editor's tables give for the diagnosis
(edit 2) or the procedure (edit 7). The finding gives the range, never the age.

## Why payers deny it
A newborn service billed for an adult usually has the wrong code or the wrong member.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0510", "procedure_code": "99381", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC504" in entry.rules]
['no_table']

## What it does not check
Codes without an age range. The member's sex, which the editor no longer checks. Inpatient bills, whose editor has its
own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from claimcheck import dates
from claimcheck.claims import Claim, Disposition, Reason, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import ALL_BILLS, PROCEDURES, Edit, edited, runs_editor
from claimcheck.rules.facts import ClaimDiagnosis, Line, WholeClaim
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.rules.wording import age_range
from claimcheck.tables import Found, NotCovered

REMEDY_DIAGNOSIS = change_code("Correct the diagnosis or the member's birth date")
REMEDY_PROCEDURE = change_code("Correct the procedure code or the member's birth date")

DIAGNOSIS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "9", remedy=REMEDY_DIAGNOSIS)
PROCEDURE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "6", ("N129",), remedy=REMEDY_PROCEDURE)

_OF_DIAGNOSES = Edit(2, DIAGNOSIS, ALL_BILLS, "a diagnosis")
_OF_PROCEDURES = Edit(7, PROCEDURE, ALL_BILLS, "a procedure")
_DIAGNOSES = "outpatient_diagnosis"


def _age(claim: Claim, on: date | None) -> int | None:
    return dates.years(claim.birth_date, on) if isinstance(claim.birth_date, date) and on is not None else None


def _has_age(line: Line) -> bool:
    """Whether the editor's table gives the code an age range, or cannot say."""
    if line.code is None:
        return False
    answer = line.tables.code_list(PROCEDURES, line.code)
    if isinstance(answer, NotCovered):
        return answer.reason is not Reason.NOT_IN_TABLE
    return isinstance(answer, Found) and bool(_band(answer.value.rows[0]))


def _diagnosis_has_age(diagnosis: ClaimDiagnosis) -> bool:
    answer = diagnosis.tables.code_list(_DIAGNOSES, diagnosis.code or "")
    if isinstance(answer, NotCovered):
        return answer.reason is not Reason.NOT_IN_TABLE
    return isinstance(answer, Found) and bool(_band(answer.value.rows[0]))


@rule(
    id="FAC504",
    name="editor-age",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "frame", "diagnoses", "lines", "days", "edited", "on", "policy"),
    tables=(PROCEDURES, _DIAGNOSES),
    outcomes=(
        DIAGNOSIS.when("a diagnosis is not for the member's age"),
        PROCEDURE.when("a procedure code is not for the member's age"),
    ),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=runs_editor, code_list=PROCEDURES, line=_has_age, diagnosis=_diagnosis_has_age, of_claim=_age),
    sources=("CMS, Integrated Outpatient Code Editor, edits 2 and 7",),
)
def editor_age(view: WholeClaim) -> Outcomes:
    """Returns a diagnosis, and denies a procedure, that does not fit the member's age."""
    if view.on is None:
        return
    age = None if view.frame.birth is None else dates.years(view.frame.birth, view.on)
    if _OF_DIAGNOSES.holds_for(view):
        yield from _of_diagnoses(view, age)
    if not _OF_PROCEDURES.holds_for(view):
        return
    lines, silent = edited(view)
    yield from silent
    for line in lines:
        if not (band := _band(line.values)):
            continue
        if age is None:
            yield unchecked(Reason.MISSING_FIELD, lines=(line.position,))
        elif not _is_within(age, line.values):
            message = f"Age conflict: code {line.code} is for {_shown(line.values)}"
            yield PROCEDURE(message, line=line.position, edit=7, code=line.code, ages=band)


def _of_diagnoses(view: WholeClaim, age: int | None) -> Outcomes:
    for diagnosis in view.diagnoses:
        answer = diagnosis.tables.code_list(_DIAGNOSES, diagnosis.code or "")
        if isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE:
            yield unchecked(answer)
        if isinstance(answer, Found) and (band := _band(answer.value.rows[0])):
            if age is None:
                yield unchecked(Reason.MISSING_FIELD)
            elif not _is_within(age, answer.value.rows[0]):
                message = f"Age conflict: diagnosis {diagnosis.shown} is for {_shown(answer.value.rows[0])}"
                yield DIAGNOSIS(message, edit=2, code=diagnosis.shown, ages=band)


def _shown(values: Mapping[str, str]) -> str:
    return age_range(values.get("age_min", ""), values.get("age_max", ""))


def _band(values: Mapping[str, str]) -> str:
    """The age range as evidence, "" if there is none."""
    least, most = values.get("age_min", ""), values.get("age_max", "")
    return f"{least or '0'} to {most or 'any age'}" if least or most else ""


def _is_within(age: int, values: Mapping[str, str]) -> bool:
    return int(values.get("age_min") or 0) <= age <= int(values.get("age_max") or 999)
