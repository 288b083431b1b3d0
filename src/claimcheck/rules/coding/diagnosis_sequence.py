"""What a note puts after another diagnosis does not stand first.

## What it checks
The first (principal) diagnosis of a professional or institutional claim, by the notes of the tabular list of ICD-10-CM:

- a "code first" note under its code: without a reservation such as "if applicable", the diagnosis never stands first;
  with one, not where a code that the note names stands after it;
- a "use additional code" note under a later diagnosis that names it, of codes that are additional to another one by
  the policy (the organism of an infection, long-term use of insulin, body mass index).

## Why payers deny it
The first diagnosis is the reason for the service; what follows from it, or only adds to it, is not.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "icd10cm_notes_2023-10-01.csv"
>>> _ = path.write_text("code,effective,deletion,kind,codes,optional\\nE11,,,use_additional,Z794 Z7984,no\\n")
>>> _ = add([path], path.parent / "tables")
>>> line = {"procedure_code": "99213", "units": 1, "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "diagnoses": ["Z79.4", "E11.9"], "lines": [line]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "COD212"]
['Diagnosis Z79.4 sequenced before E11.9: an additional code (note at E11)']
>>> folder.cleanup()

## What it leaves alone
Whether an additional code is missing: that is for the record to say. The order of later diagnoses. A claim of one
diagnosis: manifestations have a rule of their own. Where the list is not loaded, claims with two diagnoses or more are
not checked.
"""

from __future__ import annotations

from claimcheck.policies.parameters.coding import Sequence
from claimcheck.rules.coding.notes import NOTES, Note, coded, is_medical, notes
from claimcheck.rules.facts import ClaimDiagnosis, WholeClaim
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = returned("16", "MA63", remedy=correct("Put the diagnosis coded first before this one", documented=True))


@rule(
    id="COD212",
    name="diagnosis-sequence",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "diagnoses", "policy"),
    tables=(NOTES,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Sequence,),
    needs=Needs(setting=is_medical, code_list=NOTES, diagnoses=2),
    sources=(
        "CDC and CMS, ICD-10-CM tabular list, code first and use additional code; Official Guidelines, section I.A.13",
    ),
)
def diagnosis_sequence(view: WholeClaim) -> Outcomes:
    """Finds a first diagnosis that a note puts after another one."""
    diagnoses = coded(view.diagnoses)
    if len(diagnoses) < 2 or diagnoses[0].role != "principal":
        return
    first, later = diagnoses[0], diagnoses[1:]
    policy, source = view.policy[Sequence], view.policy.source(Sequence)
    for note in notes(first):
        if isinstance(note, NotCovered):
            yield unchecked(note)
            return
        before = _before(note, later)
        if before is not None or (note.kind == "code_first" and not note.optional):
            what = f"sequenced before {before.shown}" if before else "not allowed first"
            yield _OUTCOMES[policy.then](
                f"Diagnosis {first.shown} {what}: another code is coded first (note at {note.shown})",
                answer=note.answer,
                source=source,
                code=first.shown,
                before=before.shown if before else None,
                note=note.shown,
            )
            return
    if first.code in policy.additional:
        for diagnosis in later:
            own = [note for note in notes(diagnosis) if isinstance(note, Note) and note.kind == "use_additional"]
            found = next((note for note in own if first.code in note.spans), None)
            if found is not None:
                yield _OUTCOMES[policy.then](
                    f"Diagnosis {first.shown} sequenced before {diagnosis.shown}: an additional code "
                    f"(note at {found.shown})",
                    answer=found.answer,
                    source=source,
                    code=first.shown,
                    before=diagnosis.shown,
                    note=found.shown,
                )
                return


def _before(note: Note, later: list[ClaimDiagnosis]) -> ClaimDiagnosis | None:
    """The first of the later diagnoses that a "code first" note names."""
    if note.kind != "code_first":
        return None
    return next((diagnosis for diagnosis in later if diagnosis.code in note.spans), None)
