"""Some diagnoses are not acceptable as principal diagnosis.

## What it checks
The principal diagnosis of an institutional claim is looked up in the `unacceptable_principal` list that you load, or
else in the editors' own tables: for an inpatient claim the Medicare Code Editor's, which comes with claimcheck, for an
outpatient claim the outpatient code editor's. Codes on it, such as the bacterium of an infection (B95.61), do not
describe the reason for the stay or visit. Some codes in the outpatient editor's table are not acceptable for an
inpatient stay but are for a visit, such as a general examination (Z00.00). For a stay, some are acceptable with a
secondary diagnosis only, such as other specified aftercare (Z51.89).

## Why payers deny it
A claim cannot be grouped by such a diagnosis, and is returned.

## Example
The list's columns are code, effective and deletion, and the file's name says which list it is:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "unacceptable_principal.csv"
>>> _ = path.write_text("code,effective,deletion\\nB95.61,2015-10-01,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "diagnoses": ["B95.61"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "COD210"]
['Diagnosis B95.61 not acceptable as principal diagnosis']
>>> folder.cleanup()

## What it does not check
Professional claims. The same codes in any other role. When no list is loaded, every outpatient claim of a facility
reports that this was not checked, and so do inpatient claims on dates that their list does not cover.
"""

from __future__ import annotations

import attrs

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDiagnosis, Setting, WholeClaim, is_inpatient, is_institutional
from claimcheck.rules.facts.diagnosis import flagged, flagged_inpatient, listed
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Absent, CodeListEntry, Found, Lookup, NotCovered

REMEDY = change_code("Report the reason for the stay or visit as the principal diagnosis", documented=True)

REMEDY_ALONE = change_code("Add the secondary diagnosis", documented=True)

PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY)

_LIST = "unacceptable_principal"
_ALONE = "requires_secondary"  #: in the Medicare Code Editor's list: acceptable with a secondary diagnosis
_SECONDARY = frozenset({"other", "external_cause"})
_FLAG = "unacceptable_pdx"  #: in the outpatient code editor's own table
_VISITS = frozenset({"unacceptable_pdx_exclusion"})  #: not acceptable for a stay, but for a visit
_AS_STAYS = "unacceptable_pdx_exclusion_ignored"  #: what is not acceptable for a visit of someone who is cared for
_CARED_FOR = frozenset({"12", "22", "81", "82"})  #: Part B inpatient bills, and hospice bills


def _may_be_unacceptable(diagnosis: ClaimDiagnosis) -> bool:
    """Whether what speaks of the code, on any bill, says so of it or cannot say."""
    if diagnosis.code is None or diagnosis.role != "principal":
        return False
    own = listed(diagnosis, _LIST)
    if not isinstance(own, NotCovered):
        return isinstance(own, Found)
    of_visits, of_stays = flagged(diagnosis, _FLAG, own=_LIST), flagged_inpatient(diagnosis, _FLAG)
    if isinstance(flagged_inpatient(diagnosis, _ALONE), Found):
        return True
    return not (isinstance(of_visits, Absent) and isinstance(of_stays, Absent | NotCovered))


@rule(
    id="COD210",
    name="unacceptable-principal",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "diagnoses"),
    tables=("unacceptable_principal", "inpatient_diagnosis", "outpatient_diagnosis"),
    outcomes=(
        PRINCIPAL.when("the diagnosis is not acceptable as principal"),
        attrs.evolve(PRINCIPAL, remedy=REMEDY_ALONE).when("it is acceptable only with a secondary diagnosis"),
    ),
    needs=Needs(
        setting=is_institutional,
        code_list=_LIST,
        other_lists=("inpatient_diagnosis", "outpatient_diagnosis"),
        starter_for=is_inpatient,
        diagnosis=_may_be_unacceptable,
    ),
    sources=(
        "CMS, Medicare Code Editor, unacceptable principal diagnosis; Integrated Outpatient Code Editor, edit 113",
    ),
)
def unacceptable_principal(view: WholeClaim) -> Outcomes:
    """Returns a claim whose principal diagnosis the user's list does not accept."""
    for diagnosis in view.diagnoses:
        if diagnosis.code is None or diagnosis.role != "principal":
            continue
        held = listed(diagnosis, _LIST)
        if isinstance(held, NotCovered):
            held = _by_editor(diagnosis, view.setting)
        if isinstance(held, Found):
            message = f"Diagnosis {diagnosis.shown} not acceptable as principal diagnosis"
            yield PRINCIPAL(message, answer=held, source=str(held.edition), code=diagnosis.shown)
        elif isinstance(held, NotCovered):
            yield unchecked(held)
        elif view.setting.inpatient and not any(other.role in _SECONDARY for other in view.diagnoses):
            yield from _alone(diagnosis)


def _alone(diagnosis: ClaimDiagnosis) -> Outcomes:
    held = flagged_inpatient(diagnosis, _ALONE)
    if isinstance(held, Found):
        message = f"Diagnosis {diagnosis.shown} not acceptable as principal diagnosis without a secondary diagnosis"
        source = str(held.edition)
        yield PRINCIPAL(message, answer=held, source=source, remedy=REMEDY_ALONE, code=diagnosis.shown)


def _by_editor(diagnosis: ClaimDiagnosis, setting: Setting) -> Lookup[CodeListEntry]:
    """What the editors' own tables say: the code as a principal diagnosis on a bill of this type."""
    if setting.inpatient:
        held = flagged_inpatient(diagnosis, _FLAG)
        return flagged(diagnosis, _FLAG, own=_LIST) if isinstance(held, NotCovered) else held
    if setting.facility_type in _CARED_FOR and isinstance(flagged(diagnosis, _AS_STAYS, own=_LIST), Found):
        return flagged(diagnosis, _FLAG, own=_LIST)
    return flagged(diagnosis, _FLAG, but=_VISITS, own=_LIST)
