"""Published FHIR files, against a second reading of them that shares nothing with the reader."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimcheck.claims import Claim, Diagnosis, InpatientProcedure
from claimcheck.io import read_claims

#: Claims and lines of each file.
TOTALS = {
    "bfd_idr_ExplanationOfBenefit-Carrier.json": (1, 4),
    "bfd_idr_ExplanationOfBenefit-DME.json": (1, 4),
    "bfd_idr_ExplanationOfBenefit-Outpatient.json": (1, 4),
    "bfd_idr_ExplanationOfBenefit-SNF.json": (1, 4),
    "hccinfhir_sample_eob_1.json": (1, 2),
    "hccinfhir_sample_eob_2.json": (1, 1),
    "hccinfhir_sample_eob_3.json": (1, 1),
    "hccinfhir_sample_eob_200.ndjson.gz": (200, 200),
}
INSTITUTIONAL = {"10", "20", "30", "40", "50", "60", "61"}
PROFESSIONAL = {"71", "72", "81", "82"}


@pytest.fixture(scope="module", params=TOTALS)
def path(request: pytest.FixtureRequest, reference_data: Path) -> Path:
    return reference_data / "claims" / "fhir" / request.param


def resources(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    if "ndjson" in path.name:
        return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]
    return [json.loads(text, parse_float=Decimal)]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text[:10])


def kind(resource: dict[str, Any]) -> str | None:
    codes = {(coding["system"].rsplit("/")[-1], coding["code"]) for coding in resource["type"]["coding"]}
    for system in ("nch_clm_type_cd", "CLM-TYPE-CD"):
        for name, code in codes:
            if name == system:
                return "institutional" if code in INSTITUTIONAL else "professional" if code in PROFESSIONAL else None
    return next((code for name, code in codes if name == "ex-claimtype"), None)


def submitted(entries: list[dict[str, Any]]) -> Decimal | None:
    wanted = ("submitted", "line_sbmtd_chrg_amt", "rev_cntr_tot_chrg_amt")
    found = [
        entry["amount"]["value"]
        for entry in entries
        for coding in entry.get("category", {}).get("coding", [])
        if coding["code"].rsplit("/")[-1] in wanted
    ]
    return Decimal(found[0]) if found else None


def coded(item: dict[str, Any], names: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    for name in names:
        for coding in item.get(name, {}).get("coding", []):
            if coding["system"].rsplit("/")[-1] in wanted:
                return str(coding["code"])
    return None


def naive_line(item: dict[str, Any], places: dict[int, int]) -> dict[str, Any]:
    start = item.get("servicedDate") or item.get("servicedPeriod", {}).get("start")
    ndc = coded(item, ("service",), ("ndc",))
    for detail in item.get("detail", []):
        ndc = coded(detail, ("productOrService",), ("ndc",)) or ndc
    return {
        "number": item["sequence"],
        "code": coded(item, ("productOrService", "service"), ("cpt", "hcpcs", "HCPCSReleaseCodeSets")),
        "modifiers": [coding["code"] for concept in item.get("modifier", []) for coding in concept["coding"]],
        "revenue": coded(item, ("revenue",), ("RevenueCodes", "rev_cntr")),
        "start": day(start),
        "end": day(item.get("servicedPeriod", {}).get("end")),
        "units": item.get("quantity", {}).get("value"),
        "charge": submitted(item.get("adjudication", [])),
        "place": coded(item, ("locationCodeableConcept",), ("Place_of_Service_Code_Set", "line_place_of_srvc_cd")),
        "pointers": [places[s] for s in item.get("diagnosisSequence", item.get("diagnosisLinkId", []))],
        "ndc": ndc,
    }


def naive(resource: dict[str, Any]) -> dict[str, Any]:
    identifiers = {i.get("system", "uc").rsplit("/")[-1]: i["value"] for i in resource.get("identifier", [])}
    diagnoses = resource.get("diagnosis", [])
    places = {entry["sequence"]: place for place, entry in enumerate(diagnoses, 1)}
    total = resource.get("totalCost", {}).get("value")
    for extension in resource.get("extension", []):
        if extension["url"].endswith("nch_carr_clm_sbmtd_chrg_amt"):
            total = extension["valueMoney"]["value"]
    return {
        "id": next((identifiers[n] for n in ("uc", "clm_id", "pde_id") if n in identifiers), resource.get("id")),
        "type": kind(resource),
        "from": day(resource["billablePeriod"]["start"]),
        "through": day(resource["billablePeriod"]["end"]),
        "total": total if "total" not in resource else submitted(resource["total"]),
        "member": resource.get("patient", {}).get("reference"),
        "diagnoses": [entry["diagnosisCodeableConcept"]["coding"][0]["code"] for entry in diagnoses],
        "procedures": [
            (entry["procedureCodeableConcept"]["coding"][0]["code"], day(entry["date"]))
            for entry in resource.get("procedure", [])
        ],
        "lines": [naive_line(item, places) for item in resource["item"]],
    }


def read(claim: Claim) -> dict[str, Any]:
    """The same of what the reader made."""
    assert all(isinstance(diagnosis, Diagnosis) for diagnosis in claim.diagnoses)
    assert all(isinstance(procedure, InpatientProcedure) for procedure in claim.procedures)
    return {
        "id": claim.claim_id,
        "type": claim.claim_type,
        "from": claim.statement_from,
        "through": claim.statement_through,
        "total": claim.total_charge,
        "member": claim.member_id,
        "diagnoses": [diagnosis.code for diagnosis in claim.diagnoses],  # type: ignore[union-attr]
        "procedures": [(p.code, p.date) for p in claim.procedures],  # type: ignore[union-attr]
        "lines": [
            {
                "number": line.line_number,
                "code": line.procedure_code,
                "modifiers": list(line.modifiers),
                "revenue": line.revenue_code,
                "start": line.service_date,
                "end": line.service_date_end,
                "units": line.units,
                "charge": line.charge,
                "place": line.place_of_service,
                "pointers": list(line.diagnosis_pointers),
                "ndc": line.ndc,
            }
            for line in claim.lines
        ],
    }


def test_all_is_read_as_an_independent_reading_has_it(path: Path) -> None:
    claims = list(read_claims(path))
    assert [read(claim) for claim in claims] == [naive(resource) for resource in resources(path)]
    assert (len(claims), sum(len(claim.lines) for claim in claims)) == TOTALS[path.name]


def test_claims_know_their_file_and_number(path: Path) -> None:
    places = [claim.source.place for claim in read_claims(path, name="eob") if claim.source is not None]
    assert places == list(range(1, TOTALS[path.name][0] + 1))
    assert all(str(line.source).startswith("eob, #") for claim in read_claims(path, name="eob") for line in claim.lines)


def test_nothing_of_the_published_claims_is_a_problem(path: Path) -> None:
    problems = {(problem.kind, problem.field) for claim in read_claims(path) for problem in claim.problems}
    assert problems <= {("read_as", "patient_status")}  # published without their leading zeros


def test_parties_and_admission_of_the_current_blue_button(reference_data: Path) -> None:
    folder = reference_data / "claims" / "fhir"
    [carrier] = read_claims(folder / "bfd_idr_ExplanationOfBenefit-Carrier.json")
    assert carrier.billing_npi == "1942945159"
    assert carrier.rendering_npi is None
    assert [line.rendering_npi for line in carrier.lines] == ["1942945159", "1952378861", "1952378861", "1952378861"]
    assert carrier.lines[1].rendering_taxonomy == "207R00000X"
    assert carrier.received_date == date(2020, 1, 13)
    assert (carrier.lines[3].ndc_quantity, carrier.lines[3].ndc_unit) == (1000, "GR")
    [dme] = read_claims(folder / "bfd_idr_ExplanationOfBenefit-DME.json")
    assert dme.provider_kind == "dme_supplier"
    [snf] = read_claims(folder / "bfd_idr_ExplanationOfBenefit-SNF.json")
    assert (snf.bill_type, snf.patient_status, snf.admission_source, snf.admission_type) == ("0123", "06", "2", "3")
    assert (snf.admission_date, snf.discharge_date) == (date(2021, 1, 1), date(2021, 1, 2))
    assert [d.role for d in snf.diagnoses if isinstance(d, Diagnosis)][:3] == ["principal", "admitting", "other"]
    assert [d.poa for d in snf.diagnoses if isinstance(d, Diagnosis)] == [None, None, "Y", "Y", "Y"]
    [outpatient] = read_claims(folder / "bfd_idr_ExplanationOfBenefit-Outpatient.json")
    assert (outpatient.rendering_npi, outpatient.rendering_taxonomy) == ("1942945159", "204D00000X")
    assert outpatient.lines[1].noncovered_charge == Decimal("0.1")


def test_version_one_of_blue_button(reference_data: Path) -> None:
    claims = list(read_claims(reference_data / "claims" / "fhir" / "hccinfhir_sample_eob_200.ndjson.gz"))
    kinds = [claim.claim_type for claim in claims]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"professional": 83, "institutional": 82, "pharmacy": 35}
    inpatient = claims[0]
    assert (inpatient.bill_type, inpatient.frequency_code, inpatient.patient_status) == ("11", "1", "01")
    assert (inpatient.admission_date, inpatient.discharge_date) == (date(2020, 3, 13), date(2020, 3, 22))
    assert [d.role for d in inpatient.diagnoses if isinstance(d, Diagnosis)][:2] == ["admitting", "principal"]
    assert inpatient.billing_npi == "8886687531"
