"""A diagnosis that must follow another one is not listed first.

## What it checks
The first (principal) diagnosis of a professional or institutional claim, is compared with the notes of the ICD-10-CM
Tabular List:

- a "code first" note under its code: the diagnosis is never first; if the note has a reservation such as "if
  applicable", it is not first when a code that the note names comes later;
- a "use additional code" note under a later diagnosis that names the first one, for the codes that the policy counts as
  additional (the organism of an infection, long-term use of insulin, body mass index).

## Why payers deny it
The first diagnosis is the reason for the service. A diagnosis that follows from another, or adds to it, is not.

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

## What it does not check
Whether an additional code is missing, which depends on the medical record. The order of later diagnoses. A claim with
one diagnosis (COD206 checks manifestations). When the list is not loaded, claims with two diagnoses or more are *not
checked*.
"""

from __future__ import annotations

from claimcheck.policies.parameters.coding import Sequence
from claimcheck.rules.coding.notes import NOTES, Note, has_several, not_loaded, notes, shown
from claimcheck.rules.facts import Outline
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule

_OUTCOMES = returned(
    "16",
    "MA63",
    remedy=correct("Put the diagnosis coded first before this one", documented=True),
    decided_by="coding.sequence.then",
)


@rule(
    id="COD212",
    name="diagnosis-sequence",
    scope=Scope.OUTLINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "roles", "codes", "policy", "tables"),
    tables=(NOTES,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Sequence,),
    sources=(
        "CDC and CMS, ICD-10-CM tabular list, code first and use additional code; Official Guidelines, section I.A.13",
    ),
)
def diagnosis_sequence(view: Outline) -> Outcomes:
    """Reports a first diagnosis that a note puts after another one."""
    if not has_several(view):
        return
    if (unknown := not_loaded(view)) is not None:
        yield from unknown
        return
    if len(view.codes) < 2 or view.codes[0][0] != "principal":
        return
    first, later = view.codes[0][1], [code for _, code in view.codes[1:]]
    policy, source = view.policy[Sequence], view.policy.source(Sequence)
    for note in notes(first, view.tables):
        before = _before(note, later)
        if before is not None or (note.kind == "code_first" and not note.optional):
            what = "not allowed first" if before is None else f"sequenced before {shown(before)}"
            yield _OUTCOMES[policy.then](
                f"Diagnosis {shown(first)} {what}: another code is coded first (note at {shown(note.code)})",
                answer=note.answer,
                source=source,
                code=shown(first),
                before=None if before is None else shown(before),
                note=shown(note.code),
            )
            return
    for code in later if first in policy.additional else ():
        own = (note for note in notes(code, view.tables) if note.kind == "use_additional")
        found = next((note for note in own if first in note.spans), None)
        if found is not None:
            yield _OUTCOMES[policy.then](
                f"Diagnosis {shown(first)} sequenced before {shown(code)}: an additional code "
                f"(note at {shown(found.code)})",
                answer=found.answer,
                source=source,
                code=shown(first),
                before=shown(code),
                note=shown(found.code),
            )
            return


def _before(note: Note, later: list[str]) -> str | None:
    """The first of the later diagnoses that a "code first" note names."""
    return next((code for code in later if code in note.spans), None) if note.kind == "code_first" else None
