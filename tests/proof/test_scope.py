"""One sure mistake in each family of edits: no claim with it is clean.

The claims without a mistake are clean by the same tables, so that it is the mistake that is noticed.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from claimcheck import Validator
from claimcheck.claims.scope import FAMILIES, family_of
from claimcheck.history import RecordedHistory
from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import AddOnRow, HcpcsRow, MueRow, OppsRow, PtpRow
from claimcheck.tables.shelf import Volume, shelved
from support.code_tables import diagnosis_rows, list_row, procedure_row, schedule_rows

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
VISIT: dict[str, Any] = {
    "procedure_code": "99213",
    "units": 1,
    "unit_basis": "UN",
    "charge": "125.00",
    "service_date": "2024-07-15",
    "diagnosis_pointers": [1],
}
OFFICE: dict[str, Any] = {
    "claim_id": "A1",
    "claim_type": "professional",
    "frequency_code": "1",
    "member_id": "M1",
    "birth_date": "1960-01-01",
    "sex": "F",
    "billing_npi": "1234567893",
    "place_of_service": "11",
    "total_charge": "125.00",
    "diagnoses": ["I10"],
    "received_date": "2024-08-01",
    "lines": [VISIT],
}
STAY: dict[str, Any] = {
    **{name: value for name, value in OFFICE.items() if name != "place_of_service"},
    "claim_type": "institutional",
    "bill_type": "0111",
    "total_charge": "4000.00",
    "diagnoses": [{"code": "I10", "role": "principal", "poa": "Y"}, {"code": "I10", "role": "admitting"}],
    "statement_from": "2024-07-10",
    "statement_through": "2024-07-14",
    "admission_date": "2024-07-10",
    "discharge_date": "2024-07-14",
    "admission_type": "3",
    "admission_source": "1",
    "patient_status": "01",
    "lines": [{"revenue_code": "0120", "units": 4, "unit_basis": "DA", "charge": "4000.00"}],
}
CLINIC: dict[str, Any] = {
    **{name: value for name, value in STAY.items() if not name.startswith(("admission", "discharge"))},
    "bill_type": "0131",
    "total_charge": "125.00",
    "diagnoses": ["I10"],
    "statement_from": "2024-07-15",
    "statement_through": "2024-07-15",
    "lines": [
        {
            "revenue_code": "0450",
            "procedure_code": "99283",
            "units": 1,
            "unit_basis": "UN",
            "charge": "125.00",
            "service_date": "2024-07-15",
        }
    ],
}
CLAIMS = {"office": OFFICE, "stay": STAY, "clinic": CLINIC}


@cache
def tables(*without: str) -> Tables:
    """Tables that answer for all that the claims without a mistake ask; `without` leaves some out."""
    rows = {
        "add_on": [AddOnRow(1, "11045", "11042", None, None)],
        "age_sex": [
            list_row("O80", kind="diagnosis", age_min="9", age_max="64", sex="F"),
            list_row("54150", kind="procedure", age_min="", age_max="", sex="M"),
        ],
        "fee_schedule": [
            row._replace(pctc="0", co_surgeons="0")
            for row in schedule_rows(
                _99203="A",
                _99213="A",
                _99283="A",
                _45378="A",
                _45380="A",
                _11045="A",
                _54150="A",
                _94760="T",
                _36415="B",
                _90686="A",
            )
        ],
        "hcpcs": [HcpcsRow(code, None, None, None, "", "") for code in ("G0299", "E0100")],
        "icd10cm": diagnosis_rows(
            dict.fromkeys(("I10", "O80", "E1165", "Z794", "D631", "H42", "W19XXXA", "M1712"), True)
        ),
        "icd10cm_notes": [
            list_row("I10", kind="excludes1", codes="O80", optional="no"),
            list_row("E11", kind="code_first", codes="I10", optional="yes"),
            list_row("M1712", kind="side", codes="left", optional="no"),
        ],
        "coverage_procedure": [list_row("45378", document="A1", contractors="", covered="sure", noncovered="no")],
        "coverage_diagnosis": [list_row("Z1211", document="A1", list="covered", asterisk="no")],
        "manifestation": [list_row("D63.1")],
        "mue_outpatient_hospital": [MueRow("99283", 2, 3, "")],
        "mue_practitioner": [
            MueRow(code, 1, 2, "") for code in ("99203", "99213", "45378", "45380", "11045", "54150", "94760", "36415")
        ],
        "opps": [OppsRow("99283", "V", ""), OppsRow("99284", "V", "")],
        "unacceptable_principal": [list_row("Z79.4")],
        "inpatient_diagnosis": [list_row("E669", flags="questionable_admission", age_min="", age_max="", sex="")],
        "inpatient_procedure": [list_row("00F3XZZ", flags="noncovered", sex="")],
        "outpatient_diagnosis": [list_row("I10", flags="", age_min="", age_max="")],
        "outpatient_procedure": [procedure_row("99283", "V"), procedure_row("99284", "V")],
    }
    volumes = [
        Volume(
            Edition("medicare", table, "made", FIRST, LAST),
            RecordTable.over(memoryview(pack_records(some)), table),  # type: ignore[arg-type]
        )
        for table, some in rows.items()
        if table not in without
    ]
    pairs = sorted([PtpRow("45380", "45378", date(2020, 1, 1), None, 0, "made")])
    packed = PairTable.over(memoryview(pack_pairs([PairPart.of(pairs)])), "ptp")
    of_pairs = [
        Volume(Edition("medicare", f"ptp_{setting}", "made", FIRST, LAST), packed)
        for setting in ("practitioner", "outpatient_hospital")
    ]
    return Tables(None, shelved([*volumes, *of_pairs]))


@cache
def validator() -> Validator:
    return Validator(tables=tables(), history=RecordedHistory({}, date(2020, 1, 1)))


def lines(claim: str, *others: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The claim with its line changed, and others beside it; the total is right."""
    first = {**CLAIMS[claim]["lines"][0], **fields}
    all_lines = [first, *({**first, **other} for other in others)]
    charges = [float(line["charge"]) for line in all_lines if line.get("charge")]
    return {"lines": all_lines, "total_charge": f"{sum(charges):.2f}"}


MISTAKES = {
    "claim_form": [
        ("office", {"member_id": None}),
        ("office", {"diagnoses": [], **lines("office", diagnosis_pointers=[])}),
        ("office", lines("office", diagnosis_pointers=[])),
        ("office", {"total_charge": "130.00"}),
        ("office", {"place_of_service": None}),
        ("office", {"billing_npi": None}),
        ("stay", {"diagnoses": []}),
        ("stay", {"patient_status": None}),
        ("clinic", {"bill_type": None}),
    ],
    "charges_and_units": [
        ("office", lines("office", charge="0.00")),
        ("office", lines("office", units=0)),
        ("office", lines("office", units="1.5")),
        ("office", lines("office", charge=None)),
        ("clinic", lines("clinic", noncovered_charge="150.00")),
    ],
    "dates": [
        ("office", lines("office", service_date="2024-09-15")),
        ("office", lines("office", service_date=None)),
        ("stay", {"statement_through": "2024-07-01"}),
        ("stay", {"discharge_date": "2024-07-12"}),
        ("stay", {"procedures": [{"code": "0DTJ4ZZ", "date": "2024-07-20"}]}),
        ("office", {"birth_date": "2024-07-16"}),
    ],
    "duplicates": [("office", lines("office", {}))],
    "identifiers": [("office", {"billing_npi": "1234567890"}), ("office", lines("office", rendering_npi="12"))],
    "procedure_codes": [
        ("office", lines("office", procedure_code="9921")),
        ("office", lines("office", procedure_code="99201")),
        ("office", lines("office", procedure_code=None)),
        ("office", lines("office", procedure_code="G9999")),
    ],
    "age_and_sex": [
        ("office", {"sex": "M", "diagnoses": ["O80"]}),
        ("office", {"birth_date": "1940-01-01", "diagnoses": ["O80"]}),
        ("office", lines("office", procedure_code="54150")),
    ],
    "diagnosis_codes": [
        ("office", {"diagnoses": ["E11"]}),
        ("office", {"diagnoses": ["I1O"]}),
        ("office", {"diagnoses": ["W19.XXXA"]}),
        ("office", {"diagnoses": ["H42"]}),
        ("office", {"diagnoses": ["D63.1"]}),
        ("stay", {"diagnoses": [{"code": "Z79.4", "role": "principal", "poa": "1"}, STAY["diagnoses"][1]]}),
    ],
    "modifiers": [
        ("office", lines("office", modifiers=["ZZZ"])),
        ("office", lines("office", modifiers=["ZQ"])),
    ],
    "place_of_service": [("office", {"place_of_service": "30"}), ("office", {"place_of_service": "office"})],
    "fee_schedule_status": [("office", lines("office", procedure_code="36415"))],
    "opps_status": [("clinic", lines("clinic", procedure_code="99285"))],
    "professional_component": [("office", lines("office", modifiers=["26"]))],
    "surgery_modifiers": [("office", lines("office", modifiers=["62"]))],
    "global_surgery": [
        ("office", lines("office", {"procedure_code": "20610"}, procedure_code="99203")),
        ("office", lines("office", {"procedure_code": "27447", "service_date": "2024-07-08"})),
    ],
    "visits": [("office", lines("office", {"procedure_code": "99203", "service_date": "2024-07-16"}))],
    "ncci_ptp": [("office", lines("office", {"procedure_code": "45380"}, procedure_code="45378"))],
    "ncci_mue": [("office", lines("office", units=9))],
    "ncci_add_on": [("office", lines("office", procedure_code="11045"))],
    "category_ii": [("office", lines("office", {"procedure_code": "3044F", "charge": "20.00"}))],
    "frequency": [
        (
            "office",
            lines(
                "office",
                {"procedure_code": "3044F", "charge": "0.00", "service_date": "2024-06-15"},
                {"procedure_code": "3044F", "charge": "0.00", "service_date": "2024-07-16"},
            ),
        )
    ],
    "revenue_codes": [
        ("clinic", lines("clinic", procedure_code=None)),
        ("clinic", lines("clinic", revenue_code="9999")),
        ("clinic", lines("clinic", revenue_code="0120")),
        ("clinic", {"condition_codes": ["C9"]}),
        ("clinic", {"occurrence_codes": ["11"]}),
        ("clinic", {"occurrence_codes": [{"code": "72", "date": "2024-07-15", "through": "2024-07-01"}]}),
        ("clinic", {"value_codes": ["80"]}),
        ("stay", {"bill_type": "0211"}),
        ("stay", {"bill_type": "0811"}),
    ],
    "outpatient_editor": [
        ("clinic", lines("clinic", {"procedure_code": "99284"})),
        ("clinic", lines("clinic", procedure_code="G0379", revenue_code="0762")),
    ],
    "inpatient_stay": [
        ("stay", {"patient_status": "99"}),
        ("stay", {"patient_status": "30"}),
        ("stay", {"admission_source": "Q"}),
        ("stay", {"admission_type": "7"}),
        ("stay", {"admission_source": None}),
        ("stay", lines("stay", units=9)),
        ("stay", lines("stay", revenue_code="0250")),
    ],
    "inpatient_editor": [
        ("stay", {"diagnoses": [{"code": "E66.9", "role": "principal", "poa": "Y"}, STAY["diagnoses"][1]]}),
        ("stay", {"procedures": ["00F3XZZ"]}),
    ],
}


#: Of families that only warn unless the payer's policy says more: a mistake that leaves the claim without an error.
WARNED = {
    "specialty_modifiers": ("office", lines("office", modifiers=["GZ"])),
    "medical_necessity": ("office", lines("office", procedure_code="45378")),
    "excludes1": ("office", {"diagnoses": ["I10", "O80"]}),
    "code_first": ("office", {"diagnoses": ["E11.65", "I10"]}),
    "diagnosis_side": ("office", {**lines("office", modifiers=["RT"]), "diagnoses": ["M17.12"]}),
    "telehealth": ("office", {**lines("office", modifiers=["93", "GT"]), "place_of_service": "10"}),
    "equipment": ("office", lines("office", procedure_code="E0100", modifiers=["NU", "RR"])),
    "laboratory": ("office", lines("office", modifiers=["QW"])),
    "drugs": ("office", lines("office", procedure_code="G0299", modifiers=["JW"])),
    "pointed_diagnosis": ("office", {**lines("office", diagnosis_pointers=[2]), "diagnoses": ["I10", "W19.XXXA"]}),
    "companions": ("office", lines("office", procedure_code="90686")),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_without_a_mistake_the_claim_is_clean(name):
    result = validator().validate(CLAIMS[name])
    assert result.clean, f"{result}\n{result.not_checked}"


def test_there_is_a_mistake_for_every_family():
    of_other_policies = {"timely_filing"}  # the default policy has no limit
    assert {family.key for family in FAMILIES} - MISTAKES.keys() - WARNED.keys() <= {"dental_codes"} | of_other_policies


@pytest.mark.parametrize("family", WARNED)
def test_a_family_that_only_warns_is_heard(family):
    name, change = WARNED[family]
    result = validator().validate({**CLAIMS[name], **change})
    assert [getattr(family_of(finding.rule_id), "key", None) for finding in result.findings] == [family]


@pytest.mark.parametrize(
    ("family", "name", "change"),
    [(family, name, change) for family, planted in MISTAKES.items() for name, change in planted],
)
def test_a_claim_with_a_mistake_is_not_clean(family, name, change):
    result = validator().validate({**CLAIMS[name], **change})
    assert family in result.scope.checked
    assert not result.clean


@pytest.mark.parametrize("table", ["age_sex", "unacceptable_principal"])
def test_without_a_list_no_claim_that_it_would_be_asked_of_is_clean(table):
    without = tables(table, "outpatient_diagnosis")
    result = Validator(tables=without, history=RecordedHistory({}, date(2020, 1, 1))).validate(CLINIC)
    assert ("no_table", table) in {(entry.reason, entry.table) for entry in result.not_checked}


@pytest.mark.parametrize(
    ("table", "name", "change"),
    [
        ("dmepos", "office", lines("office", procedure_code="E0100")),
        ("icd10cm_notes", "office", {"diagnoses": ["I10", "O80"]}),
    ],
)
def test_what_a_list_would_say_of_the_code_is_not_checked_without_it(table, name, change):
    """A line that has none of the modifiers that the list would ask for is as open as one that has."""
    result = Validator(tables=tables(table), history=RecordedHistory({}, date(2020, 1, 1))).validate(
        {**CLAIMS[name], **change}
    )
    assert ("no_table", table) in {(entry.reason, entry.table) for entry in result.not_checked}
    assert not result.clean
