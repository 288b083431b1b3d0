"""Reads a service line from an item of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from claimcheck.claims import Problem, ServiceLine, Source, Unreadable, amount_fields, reading
from claimcheck.io.fhir.adjudication import adjudicated, submitted
from claimcheck.io.fhir.coded_entries import pointers
from claimcheck.io.fhir.element import amount, code, codings, day, each, get, objects
from claimcheck.io.fhir.parties import CareTeam
from claimcheck.io.fhir.systems import Coded

__all__ = ["service_line"]

Resource = dict[str, Any]

_PROCEDURE = Coded.HCPCS | Coded.CDT | Coded.HIPPS
_SUBMITTED = ("line_sbmtd_chrg_amt", "rev_cntr_tot_chrg_amt", "clm_line_sbmt_chrg_amt")
_NONCOVERED = ("rev_cntr_ncvrd_chrg_amt", "clm_line_ncvrd_chrg_amt", "noncovered")

#: Unit of measure of a line (X12 data element 355) by X12 code, UCUM code, or common word. A line that gives a drug
#: quantity does not give its service units.
_NO_UNITS = (Problem("not_given", field="units"),)
_BASES = {
    **dict.fromkeys(("un", "unit", "units", "{unit}", "each", "ea", "{each}", "1"), "UN"),
    **dict.fromkeys(("mj", "min", "minute", "minutes"), "MJ"),
    **dict.fromkeys(("da", "d", "day", "days"), "DA"),
}
#: Unit of measure of an NDC quantity, by X12 qualifier and UCUM unit.
_DRUG_UNITS = {
    **{unit.lower(): unit for unit in ("F2", "GR", "ME", "ML", "UN")},
    "[iu]": "F2",
    "g": "GR",
    "mg": "ME",
    **dict.fromkeys(("{unit}", "unit", "each", "{each}"), "UN"),
}


def service_line(item: object, resource: Resource, team: CareTeam, source: Source) -> ServiceLine:
    """The service line in an item. STU3 says `service` instead of `productOrService`."""
    if not isinstance(item, dict):
        return ServiceLine.from_dict(item)
    concept = item.get("productOrService", item.get("service"))
    quantity = None if _drug_quantity(item) else item.get("quantity")
    period = item.get("servicedPeriod")
    on = item.get("servicedDate")
    return ServiceLine(
        _procedure_code(concept),
        line_number=item.get("sequence"),
        line_control_number=next((one.get("value") for one in objects(item.get("traceNumber"))), None),
        code_qualifier=_qualifier(concept),
        modifiers=[*_modifiers(item)],
        revenue_code=code(item.get("revenue"), Coded.REVENUE, "a revenue code"),
        service_date=day(get(period, "start") if on is None else on),
        service_date_end=day(get(period, "end")),
        units=amount(quantity),
        unit_basis=_unit(quantity, _BASES, "UN, MJ or DA"),
        charge=_charge(item),
        noncovered_charge=adjudicated(item.get("adjudication"), _NONCOVERED),
        place_of_service=code(item.get("locationCodeableConcept"), Coded.PLACE, "a place of service"),
        diagnosis_pointers=pointers(item, resource),
        **team.of_line(item),
        **_drug(item, concept),
        **_teeth(item),
        source=source,
    )


def _procedure_code(concept: object) -> Any:
    """None if the concept holds only a drug code, or states that there is no code."""
    if any(system in Coded.NDC for system, _ in codings(concept)):
        return next((value for system, value in codings(concept) if system in _PROCEDURE), None)
    return code(concept, _PROCEDURE, "a code of CPT or HCPCS")


def _qualifier(concept: object) -> str | None:
    """The X12 qualifier (data element 235) for the procedure code's system."""
    systems = [system for system, _ in codings(concept) if system in _PROCEDURE]
    if not systems or systems[0] in Coded.CDT:
        return None
    return "HP" if systems[0] in Coded.HIPPS else "HC"


def _modifiers(item: Resource) -> Iterable[Any]:
    """One per concept. Blue Button also puts several codes of one system into one concept."""
    for concept in each(item.get("modifier")):
        if all(system in Coded.UNITS for system, _ in codings(concept)) and codings(concept):
            continue
        given = [(system, value) for system, value in codings(concept) if system in Coded.HCPCS]
        if given:
            yield from (value for system, value in given if system == given[0][0])
        else:
            yield code(concept, Coded.HCPCS, "a modifier")


def _charge(item: Resource) -> Any:
    """The submitted charge in the adjudication; on an unadjudicated Claim its net, or else quantity times price."""
    charge = submitted(item.get("adjudication"), _SUBMITTED)
    if charge is None:
        charge = amount(item.get("net"))
    return _priced(item) if charge is None else charge


def _priced(item: Resource) -> Decimal | None:
    """Quantity × price × factor, which FHIR defines as the net (Claim.item.net)."""
    given = (amount(item.get("quantity")), amount(item.get("unitPrice")), item.get("factor", 1))
    product = Decimal(1)
    for number in map(reading.value_of, map(amount_fields.amount, given)):
        if not isinstance(number, Decimal):
            return None
        product *= number
    return product


def _unit(quantity: object, known: dict[str, str], expected: str) -> Any:
    """By the unit's text or its code; unreadable if neither is known."""
    given = [get(quantity, "unit"), get(quantity, "code")]
    for unit in given:
        if isinstance(unit, str) and unit.strip().lower() in known:
            return known[unit.strip().lower()]
    return Unreadable(expected, "another unit") if any(unit is not None for unit in given) else None


def _drug_quantity(item: Resource) -> dict[str, Any]:
    """The quantity of a drug if the item's own quantity is one; then its units are unknown.

    Version 2 of Blue Button gives the NDC quantity there, and its unit as a modifier in the UCUM system.
    """
    quantity = item.get("quantity")
    units = [
        value for concept in each(item.get("modifier")) for system, value in codings(concept) if system in Coded.UNITS
    ]
    unit = _unit({"code": units[0]} if units else quantity, _DRUG_UNITS, "F2, GR, ME, ML or UN")
    if not units and (not isinstance(unit, str) or unit == "UN"):
        return {}
    return {"ndc_quantity": amount(quantity), "ndc_unit": unit, "problems": _NO_UNITS}


def _drug(item: Resource, concept: object) -> dict[str, Any]:
    """The drug in a detail of the line, with its quantity, or else in the line's own concept.

    An extension of the concept can give the drug along with its quantity.
    """
    of_drug = _drug_quantity(item)
    for detail in objects(item.get("detail")):
        ndc = _ndc(detail.get("productOrService", detail.get("service")))
        if ndc is not None:
            quantity = detail.get("quantity")
            unit = _unit(quantity, _DRUG_UNITS, "F2, GR, ME, ML or UN")
            return {"ndc": ndc, "ndc_quantity": amount(quantity), "ndc_unit": unit, **of_drug}
    ndc = _ndc(concept)
    if ndc is None and of_drug:
        extensions = objects(get(concept, "extension"))
        ndc = _ndc({"coding": [extension.get("valueCoding") for extension in extensions]})
    return {"ndc": ndc, **of_drug}


def _teeth(item: Resource) -> dict[str, Any]:
    """What a dental line treats: teeth or areas of the oral cavity (`bodySite`) and tooth surfaces (`subSite`).

    Teeth in other numbering systems, such as FDI, are not read.
    """
    teeth, areas = [], []
    for site in each(item.get("bodySite")):
        for system, value in codings(site):
            if system in Coded.AREA:
                areas.append(value)
            elif system in Coded.TOOTH:
                teeth.append(value)
            elif system in Coded.OTHER_TOOTH:
                teeth.append(Unreadable("a tooth of the Universal/National system", "one of another system"))
    surfaces = [
        value for site in each(item.get("subSite")) for system, value in codings(site) if system in Coded.SURFACE
    ]
    return {"tooth_numbers": teeth, "tooth_surfaces": surfaces, "oral_cavity": areas}


def _ndc(concept: object) -> Any:
    return next((value for system, value in codings(concept) if system in Coded.NDC), None)
