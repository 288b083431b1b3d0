"""Two diagnoses with an Excludes1 note are not billed on one claim.

## What it checks
Each pair of diagnoses of a professional or institutional claim, principal and other, against the Excludes1 notes of the
ICD-10-CM Tabular List: no note under one of the codes, or under a category, section, or chapter above it, may name the
other.

## Why payers deny it
Two forms of one condition, such as a congenital and an acquired one, do not occur together: one of the codes is wrong.

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

## What it does not check
Whether the two conditions are unrelated, in which case the guidelines allow both codes: this needs manual review.
Excludes2 notes. Notes that name conditions in words only. Other roles, such as a reason for the visit. When the list is
not loaded, claims with two diagnoses or more are *not checked*.
"""

from __future__ import annotations

from itertools import combinations

from claimcheck.policies.parameters.coding import Excludes1
from claimcheck.rules.coding.notes import NOTES, Note, has_several, not_loaded, notes, shown
from claimcheck.rules.facts import Outline
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule

_REMEDY = change_code("Keep the one diagnosis that applies, or show that the two are unrelated", documented=True)
_OUTCOMES = returned("16", "M64", remedy=_REMEDY, decided_by="coding.excludes1.then")


@rule(
    id="COD211",
    name="excludes1",
    scope=Scope.OUTLINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "roles", "codes", "policy", "tables"),
    tables=(NOTES,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Excludes1,),
    sources=("CDC and CMS, ICD-10-CM tabular list, Excludes1 notes; ICD-10-CM Official Guidelines, section I.A.12.a",),
)
def excludes1(view: Outline) -> Outcomes:
    """Reports diagnoses that a note keeps apart."""
    if not has_several(view):
        return
    if (unknown := not_loaded(view)) is not None:
        yield from unknown
        return
    codes = list(dict.fromkeys(code for _, code in view.codes))
    own = {code: [note for note in notes(code, view.tables) if note.kind == "excludes1"] for code in codes}
    outcome, source = _OUTCOMES[view.policy[Excludes1].then], view.policy.source(Excludes1)
    for one, other in combinations(codes, 2):
        for first, second in ((one, other), (other, one)):
            note = next((note for note in own[first] if _names(note, second)), None)
            if note is not None:
                yield outcome(
                    f"Diagnosis {shown(first)} excludes {shown(second)} on the same claim "
                    f"(Excludes1 note at {shown(note.code)})",
                    answer=note.answer,
                    source=source,
                    code=shown(first),
                    excluded=shown(second),
                    note=shown(note.code),
                )
                break


def _names(note: Note, code: str) -> bool:
    """Whether a note names a diagnosis outside its own category."""
    return not code.startswith(note.code) and code in note.spans
