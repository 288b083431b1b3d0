"""Modifier RT or LT matches the side of the diagnosis.

## What it checks
A professional line with RT or LT, but not both: when every diagnosis that it points to names a side in the ICD-10-CM
Tabular List, at least one of them must name the side of the modifier, or both sides.

## Why payers deny it
Either the modifier or the diagnosis is wrong.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "icd10cm_notes_2023-10-01.csv"
>>> _ = path.write_text("code,effective,deletion,kind,codes,optional\\nM1712,,,side,left,no\\n")
>>> _ = add([path], path.parent / "tables")
>>> line = {"procedure_code": "20610", "modifiers": ["RT"], "diagnosis_pointers": [1], "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "diagnoses": ["M17.12"], "lines": [line]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "COD213"]
['Modifier RT on 20610 conflicts with diagnosis M17.12: left side']
>>> folder.cleanup()

## What it does not check
Lines with a diagnosis that names no side. Lines without pointers. Modifiers of fingers, toes and eyelids. When the list
is not loaded, lines with RT or LT that point to a diagnosis are not checked.
"""

from __future__ import annotations

from claimcheck.policies.parameters.coding import Sides
from claimcheck.rules.coding.notes import NOTES, notes
from claimcheck.rules.facts import ClaimDiagnosis, Line, WholeClaim, is_professional
from claimcheck.rules.facts.whole_claim import pointed, pointers
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "11",
    remedy=correct("Correct the modifier, the pointer or the diagnosis", documented=True),
    decided_by="coding.sides.then",
)
_SIDES = {"RT": "right", "LT": "left"}


def _side(line: Line) -> str | None:
    """The line's modifier for one side."""
    own = [modifier for modifier in _SIDES if modifier in line.modifier_codes]
    return own[0] if len(own) == 1 and line.code is not None and "50" not in line.modifier_codes else None


def _has_a_side(line: Line) -> bool:
    return line.has_pointers and _side(line) is not None


@rule(
    id="COD213",
    name="diagnosis-side",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "lines", "diagnoses"),
    tables=(NOTES,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Sides,),
    needs=Needs(setting=is_professional, line=_has_a_side, of_claim=pointers),
    sources=("CDC and CMS, ICD-10-CM tabular list, titles of codes; Official Guidelines, section I.B.13: laterality",),
)
def diagnosis_side(view: WholeClaim) -> Outcomes:
    """Reports a line for one side with diagnoses for the other."""
    if not view.setting.professional:
        return
    for position, line in enumerate(view.lines, 1):
        modifier = _side(line)
        if modifier is None or not line.has_pointers:
            continue
        if isinstance(loaded := line.tables.code_list(NOTES, ""), NotCovered):
            yield unchecked(loaded, lines=(position,))
            continue
        diagnoses = pointed(view, position)
        if not diagnoses:
            continue
        sides = [_side_of(diagnosis) for diagnosis in diagnoses]
        if not {None, "bilateral", _SIDES[modifier]} & set(sides):
            yield _OUTCOMES[line.policy[Sides].then](
                f"Modifier {modifier} on {line.code} conflicts with diagnosis {diagnoses[0].shown}: {sides[0]} side",
                line=position,
                source=line.policy.source(Sides),
                code=line.code,
                modifier=modifier,
                diagnosis=diagnoses[0].shown,
            )


def _side_of(diagnosis: ClaimDiagnosis) -> str | None:
    """The side of a diagnosis, "bilateral" for both; None if it has none."""
    own = (note.codes for note in notes(diagnosis.code or "", diagnosis.tables) if note.kind == "side")
    return next(own, None)
