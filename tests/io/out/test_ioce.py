"""The outpatient code editor's own record of a claim and its verdict."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimcheck import Claim, Validator
from claimcheck.io.out.ioce import maker
from support.cases import institutional, line
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0463", "J2", apc="5012"),
        procedure_row("11042", "T", apc="5052"),
        procedure_row("93005", "Q1", apc="5733"),
        procedure_row("92507", "Q1", apc="5734"),
        procedure_row("29881", "J1", apc="5113"),
        procedure_row("70551", "Q3", apc="5523"),
        procedure_row("80053", "Q4"),
        procedure_row("J1885", "N"),
        procedure_row("22558", "C"),
        procedure_row("S9999", "E1", "non_covered"),
        procedure_row("90837", "Q3", "ph_primary ph_service daily_mental_health", apc="5823"),
        procedure_row("G0177", "N", "ph_service"),
        procedure_row("90834", "Q3", "ph_service daily_mental_health", apc="5823"),
        procedure_row("G0378", "N"),
        procedure_row("99284", "J2", apc="5024"),
    ],
    outpatient_apc=[
        list_row("5012", status_indicator="V", flags=""),
        list_row("5733", status_indicator="S", flags="payment_5743"),
        list_row("5734", status_indicator="S", flags="payment_11636"),
        list_row("5823", status_indicator="S", flags="payment_14500"),
        list_row("5864", status_indicator="P", flags="payment_35000"),
        list_row("8010", status_indicator="S", flags="payment_26000"),
    ],
    outpatient_pair=[list_row("70551", kind="composite_a", other="8007", approved="")],
    outpatient_diagnosis=[list_row("F329", flags="mental_health")],
    outpatient_revenue=[list_row("0510", status_indicator="E1", flags="")],
)
VALIDATOR = Validator(tables=TABLES)
MAKE = maker("default", TABLES)


def record(*lines: dict[str, Any], bill: str = "0131", **fields: Any) -> dict[str, Any]:
    given = {**institutional(bill, **fields), "lines": [{"revenue_code": "0510", **one} for one in lines]}
    claim = Claim.from_dict(given)
    made: dict[str, Any] = json.loads(MAKE(claim, VALIDATOR.validate(claim)))
    return made


def test_a_claim_without_edits() -> None:
    said = record(line("G0463"), claim_id="7")
    assert said["claim_id"] == "7"
    assert said["claim_disposition"] == said["return_to_provider_disposition"] == "0"
    (own,) = said["lines"]
    assert (own["status_indicator"], own["apc"], own["packaging_flag"]) == ("V", "5012", "0")
    assert (own["hcpcs"], own["revenue_code"], own["denial_rejection_flag"]) == ("G0463", "0510", "0")


@pytest.mark.parametrize(
    ("lines", "fields", "groups"),
    [
        # CMS, Medicare Claims Processing Manual, chapter 4, sections 10.2.1, 10.2.3, 180.7 and 260; OPPS Addendum A
        ([line("90837"), line("G0177")], {"condition_codes": ["41"]}, ["5863", None]),
        ([line("90837"), line("90834", units=2), line("G0177")], {"condition_codes": ["41"]}, ["5864", None, None]),
        ([line("90837"), line("G0177")], {"condition_codes": ["41"], "bill": "0761"}, ["5853", None]),
        ([line("90837"), line("90834")], {}, ["8010", None]),
        ([line("90837"), line("90834", day="2024-07-16")], {}, ["5823", "5823"]),
        ([line("70551"), line("70551")], {}, ["8007", None]),
        ([line("99284"), line("G0378", units=8)], {}, ["8011", None]),
        ([line("22558", "CA"), line("80053")], {"patient_status": "20"}, ["5881", None]),
        ([line("93005"), line("S9999"), line("93005", "ZZ?")], {}, ["5733", None, None]),
    ],
)
def test_what_composite_groups_pay(
    lines: list[dict[str, Any]], fields: dict[str, Any], groups: list[str | None]
) -> None:
    diagnoses = {"diagnoses": ["F329"]}
    assert [own["apc"] for own in record(*lines, **diagnoses, **fields)["lines"]] == groups


@pytest.mark.parametrize("codes", [("93005", "92507"), ("92507", "93005"), ("93005", "92507", "93005")])
def test_of_services_that_nothing_packages_that_of_the_highest_rate_is_paid(codes: tuple[str, ...]) -> None:
    said = record(*(line(code) for code in codes))
    assert [(own["hcpcs"], own["status_indicator"]) for own in said["lines"]] == [
        (code, "S" if code == "92507" else "N") for code in codes
    ]


@pytest.mark.parametrize(
    ("lines", "fields", "disposition", "buffer", "edits"),
    [
        ([line("G0463"), line("11042")], {}, "4", "return_to_provider_edits", [21]),
        ([line("G0463"), line("S9999")], {}, "1", "line_denial_edits", [9]),
        ([line("J1885")], {}, "4", "claim_rejection_edits", [27]),
        ([line("G0463")], {"condition_codes": ["20"]}, "4", "suspension_edits", [11]),
        ([line("22558"), line("G0463")], {}, "4", "line_denial_edits", [18, 49]),
        ([line("22558"), line("G0463", day="2024-07-16")], {}, "2", "line_denial_edits", [18]),
        (
            [line("90837"), line("G0177")],
            {"condition_codes": ["41"], "diagnoses": ["F32.9"]},
            "0",
            "line_rejection_edits",
            [131],
        ),
    ],
)
def test_what_becomes_of_the_claim(
    lines: list[dict[str, Any]], fields: dict[str, Any], disposition: str, buffer: str, edits: list[int]
) -> None:
    said = record(*lines, **fields)
    assert (said["claim_disposition"], said[buffer]) == (disposition, edits)


def test_of_a_bill_that_is_not_processed_nothing_else_is_said() -> None:
    said = record(line("S9999"), bill="0611")
    assert (said["claim_disposition"], said["return_to_provider_edits"], said["line_denial_edits"]) == ("4", [118], [])


def test_edits_stand_with_their_field() -> None:
    said = record(line("G0463", "ZZ"), line(None), line("S9999"), diagnoses=["V00.01XA"])
    assert said["diagnosis_edits"] == [5]
    fields = ("procedure_edits", "modifier_edits", "revenue_edits", "denial_rejection_flag")
    assert [[own[name] for name in fields] for own in said["lines"]] == [
        [[], [22], [], "0"],
        [[], [], [48], "0"],
        [[9], [], [], "1"],
    ]


def test_what_a_line_is_paid_by_hangs_on_the_claim() -> None:
    def paid(*given: dict[str, Any], **fields: Any) -> list[tuple[str, str]]:
        return [(own["status_indicator"], own["packaging_flag"]) for own in record(*given, **fields)["lines"]]

    assert paid(line("93005"), line("80053")) == [("S", "0"), ("N", "1")]
    assert paid(line("93005"), line("G0463")) == [("N", "1"), ("V", "0")]
    assert paid(line("80053")) == [("A", "0")]
    assert paid(line("29881"), line("G0463"), line("80053")) == [("J1", "0"), ("N", "1"), ("N", "1")]
    assert paid(line("70551"), line("70551", "59")) == [("S", "0"), ("N", "1")]
    assert paid(line("90837"), line("G0177"), condition_codes=["41"], diagnoses=["F32.9"]) == [("P", "0"), ("N", "1")]
    assert paid(line("22558", "CA"), line("G0463"), patient_status="20") == [("J1", "0"), ("N", "1")]


def test_where_it_is_not_known_how_lines_are_paid_that_is_left_open() -> None:
    claim = Claim.from_dict({**institutional(), "lines": [line("G0463", revenue_code="0510")]})
    said = json.loads(maker("default", None)(claim, Validator().validate(claim)))
    assert [said["lines"][0][name] for name in ("status_indicator", "apc", "packaging_flag")] == [None] * 3
    assert record(line("G0463"), bill="0851")["lines"][0]["status_indicator"] is None


def test_other_claims_than_outpatient_ones_have_no_record() -> None:
    for given in ({"claim_type": "professional"}, institutional("0111")):
        claim = Claim.from_dict({**given, "lines": [line("G0463")]})
        assert MAKE(claim, VALIDATOR.validate(claim)) == ""
