"""Shapes of CMS's Blue Button (version 2 and the current one) and of CARIN, where another reading suggests itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claimcheck.claims import Claim, Reason, ServiceLine, Source, Unreadable
from claimcheck.engine import validate_claim
from claimcheck.io.fhir.claim import read_resource

HCPCS = "https://bluebutton.cms.gov/resources/codesystem/hcpcs"
UCUM = "http://unitsofmeasure.org"
NDC = "http://hl7.org/fhir/sid/ndc"
ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication"
C4BB = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
BLUE = "https://bluebutton.cms.gov/resources/codesystem/adjudication"
VARIABLE = "https://bluebutton.cms.gov/resources/variables/"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
THO = "http://terminology.hl7.org/CodeSystem/"


def coded(*codings: tuple[str, str]) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code} for system, code in codings]}


def claim_of(**fields: Any) -> Claim:
    return read_resource({"resourceType": "ExplanationOfBenefit", **fields}, {}, Source())


def line_of(**item: Any) -> ServiceLine:
    return claim_of(item=[item]).lines[0]


# ---------------------------------------------------------------------- the quantity of a drug


@pytest.mark.parametrize(("unit", "read"), [("ML", "ML"), ("mL", "ML"), ("GR", "GR"), ("g", "GR"), ("[iU]", "F2")])
def test_a_unit_among_the_modifiers_makes_the_quantity_a_drugs(unit: str, read: str) -> None:
    line = line_of(quantity={"value": 50}, modifier=[coded((HCPCS, "RT")), coded((UCUM, unit))])
    assert (line.units, line.ndc_quantity, line.ndc_unit, line.modifiers) == (None, Decimal(50), read, ("RT",))


def test_a_unit_of_a_drug_on_the_quantity_itself() -> None:
    line = line_of(quantity={"value": Decimal("2.5"), "unit": "mL", "system": UCUM, "code": "mL"})
    assert (line.units, line.ndc_quantity, line.ndc_unit) == (None, Decimal("2.5"), "ML")


@pytest.mark.parametrize("unit", ["UN", "{unit}", "min", None])
def test_other_quantities_are_of_the_service(unit: str | None) -> None:
    line = line_of(quantity={"value": 2, **({"unit": unit} if unit else {})})
    assert (line.units, line.ndc_quantity) == (Decimal(2), None)


def test_the_ndc_beside_a_quantity_of_its_own() -> None:
    concept = coded((HCPCS, "J1885")) | {"extension": [{"valueCoding": {"system": NDC, "code": "00409379501"}}]}
    line = line_of(productOrService=concept, quantity={"value": 3}, modifier=[coded((UCUM, "ML"))])
    assert (line.procedure_code, line.ndc, line.ndc_quantity) == ("J1885", "00409379501", Decimal(3))


def test_units_that_the_source_does_not_give_are_not_checked() -> None:
    item = {"productOrService": coded((HCPCS, "J1885")), "quantity": {"value": 50}, "modifier": [coded((UCUM, "ML"))]}
    result = validate_claim(claim_of(item=[item]))
    assert "STR301" not in {finding.rule_id for finding in result.findings}
    assert ("STR301", Reason.MISSING_FIELD) in {(entry.rule_id, entry.reason) for entry in result.not_checked}


# ---------------------------------------------------------------------- diagnoses


def test_a_package_code_alone_is_no_diagnosis() -> None:
    drg = {"sequence": 1, "packageCode": coded((VARIABLE + "clm_drg_cd", "695"))}
    entries = [
        drg,
        *({"sequence": n, "diagnosisCodeableConcept": coded((ICD10, code))} for n, code in ((2, "I10"), (3, "E785"))),
    ]
    claim = claim_of(diagnosis=entries, item=[{"diagnosisSequence": [3, 2]}, {"diagnosisSequence": [1]}])
    assert [diagnosis.code for diagnosis in claim.diagnoses] == ["I10", "E785"]
    assert claim.lines[0].diagnosis_pointers == (2, 1)
    assert isinstance(claim.lines[1].diagnosis_pointers[0], Unreadable)


def test_a_package_code_beside_a_diagnosis_is_one() -> None:
    entry = {"packageCode": coded((VARIABLE + "clm_drg_cd", "695")), "diagnosisCodeableConcept": coded((ICD10, "I10"))}
    assert [diagnosis.code for diagnosis in claim_of(diagnosis=[entry]).diagnoses] == ["I10"]


# ---------------------------------------------------------------------- who renders


def performing(sequence: int, system: str | None, value: str) -> dict[str, Any]:
    identifier = {"value": value} | ({"system": system} if system else {"type": coded((THO + "v2-0203", "UPIN"))})
    return {"sequence": sequence, "provider": {"identifier": identifier}, "role": coded((C4BB, "performing"))}


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_who_renders_has_the_npi_of_whichever_entry_has_one(order: tuple[int, int]) -> None:
    team = [performing(1, None, "A12345"), performing(2, "http://hl7.org/fhir/sid/us-npi", "1234567893")]
    claim = claim_of(careTeam=team, item=[{"careTeamSequence": list(order)}, {"careTeamSequence": [1]}])
    assert [line.rendering_npi for line in claim.lines] == ["1234567893", None]
    assert claim.rendering_npi == "1234567893"


# ---------------------------------------------------------------------- the submitted charge


def amount(value: int, *codings: tuple[str, str]) -> dict[str, Any]:
    return {"category": coded(*codings), "amount": {"value": value}}


TOTALS = [
    ([amount(0, (C4BB, "priorpayerpaid"), (BLUE, VARIABLE + "clm_tot_chrg_amt"))], None),
    ([amount(9, (ADJUDICATION, "submitted"), (BLUE, VARIABLE + "clm_tot_chrg_amt"))], 9),
    ([amount(3, (ADJUDICATION, "eligible")), amount(9, (ADJUDICATION, "submitted"))], 9),
    ([amount(3, (C4BB, "drugcost"))], None),
    ([amount(3, (ADJUDICATION, "submitted"), (BLUE, "TOT_RX_CST_AMT")), amount(9, (ADJUDICATION, "submitted"))], 9),
    ([amount(9, (BLUE, "CLM_SBMT_CHRG_AMT"))], 9),
]


@pytest.mark.parametrize(("total", "submitted"), TOTALS)
def test_a_total_of_another_category_is_not_what_was_submitted(total: list[Any], submitted: int | None) -> None:
    assert claim_of(total=total).total_charge == submitted


def test_a_carriers_total_in_an_extension() -> None:
    extension = {"url": VARIABLE + "nch_carr_clm_sbmtd_chrg_amt", "valueMoney": {"value": 7}}
    assert claim_of(total=TOTALS[0][0], extension=[extension]).total_charge == 7


@pytest.mark.parametrize("other", ["rev_cntr_rate_amt", "line_dme_prchs_price_amt", "rev_cntr_pmt_amt_amt"])
def test_what_is_submitted_under_another_name_is_no_charge(other: str) -> None:
    rate = amount(3, (ADJUDICATION, "submitted"), (BLUE, VARIABLE + other))
    assert line_of(adjudication=[rate]).charge is None
    charge = amount(9, (ADJUDICATION, "submitted"), (BLUE, VARIABLE + "rev_cntr_tot_chrg_amt"))
    assert line_of(adjudication=[rate, charge]).charge == 9


@pytest.mark.parametrize(
    ("item", "charge"),
    [
        ({"quantity": {"value": 2}, "unitPrice": {"value": 40}}, 80),
        ({"quantity": {"value": 2}, "unitPrice": {"value": 40}, "factor": Decimal("0.5")}, 40),
        ({"quantity": {"value": 2}, "unitPrice": {"value": 40}, "net": {"value": 75}}, 75),
        ({"unitPrice": {"value": 40}}, None),
        ({"quantity": {"value": 2}}, None),
        ({"quantity": {"value": 2}, "unitPrice": {"value": 40, "currency": "EUR"}}, None),
    ],
)
def test_a_net_that_is_not_given(item: dict[str, Any], charge: int | None) -> None:
    assert line_of(**item).charge == charge


# ---------------------------------------------------------------------- dental


def test_a_dental_item() -> None:
    item = {
        "productOrService": coded(("http://www.ada.org/cdt", "D2392")),
        "bodySite": coded((THO + "ADAUniversalToothDesignationSystem", "14")),
        "subSite": [
            coded((THO + "ADAToothSurfaceCodes", "M")),
            coded(("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSurfaceCodes", "O")),
        ],
    }
    claim = claim_of(type=coded((THO + "claim-type", "oral")), item=[item])
    line = claim.lines[0]
    assert (claim.claim_type, line.procedure_code) == ("dental", "D2392")
    assert (line.tooth_numbers, line.tooth_surfaces, line.oral_cavity) == (("14",), ("M", "O"), ())


def test_an_area_of_the_mouth_and_a_tooth_of_another_system() -> None:
    assert line_of(bodySite=coded((THO + "ADAAreaOralCavitySystem", "10"))).oral_cavity == ("10",)
    [tooth] = line_of(bodySite=coded((THO + "ex-tooth", "11"))).tooth_numbers
    assert isinstance(tooth, Unreadable)
    assert line_of(bodySite=coded(("http://snomed.info/sct", "245568000"))).tooth_numbers == ()
