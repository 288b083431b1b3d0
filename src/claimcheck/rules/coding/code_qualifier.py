"""The qualifier of a procedure code is valid on its claim type.

## What it checks
The procedure code qualifier, when the line has one, must be valid for the claim type: HC (CPT and HCPCS) or one of the
less common ER, IV, and WK; HP (HIPPS rate codes) on institutional claims only; AD (CDT) on dental claims.

## Why payers deny it
The qualifier tells the payer which code set the code belongs to.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "1AFKS", "code_qualifier": "HP"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD105"]
['Procedure code qualifier not valid; expected ER, HC, IV or WK']

## What it does not check
Lines without a qualifier, whose code is read as CPT or HCPCS. Codes under ER, IV, and WK, which are not read.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the procedure code qualifier")

UNKNOWN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY)

_PROFESSIONAL = ("ER", "HC", "IV", "WK")
_INSTITUTIONAL = ("ER", "HC", "HP", "IV", "WK")
_DENTAL = ("AD",)


@rule(
    id="COD105",
    name="code-qualifier",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("qualifier", "setting"),
    outcomes=(UNKNOWN,),
    sources=("X12 005010X222A1, SV101-1; 005010X223A2, SV202-1; 005010X224A2, SV301-1",),
)
def code_qualifier(line: Line) -> Outcomes:
    """Rejects a code of an unknown code set."""
    if line.qualifier is None:
        return
    if line.setting.dental:
        if line.qualifier not in _DENTAL:
            yield UNKNOWN("Procedure code qualifier not valid; expected AD on a dental claim", expected=_DENTAL)
        return
    known = _PROFESSIONAL if line.setting.professional else _INSTITUTIONAL
    if line.qualifier not in known:
        *names, last = known
        message = f"Procedure code qualifier not valid; expected {', '.join(names)} or {last}"
        yield UNKNOWN(message, expected=known)
