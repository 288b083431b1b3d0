"""Every field of a claim and of a line, from the example files: where it stands, and what must not be taken for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from claimcheck.claims import (
    Claim,
    Diagnosis,
    InpatientProcedure,
    OccurrenceCode,
    Problem,
    ServiceLine,
    Unreadable,
    ValueCode,
)
from claimcheck.io import x12

Maker = Callable[..., str]


def read(text: str) -> list[Claim]:
    return list(x12.read(text.encode(), name="a.837"))


def given(value: Claim | ServiceLine) -> dict[str, Any]:
    """The fields that are not missing, without position."""
    fields = attrs.asdict(value, recurse=False)
    return {
        name: field for name, field in fields.items() if field not in (None, ()) and name not in ("source", "lines")
    }


BILLED_BY_PRACTICE = {
    "claim_type": "professional",
    "billing_npi": "1245319599",
    "billing_tax_id": "123456789",
    "billing_taxonomy": "207Q00000X",
    "billing_entity_type": "2",
    "reporting_only": False,
}


def test_professional_dependent(examples: dict[str, str]) -> None:
    claim = read(examples["professional"])[0]
    assert given(claim) == {
        **BILLED_BY_PRACTICE,
        "claim_id": "ACCT-1",
        "payer_id": "PAYER1",
        "member_id": claim.member_id,
        "birth_date": date(2015, 3, 2),
        "sex": "F",
        "rendering_npi": "1234567893",
        "rendering_taxonomy": "208000000X",
        "place_of_service": "11",
        "frequency_code": "1",
        "total_charge": Decimal("150.5"),
        "diagnoses": (Diagnosis("J069", role="principal"), Diagnosis("R509")),
    }
    assert [given(line) for line in claim.lines] == [
        {
            "procedure_code": "99213",
            "line_number": 1,
            "line_control_number": "L1",
            "code_qualifier": "HC",
            "modifiers": ("25",),
            "service_date": date(2024, 6, 28),
            "units": Decimal(1),
            "unit_basis": "UN",
            "charge": Decimal("125.50"),
            "diagnosis_pointers": (1, 2),
        },
        {
            "procedure_code": "87880",
            "line_number": 2,
            "code_qualifier": "HC",
            "modifiers": ("QW",),
            "description": "RAPID STREP TEST",
            "service_date": date(2024, 6, 28),
            "units": Decimal(1),
            "unit_basis": "UN",
            "charge": Decimal(25),
            "place_of_service": "22",
            "diagnosis_pointers": (1,),
            "clia": "05D1234567",
        },
    ]


def test_professional_replacement(examples: dict[str, str]) -> None:
    claim = read(examples["professional"])[1]
    assert given(claim) == {
        **BILLED_BY_PRACTICE,
        "claim_id": "ACCT-2",
        "payer_id": "PAYER1",
        "member_id": claim.member_id,
        "birth_date": date(2015, 3, 2),
        "sex": "F",
        "place_of_service": "11",
        "frequency_code": "7",
        "original_claim_id": "PAYERCLAIM1",
        "prior_authorization": "AUTH1",
        "clia": "05D1112223",
        "total_charge": Decimal(80),
        "diagnoses": (Diagnosis("Z00129", role="principal"),),
    }


def test_professional_subscriber_with_other_coverage(examples: dict[str, str]) -> None:
    """The other payer's control number, authorization and providers are not the claim's."""
    claim = read(examples["professional"])[2]
    assert given(claim) == {
        **BILLED_BY_PRACTICE,
        "claim_id": "ACCT-3",
        "payer_id": "PAYER2",
        "member_id": "1EG4TE5MK73",
        "birth_date": date(1940, 5, 17),
        "death_date": date(2024, 6, 30),
        "sex": "F",
        "rendering_npi": "1003000126",
        "rendering_taxonomy": "207RX0202X",
        "place_of_service": "21",
        "frequency_code": "1",
        "admission_date": date(2024, 6, 1),
        "discharge_date": date(2024, 6, 5),
        "total_charge": Decimal("1400.00"),
        "diagnoses": (Diagnosis("C50911", role="principal"), Diagnosis("D649"), Diagnosis("N183")),
    }
    drug, anesthesia = claim.lines
    assert given(drug) == {
        "procedure_code": "J0897",
        "line_number": 1,
        "code_qualifier": "HC",
        "service_date": date(2024, 6, 2),
        "service_date_end": date(2024, 6, 3),
        "units": Decimal(120),
        "unit_basis": "UN",
        "charge": Decimal("1200.00"),
        "diagnosis_pointers": (1, 2),
        "rendering_npi": "1234567893",
        "rendering_taxonomy": "207R00000X",
        "ndc": "55513073001",
        "ndc_quantity": Decimal("1.7"),
        "ndc_unit": "ML",
        "result_value": Decimal("9.4"),
        "result_date": date(2024, 5, 31),
    }
    assert anesthesia.modifiers == ("QK", "QS", "P1", "AA")
    assert (anesthesia.unit_basis, anesthesia.rendering_npi, anesthesia.description) == ("MJ", None, None)


def test_two_children_of_a_subscriber_are_two_members(examples: dict[str, str]) -> None:
    """They are born on one day, and only the name tells them apart: no limit on one may count the other."""
    first, second, _ = read(examples["professional"])
    assert first.member_id != second.member_id
    again = read(examples["professional"].replace("ACCT-1", "ACCT-9").replace("ROE*ROBIN", "ROE*Robin "))[0]
    assert again.member_id == first.member_id
    for text in (str(first.member_id), str(second.member_id)):
        assert text.startswith("SUB001-")
        assert "20150302" not in text
        assert "ROBIN" not in text
        assert "CASEY" not in text


def test_a_dependent_never_takes_a_date_or_sex_from_the_subscriber(examples: dict[str, str]) -> None:
    text = examples["professional"].replace("DMG*D8*20150302*F~\n", "")
    claim = read(text)[0]
    assert (claim.birth_date, claim.sex) == (None, None)
    nameless = read(text.replace("NM1*QC*1*ROE*ROBIN", "NM1*QC*1*ROE"))[0]
    assert nameless.member_id is None


def test_institutional_inpatient(examples: dict[str, str]) -> None:
    claim = read(examples["institutional"])[0]
    assert given(claim) == {
        "claim_id": "STAY-1",
        "claim_type": "institutional",
        "payer_id": "PAYER2",
        "member_id": "1EG4TE5MK73",
        "birth_date": date(1945, 7, 4),
        "sex": "U",
        "billing_npi": "1003000126",
        "billing_tax_id": "223456789",
        "billing_taxonomy": "282N00000X",
        "billing_entity_type": "2",
        "rendering_npi": "1245319599",
        "bill_type": "11",
        "frequency_code": "1",
        "statement_from": date(2024, 6, 10),
        "statement_through": date(2024, 6, 15),
        "admission_date": date(2024, 6, 10),
        "admission_type": "1",
        "admission_source": "7",
        "patient_status": "01",
        "prior_authorization": "AUTH9",
        "total_charge": Decimal("20500.75"),
        "reporting_only": True,
        "condition_codes": ("C5", "44"),
        "occurrence_codes": (
            OccurrenceCode("71", date(2024, 5, 1), date(2024, 5, 4)),
            OccurrenceCode("11", date(2024, 6, 9)),
        ),
        "value_codes": (ValueCode("01", Decimal(950)), ValueCode("A2", Decimal("15.31"))),
        "procedures": (
            InpatientProcedure("027034Z", date(2024, 6, 11), role="principal"),
            InpatientProcedure("B2111ZZ", date(2024, 6, 10)),
        ),
        "diagnoses": (
            Diagnosis("I2109", role="principal", poa="Y"),
            Diagnosis("R079", role="admitting"),
            Diagnosis("R079", role="reason_for_visit"),
            Diagnosis("R0602", role="reason_for_visit"),
            Diagnosis("W1830XA", role="external_cause", poa="N"),
            Diagnosis("E119", poa="Y"),
            Diagnosis("N183", poa="W"),
        ),
    }
    room, surgery = claim.lines
    assert given(room) == {
        "line_number": 1,
        "revenue_code": "0120",
        "charge": Decimal("9000.00"),
        "unit_basis": "DA",
        "units": Decimal(5),
    }
    assert (surgery.revenue_code, surgery.noncovered_charge) == ("0360", Decimal("100.25"))


def test_institutional_outpatient(examples: dict[str, str]) -> None:
    claim = read(examples["institutional"])[1]
    day = date(2024, 6, 20)
    assert (claim.bill_type, claim.statement_from, claim.statement_through) == ("13", day, day)
    assert (claim.admission_type, claim.admission_source, claim.patient_status) == ("3", None, "01")
    assert (claim.member_id, claim.procedures, claim.condition_codes) == ("2EG4TE5MK73", (), ())
    visit, drug = claim.lines
    assert given(visit) == {
        "procedure_code": "99284",
        "line_number": 1,
        "code_qualifier": "HC",
        "modifiers": ("25",),
        "revenue_code": "0450",
        "service_date": day,
        "units": Decimal(1),
        "unit_basis": "UN",
        "charge": Decimal(200),
    }
    assert (drug.procedure_code, drug.description, drug.modifiers) == ("J1885", "KETOROLAC", ())
    assert (drug.ndc, drug.ndc_quantity, drug.ndc_unit, drug.rendering_npi) == ("00409379501", 2, "ML", "1234567893")


def test_version_4010_is_read_as_far_as_it_agrees(examples: dict[str, str]) -> None:
    first, second = read(examples["version_4010"])
    assert [claim.problems for claim in (first, second)] == [
        (Problem("older_version", detail="segment 3: 004010 is read as far as it agrees with 005010"),),
        (Problem("older_version", detail="segment 30: 004010 is read as far as it agrees with 005010"),),
    ]
    assert given(first) | {"problems": ()} == {
        "claim_id": "OLD-1",
        "claim_type": "professional",
        "payer_id": "PAYER1",
        "member_id": "SUB001A",
        "birth_date": date(1930, 1, 15),
        "sex": "M",
        "billing_tax_id": "123456789",
        "billing_taxonomy": "207Q00000X",
        "billing_entity_type": "2",
        "rendering_taxonomy": "207R00000X",
        "place_of_service": "11",
        "frequency_code": "1",
        "total_charge": Decimal(55),
        "diagnoses": (Diagnosis("25000", "ICD-9-CM", "principal"), Diagnosis("4019", "ICD-9-CM")),
        "reporting_only": False,
        "problems": (),
    }
    assert (second.member_id, second.birth_date) == ("SUB001B", date(1932, 1, 15))


def test_positions_count_segments_of_the_file(examples: dict[str, str]) -> None:
    for text in examples.values():
        segments = [segment.strip() for segment in text.split("~")]
        claims = read(text)
        assert [claim.source.place for claim in claims if claim.source] == [
            number for number, segment in enumerate(segments, 1) if segment.startswith("CLM*")
        ]
        lines = [line for claim in claims for line in claim.lines]
        assert [line.source.place for line in lines if line.source] == [
            number for number, segment in enumerate(segments, 1) if segment.startswith("LX*")
        ]
        assert {line.source.file for line in lines if line.source} == {"a.837"}


LINE = ("LX*1", "SV1*HC:99213*10*UN*1***1", "DTP*472*D8*20240701")


def test_two_claims_of_a_subscriber_keep_their_own_lines(make: Maker) -> None:
    """Each claim's lines are numbered from 1: some readers give LX*1 of the second the line of the first."""
    first = ("CLM*A1*125***11:B:1*Y*A*Y*Y", "HI*ABK:E119", "LX*1", "SV1*HC:99213*125*UN*1***1")
    second = ("CLM*A2*80***22:B:1*Y*A*Y*Y", "HI*ABK:I10", "LX*1", "SV1*HC:82947*30*UN*1***1")
    claims = read(make(*first, *second, "LX*2", "SV1*HC:83036*50*UN*1***1"))
    assert [(claim.claim_id, [line.procedure_code for line in claim.lines]) for claim in claims] == [
        ("A1", ["99213"]),
        ("A2", ["82947", "83036"]),
    ]
    assert [[one.code for one in claim.diagnoses] for claim in claims] == [["E119"], ["I10"]]


@pytest.mark.parametrize(
    ("guide", "service", "claim_type"),
    [
        ("005010X222", "SV1*HC:99213*10*UN*1***1", "professional"),
        ("005010X298", "SV1*HC:99213*10*UN*1***1", "professional"),
        ("005010X223A3", "SV2*0450*HC:99213*10*UN*1", "institutional"),
        ("005010X299", "SV2*0450*HC:99213*10*UN*1", "institutional"),
        ("005010", "SV1*HC:99213*10*UN*1***1", "professional"),
        ("", "SV2*0450*HC:99213*10*UN*1", "institutional"),
        ("005010X222", "SV2*0450*HC:99213*10*UN*1", "professional"),
    ],
)
def test_claim_type(make: Maker, guide: str, service: str, claim_type: str) -> None:
    [claim] = read(make("CLM*1*10***13:A:1**A*Y*Y", "LX*1", service, guide=guide))
    assert claim.claim_type == claim_type


def test_the_transaction_sets_guide_goes_before_the_groups(make: Maker) -> None:
    text = make("CLM*1*10***13:A:1**A*Y*Y", "LX*1", "SV2*0450*HC:99213*10*UN*1", guide="005010X223A2")
    [claim] = read(text.replace("*1*X*005010X223A2", "*1*X*005010X222A1"))
    assert claim.claim_type == "institutional"


@pytest.mark.parametrize(
    ("guide", "facility", "bill_type", "place_of_service", "frequency"),
    [
        ("005010X222A1", "11:B:1", None, "11", "1"),
        ("005010X223A2", "13:A:7", "13", None, "7"),
        ("005010X223A2", "11:B:1", None, "11", "1"),
        ("004010X098A1", "11::1", None, "11", "1"),
        ("004010X096A1", "13::1", "13", None, "1"),
        ("005010X222A1", "11", None, "11", None),
        ("005010X222A1", "", None, None, None),
        ("005010", "11::1", None, None, "1"),
        ("005010", "::1", None, None, "1"),
        ("005010X222A1", "11>B>1", None, "11", "1"),
        ("004010X098A1", "11>>8", None, "11", "8"),
    ],
)
def test_facility(
    make: Maker, guide: str, facility: str, bill_type: str | None, place_of_service: str | None, frequency: str | None
) -> None:
    [claim] = read(make(f"CLM*1*10***{facility}", guide=guide))
    assert (claim.bill_type, claim.place_of_service, claim.frequency_code) == (bill_type, place_of_service, frequency)


@pytest.mark.parametrize(
    ("segment", "first", "last"),
    [
        ("DTP*472*D8*20240701", date(2024, 7, 1), None),
        ("DTP*472*RD8*20240701-20240703", date(2024, 7, 1), date(2024, 7, 3)),
        ("DTP*472*RD8*20240701", date(2024, 7, 1), None),
        ("DTP*472*DT*202407010830", date(2024, 7, 1), None),
        ("DTP*472*RDT*202407010830-202407021200", date(2024, 7, 1), date(2024, 7, 2)),
        ("DTP*472*D8", None, None),
        ("DTP*472", None, None),
    ],
)
def test_service_dates(make: Maker, segment: str, first: date | None, last: date | None) -> None:
    [claim] = read(make("CLM*1*10***11:B:1*Y*A*Y*Y", *LINE[:2], segment))
    assert (claim.lines[0].service_date, claim.lines[0].service_date_end) == (first, last)


@pytest.mark.parametrize("segment", ["DTP*472*D8*20240230", "DTP*472*D8*20240701-20240702", "DTP*472*TM*1200"])
def test_a_date_that_cannot_be_read_is_not_missing(make: Maker, segment: str) -> None:
    [claim] = read(make("CLM*1*10***11:B:1*Y*A*Y*Y", *LINE[:2], segment))
    assert isinstance(claim.lines[0].service_date, Unreadable)


def test_missing_is_missing_and_unreadable_is_unreadable(make: Maker) -> None:
    blank, wrong = read(
        make("CLM*1", "LX", "SV1", "CLM*2*abc***11:B:1*Y*A*Y*Y", "LX*A", "SV1*HC:99213*1,000*UN*many***1:?")
    )
    assert (blank.total_charge, blank.frequency_code, blank.place_of_service) == (None, None, None)
    problems = given(blank.lines[0]).pop("problems")
    assert {problem.kind for problem in problems} == {"missing_element"}
    assert given(blank.lines[0]) == {"problems": problems}
    line = wrong.lines[0]
    unreadable = (wrong.total_charge, line.line_number, line.charge, line.units, line.diagnosis_pointers[1])
    assert [value.shape for value in unreadable if isinstance(value, Unreadable)] == [
        "text of 3: aaa",
        "text of 1: A",
        "text of 5: 9,999",
        "text of 4: aaaa",
        "text of 1: ?",
    ]


@pytest.mark.parametrize(("code", "value"), [("RP", True), ("CH", False), ("31", None), ("", None)])
def test_reporting_only(make: Maker, code: str, value: bool | None) -> None:
    [claim] = read(make("CLM*1*0***11:B:1*Y*A*Y*Y").replace("*1200*CH~", f"*1200*{code}~"))
    assert claim.reporting_only is value


@pytest.mark.parametrize(
    ("entry", "version", "role"),
    [
        ("ABK", "ICD-10-CM", "principal"),
        ("BK", "ICD-9-CM", "principal"),
        ("ABF", "ICD-10-CM", "other"),
        ("BF", "ICD-9-CM", "other"),
        ("ABJ", "ICD-10-CM", "admitting"),
        ("BJ", "ICD-9-CM", "admitting"),
        ("APR", "ICD-10-CM", "reason_for_visit"),
        ("PR", "ICD-9-CM", "reason_for_visit"),
        ("ZZ", "ICD-9-CM", "reason_for_visit"),
        ("ABN", "ICD-10-CM", "external_cause"),
        ("BN", "ICD-9-CM", "external_cause"),
    ],
)
def test_diagnosis_qualifiers(make: Maker, entry: str, version: str, role: str) -> None:
    [claim] = read(make("CLM*1*0***13:A:1**A*Y*Y", "CL1*3**01", f"HI*{entry}:E119", guide="005010X223A2"))
    assert claim.diagnoses == (Diagnosis("E119", version, role),)
    assert not claim.problems


def test_older_procedures_and_entries_without_a_field(make: Maker) -> None:
    entries = "HI*BR:3722:D8:20140601*BQ:8856:D8:20140602*DR:247*TC:A1*BP:33414*BO:33415*CAH:01"
    [claim] = read(make("CLM*1*0***11:A:1**A*Y*Y", "CL1*3**01", entries, guide="005010X223A2"))
    assert claim.procedures == (
        InpatientProcedure("3722", date(2014, 6, 1), "ICD-9-CM", "principal"),
        InpatientProcedure("8856", date(2014, 6, 2), "ICD-9-CM", "other"),
    )
    assert not claim.diagnoses
    assert not claim.problems


@pytest.mark.parametrize("qualifier", ["24", "34"])
def test_an_older_billing_provider_has_a_tax_id_for_an_identifier(make: Maker, qualifier: str) -> None:
    before = ("HL*1**20*1", f"NM1*85*2*A GROUP*****{qualifier}*987654321", "HL*2*1*22*0", "NM1*IL*1*A*B****MI*M")
    [claim] = read(make("CLM*1*0***11:B:1*Y*A*Y*Y", before=before))
    assert (claim.billing_npi, claim.billing_tax_id) == (None, "987654321")
    assert not claim.problems


def test_only_a_measure_of_a_test_and_an_ndc_are_read(make: Maker) -> None:
    extra = (
        "MEA*PD*HT*70",
        "LIN**EN*123",
        "LIN**N4*00002751001",
        "CTP****3*UN:1",
        "DTP*739*D8*20240601",
        "PRV*RF*PXC*X",
    )
    [claim] = read(make("CLM*1*0***11:B:1*Y*A*Y*Y", "PRV*RF*PXC*X", *LINE, *extra))
    line = claim.lines[0]
    assert (line.result_value, line.result_date) == (None, date(2024, 6, 1))
    assert (line.ndc, line.ndc_quantity, line.ndc_unit) == ("00002751001", 3, "UN")
    assert (claim.rendering_taxonomy, line.rendering_taxonomy) == (None, None)


LINE = ("LX*1", "SV1*HC:99213*10*UN*1***1", "DTP*472*D8*20240701")
CLAIM = ("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*ABK:I10")
TWICE = "is given before, and otherwise: that one is read"


@pytest.mark.parametrize(
    ("segments", "field", "first"),
    [
        (("REF*F8*A", "REF*F8*B"), "original_claim_id", "A"),
        (("REF*G1*A", "REF*G1*B"), "prior_authorization", "A"),
        (("REF*X4*05D1112223", "REF*X4*05D1112224"), "clia", "05D1112223"),
        (("NM1*82*1*A*****XX*1234567893", "NM1*82*1*B*****XX*1003000126"), "rendering_npi", "1234567893"),
        (("PRV*PE*PXC*207Q00000X", "PRV*PE*PXC*208D00000X"), "rendering_taxonomy", "207Q00000X"),
        (("DTP*435*D8*20240701", "DTP*435*D8*20240702"), "admission_date", date(2024, 7, 1)),
        (("DTP*096*D8*20240701", "DTP*096*D8*20240702"), "discharge_date", date(2024, 7, 1)),
    ],
)
def test_what_a_claim_says_twice_is_the_first_and_is_told(
    make: Maker, segments: tuple[str, str], field: str, first: object
) -> None:
    [claim] = read(make(*CLAIM, *segments, *LINE))
    assert getattr(claim, field) == first
    assert [problem.detail for problem in claim.problems] == [f"segment 17: {field} {TWICE}"]
    [claim] = read(make(*CLAIM, segments[0], segments[0], *LINE))
    assert claim.problems == ()


def test_what_a_line_says_twice_is_the_first_and_is_told(make: Maker) -> None:
    """004010 allows the ingredients of a compound; a line has one drug."""
    drugs = ("LIN**N4*00002751001", "CTP****1*ML", "LIN**N4*00002751002", "CTP****2*ML")
    [claim] = read(make(*CLAIM, *LINE, "DTP*472*D8*20240702", *drugs))
    [line] = claim.lines
    assert (line.service_date, line.ndc, line.ndc_quantity) == (date(2024, 7, 1), "00002751001", Decimal(1))
    fields = ["service_date", "ndc", "ndc_quantity"]
    assert [problem.detail.partition(": ")[2] for problem in claim.problems] == [f"{name} {TWICE}" for name in fields]


def test_a_service_date_of_the_whole_claim_is_told(make: Maker) -> None:
    [claim] = read(make(*CLAIM, "DTP*472*D8*20240701", *LINE[:2]))
    assert claim.lines[0].service_date is None
    assert [problem.detail for problem in claim.problems] == [
        "segment 16: DTP*472 of the whole claim not read: expected in the service lines"
    ]


def test_lines_that_are_alike_keep_their_numbers_and_places(make: Maker) -> None:
    service = ("SV1*HC:99213*10*UN*1***1", "DTP*472*D8*20240701")
    text = make("CLM*1*20***11:B:1*Y*A*Y*Y", "HI*ABK:I10", "LX*1", *service, "LX*2", *service)
    [claim] = x12.read(text.encode(), name="a.837")
    assert [line.line_number for line in claim.lines] == [1, 2]
    assert [str(line.source) for line in claim.lines] == ["a.837, #16", "a.837, #19"]
    assert attrs.evolve(claim.lines[0], line_number=2) == claim.lines[1]
