"""A drug has an 11-digit NDC, a quantity and a unit.

## What it checks
A National Drug Code (NDC) must have 11 digits. With hyphens it is converted; 10 digits without hyphens are rejected,
because they can be read in three ways. Its quantity must be greater than zero and its unit must be F2, GR, ME, ML, or
UN. A missing quantity or unit gets a warning, and so does a quantity or unit without an NDC.

## Why payers deny it
Drug rebates and prices depend on the package and the quantity.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "J1885", "ndc": "0002751001", "ndc_quantity": "1", "ndc_unit": "ML"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR703"]
['NDC malformed: 10 digits without hyphens are ambiguous; expected 11 digits, or hyphens']

## What it does not check
Whether the NDC is on the market and fits the procedure code. Lines without drug information.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity, Unreadable
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_NDC = correct("Give the 11-digit NDC of the package")
REMEDY_QUANTITY = correct("Give the NDC quantity, greater than zero")
REMEDY_UNIT = correct("Give the NDC unit of measure", "F2", "GR", "ME", "ML", "UN")
REMEDY_NO_NDC = correct("Add the NDC that the quantity or unit belongs to")
REMEDY_NO_QUANTITY = correct("Add the NDC quantity")
REMEDY_NO_UNIT = correct("Add the NDC unit of measure", "F2", "GR", "ME", "ML", "UN")

NDC = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M119",), remedy=REMEDY_NDC)
QUANTITY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N815",), remedy=REMEDY_QUANTITY)
UNIT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N816",), remedy=REMEDY_UNIT)
NO_NDC = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M119",), remedy=REMEDY_NO_NDC)
NO_QUANTITY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N815",), remedy=REMEDY_NO_QUANTITY)
NO_UNIT = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N816",), remedy=REMEDY_NO_UNIT)

_UNITS = ("F2", "GR", "ME", "ML", "UN")
_FDA = "FDA, National Drug Code"


@rule(
    id="STR703",
    name="drug",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("ndc", "ndc_quantity", "ndc_unit"),
    outcomes=(
        NDC.when("the NDC is malformed"),
        QUANTITY.when("the NDC quantity is not a number greater than zero"),
        UNIT.when("the NDC unit of measure is not valid"),
        NO_NDC.when("a quantity or unit of measure is given without an NDC"),
        NO_QUANTITY.when("an NDC is given without its quantity"),
        NO_UNIT.when("an NDC is given without its unit of measure"),
    ),
    sources=("X12 005010X222A1 and 005010X223A2, loop 2410: LIN03 (N4), CTP04 and CTP05", _FDA),
)
def drug(line: Line) -> Outcomes:
    """Reports problems with a drug and its quantity."""
    if line.ndc.missing:
        if line.ndc_quantity is not None or line.ndc_unit is not None:
            yield NO_NDC("NDC missing: drug quantity or unit given without it")
    else:
        if line.ndc.wrong:
            yield NDC(f"NDC malformed: {line.ndc.error}", source=_FDA, pattern=line.ndc.shape)
        if line.ndc_quantity is None:
            yield NO_QUANTITY("NDC quantity missing")
        if line.ndc_unit is None:
            yield NO_UNIT("NDC unit missing; expected F2, GR, ME, ML or UN", expected=_UNITS)
    yield from _amount(line)


def _amount(line: Line) -> Outcomes:
    quantity, unit = line.ndc_quantity, line.ndc_unit
    if isinstance(quantity, Unreadable):
        yield QUANTITY("NDC quantity is not a number")
    elif quantity is not None and quantity <= 0:
        yield QUANTITY("NDC quantity must be greater than zero", quantity=quantity)
    if isinstance(unit, Unreadable) or (unit is not None and unit.upper() not in _UNITS):
        yield UNIT("NDC unit not valid; expected F2, GR, ME, ML or UN", expected=_UNITS)
