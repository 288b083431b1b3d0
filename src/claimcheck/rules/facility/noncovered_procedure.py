"""An inpatient procedure is covered by Medicare.

## What it checks
The ICD-10-PCS procedures of a hospital inpatient bill against the Medicare Code Editor's own lists (edit 11): those
that are never covered; a pancreas transplant without a kidney transplant and without type 1 diabetes; procedures that
are not covered with a certain diagnosis, such as an allogeneic bone marrow transplant for a leukemia that is not in
remission, or sterilization with Z30.2; spinal disc prostheses for members over the age that the policy says; until
2022-03-31 a total artificial heart outside a clinical trial (Z00.6).

## Why payers deny it
The claim is returned; the hospital bills the noncovered procedure and its charges separately, on a no-payment bill.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_procedure.csv"
>>> _ = path.write_text("code,effective,deletion,flags,sex\\n00F3XZZ,,,noncovered,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "procedures": ["00F3XZZ"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC602"]
['Procedure 00F3XZZ not covered']
>>> folder.cleanup()

## What it does not check
A no-payment bill (110), where such a procedure belongs. Whether a member's age or diagnosis is right. Without the
lists, the procedures are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck import dates
from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import DIAGNOSES, PROCEDURES, Coded, Stay, not_known, pays_nothing, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, Unchecked, rule, unchecked

REMEDY = bill_otherwise("Bill the procedure and its charges on a non-payment bill (type of bill 110)")

NOT_COVERED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "96", ("N130",), remedy=REMEDY)

_WITH_DIAGNOSIS = ("noncovered_d", "noncovered_e", "noncovered_g")
_HEART, _TRIAL = "artificial_heart", "Z006"  #: ICD-10-CM Z00.6, participant in a clinical research program


@rule(
    id="FAC602",
    name="noncovered-procedure",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "frame", "aged_on", "policy", "tables"),
    tables=(PROCEDURES, DIAGNOSES),
    outcomes=(NOT_COVERED,),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edit 11: non-covered procedure",),
)
def noncovered_procedure(view: WholeClaim) -> Outcomes:
    """Returns a bill with a noncovered procedure."""
    if not runs(11, view) or pays_nothing(view):
        return
    stay = stay_of(view)
    yield from not_known(stay.procedures)
    for procedure in stay.procedures:
        if any(flag in procedure.flags for flag in (*_WITH_DIAGNOSIS, "pancreas_transplant")):
            yield from not_known(stay.diagnoses)
        for why in _reasons(procedure, stay, view):
            if isinstance(why, Unchecked):
                yield why
            else:
                message = f"Procedure {procedure.shown} not covered{why}"
                yield NOT_COVERED(message, answer=procedure.found, code=procedure.shown)
                break


def is_not_covered(procedure: Coded, stay: Stay, view: WholeClaim) -> bool:
    """Whether a procedure is known to be noncovered."""
    return any(isinstance(why, str) for why in _reasons(procedure, stay, view))


def is_artificial_heart(stay: Stay) -> bool:
    """Whether both ventricles were replaced by a device, which required a clinical trial until 2022-03-31."""
    return len({one.code for one in stay.procedures if _HEART in one.flags}) > 1


def is_in_trial(stay: Stay) -> bool:
    """Whether the member was in a clinical trial."""
    return any(one.code == _TRIAL for one in stay.diagnoses)


def _reasons(procedure: Coded, stay: Stay, view: WholeClaim) -> Iterator[str | Unchecked]:
    """Why a procedure is noncovered, as the end of the message, or why that is unknown."""
    flags = procedure.flags
    if "noncovered" in flags:
        yield ""
    if "pancreas_transplant" in flags and not _goes_with_pancreas(stay):
        yield " without a kidney transplant or type 1 diabetes"
    if _HEART in flags and is_artificial_heart(stay) and not is_in_trial(stay):
        yield " outside a clinical trial (Z00.6)"
    for flag in _WITH_DIAGNOSIS:
        other = next((one for one in stay.diagnoses if flag in one.flags), None) if flag in flags else None
        if other is not None:
            yield f" with diagnosis {other.shown}"
    if "noncovered_over_60" in flags:
        limit, day = view.policy[InpatientEdits].age, view.aged_on
        if view.frame.birth is None or day is None:
            yield unchecked(Reason.MISSING_FIELD)
        elif dates.years(view.frame.birth, day) > limit:
            yield f" for members over {limit}"


def _goes_with_pancreas(stay: Stay) -> bool:
    return any("kidney_transplant" in one.flags for one in stay.procedures) or any(
        "noncovered_b" in one.flags for one in stay.diagnoses
    )
