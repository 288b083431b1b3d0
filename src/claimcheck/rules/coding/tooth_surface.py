"""A tooth surface is a surface of its tooth.

## What it checks
Each tooth surface must be M, O, D, B, L, I, or F, and the line must name a tooth. Where it names exactly one, a surface
given twice, an occlusal surface on an incisor or canine, and an incisal surface on a premolar or molar get a warning.

## Why payers deny it
Fillings are paid by the number of surfaces.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "D2391", "tooth_numbers": ["8"], "tooth_surfaces": "MOX"}
>>> result = validate_claim({"claim_type": "dental", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD502"]
['Tooth surface malformed: expected 1 character, found 3']
>>> line = {"procedure_code": "D2391", "tooth_numbers": ["8"], "tooth_surfaces": "MO"}
>>> result = validate_claim({"claim_type": "dental", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD502"]
['Tooth 8 has no occlusal surface (O): incisor or canine']

## What it does not check
How many surfaces the service includes, which is part of the licensed code set. Which surface belongs to which of
several teeth.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MALFORMED = correct("Correct the tooth surface")
REMEDY_NO_TOOTH = correct("Add the tooth number")
REMEDY_UNLIKELY = correct("Check the tooth number and the surface")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N75",), remedy=REMEDY_MALFORMED)
NO_TOOTH = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N37",), remedy=REMEDY_NO_TOOTH)
UNLIKELY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N75",), remedy=REMEDY_UNLIKELY)


@rule(
    id="COD502",
    name="tooth-surface",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("surfaces", "teeth"),
    outcomes=(
        MALFORMED.when("a surface is malformed"),
        NO_TOOTH.when("surfaces are given without a tooth number"),
        UNLIKELY.when("the tooth has no such surface, or has it twice on the line"),
    ),
    sources=("X12 005010X224A2, TOO03 of loop 2400 (data element 1369)", "ADA Dental Claim Form, items 27 and 28"),
)
def tooth_surface(line: Line) -> Outcomes:
    """Rejects a malformed surface, and warns about one that the tooth does not have."""
    if not line.surfaces:
        return
    for one in line.surfaces:
        if one.wrong:
            yield MALFORMED(f"Tooth surface malformed: {one.error}", pattern=one.shape)
    if not line.teeth:
        yield NO_TOOTH("Tooth number missing: tooth surfaces given without it")
    elif len(line.teeth) == 1 and line.teeth[0].value is not None:
        yield from _of_tooth(line)


def _of_tooth(line: Line) -> Outcomes:
    tooth = line.teeth[0].value
    texts = [one.text for one in line.surfaces if one.text is not None]
    for text in dict.fromkeys(texts):
        if texts.count(text) > 1:
            yield UNLIKELY(
                f"Surface {text} of tooth {tooth.text} repeated: {texts.count(text)} on the line, 1 allowed",
                surface=text,
            )
    if tooth.is_anterior and "O" in texts:
        yield UNLIKELY(f"Tooth {tooth.text} has no occlusal surface (O): incisor or canine", surface="O")
    if not tooth.is_anterior and "I" in texts:
        yield UNLIKELY(f"Tooth {tooth.text} has no incisal surface (I): premolar or molar", surface="I")
