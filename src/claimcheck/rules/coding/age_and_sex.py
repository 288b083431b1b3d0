"""A code's age and sex limits match the member.

## What it checks
Each procedure code and diagnosis is looked up in the `age_sex` list that you load: the member's age on the service date
(for an inpatient claim, at admission) must be within the code's age limits, and the member's sex must be the one the
list names. Without that list, procedure codes are not checked, and diagnoses are checked against the Medicare Code
Editor's list: the copy that comes with claimcheck on inpatient claims, and one that you load on all other claims. The
finding gives the limits, never the member's age or sex. The condition codes and modifiers that the policy names
(by default, 45 and KX) bypass the sex limits.

## Why payers deny it
A newborn service billed for an adult usually has the wrong code or the wrong member.

## Example
You write the list, because none is published for all payers. Its columns are code, effective, deletion, kind (procedure
or diagnosis), age_min and age_max in completed years, both included and blank for no limit, and sex (F or M):

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name)
>>> header = "code,effective,deletion,kind,age_min,age_max,sex"
>>> _ = path.joinpath("age_sex.csv").write_text(header + "\\n99381,,,procedure,,0,\\n")
>>> _ = add([path / "age_sex.csv"], path / "tables")
>>> line = {"procedure_code": "99381", "service_date": "2024-07-01"}
>>> claim = {"claim_type": "professional", "birth_date": "1960-01-01", "lines": [line]}
>>> result = validate_claim(claim, tables=Tables.open(path / "tables"))
>>> [(finding.carc, finding.message) for finding in result.findings if finding.rule_id == "COD108"]
[('6', 'Age conflict: code 99381 is for age 0')]
>>> folder.cleanup()

## What it does not check
Codes that are not on the list. When no list is loaded, every claim reports that this was not checked, except an
inpatient one, whose procedures are ICD-10-PCS codes (see FAC607). Sex limits of diagnoses on service dates from
2024-10-01, when CMS dropped them, unless the policy keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from claimcheck import dates
from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coding import AgeAndSex
from claimcheck.rules.facts import ClaimDiagnosis, Line, WholeClaim, is_inpatient
from claimcheck.rules.facts.diagnosis import listed
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.rules.wording import age_range
from claimcheck.tables import CodeListEntry, Found, Lookup, NotCovered

REMEDY_PROCEDURE_AGE = change_code("Correct the procedure code or the member's birth date")
REMEDY_PROCEDURE_SEX = change_code(
    "Correct the procedure code or the member's sex, or report condition code 45 or modifier KX",
    "45",
    "KX",
    documented=True,
)
REMEDY_DIAGNOSIS_AGE = change_code("Correct the diagnosis or the member's birth date")
REMEDY_DIAGNOSIS_SEX = change_code(
    "Correct the diagnosis or the member's sex, or report condition code 45 or modifier KX", "45", "KX", documented=True
)

PROCEDURE_AGE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "6", ("N129",), remedy=REMEDY_PROCEDURE_AGE)
PROCEDURE_SEX = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "7", remedy=REMEDY_PROCEDURE_SEX)
DIAGNOSIS_AGE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "9", remedy=REMEDY_DIAGNOSIS_AGE)
DIAGNOSIS_SEX = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "10", remedy=REMEDY_DIAGNOSIS_SEX)

_LIST = "age_sex"
_EDITOR = "inpatient_diagnosis"
_PROCEDURE = ("procedure", PROCEDURE_AGE, PROCEDURE_SEX)
_DIAGNOSIS = ("diagnosis", DIAGNOSIS_AGE, DIAGNOSIS_SEX)


@rule(
    id="COD108",
    name="age-and-sex",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "frame", "lines", "days", "diagnoses", "aged_on", "policy", "tables"),
    tables=("age_sex", "inpatient_diagnosis"),
    outcomes=(
        PROCEDURE_AGE.when("a procedure code is not for the member's age"),
        PROCEDURE_SEX.when("a procedure code is not for the member's sex"),
        DIAGNOSIS_AGE.when("a diagnosis is not for the member's age"),
        DIAGNOSIS_SEX.when("a diagnosis is not for the member's sex"),
    ),
    parameters=(AgeAndSex,),
    needs=Needs(code_list=_LIST, other_lists=(_EDITOR,), starter_for=is_inpatient),
    sources=("CMS, Integrated Outpatient Code Editor, edits 2, 3, 7 and 8; CMS, Medicare Code Editor",),
)
def age_and_sex(view: WholeClaim) -> Outcomes:
    """Denies codes that the user's list does not allow for the member's age or sex."""
    for position, (line, day) in enumerate(zip(view.lines, view.days, strict=True), 1):
        if line.code is not None:
            held = line.tables.code_list(_LIST, line.code)
            tested = _Tested(line.code, day, position, _PROCEDURE, _tests_sex_of(line, view))
            yield from _judge(tested, held, view)
    for diagnosis in view.diagnoses:
        if diagnosis.code is not None:
            sex = view.policy[AgeAndSex].diagnosis_sex and not _is_meant(view)
            tested = _Tested(diagnosis.shown, view.aged_on, None, _DIAGNOSIS, sex)
            yield from _judge(tested, _of_diagnosis(diagnosis), view)


def _of_diagnosis(diagnosis: ClaimDiagnosis) -> Lookup[CodeListEntry]:
    """The user list's entry for a diagnosis; if no list is loaded, the Medicare Code Editor's."""
    held = listed(diagnosis, _LIST)
    if not isinstance(held, NotCovered) or held.reason is not Reason.NO_TABLE:
        return held
    return diagnosis.tables.code_list(_EDITOR, diagnosis.code or "")


@attrs.frozen
class _Tested:
    """A code to compare with the member; `sex` says whether to compare the sex."""

    code: str
    day: date | None
    position: int | None
    kind: tuple[str, Outcome, Outcome]
    sex: bool


def _is_meant(view: WholeClaim) -> bool:
    """Whether the claim says that a sex conflict is intended."""
    return bool(view.setting.condition_codes & view.policy[AgeAndSex].sex_condition_codes)


def _tests_sex_of(line: Line, view: WholeClaim) -> bool:
    policy = view.policy[AgeAndSex]
    return policy.procedure_sex and not _is_meant(view) and not line.modifier_codes & policy.sex_modifiers


def _judge(tested: _Tested, held: Lookup[CodeListEntry], view: WholeClaim) -> Outcomes:
    lines = () if tested.position is None else (tested.position,)
    if isinstance(held, NotCovered):
        yield unchecked(held, lines=lines)
    if not isinstance(held, Found):
        return
    name, age_outcome, sex_outcome = tested.kind
    source = str(held.edition)  # the limits are the user list's, whatever other limits exist
    for limit in (row for row in held.value.rows if row.get("kind", "diagnosis") == name):
        if view.policy[AgeAndSex].age and (limit["age_min"] or limit["age_max"]):
            if view.frame.birth is None or tested.day is None:
                yield unchecked(Reason.MISSING_FIELD, lines=lines)
            elif not _within(dates.years(view.frame.birth, tested.day), limit):
                ages = f"{limit['age_min'] or '0'} to {limit['age_max'] or 'any age'}"
                shown = age_range(limit["age_min"], limit["age_max"])
                message = f"Age conflict: code {tested.code} is for {shown}"
                yield age_outcome(
                    message, line=tested.position, answer=held, source=source, code=tested.code, ages=ages
                )
        if tested.sex and limit["sex"]:
            own = view.claim.sex.upper() if isinstance(view.claim.sex, str) else None
            if own not in ("F", "M"):
                yield unchecked(Reason.MISSING_FIELD, lines=lines)
            elif own != limit["sex"]:
                message = f"Sex conflict: code {tested.code} is not for the member's sex"
                yield sex_outcome(message, line=tested.position, answer=held, source=source, code=tested.code)


def _within(age: int, limit: Mapping[str, str]) -> bool:
    return int(limit["age_min"] or 0) <= age <= int(limit["age_max"] or 999)
