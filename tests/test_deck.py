"""The deck: claims with the verdict that a reader of the published sources would give, through the public door alone.

Each case names what it shows. `found` lists the rules that must find something, on which line (0: the claim); `lines`
the disposition of each line; `free_of` rules that must stay silent.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from claimcheck import validate_claim

DAY = "2024-07-15"
PENNY = "penny_from_2021_06_01"


def line(code: str | None, *modifiers: str, **fields: Any) -> dict[str, Any]:
    return {
        "procedure_code": code,
        "modifiers": list(modifiers),
        "units": 1,
        "charge": "100.00",
        "service_date": DAY,
        **fields,
    }


def report(code: str, *modifiers: str, charge: str = "0.00", **fields: Any) -> dict[str, Any]:
    return line(code, *modifiers, charge=charge, **fields)


@attrs.frozen
class Expected:
    claim: dict[str, Any]
    lines: tuple[str, ...] | None = None
    found: tuple[tuple[str, int], ...] = ()
    free_of: tuple[str, ...] = ()
    carc: dict[int, str] = attrs.field(factory=dict)
    allowed: dict[int, str] = attrs.field(factory=dict)
    policy: str = "default"
    disposition: str | None = None
    as_of: str | None = "2024-10-01"


def pro(*lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"claim_type": "professional", "lines": list(lines), **fields}


def out(*lines: dict[str, Any], bill_type: str = "0131", **fields: Any) -> dict[str, Any]:
    return {
        "claim_type": "institutional",
        "bill_type": bill_type,
        "statement_from": DAY,
        "statement_through": DAY,
        "lines": list(lines),
        **fields,
    }


DECK = {
    # Category II: price by policy and date
    "Category II at zero": Expected(pro(report("3044F")), ("report_only",), allowed={1: "0.00"}, carc={1: "246"}),
    "Category II at a penny, default": Expected(
        pro(report("3044F", charge="0.01")), ("report_only",), allowed={1: "0.00"}
    ),
    "penny schedule pays the penny": Expected(
        pro(report("3044F", charge="0.01")), ("payable",), allowed={1: "0.01"}, policy=PENNY
    ),
    "penny schedule, zero billed": Expected(
        pro(report("3044F")), ("report_only",), found=(("CAT101", 1),), allowed={1: "0.00"}, policy=PENNY
    ),
    "penny schedule, the day before": Expected(
        pro(report("3044F", charge="0.01", service_date="2021-05-31")),
        ("report_only",),
        allowed={1: "0.00"},
        policy=PENNY,
    ),
    "a status I Category II code is no invalid code": Expected(pro(report("3046F")), ("report_only",), carc={1: "246"}),
    "a status I Category II code under Medicare": Expected(
        pro(report("3046F")), ("report_only",), carc={1: "246"}, policy="medicare"
    ),
    "Category II blank charge is an error": Expected(
        pro(report("3044F", charge="")), ("rejected",), free_of=("CAT101",)
    ),
    "Category II negative charge": Expected(pro(report("3044F", charge="-0.01")), ("rejected",)),
    "a retired Category II code": Expected(pro(report("3045F")), ("rejected",), carc={1: "181"}),
    "a well-formed code that never was": Expected(pro(report("3999F")), ("rejected",)),
    "1P on Category I": Expected(pro(line("99213", "1P")), found=(("COD305", 1),), carc={1: "4"}),
    "P1 on Category II": Expected(pro(report("3044F", "P1")), carc={1: "4"}),
    "two HbA1c results of one day": Expected(pro(report("3044F"), report("3046F")), found=(("CAT301", 1),)),
    "both halves of a blood pressure": Expected(
        pro(report("3074F"), report("3078F")), ("report_only",) * 2, free_of=("CAT301", "FRQ101")
    ),
    "medication review needs both": Expected(pro(report("1159F")), found=(("CAT304", 1),)),
    "medication review with both": Expected(pro(report("1159F"), report("1160F")), free_of=("CAT304",)),
    # Once per service, per member, per year
    "once a year": Expected(
        pro(report("3044F", service_date="2024-02-01"), report("3046F"), member_id="M1"),
        ("report_only", "report_only"),
        found=(("FRQ101", 2),),
    ),
    "once a year, another provider": Expected(
        pro(
            report("3044F", service_date="2024-02-01", rendering_npi="1234567893"),
            report("3046F", rendering_npi="1003000126"),
            member_id="M1",
        ),
        found=(("FRQ101", 2),),
    ),
    "another year": Expected(
        pro(report("3044F", service_date="2023-12-31"), report("3046F", service_date="2024-01-01"), member_id="M1"),
        free_of=("FRQ101",),
    ),
    "no limit on a Category I service": Expected(
        pro(line("80053", service_date="2024-07-01"), line("80053"), member_id="M1"), free_of=("FRQ101",)
    ),
    # NCCI
    "column two is denied": Expected(pro(line("45385"), line("45380")), ("payable", "denied"), carc={2: "236"}),
    "whatever the order": Expected(pro(line("45380"), line("45385")), ("denied", "payable")),
    "indicator 0": Expected(pro(line("45380"), line("45378", "59")), ("payable", "denied")),
    "59 bypasses": Expected(pro(line("45385"), line("45380", "59")), ("payable", "payable")),
    "XS on column one": Expected(pro(line("45385", "XS"), line("45380")), ("payable", "payable")),
    "76 never bypasses": Expected(pro(line("45385"), line("45380", "76")), ("payable", "denied")),
    "the smaller code may be column one": Expected(pro(line("11719"), line("11720")), ("payable", "denied")),
    "the visit is column two": Expected(pro(line("20610"), line("99213")), ("payable", "denied")),
    "25 on the visit": Expected(pro(line("20610"), line("99213", "25")), ("payable", "payable")),
    "59 on the visit is ignored": Expected(pro(line("20610"), line("99213", "59")), ("payable", "denied")),
    "the practitioner's table: 0": Expected(pro(line("96372"), line("99211", "25")), ("payable", "denied")),
    "the hospital's table: 1": Expected(
        out(line("96372", revenue_code="0510"), line("99211", "25", revenue_code="0510")), free_of=("NCCI101",)
    ),
    "no pair: 99213 with 36415": Expected(pro(line("99213"), line("36415")), free_of=("NCCI101",)),
    "no pair: 97530 with 97140": Expected(pro(line("97530"), line("97140")), free_of=("NCCI101",)),
    "MUE by the day, all units denied": Expected(
        pro(line("83036"), line("83036", "91")), ("denied", "denied"), carc={1: "151", 2: "151"}
    ),
    "MUE 1 by the line": Expected(pro(line("A0425", units=251)), ("denied",), carc={1: "151"}),
    "MUE 0 for a practitioner": Expected(pro(line("G0463")), found=(("NCCI201", 1),)),
    "MUE at its value": Expected(pro(line("97110", units=6)), free_of=("NCCI201",)),
    "an add-on alone": Expected(pro(line("17003")), ("denied",), found=(("NCCI301", 1),)),
    "an add-on with its primary": Expected(pro(line("17000"), line("17003")), free_of=("NCCI301",)),
    "an add-on of type 2 is for a person": Expected(pro(line("99100")), free_of=(), found=(("NCCI301", 1),)),
    "an add-on of type 3 with a listed primary": Expected(pro(line("88305"), line("88311")), free_of=("NCCI301",)),
    "an add-on of type 3 without": Expected(pro(line("88311")), ("review",), found=(("NCCI301", 1),)),
    # Reimbursability
    "status B with relative value": Expected(pro(line("97010")), ("denied",), carc={1: "97"}),
    "status X is paid elsewhere": Expected(pro(line("36415")), ("payable",)),
    "status T alone": Expected(pro(line("36591")), free_of=("COV301",)),
    "status T beside a payable service": Expected(
        pro(line("99213"), line("94760")), found=(("COV301", 2),), carc={2: "97"}
    ),
    "status M is not only Category II": Expected(pro(report("G8427")), ("report_only",), carc={1: "246"}),
    # Formats
    "99607 is Category I": Expected(pro(line("99607")), free_of=("COD101",)),
    "F3044": Expected(pro(line("F3044")), ("rejected",), carc={1: "16"}),
    "a retired local code": Expected(pro(line("W1234")), ("rejected",), carc={1: "181"}),
    "59 and XS on one line": Expected(pro(line("45380", "59", "XS"), line("45385")), found=(("COD304", 1),)),
    "unknown modifier": Expected(pro(line("99213", "ZZ")), ("rejected",)),
    "unassigned place of service": Expected(pro(line("99213", place_of_service="59")), ("rejected",)),
    "five modifiers": Expected(pro(line("99213", "25", "59", "76", "77", "24")), found=(("STR504", 1),)),
    # Structure
    "units in words": Expected(pro(line("99213", units="one")), ("rejected",), found=(("STR301", 1),), carc={1: "16"}),
    "zero units": Expected(pro(line("99213", units=0)), ("rejected",)),
    "a NaN charge": Expected(pro(line("99213", charge=float("nan"))), ("rejected",), found=(("STR201", 1),)),
    "a zero charge is legal": Expected(pro(line("99213", charge="0.00")), ("payable",), free_of=("STR201",)),
    "service after processing": Expected(
        pro(line("99213", service_date="2024-09-30")), found=(("STR403", 1),), carc={1: "110"}, as_of="2024-09-29"
    ),
    "service before birth": Expected(
        pro(line("99213"), birth_date="2024-07-16"), found=(("STR402", 1),), carc={1: "14"}
    ),
    "reversed dates": Expected(pro(line("99213", service_date_end="2024-07-14")), ("rejected",)),
    "total is not the sum": Expected(pro(line("99213"), total_charge="99.00"), found=(("STR501", 0),)),
    "pointer beyond the diagnoses": Expected(
        pro(line("99213", diagnosis_pointers=[2]), diagnoses=["I10"]), found=(("STR503", 1),)
    ),
    "replacement without the original": Expected(pro(line("99213"), frequency_code="7"), found=(("STR505", 0),)),
    "51 professional lines": Expected(
        pro(*[line("99213", service_date=f"2024-07-{1 + n % 28:02}", charge=f"{n + 1}.00") for n in range(51)]),
        found=(("STR502", 0),),
    ),
    "an exact duplicate": Expected(pro(line("71046"), line("71046")), ("payable", "denied"), carc={2: "18"}),
    # Facility
    "revenue code needs a procedure": Expected(
        out(line(None, revenue_code="0450")), ("rejected",), found=(("FAC101", 1),), carc={1: "16"}
    ),
    "a packaged revenue code does not": Expected(
        out(line(None, revenue_code="0250"), line("99284", revenue_code="0450")), free_of=("FAC101",)
    ),
    "an exempt revenue code does not": Expected(out(line(None, revenue_code="0521")), free_of=("FAC101",)),
    "not on an inpatient bill": Expected(
        out(line(None, revenue_code="0450"), bill_type="0111", discharge_date=DAY), free_of=("FAC101",)
    ),
    "not with condition code 89": Expected(
        out(line(None, revenue_code="0450"), condition_codes=["89"]), free_of=("FAC101",)
    ),
    "the paper's total line": Expected(
        out(line(None, revenue_code="0001")), lines=("report_only",), found=(("FAC104", 1),)
    ),
    "an unknown revenue code": Expected(out(line("99284", revenue_code="0049")), found=(("FAC102", 1),)),
    "accommodation on an outpatient bill": Expected(out(line(None, revenue_code="0120")), found=(("FAC105", 1),)),
    "a modifier without a procedure": Expected(out(line(None, "25", revenue_code="0250")), found=(("FAC106", 1),)),
}


@pytest.mark.parametrize("name", DECK)
def test_deck(name: str) -> None:
    case = DECK[name]
    result = validate_claim(case.claim, policy=case.policy, as_of=case.as_of)
    said = f"{name}\n{result}"
    found = {(finding.rule_id, finding.line_number or 0) for finding in result.findings}
    if case.lines is not None:
        assert tuple(map(str, (line.disposition for line in result.lines))) == case.lines, said
    assert set(case.found) <= found, said
    assert not {rule for rule, _ in found} & set(case.free_of), said
    for number, carc in case.carc.items():
        assert carc in {finding.carc for finding in result.lines[number - 1].findings}, said
    for number, amount in case.allowed.items():
        assert str(result.lines[number - 1].allowed_amount) == amount, said
    if case.disposition is not None:
        assert result.disposition == case.disposition, said
