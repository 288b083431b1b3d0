"""The unit of measure is valid, and minutes are for anesthesia.

## What it checks
The unit of measure must be units (UN) or minutes (MJ) on a professional claim, and units or days (DA) on an
institutional claim. Minutes are valid only on the procedure codes that the policy lists: by default the anesthesia
codes 00100 to 01999.

## Why payers deny it
Minutes on a service that is paid by the unit, or units for minutes, multiply the payment.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 15, "unit_basis": "MJ"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR302"]
['Minutes (MJ) not allowed for 99213; bill units']

## What it does not check
Lines without a unit of measure. Units on an anesthesia code, some of which are billed by the unit.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity, Unreadable
from claimcheck.policies.parameters.structure import Units
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_units, correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_UNKNOWN = correct("Give a unit of measure that the claim type allows")
REMEDY_MINUTES = change_units("Bill units (UN) rather than minutes")

UNKNOWN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M53",), remedy=REMEDY_UNKNOWN)
MINUTES = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N430",), remedy=REMEDY_MINUTES)

_PROFESSIONAL = ("UN", "MJ")
_INSTITUTIONAL = ("UN", "DA")


@rule(
    id="STR302",
    name="unit-basis",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("unit_basis", "setting", "code", "policy"),
    outcomes=(
        UNKNOWN.when("the unit of measure is not valid on this claim type"),
        MINUTES.when("minutes are billed for a code that is not anesthesia"),
    ),
    parameters=(Units,),
    sources=("X12 005010X222A1 (SV103: MJ, UN) and 005010X223A2 (SV204: DA, UN)",),
)
def unit_basis(line: Line) -> Outcomes:
    """Rejects an unknown unit of measure, and minutes where they do not belong."""
    basis = line.unit_basis
    if basis is None:
        return
    if isinstance(basis, Unreadable):
        yield UNKNOWN("Unit of measure not readable")
        return
    known = _INSTITUTIONAL if line.setting.institutional else _PROFESSIONAL
    if basis.upper() not in known:
        yield UNKNOWN(f"Unit of measure not valid; expected {known[0]} or {known[1]}", expected=known)
    elif basis.upper() == "MJ" and line.code is not None and line.code not in line.policy[Units].minutes:
        source = line.policy.source(Units, "minutes")
        yield MINUTES(
            f"Minutes (MJ) not allowed for {line.code}; bill units", source=source, code=line.code, unit_basis="MJ"
        )
