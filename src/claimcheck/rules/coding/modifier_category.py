"""A modifier is allowed on the kind of code that it is billed with.

## What it checks
1P, 2P, 3P, and 8P report that the action of a CPT Category II code was not performed, and are valid on those codes
only. P1 to P6 give the patient's physical status under anesthesia, and are valid on the anesthesia codes 00100 to 01999
only. These get a warning:

- **Modifiers 24, 25 and 57**, which belong on the visit, on a code of surgery (10004 to 69990), radiology (70010 to
  79999), or laboratory (80047 to 89398).
- **Anesthesia modifiers** (AA, AD, QK, QX, QY, QZ) on a visit, radiology or laboratory, and on surgery with 10 or 90
  global days. On other surgery they are allowed: anesthesiologists bill line placements with them.
- **Modifiers of equipment** (NU, UE, RR, KH, KI, KJ, BP, BR, BU, MS) **and of discarded drugs** (JW; JZ for none) on a
  visit, surgery, radiology or laboratory.
- **Modifiers of laboratory tests** (90, outside laboratory; 91, repeated test) on a visit, surgery or radiology.
- **Modifiers of visits** (AI, principal physician of record; FS, split visit) on surgery, radiology or laboratory.
- **Modifiers 27, 73 and 74**, which are for hospital outpatient departments and surgery centers, on a professional
  claim of anyone else.

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
Which exclusions a measure allows. Visit modifiers on medicine codes (90281 to 99199) and HCPCS Level II codes. Other
modifiers on Category II codes, which no source forbids. Lines without a code.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import CATEGORY_II_MEANINGS, PHYSICAL_STATUS
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import indicators
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, Found, NotCovered

REMEDY_MISPLACED = change_modifier("Remove the modifier, or move it to the code that it belongs to")
REMEDY_NOT_A_VISIT = change_modifier("Move the modifier to the visit")
REMEDY_ELSEWHERE = change_modifier("Remove the modifier")

MISPLACED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "4", ("N519",), remedy=REMEDY_MISPLACED)
NOT_A_VISIT = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY_NOT_A_VISIT)

ELSEWHERE = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY_ELSEWHERE)

_OF_VISITS = frozenset({"24", "25", "57"})
_OF_ANESTHESIA = frozenset({"AA", "AD", "QK", "QX", "QY", "QZ"})
_OF_FACILITIES = frozenset({"27", "73", "74"})
_OF_EQUIPMENT = frozenset({"NU", "UE", "RR", "KH", "KI", "KJ", "BP", "BR", "BU", "MS"})
_OF_DRUGS = frozenset({"JW", "JZ"})
_OF_TESTS = frozenset({"90", "91"})
_OF_PHYSICIANS = frozenset({"AI", "FS"})
#: Sections of CPT, by their first and last code.
_SURGERY, _OTHERS = ("10004", "69990", "surgery"), (("70010", "79999", "radiology"), ("80047", "89398", "laboratory"))
_VISIT_SECTION = ("99202", "99499", "a visit")
_CATEGORY_II = frozenset(CATEGORY_II_MEANINGS)
_REPORTS = "CMS, MLN MM6514: 1P, 2P, 3P and 8P; AMA, CPT Category II codes"
_ANESTHESIA = "CMS, HCPCS: P1 to P6, physical status in anesthesia"
_VISITS = "Medicare Claims Processing Manual, chapter 12, section 40.2: 24, 25 and 57, visits in a global package"
_DIRECTED = "Medicare Claims Processing Manual, chapter 12, section 50.K: modifiers of anesthesia services"
_ITEMS = "CMS, HCPCS Level II and AMA, CPT, the meaning of the modifiers: purchase and rental, discarded drugs, tests"
_FACILITIES = "CMS, Integrated Outpatient Code Editor: 27, 73 and 74, of hospital outpatients and surgery centers"


@rule(
    id="COD305",
    name="modifier-category",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "code", "is_category_ii", "setting", "place_of_service", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(
        MISPLACED.when("a modifier of Category II codes or of physical status is on another code"),
        NOT_A_VISIT.when("modifier 24, 25, or 57 is on a code that is not a visit"),
        ELSEWHERE.when("another modifier is on a kind of code that it is not for"),
    ),
    sources=(
        _REPORTS,
        _ANESTHESIA,
        _VISITS,
        _DIRECTED,
        _ITEMS,
        _FACILITIES,
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
    if section := _section(line.code, (_SURGERY, *_OTHERS)):
        for modifier in sorted(line.modifier_codes & _OF_VISITS):
            message = f"Modifier {modifier} is for E/M visits; {line.code} is {section}"
            yield NOT_A_VISIT(message, source=_VISITS, modifier=modifier, code=line.code)
    if not line.modifier_codes.isdisjoint(_OF_ANESTHESIA):
        yield from _of_anesthesia(line, line.code)
    yield from _of_an_item(line, line.code)
    if line.setting.professional and not _is_of_a_center(line):
        for modifier in sorted(line.modifier_codes & _OF_FACILITIES):
            message = f"Modifier {modifier} not allowed on {line.code}: for facilities only"
            yield ELSEWHERE(message, source=_FACILITIES, modifier=modifier, code=line.code)


def _of_anesthesia(line: Line, code: str) -> Outcomes:
    """Anesthesia modifiers on another service."""
    section = _section(code, (_VISIT_SECTION, *_OTHERS))
    if section is None and _section(code, (_SURGERY,)):
        answer = indicators(line, _is_operation)
        if isinstance(answer, NotCovered):
            yield unchecked(answer)
        section = "an operation" if isinstance(answer, Found) else None
    for modifier in sorted(line.modifier_codes & _OF_ANESTHESIA) if section else ():
        message = f"Modifier {modifier} is for anesthesia; {code} is {section}"
        yield ELSEWHERE(message, source=_DIRECTED, modifier=modifier, code=code)


def _is_operation(row: FeeSchedule, _policy: PolicyOn) -> bool:
    return row.global_days in ("010", "090")


def _of_an_item(line: Line, code: str) -> Outcomes:
    """Modifiers of equipment, drugs, tests, and visits on another service."""
    radiology, laboratory = _OTHERS
    for modifiers, of, sections in (
        (_OF_EQUIPMENT, "equipment", (_VISIT_SECTION, _SURGERY, radiology, laboratory)),
        (_OF_DRUGS, "drugs", (_VISIT_SECTION, _SURGERY, radiology, laboratory)),
        (_OF_TESTS, "laboratory tests", (_VISIT_SECTION, _SURGERY, radiology)),
        (_OF_PHYSICIANS, "E/M visits", (_SURGERY, radiology, laboratory)),
    ):
        told = line.modifier_codes & modifiers
        section = _section(code, sections) if told else None
        for modifier in sorted(told) if section else ():
            message = f"Modifier {modifier} is for {of}; {code} is {section}"
            yield ELSEWHERE(message, source=_ITEMS, modifier=modifier, code=code)


def _section(code: str, sections: tuple[tuple[str, str, str], ...]) -> str | None:
    """The name of the section of CPT that a code is of."""
    if not code.isdigit():
        return None
    return next((name for first, last, name in sections if first <= code <= last), None)


def _is_of_a_center(line: Line) -> bool:
    """Whether a surgery center bills: it has professional claims, too."""
    return line.setting.provider_kind == "asc" or line.place_of_service.text == "24"


def _misplaced(line: Line, modifiers: frozenset[str], of: str, source: str) -> Outcomes:
    for modifier in sorted(line.modifier_codes & modifiers):
        message = f"Modifier {modifier} not allowed on {line.code}: for {of} only"
        yield MISPLACED(message, source=source, modifier=modifier, code=line.code)
