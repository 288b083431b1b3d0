"""An item of a claim: a service line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from claimcheck.claims import ServiceLine, Source, Unreadable
from claimcheck.io.fhir.coded_entries import pointers
from claimcheck.io.fhir.element import amount, code, codings, day, each, get, names, objects
from claimcheck.io.fhir.parties import CareTeam
from claimcheck.io.fhir.systems import Coded

__all__ = ["adjudicated", "service_line"]

Resource = dict[str, Any]

_PROCEDURE = Coded.HCPCS | Coded.CDT | Coded.HIPPS
_SUBMITTED = ("line_sbmtd_chrg_amt", "rev_cntr_tot_chrg_amt", "clm_line_sbmt_chrg_amt")
_NONCOVERED = ("rev_cntr_ncvrd_chrg_amt", "clm_line_ncvrd_chrg_amt", "noncovered")

#: What a line's units measure (X12 data element 355), by X12's, UCUM's and everyday words.
_BASES = {
    **dict.fromkeys(("un", "unit", "units", "{unit}", "each", "ea", "{each}", "1"), "UN"),
    **dict.fromkeys(("mj", "min", "minute", "minutes"), "MJ"),
    **dict.fromkeys(("da", "d", "day", "days"), "DA"),
}
#: What an NDC's quantity measures, by X12's qualifiers and UCUM's units.
_DRUG_UNITS = {
    **{unit.lower(): unit for unit in ("F2", "GR", "ME", "ML", "UN")},
    "[iu]": "F2",
    "g": "GR",
    "mg": "ME",
    **dict.fromkeys(("{unit}", "unit", "each", "{each}"), "UN"),
}


def service_line(item: object, resource: Resource, team: CareTeam, source: Source) -> ServiceLine:
    """The line that an item describes. STU3 says `service` for `productOrService`."""
    if not isinstance(item, dict):
        return ServiceLine.from_dict(item)
    concept = item.get("productOrService", item.get("service"))
    period = item.get("servicedPeriod")
    on = item.get("servicedDate")
    return ServiceLine(
        _procedure_code(concept),
        line_number=item.get("sequence"),
        code_qualifier=_qualifier(concept),
        modifiers=[*_modifiers(item)],
        revenue_code=code(item.get("revenue"), Coded.REVENUE, "a revenue code"),
        service_date=day(get(period, "start") if on is None else on),
        service_date_end=day(get(period, "end")),
        units=amount(item.get("quantity")),
        unit_basis=_unit(item.get("quantity"), _BASES, "UN, MJ or DA"),
        charge=_charge(item),
        noncovered_charge=adjudicated(item.get("adjudication"), _NONCOVERED),
        place_of_service=code(item.get("locationCodeableConcept"), Coded.PLACE, "a place of service"),
        diagnosis_pointers=pointers(item, resource),
        **team.of_line(item),
        **_drug(item, concept),
        source=source,
    )


def _procedure_code(concept: object) -> Any:
    """None where the concept is a drug's alone, or says that there is no code."""
    if any(system in Coded.NDC for system, _ in codings(concept)):
        return next((value for system, value in codings(concept) if system in _PROCEDURE), None)
    return code(concept, _PROCEDURE, "a code of CPT or HCPCS")


def _qualifier(concept: object) -> str | None:
    """The X12 qualifier (data element 235) of the system that the procedure code is of."""
    systems = [system for system, _ in codings(concept) if system in _PROCEDURE]
    if not systems or systems[0] in Coded.CDT:
        return None
    return "HP" if systems[0] in Coded.HIPPS else "HC"


def _modifiers(item: Resource) -> Iterable[Any]:
    """One of each concept; Blue Button also puts several, all of one system, into one concept."""
    for concept in each(item.get("modifier")):
        given = [(system, value) for system, value in codings(concept) if system in Coded.HCPCS]
        if given:
            yield from (value for system, value in given if system == given[0][0])
        else:
            yield code(concept, Coded.HCPCS, "a modifier")


def _charge(item: Resource) -> Any:
    """The submitted charge that was adjudicated; on a claim, which nobody has adjudicated yet, its net."""
    submitted = adjudicated(item.get("adjudication"), _SUBMITTED)
    if submitted is None:
        # Blue Button calls the rate of a revenue center submitted, too.
        other = [entry for entry in objects(item.get("adjudication")) if not _is_rate(entry)]
        submitted = adjudicated(other, ("submitted",))
    return amount(item.get("net")) if submitted is None else submitted


def _is_rate(entry: Resource) -> bool:
    return "rev_cntr_rate_amt" in names(entry.get("category"))


def adjudicated(entries: object, categories: Collection[str]) -> Any:
    """The amount of the first adjudication of one of the categories, looked for in their order."""
    for category in categories:
        for entry in objects(entries):
            if category in names(entry.get("category")) and entry.get("amount") is not None:
                return amount(entry["amount"])
    return None


def _unit(quantity: object, known: dict[str, str], expected: str) -> Any:
    """By the unit's words or by its code; unreadable where it is neither."""
    given = [get(quantity, "unit"), get(quantity, "code")]
    for unit in given:
        if isinstance(unit, str) and unit.strip().lower() in known:
            return known[unit.strip().lower()]
    return Unreadable(expected, "another unit") if any(unit is not None for unit in given) else None


def _drug(item: Resource, concept: object) -> dict[str, Any]:
    """The drug that a detail of the line names, with its quantity, or else the line's own concept."""
    for detail in objects(item.get("detail")):
        ndc = _ndc(detail.get("productOrService", detail.get("service")))
        if ndc is not None:
            quantity = detail.get("quantity")
            unit = _unit(quantity, _DRUG_UNITS, "F2, GR, ME, ML or UN")
            return {"ndc": ndc, "ndc_quantity": amount(quantity), "ndc_unit": unit}
    return {"ndc": _ndc(concept)}


def _ndc(concept: object) -> Any:
    return next((value for system, value in codings(concept) if system in Coded.NDC), None)
