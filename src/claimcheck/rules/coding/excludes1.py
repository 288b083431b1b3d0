"""Two diagnoses that exclude each other do not stand on one claim.

## What it checks
Every two diagnoses of a professional or institutional claim, principal and other, by the Excludes1 notes of the tabular
list of ICD-10-CM: under the code of one of them, or under a code, section or chapter above it, no note may name the
other.

## Why payers deny it
Two forms of one condition, such as one that is congenital and one that is acquired, are not had at once: one of the
codes is wrong.

## Example
The list is the tabular XML as published, or a list of one's own:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "icd10cm_notes_2023-10-01.csv"
>>> _ = path.write_text("code,effective,deletion,kind,codes,optional\\nE11,,,excludes1,E10 O244,no\\n")
>>> _ = add([path], path.parent / "tables")
>>> line = {"procedure_code": "99213", "units": 1, "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "diagnoses": ["E11.9", "E10.65"], "lines": [line]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "COD211"]
['Diagnosis E11.9 excludes E10.65 on the same claim (Excludes1 note at E11)']
>>> folder.cleanup()

## What it leaves alone
Whether the two conditions have nothing to do with each other, where the guidelines let both be coded: a person decides.
Excludes2 notes. What a note says in words. Other roles, such as a reason for the visit. Where the list is not loaded,
claims with two diagnoses or more are not checked.
"""

from __future__ import annotations

from itertools import combinations

from claimcheck.policies.parameters.coding import Excludes1
from claimcheck.rules.coding.notes import NOTES, Note, coded, is_medical, notes
from claimcheck.rules.facts import ClaimDiagnosis, WholeClaim
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = returned(
    "16",
    "M64",
    remedy=change_code("Keep the diagnosis that applies, unless the conditions are unrelated", documented=True),
)


@rule(
    id="COD211",
    name="excludes1",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "diagnoses", "policy"),
    tables=(NOTES,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Excludes1,),
    needs=Needs(setting=is_medical, code_list=NOTES, diagnoses=2),
    sources=("CDC and CMS, ICD-10-CM tabular list, Excludes1 notes; ICD-10-CM Official Guidelines, section I.A.12.a",),
)
def excludes1(view: WholeClaim) -> Outcomes:
    """Finds diagnoses that a note keeps apart."""
    diagnoses = coded(view.diagnoses)
    if len(diagnoses) < 2:
        return
    said = {}
    for diagnosis in diagnoses:
        if diagnosis.code in said:
            continue
        own = list(notes(diagnosis))
        missing = next((note for note in own if isinstance(note, NotCovered)), None)
        if missing is not None:
            yield unchecked(missing)
            return
        said[diagnosis.code] = [note for note in own if isinstance(note, Note) and note.kind == "excludes1"]
    outcome, source = _OUTCOMES[view.policy[Excludes1].then], view.policy.source(Excludes1)
    for one, other in combinations({diagnosis.code: diagnosis for diagnosis in diagnoses}.values(), 2):
        for first, second in ((one, other), (other, one)):
            note = next((note for note in said[first.code] if _names(note, second)), None)
            if note is not None:
                yield outcome(
                    f"Diagnosis {first.shown} excludes {second.shown} on the same claim "
                    f"(Excludes1 note at {note.shown})",
                    answer=note.answer,
                    source=source,
                    code=first.shown,
                    excluded=second.shown,
                    note=note.shown,
                )
                break


def _names(note: Note, diagnosis: ClaimDiagnosis) -> bool:
    """Whether a note names the diagnosis, and another one than it is of itself."""
    code = diagnosis.code or ""
    return not code.startswith(note.code) and code in note.spans
