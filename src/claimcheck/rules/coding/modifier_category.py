"""A modifier is allowed on the kind of code that it is billed with.

## What it checks
1P, 2P, 3P, and 8P report that the action of a CPT Category II code was not performed, and are valid on those codes
only. P1 to P6 give the patient's physical status under anesthesia, and are valid on the anesthesia codes 00100 to 01999
only. Modifier 25 belongs on the visit: on a code of the surgery section (10004 to 69990) it gets a warning.

## Why payers deny it
On any other code these modifiers have no meaning. 1P (a measure exclusion) and P1 (a healthy patient) are easily
confused.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"procedure_code": "99213", "modifiers": ["1P"]}, {"procedure_code": "3044F", "modifiers": ["P1"]}]
>>> for finding in validate_claim({"claim_type": "professional", "lines": lines}).findings:
...     if finding.rule_id == "COD305":
...         print(finding.carc, finding.message)
4 Modifier 1P not allowed on 99213: for CPT Category II codes only
4 Modifier P1 not allowed on 3044F: for anesthesia codes only

## What it does not check
Which exclusions a measure allows. Modifier 25 outside the surgery section. Other modifiers on Category II codes, which
no source forbids. Lines without a code.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS, PHYSICAL_STATUS
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISPLACED = change_modifier("Remove the modifier, or move it to the code that it belongs to")
REMEDY_NOT_A_VISIT = change_modifier("Move modifier 25 to the visit")

MISPLACED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "4", ("N519",), remedy=REMEDY_MISPLACED)
NOT_A_VISIT = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY_NOT_A_VISIT)

_CATEGORY_II = frozenset(CATEGORY_II_MEANINGS)
_REPORTS = "CMS, MLN MM6514: 1P, 2P, 3P and 8P; AMA, CPT Category II codes"
_ANESTHESIA = "CMS, HCPCS: P1 to P6, physical status in anesthesia"
_VISITS = "Medicare Claims Processing Manual, chapter 12, section 40.2: 25, a visit on the day of a procedure"


@rule(
    id="COD305",
    name="modifier-category",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "code", "is_category_ii"),
    outcomes=(MISPLACED, NOT_A_VISIT),
    sources=(
        _REPORTS,
        _ANESTHESIA,
        _VISITS,
    ),
)
def modifier_category(line: Line) -> Outcomes:
    """Denies a line whose modifier is for another kind of code."""
    if not line.modifier_codes or line.code is None:
        return
    if not line.is_category_ii:
        yield from _misplaced(line, _CATEGORY_II, "CPT Category II codes", _REPORTS)
    if not (line.code.isdigit() and "00100" <= line.code <= "01999"):
        yield from _misplaced(line, PHYSICAL_STATUS, "anesthesia codes", _ANESTHESIA)
    if "25" in line.modifier_codes and line.code.isdigit() and "10004" <= line.code <= "69990":
        message = f"Modifier 25 is for E/M visits; {line.code} is surgery"
        yield NOT_A_VISIT(message, source=_VISITS, modifier="25", code=line.code)


def _misplaced(line: Line, modifiers: frozenset[str], of: str, source: str) -> Outcomes:
    for modifier in sorted(line.modifier_codes & modifiers):
        message = f"Modifier {modifier} not allowed on {line.code}: for {of} only"
        yield MISPLACED(message, source=source, modifier=modifier, code=line.code)
