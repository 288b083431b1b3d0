"""Reads a claim from a `Claim` or an `ExplanationOfBenefit` resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimcheck.claims import Claim, Problem, Source
from claimcheck.io.fhir.adjudication import submitted
from claimcheck.io.fhir.coded_entries import diagnoses, procedures, supporting
from claimcheck.io.fhir.element import amount, code, codings, day, each, get, names, objects, text
from claimcheck.io.fhir.line import service_line
from claimcheck.io.fhir.parties import CareTeam, billing, member, payer
from claimcheck.io.fhir.references import References
from claimcheck.io.fhir.systems import Coded
from claimcheck.io.fhir.versions import claim_id, versions

__all__ = ["read_resource"]

Resource = dict[str, Any]

_TOTAL = ("clm_sbmt_chrg_amt", "clm_tot_chrg_amt", "nch_carr_clm_sbmtd_chrg_amt")

#: A claim that names a prior claim replaces it, which an 837 says in CLM05-3.
_REPLACEMENT = "7"

#: NCH claim type codes (CMS Blue Button data dictionary, NCH_CLM_TYPE_CD), and Blue Button's kinds of claims.
_TYPES = {
    **dict.fromkeys(("10", "20", "30", "40", "50", "60", "61", "62", "63", "64"), "institutional"),
    **dict.fromkeys(("71", "72", "81", "82"), "professional"),
    **dict.fromkeys(("inpatient", "outpatient", "snf", "hha", "hospice"), "institutional"),
    **dict.fromkeys(("carrier", "dme"), "professional"),
    "pde": "pharmacy",
}


def read_resource(resource: Resource, beside: Mapping[str, Resource], source: Source, url: str | None = None) -> Claim:
    """The claim in a resource. Never raises: any content gives a claim.

    `url` is the full URL of the resource in its Bundle, which other resources may use to refer to it.

    >>> item = {"sequence": 1, "productOrService": {"coding": [{"code": "99213"}]}, "net": {"value": 125}}
    >>> claim = read_resource({"resourceType": "Claim", "item": [item]}, {}, Source("claim.json", 1))
    >>> claim.lines[0].procedure_code, claim.lines[0].charge
    ('99213', Decimal('125'))
    >>> claim = read_resource({"resourceType": "Claim", "item": ["99213"], "total": "much"}, {}, Source())
    >>> claim.lines[0].problems[0].kind, claim.total_charge
    ('not_an_object', Unreadable(expected='an amount', shape='text of 4: aaaa'))
    """
    references = References(resource, beside)
    claim_type = _claim_type(resource)
    team = CareTeam(resource, references, professional=claim_type == "professional")
    period = resource.get("billablePeriod")
    fields = {
        "claim_id": claim_id(resource),
        "claim_type": claim_type,
        "provider_kind": _provider_kind(resource),
        "bill_type": _bill_type(resource),
        **versions(resource, references, url),
        "prior_authorization": _authorization(resource),
        "predetermination": text(resource.get("use")) in ("preauthorization", "predetermination") or None,
        "statement_from": day(get(period, "start")),
        "statement_through": day(get(period, "end")),
        "admission_date": day(get(resource, "hospitalization", "start")),  # STU3
        "discharge_date": day(get(resource, "hospitalization", "end")),
        "total_charge": _total(resource),
        **member(resource, references),
        **payer(resource, references),
        **billing(resource, references),
        **team.of_claim(),
        **supporting(resource),
    }
    if resource.get("resourceType") == "Claim" and fields["original_claim_id"] and not _has_frequency(fields):
        fields["frequency_code"] = _REPLACEMENT
    return Claim(
        **fields,
        diagnoses=diagnoses(resource, references, first_is_principal=claim_type in ("professional", "dental")),
        procedures=procedures(resource, references),
        lines=[service_line(item, resource, team, source) for item in each(resource.get("item"))],
        problems=tuple(_problems(resource)),
        source=source,
    )


def _has_frequency(fields: Mapping[str, Any]) -> bool:
    """Whether the claim gives its frequency code, on its own or in a type of bill of three or more digits."""
    bill_type = str(fields.get("bill_type") or "").removeprefix("0")
    return fields.get("frequency_code") is not None or len(bill_type) > 2


def _claim_type(resource: Resource) -> Any:
    """The source's own code takes precedence over HL7's: Blue Button calls outpatient claims professional in the
    latter."""
    given = codings(resource.get("type"))
    for systems in (Coded.NCH_TYPE, Coded.EOB_TYPE):
        for system, value in given:
            if system in systems and isinstance(value, str) and value.lower() in _TYPES:
                return _TYPES[value.lower()]
    kind = code(resource.get("type"), Coded.CLAIM_TYPE, "a type of claim")
    return "dental" if kind == "oral" else kind


def _provider_kind(resource: Resource) -> str | None:
    kinds = names(resource.get("type"))
    return "dme_supplier" if kinds & {"dme"} else None


def _bill_type(resource: Resource) -> Any:
    """From the subtype, or from facility type and classification, which Blue Button gives separately."""
    for system, value in codings(resource.get("subType")):
        if system in Coded.BILL_TYPE:
            return value
    extensions = [
        extension for holder in (resource, resource.get("facility")) for extension in objects(get(holder, "extension"))
    ]
    concepts = [resource.get("type"), {"coding": [extension.get("valueCoding") for extension in extensions]}]
    given = [coding for concept in concepts for coding in codings(concept)]
    facility = next((value for system, value in given if system in Coded.FACILITY_TYPE), None)
    classification = next((value for system, value in given if system in Coded.CLASSIFICATION), None)
    if isinstance(facility, str) and isinstance(classification, str):
        return facility + classification
    return None


def _authorization(resource: Resource) -> Any:
    references = [
        reference for insurance in objects(resource.get("insurance")) for reference in each(insurance.get("preAuthRef"))
    ]
    return references[0] if references else None


def _total(resource: Resource) -> Any:
    """A Claim has one total and an ExplanationOfBenefit several. STU3 uses `totalCost`, Blue Button an extension.

    Version 2 of Blue Button gives the amount a prior payer paid under the name of the total charge.
    """
    total = resource.get("total")
    if isinstance(total, list):
        total = submitted(total, _TOTAL)
        if total is not None:
            return total
    if total is None:
        total = resource.get("totalCost")
    for extension in objects(resource.get("extension")):
        if total is None and "nch_carr_clm_sbmtd_chrg_amt" in str(extension.get("url")):
            total = extension.get("valueMoney")
    return amount(total)


def _problems(resource: Resource) -> Iterator[Problem]:
    """Parts of the resource that are not read although they may affect what is billed."""
    if text(resource.get("status")) in ("cancelled", "entered-in-error"):
        yield _problem("its status says that it is not in force")
    for place, item in enumerate(each(resource.get("item")), 1):
        details = [*objects(get(item, "detail"))]
        details += [inner for detail in details for inner in objects(detail.get("subDetail"))]
        concepts = [detail.get("productOrService", detail.get("service")) for detail in details]
        systems = [{system for system, _ in codings(concept)} for concept in concepts]
        if any(found & (Coded.HCPCS | Coded.CDT | Coded.HIPPS) for found in systems):
            yield _problem(f"item {place} has details with procedure codes, which are not read as lines")
        if sum(bool(found & Coded.NDC) for found in systems) > 1:
            yield _problem(f"item {place} has details of several drugs, of which the first is read")


def _problem(detail: str) -> Problem:
    return Problem("malformed_resource", detail=detail)
