"""A manifestation is not the principal diagnosis.

## What it checks
The principal diagnosis must not be a manifestation code. By default these are the ICD-10-CM codes whose title says "in
diseases classified elsewhere". Titles do not identify all of them, so every other principal diagnosis is looked up in
the `manifestation` list that you load, in the Medicare Code Editor's list, which comes with claimcheck, or in the
outpatient code editor's; on dates that none of them covers, the diagnosis is *not checked*.

## Why payers deny it
The code describes how a disease shows itself, and must follow the code for the disease.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "service_date": "2024-07-01"}
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["H42", "E11.39"], "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD206"]
['Manifestation code H42 not allowed as principal diagnosis']

The list of one's own is a CSV file with the columns code, effective and deletion, whose name says "manifestation", and
is added to a store of tables.

## What it does not check
Manifestation codes in any other role. All diagnoses, where the policy names no manifestations.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coding import Manifestations
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.facts.diagnosis import flagged, flagged_inpatient, listed
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import CodeListEntry, Found, Lookup, NotCovered

REMEDY = change_code("Report the underlying disease as the principal diagnosis", documented=True)

PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY)

_LIST = "manifestation"


@rule(
    id="COD206",
    name="manifestation",
    scope=Scope.DIAGNOSIS,
    phase=Phase.ACTIVITY,
    reads=("code", "role", "shown", "version", "policy", "tables"),
    tables=("manifestation", "inpatient_diagnosis", "outpatient_diagnosis"),
    outcomes=(PRINCIPAL,),
    parameters=(Manifestations,),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 86; Medicare Code Editor, manifestation as principal",
        "CDC and CMS, ICD-10-CM Official Guidelines, section I.A.13",
    ),
)
def manifestation(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects a manifestation as first diagnosis."""
    if diagnosis.code is None or diagnosis.role != "principal" or diagnosis.version != "ICD-10-CM":
        return
    if diagnosis.code in diagnosis.policy[Manifestations].codes:
        yield _found(diagnosis, diagnosis.policy.source(Manifestations))
    elif diagnosis.policy[Manifestations].codes:
        held = listed(diagnosis, _LIST)
        if isinstance(held, NotCovered):
            held = _by_editors(diagnosis)
        if isinstance(held, Found):
            yield _found(diagnosis, str(held.edition), held)
        elif isinstance(held, NotCovered):
            yield unchecked(held)


def _by_editors(diagnosis: ClaimDiagnosis) -> Lookup[CodeListEntry]:
    """What the editors' lists say, those that are loaded before the starter list."""
    of_stays = flagged_inpatient(diagnosis, _LIST)
    if not isinstance(of_stays, NotCovered) and not of_stays.edition.starter:
        return of_stays
    of_visits = flagged(diagnosis, _LIST, own=_LIST)
    return of_stays if isinstance(of_visits, NotCovered) and not isinstance(of_stays, NotCovered) else of_visits


def _found(diagnosis: ClaimDiagnosis, source: str | None, answer: Found[CodeListEntry] | None = None) -> Raised:
    message = f"Manifestation code {diagnosis.shown} not allowed as principal diagnosis"
    return PRINCIPAL(message, answer=answer, source=source, code=diagnosis.shown)
