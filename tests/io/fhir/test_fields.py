"""Which element of a resource becomes which field: tables of cases, and what the profiles leave open."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claimcheck.claims import Claim, Diagnosis, InpatientProcedure, OccurrenceCode, ServiceLine, Unreadable, ValueCode
from claimcheck.io import read_claims

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
NDC = "http://hl7.org/fhir/sid/ndc"
NPI = "http://hl7.org/fhir/sid/us-npi"
NUBC = "https://www.nubc.org/CodeSystem/"
BLUE = "https://bluebutton.cms.gov/resources/"
ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
SNOMED = "http://snomed.info/sct"


def coded(*codings: tuple[str | None, str]) -> dict[str, Any]:
    return {"coding": [{"code": code} | ({"system": system} if system else {}) for system, code in codings]}


def claim_of(resource: dict[str, Any], **beside: dict[str, Any]) -> Claim:
    """The claim of a resource, alone or in a Bundle with others."""
    resource = {"resourceType": "Claim", **resource}
    entries = [{"fullUrl": url.replace("_", ":"), "resource": other} for url, other in beside.items()]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource}, *entries]}
    [claim] = read_claims(json.dumps(bundle if beside else resource).encode())
    return claim


def line_of(item: dict[str, Any], **resource: Any) -> ServiceLine:
    [line] = claim_of({"item": [item], **resource}).lines
    return line


def unreadable(value: object) -> bool:
    return isinstance(value, Unreadable)


@pytest.mark.parametrize(
    ("codings", "code", "qualifier"),
    [
        ([(CPT, "99213")], "99213", "HC"),
        ([(SNOMED, "185349003"), (CPT, "99213")], "99213", "HC"),
        ([(HCPCS + "|2026", "J2270")], "J2270", "HC"),
        ([("urn:oid:2.16.840.1.113883.6.12", "99213")], "99213", "HC"),
        ([(BLUE + "variables/rev_cntr_apc_hipps_cd", "1AFKS")], "1AFKS", "HP"),
        ([("http://www.ada.org/cdt", "D0120")], "D0120", None),
        ([(None, "99213")], "99213", None),
        ([(ABSENT, "not-applicable")], None, None),
        ([(NDC, "00409189001")], None, None),
        ([(NDC, "00409189001"), (HCPCS, "J2270")], "J2270", "HC"),
    ],
)
def test_procedure_code_by_system(codings: list[Any], code: str | None, qualifier: str | None) -> None:
    line = line_of({"productOrService": coded(*codings)})
    assert (line.procedure_code, line.code_qualifier) == (code, qualifier)


@pytest.mark.parametrize("concept", [coded((SNOMED, "1")), {"text": "visit"}, "99213", 7, [coded((CPT, "99213"))]])
def test_a_procedure_of_another_system_is_there_and_unreadable(concept: object) -> None:
    assert unreadable(line_of({"productOrService": concept}).procedure_code)


@pytest.mark.parametrize("concept", [None, {}, {"coding": []}, {"coding": [{"display": "none"}]}])
def test_no_procedure_is_none(concept: object) -> None:
    assert line_of({"productOrService": concept}).procedure_code is None


def test_modifiers_each_in_a_concept_or_several_in_one() -> None:
    apart = [coded((HCPCS, "25")), coded((CPT, "59"), (BLUE + "codesystem/hcpcs", "59")), coded((None, "LT"))]
    assert line_of({"modifier": apart}).modifiers == ("25", "59", "LT")
    assert line_of({"modifier": [coded((HCPCS, "A2"), (HCPCS, "A5"))]}).modifiers == ("A2", "A5")
    assert unreadable(line_of({"modifier": [coded((SNOMED, "1"))]}).modifiers[0])


@pytest.mark.parametrize(
    ("quantity", "units", "basis"),
    [
        ({"value": 3}, 3, None),
        ({"value": 1.5, "unit": "UN"}, Decimal("1.5"), "UN"),
        ({"value": 30, "unit": "Minutes", "code": "min", "system": "http://unitsofmeasure.org"}, 30, "MJ"),
        ({"value": 2, "code": "d"}, 2, "DA"),
        (None, None, None),
    ],
)
def test_units_and_what_they_measure(quantity: object, units: object, basis: object) -> None:
    line = line_of({"quantity": quantity})
    assert (line.units, line.unit_basis) == (units, basis)


def test_units_that_are_none() -> None:
    line = line_of({"quantity": {"value": "three", "unit": "furlong"}})
    assert unreadable(line.units)
    assert unreadable(line.unit_basis)
    assert unreadable(line_of({"quantity": 3}).units)


@pytest.mark.parametrize(
    ("item", "start", "end"),
    [
        ({"servicedDate": "2024-07-01"}, date(2024, 7, 1), None),
        ({"servicedPeriod": {"start": "2024-07-01", "end": "2024-07-03"}}, date(2024, 7, 1), date(2024, 7, 3)),
        ({"servicedDate": "2024-07-01T23:30:00-04:00"}, date(2024, 7, 1), None),
        ({}, None, None),
    ],
)
def test_service_dates(item: dict[str, Any], start: date | None, end: date | None) -> None:
    line = line_of(item)
    assert (line.service_date, line.service_date_end) == (start, end)


def test_a_month_is_no_day() -> None:
    assert unreadable(line_of({"servicedDate": "2024-07"}).service_date)


def adjudication(amount: object, *codes: str) -> dict[str, Any]:
    return {"category": coded(*((ADJUDICATION, code) for code in codes)), "amount": {"value": amount}}


@pytest.mark.parametrize(
    ("item", "charge"),
    [
        ({"net": {"value": 125.10, "currency": "USD"}}, Decimal("125.10")),
        ({"adjudication": [adjudication(9, "eligible"), adjudication(12, "submitted")], "net": {"value": 1}}, 12),
        (
            {"adjudication": [adjudication(5, "submitted", BLUE + "variables/rev_cntr_rate_amt")], "net": {"value": 7}},
            7,
        ),
        (
            {
                "adjudication": [
                    adjudication(5, "submitted", BLUE + "variables/rev_cntr_rate_amt"),
                    adjudication(6, "submitted", BLUE + "variables/rev_cntr_tot_chrg_amt"),
                ]
            },
            6,
        ),
        ({"adjudication": [{"category": coded((ADJUDICATION, "submitted"))}]}, None),
        ({}, None),
    ],
)
def test_charge(item: dict[str, Any], charge: object) -> None:
    assert line_of(item).charge == charge


def test_place_and_revenue_by_system() -> None:
    place = coded(("https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", "11"))
    line = line_of(
        {
            "locationCodeableConcept": place,
            "revenue": coded((BLUE + "codesystem/deductible", "M"), (NUBC + "RevenueCodes", "0450")),
        }
    )
    assert (line.place_of_service, line.revenue_code) == ("11", "0450")


def test_drugs_of_details_and_of_the_line() -> None:
    detail = {
        "productOrService": coded((NDC, "00409189001")),
        "quantity": {"value": 10, "unit": "milliliter", "code": "mL"},
    }
    line = line_of({"productOrService": coded((HCPCS, "J2270")), "detail": [{"sequence": 1}, detail]})
    assert (line.ndc, line.ndc_quantity, line.ndc_unit) == ("00409189001", 10, "ML")
    assert line_of({"productOrService": coded((NDC, "00409189001"))}).ndc == "00409189001"
    claim = claim_of({"item": [{"detail": [detail, detail]}]})
    assert [problem.detail for problem in claim.problems] == [
        "item 1 has details of several drugs, of which the first is read"
    ]


def test_details_that_are_lines_are_told() -> None:
    claim = claim_of({"item": [{"sequence": 1, "detail": [{"productOrService": coded((CPT, "99213"))}]}]})
    assert [problem.detail for problem in claim.problems] == [
        "item 1 has details with procedure codes, which are not read as lines"
    ]


def test_pointers_are_places_and_not_sequence_numbers() -> None:
    diagnoses = [
        {"sequence": 7, "diagnosisCodeableConcept": coded((ICD10, "I10"))},
        {"diagnosisCodeableConcept": coded((ICD10, "E78.5"))},
        {"sequence": 3, "diagnosisCodeableConcept": coded((ICD10, "E11.9"))},
    ]
    line = line_of({"diagnosisSequence": [3, 7, 1, "7"]}, diagnosis=diagnoses)
    assert line.diagnosis_pointers[:2] == (3, 1)
    assert all(map(unreadable, line.diagnosis_pointers[2:]))


def typed(*codes: str) -> list[dict[str, Any]]:
    return [coded((None, code)) for code in codes]


@pytest.mark.parametrize(
    ("kind", "types", "roles"),
    [
        ("professional", (None, None), ["principal", "other"]),
        ("oral", (None,), ["principal"]),
        ("professional", (None, "secondary"), ["other", "other"]),
        ("professional", (None, "principal"), ["other", "principal"]),
        ("professional", (), []),
        ("institutional", (None, None), ["other", "other"]),
    ],
)
def test_without_any_type_the_first_diagnosis_of_a_professional_claim_is_the_principal(
    kind: str, types: tuple[str | None, ...], roles: list[str]
) -> None:
    entries = [
        {"sequence": place, "diagnosisCodeableConcept": coded((ICD10, "I10"))}
        | ({} if name is None else {"type": typed(name)})
        for place, name in enumerate(types, 1)
    ]
    claim = claim_of({"type": coded((None, kind)), "diagnosis": entries})
    assert [diagnosis.role for diagnosis in claim.diagnoses] == roles


def test_diagnoses_with_version_role_and_place() -> None:
    condition = {"resourceType": "Condition", "id": "c", "code": coded((SNOMED, "38341003"), (ICD10, "I10"))}
    diagnoses = [
        {
            "diagnosisCodeableConcept": coded((ICD10, "E11.9")),
            "type": typed("principal"),
            "onAdmission": coded((None, "y")),
        },
        {"diagnosisReference": {"reference": "Condition/c"}, "type": typed("admitting")},
        {"diagnosisCodeableConcept": coded((ICD9, "250.00")), "type": typed("patientreasonforvisit")},
        {"diagnosisCodeableConcept": coded((ICD10, "W19")), "type": typed("externalcauseofinjury")},
        {"diagnosisCodeableConcept": coded((SNOMED, "1"))},
        {"diagnosisReference": {"reference": "Condition/elsewhere"}},
        "I10",
        {
            "diagnosisCodeableConcept": coded((ICD9, "401.9"), (ICD10, "I10")),
            "extension": [{"url": "other"}, {"url": BLUE + "variables/clm_poa_ind_sw1", "valueCoding": {"code": "N"}}],
        },
    ]
    found = claim_of({"diagnosis": diagnoses}, urn_uuid_1=condition).diagnoses
    assert found[:4] == (
        Diagnosis("E11.9", role="principal", poa="Y"),
        Diagnosis("I10", role="admitting"),
        Diagnosis("250.00", "ICD-9-CM", "reason_for_visit"),
        Diagnosis("W19", role="external_cause"),
    )
    assert list(map(unreadable, found[4:])) == [True, True, True, False]
    assert found[7] == Diagnosis("I10", poa="N")


@pytest.mark.parametrize(
    ("types", "roles"),
    [
        ((["admitting", "principal"], ["principal"]), ["admitting", "principal"]),
        ((["admitting", "principal"], ["secondary"]), ["principal", "other"]),
        ((["principal"], ["principal"]), ["principal", "principal"]),
        (([], []), ["other", "other"]),
    ],
)
def test_a_diagnosis_of_several_types(types: tuple[list[str], ...], roles: list[str]) -> None:
    entries = [{"diagnosisCodeableConcept": coded((ICD10, "I10")), "type": typed(*names)} for names in types]
    assert [d.role for d in claim_of({"diagnosis": entries}).diagnoses if isinstance(d, Diagnosis)] == roles


def test_procedures_of_icd_and_not_of_hcpcs() -> None:
    entries = [
        {
            "procedureCodeableConcept": coded((PCS, "0SG30AJ")),
            "date": "2024-01-01T10:00:00Z",
            "type": typed("principal"),
        },
        {"procedureCodeableConcept": coded((ICD9, "81.01"))},
        {"procedureCodeableConcept": coded((CPT, "99213"))},
        {"procedureCodeableConcept": coded((SNOMED, "1"))},
        {"procedureReference": {"reference": "#p"}},
    ]
    contained = [{"resourceType": "Procedure", "id": "p", "code": coded((PCS, "01NB0ZZ"))}]
    found = claim_of({"procedure": entries, "contained": contained}).procedures
    assert found[:2] == (
        InpatientProcedure("0SG30AJ", date(2024, 1, 1), role="principal"),
        InpatientProcedure("81.01", None, "ICD-9-CM"),
    )
    assert unreadable(found[2])
    assert found[3] == InpatientProcedure("01NB0ZZ")


def test_supporting_information_by_system_and_category() -> None:
    c4bb = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
    entries = [
        {"category": coded((c4bb, "admissionperiod")), "timingPeriod": {"start": "2024-07-01", "end": "2024-07-04"}},
        {"category": coded((c4bb, "clmrecvddate")), "timingDate": "2024-08-01"},
        {"category": coded((c4bb, "discharge-status")), "code": coded((NUBC + "PatDischargeStatus", "01"))},
        {"code": coded((NUBC + "PointOfOrigin", "1"))},
        {"code": coded((NUBC + "PriorityTypeOfAdmitOrVisit", "3"))},
        {"category": coded((c4bb, "typeofbill")), "code": coded((NUBC + "TypeOfBill", "0111"))},
        {"code": coded((NUBC + "ConditionCodes", "44"))},
        {"code": coded((NUBC + "ConditionCodes", "A6"))},
        {"code": coded((NUBC + "OccurrenceCodes", "11")), "timingDate": "2024-06-30"},
        {
            "code": coded((NUBC + "OccurrenceSpanCodes", "70")),
            "timingPeriod": {"start": "2024-06-01", "end": "2024-06-03"},
        },
        {"code": coded((NUBC + "ValueCodes", "80")), "valueQuantity": {"value": 3}},
        {"category": coded((c4bb, "drg")), "code": coded(("https://www.cms.gov/MS-DRG", "460"))},
        "nothing",
    ]
    claim = claim_of({"supportingInfo": entries})
    assert (claim.admission_date, claim.discharge_date) == (date(2024, 7, 1), date(2024, 7, 4))
    assert claim.received_date == date(2024, 8, 1)
    assert (claim.patient_status, claim.admission_source, claim.admission_type) == ("01", "1", "3")
    assert (claim.bill_type, claim.condition_codes) == ("0111", ("44", "A6"))
    assert claim.occurrence_codes == (
        OccurrenceCode("11", date(2024, 6, 30)),
        OccurrenceCode("70", date(2024, 6, 1), date(2024, 6, 3)),
    )
    assert claim.value_codes == (ValueCode("80", Decimal(3)),)


def test_the_bill_type_of_the_subtype_or_in_parts() -> None:
    assert claim_of({"subType": coded((SNOMED, "1"), (NUBC + "TypeOfBill", "0131"))}).bill_type == "0131"
    facility = {"extension": [{"url": "x", "valueCoding": {"system": BLUE + "variables/clm_fac_type_cd", "code": "1"}}]}
    classification = coded((BLUE + "variables/clm_srvc_clsfctn_type_cd", "3"))
    assert claim_of({"facility": facility, "type": classification}).bill_type == "13"
    assert claim_of({"type": classification}).bill_type is None


@pytest.mark.parametrize(
    ("codings", "kind"),
    [
        ([("http://terminology.hl7.org/CodeSystem/claim-type", "institutional")], "institutional"),
        ([("http://terminology.hl7.org/CodeSystem/claim-type", "oral")], "dental"),
        (
            [("http://hl7.org/fhir/ex-claimtype", "professional"), (BLUE + "variables/nch_clm_type_cd", "40")],
            "institutional",
        ),
        ([(BLUE + "codesystem/eob-type", "HHA")], "institutional"),
        ([(BLUE + "codesystem/eob-type", "PDE")], "pharmacy"),
        ([(BLUE + "variables/nch_clm_type_cd", "999"), (None, "professional")], "professional"),
        ([], None),
    ],
)
def test_claim_type_by_the_source_before_hl7(codings: list[Any], kind: str | None) -> None:
    assert claim_of({"type": coded(*codings)}).claim_type == kind


def test_identifiers_of_the_claim() -> None:
    unique = {"type": coded((None, "uc")), "value": "U1"}
    other = {"system": "http://example.org/claims", "value": "O1"}
    assert claim_of({"id": "i", "identifier": [other, unique]}).claim_id == "U1"
    assert claim_of({"id": "i", "identifier": [other]}).claim_id == "O1"
    assert claim_of({"id": "i", "identifier": [other, other]}).claim_id == "i"
    assert claim_of({}).claim_id is None


@pytest.mark.parametrize(
    ("related", "original"),
    [
        ({"relationship": coded((None, "prior")), "claim": {"identifier": {"value": "A1"}}}, "A1"),
        ({"relationship": coded((None, "prior")), "reference": {"value": "A2"}}, "A2"),
        ({"relationship": coded((None, "replaces")), "claim": {"reference": "Claim/a"}}, "Claim/a"),
        ({"relationship": coded((None, "prior"))}, None),
        ({"relationship": coded((None, "replacedby")), "reference": {"value": "A3"}}, None),
    ],
)
def test_the_claim_that_is_replaced(related: dict[str, Any], original: str | None) -> None:
    assert claim_of({"related": [related]}).original_claim_id == original


def test_totals_of_claims_and_of_explanations() -> None:
    assert claim_of({"total": {"value": 125}}).total_charge == 125
    totals = [adjudication(5, "benefit"), adjudication(9, "submitted")]
    assert claim_of({"resourceType": "ExplanationOfBenefit", "total": totals}).total_charge == 9
    assert claim_of({"resourceType": "ExplanationOfBenefit", "total": totals[:1]}).total_charge is None


def test_totals_of_version_one_of_blue_button() -> None:
    submitted = {"url": BLUE + "variables/nch_carr_clm_sbmtd_chrg_amt", "valueMoney": {"value": 7}}
    assert claim_of({"extension": [{"url": "other"}, submitted]}).total_charge == 7
    assert claim_of({"extension": [submitted], "totalCost": {"value": 8}}).total_charge == 8


def test_prior_authorization_and_statement() -> None:
    claim = claim_of(
        {
            "insurance": [{"focal": True}, {"preAuthRef": ["PA1", "PA2"]}],
            "billablePeriod": {"start": "2024-07-01", "end": "2024-07-02"},
        }
    )
    assert claim.prior_authorization == "PA1"
    assert (claim.statement_from, claim.statement_through) == (date(2024, 7, 1), date(2024, 7, 2))


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_what_is_not_in_force_says_so(status: str) -> None:
    assert [problem.detail for problem in claim_of({"status": status}).problems] == [
        "its status says that it is not in force"
    ]


def test_a_line_that_is_no_object_keeps_its_place() -> None:
    claim = claim_of({"item": ["99213", {"productOrService": coded((CPT, "99213"))}]})
    assert [line.procedure_code for line in claim.lines] == [None, "99213"]
    assert claim.lines[0].problems[0].kind == "not_an_object"


def test_money_of_another_currency_is_no_amount_of_dollars() -> None:
    euro = {"value": 5, "currency": "EUR"}
    submitted = {"category": coded((ADJUDICATION, "submitted")), "amount": euro}
    claim = claim_of({"total": euro, "item": [{"net": euro}, {"adjudication": [submitted]}]})
    assert all(map(unreadable, [claim.total_charge, *(line.charge for line in claim.lines)]))
    assert claim_of({"total": {"value": 5, "currency": "USD"}}).total_charge == Decimal(5)


@pytest.mark.parametrize("use", ["preauthorization", "predetermination"])
def test_what_asks_and_does_not_bill_says_so(use: str) -> None:
    """Da Vinci PAS and PCT send a `Claim` to ask; it is no bill."""
    assert claim_of({"use": use}).predetermination is True
    assert claim_of({"use": "claim"}).predetermination is None
    assert claim_of({"use": use}).problems == ()


def test_a_procedure_code_within_a_detail_of_a_detail_is_missed() -> None:
    detail = {"productOrService": coded((NUBC + "RevenueCodes", "0300")), "subDetail": []}
    inner = {"productOrService": coded((CPT, "80053"))}
    assert claim_of({"item": [{"detail": [detail]}]}).problems == ()
    [problem] = claim_of({"item": [{"detail": [{**detail, "subDetail": [inner]}]}]}).problems
    assert problem.detail == "item 1 has details with procedure codes, which are not read as lines"
