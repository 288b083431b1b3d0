"""The NDC of a line belongs to its procedure code.

## What it checks
On a professional claim, a line with an NDC that is in the loaded NDC-HCPCS crosswalk (published with Medicare's average
sales prices) must have one of the procedure codes of that NDC. When it does, and the NDC quantity is in whole items
(UN), the line may bill at most the units that those items hold.

## Why payers deny it
The procedure code sets the price, and the NDC the rebate.

## Example
The crosswalk is read as published, or as a list of one's own:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "ndc_hcpcs_2024-07-01.csv"
>>> head = "code,effective,deletion,hcpcs,units_item,units_package\\n"
>>> _ = path.write_text(head + "00006302602,,,J9271,100,100\\n")
>>> _ = add([path], path.parent / "tables")
>>> line = {"procedure_code": "J9299", "ndc": "00006302602", "units": 1, "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]}, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "PRO602"]
['NDC 00006302602 does not belong to J9299; expected J9271']
>>> folder.cleanup()

## What it does not check
NDCs that are not in the crosswalk, which lists Part B drugs only. Drug codes without a crosswalk entry. Quantities in
other units of measure. Fewer units than the items hold, since some may be discarded. Facility claims. When the
crosswalk is not loaded, lines with an NDC are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.drugs import Crosswalk
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import change_units, correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

_OUTCOMES = outcomes(
    "16",
    "M119",
    remedy=correct("Report the NDC of the drug given, or the code of this NDC", documented=True),
    when="the NDC belongs to another code",
    decided_by="drugs.crosswalk.then",
)
UNITS = Outcome(
    Severity.WARNING,
    Disposition.PAYABLE,
    "CO",
    "16",
    ("M53",),
    remedy=change_units("Bill the units of the items given, or correct the NDC quantity", documented=True),
)

_LIST = "ndc_hcpcs"
_CROSSWALK = "CMS, ASP NDC-HCPCS crosswalk: HCPCS code, billing units per item (BILLUNITS) and per package"
_LABELER = 5  #: digits of an NDC that identify the labeler, the table's key
_MOST_NAMED = 3


@rule(
    id="PRO602",
    name="drug-code",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "ndc", "ndc_quantity", "ndc_unit", "code", "units", "policy", "tables"),
    tables=(_LIST,),
    outcomes=(*_OUTCOMES.values(), UNITS.when("the units exceed those in the NDC quantity")),
    parameters=(Crosswalk,),
    sources=(_CROSSWALK,),
)
def drug_code(line: Line) -> Outcomes:
    """Reports an NDC that belongs to another procedure code."""
    if not line.ndc or line.code is None or not line.setting.professional:
        return
    ndc = line.ndc.text or ""
    held = line.tables.code_list(_LIST, ndc[:_LABELER])
    if isinstance(held, NotCovered):
        yield unchecked(held)
    if not isinstance(held, Found):
        return
    policy = line.policy[Crosswalk]
    rows = [row for row in held.value.rows if row["package"] == ndc[_LABELER:]]
    codes = tuple(sorted({row["hcpcs"] for row in rows}))
    if not rows:
        return
    if line.code not in codes:
        if line.code not in policy.unclassified:
            named = ", ".join(codes[:_MOST_NAMED])
            yield _OUTCOMES[policy.then](
                f"NDC {ndc} does not belong to {line.code}; expected {named}",
                answer=held,
                source=line.policy.source(Crosswalk),
                code=line.code,
                ndc=ndc,
                expected=codes,
            )
        return
    most = _most_units(line, rows)
    if most is not None and isinstance(line.units, Decimal) and line.units > most:
        yield UNITS(
            f"Units exceed drug quantity: {line.units.normalize():f} of {line.code} billed, "
            f"{most.normalize():f} in the NDC quantity",
            answer=held,
            source=_CROSSWALK,
            code=line.code,
            ndc=ndc,
            units=line.units,
            most=most,
        )


def _most_units(line: Line, rows: Iterable[Mapping[str, str]]) -> Decimal | None:
    """The units of the procedure code in the line's items; None if unknown."""
    quantity, measure = line.ndc_quantity, line.ndc_unit
    if not isinstance(quantity, Decimal) or quantity <= 0 or not isinstance(measure, str) or measure.upper() != "UN":
        return None
    units = [row["units_item"] for row in rows if row["hcpcs"] == line.code]
    return quantity * max(map(Decimal, units)) if units and all(units) else None
