"""A second deck, of professional claims: what a reader of the published sources expects, through the public door alone.

No rule is named: a case says what becomes of each line, the CARC and remark codes found on it ("" for none of weight),
and what it is allowed. Findings of severity info that carry no CARC are no concern of these cases.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

import pytest

from claimcheck import (
    Claim,
    ClaimResult,
    CodeError,
    MemoryHistory,
    Policy,
    Validator,
    codes,
    validate_claim,
    validate_claims,
)

DAY = "2024-07-15"
PENNY = "penny_from_2021_06_01"
OHIO = "anthem_ohio_medicaid_2024"
WHOLE = {
    "claim_id": "A1",
    "claim_type": "professional",
    "payer_id": "P1",
    "member_id": "1EG4TE5MK73",
    "birth_date": "1960-02-03",
    "sex": "F",
    "billing_npi": "1234567893",
    "rendering_npi": "1003000126",
    "rendering_taxonomy": "207Q00000X",
    "place_of_service": "11",
    "frequency_code": "1",
    "received_date": "2024-08-01",
    "diagnoses": ["E11.65"],
}


def line(code: str, *modifiers: str, **fields: Any) -> dict[str, Any]:
    given = {
        "procedure_code": code,
        "modifiers": list(modifiers),
        "units": 1,
        "unit_basis": "UN",
        "charge": "0.00" if code.endswith("F") else "100.00",
        "service_date": DAY,
        "diagnosis_pointers": [1],
    }
    return {**given, **fields}


RIDE = line("A0429", "SH")


def claim(*lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    total = sum((Decimal(one["charge"]) for one in lines if one.get("charge")), Decimal(0))
    return {**WHOLE, "total_charge": str(total), "lines": list(lines), **fields}


@cache
def validator(policy: str) -> Validator:
    return Validator(policy)


def judge(given: dict[str, Any], policy: str = "default", as_of: str | None = None) -> ClaimResult:
    return validator(policy).validate(given, as_of)


def dispositions(result: ClaimResult) -> list[str]:
    return [str(one.disposition) for one in result.lines]


def carcs(result: ClaimResult, number: int) -> set[str]:
    return {finding.carc for finding in result.lines[number - 1].findings if finding.carc}


# --- the price of a report, by policy and date -----------------------------------------------------------------------

LATER, BEFORE, FIRST = "2024-07-15", "2021-05-31", "2021-06-01"
PRICES = [
    # policy, day, charge, disposition, allowed, whether it warns
    ("zero", LATER, "0.00", "report_only", "0.00", False),
    ("zero", LATER, "0.01", "report_only", "0.00", True),
    ("zero", LATER, "0.02", "report_only", "0.00", True),
    ("zero", LATER, "25.00", "report_only", "0.00", True),
    ("zero_or_penny", LATER, "0.00", "report_only", "0.00", False),
    ("zero_or_penny", LATER, "0.01", "report_only", "0.00", False),
    ("zero_or_penny", LATER, "0.02", "report_only", "0.00", True),
    (PENNY, LATER, "0.00", "report_only", "0.00", True),
    (PENNY, LATER, "0.01", "payable", "0.01", False),
    (PENNY, LATER, "0.02", "payable", "0.01", True),
    (PENNY, FIRST, "0.01", "payable", "0.01", False),
    (PENNY, FIRST, "0.00", "report_only", "0.00", True),
    (PENNY, BEFORE, "0.01", "report_only", "0.00", True),
    (PENNY, BEFORE, "0.00", "report_only", "0.00", False),
    ("default", LATER, "0.00", "report_only", "0.00", False),
    ("default", LATER, "0.01", "report_only", "0.00", False),
    ("medicare", LATER, "0.00", "report_only", "0.00", False),
    ("medicare", LATER, "5.00", "report_only", "0.00", True),
]


@pytest.mark.parametrize(("policy", "day", "charge", "disposition", "allowed", "warns"), PRICES)
@pytest.mark.parametrize("code", ["3044F", "3046F", "0500F", "9007F"])
def test_the_price_of_a_report(
    code: str, policy: str, day: str, charge: str, disposition: str, allowed: str, warns: bool
) -> None:
    visit = line("99213", service_date=day)
    result = judge(claim(visit, line(code, charge=charge, service_date=day)), policy=policy)
    verdict = result.lines[1]
    assert (str(verdict.disposition), str(verdict.allowed_amount)) == (disposition, allowed)
    assert {str(finding.severity) for finding in verdict.findings} == {"warning" if warns else "info"}
    if disposition == "report_only":
        (adjustment,) = verdict.adjustments
        assert (adjustment.group_code, adjustment.carc, adjustment.rarcs) == ("CO", "246", ("N620",))
    assert result.ok


@pytest.mark.parametrize("policy", ["zero", "zero_or_penny", PENNY, "default", "medicare"])
@pytest.mark.parametrize("charge", [None, "", "-0.01"])
def test_a_report_needs_a_charge_that_is_not_negative(policy: str, charge: str | None) -> None:
    result = judge(claim(line("99213"), line("3044F", charge=charge), total_charge=None), policy=policy)
    assert dispositions(result) == ["payable", "rejected"]
    assert result.lines[1].allowed_amount is None
    assert carcs(result, 2) == {"16"}
    assert result.lines[1].deciding is not None
    assert result.lines[1].deciding.rarcs == ("M79",)


def test_category_ii_is_no_gap_of_the_correct_coding_edits() -> None:
    reports = [line(code, service_date=FIRST) for code in ("3044F", "3074F", "3078F")]
    gaps = {gap.table for gap in judge(claim(*reports)).not_checked}
    assert not {table for table in gaps if table and table.startswith(("ptp", "mue", "add_on"))}


# --- one claim, one verdict ------------------------------------------------------------------------------------------

CASES: dict[str, tuple[list[dict[str, Any]], list[str], dict[int, set[str]]]] = {
    # formats and activity
    "F3044": ([line("F3044")], ["rejected"], {1: {"16"}}),
    "3044": ([line("3044")], ["rejected"], {1: {"16"}}),
    "03044F": ([line("03044F", charge="1.00")], ["rejected"], {1: {"16"}}),
    "A123F": ([line("A123F", charge="1.00")], ["rejected"], {1: {"16"}}),
    "J001T": ([line("J001T")], ["rejected"], {1: {"16"}}),
    "00099 is no code": ([line("00099")], ["rejected"], {1: {"16"}}),
    "a diagnosis as procedure": ([line("E11.65")], ["rejected"], {1: {"16"}}),
    "a retired local code": ([line("W1234")], ["rejected"], {1: {"181"}}),
    "99201 is dead": ([line("99201")], ["rejected"], {1: {"181"}}),
    "99241 too": ([line("99241")], ["rejected"], {1: {"181"}}),
    "0001A too": ([line("0001A")], ["rejected"], {1: {"181"}}),
    "3045F is retired": ([line("3045F")], ["rejected"], {1: {"181"}}),
    "99607 is Category I": ([line("99607")], ["payable"], {1: set()}),
    "29580 is Category I": ([line("29580")], ["payable"], {1: set()}),
    "lower case is read": ([line("99213".lower())], ["payable"], {1: set()}),
    # modifiers
    "1P on a visit": ([line("99213", "1P")], ["denied"], {1: {"4"}}),
    "8P on Category III": ([line("0446T", "8P")], ["denied"], {1: {"4"}}),
    "P1 on a report": ([line("3044F", "P1")], ["denied"], {1: {"4"}}),
    "1P on a report": ([line("3044F", "1P")], ["report_only"], {1: {"246"}}),
    "8P on a report": ([line("3044F", "8P")], ["report_only"], {1: {"246"}}),
    "4P is none": ([line("3044F", "4P")], ["rejected"], {1: {"16"}}),
    "ZZ is none": ([line("99213", "ZZ")], ["rejected"], {1: {"182"}}),
    "one character": ([line("99213", "2")], ["rejected"], {1: {"16"}}),
    "five modifiers": ([line("99213", "25", "57", "24", "27", "GC")], ["rejected"], {1: {"16", "4"}}),
    "25 on surgery": ([line("20610", "25")], ["payable"], {1: {"4"}}),
    "25 on a visit": ([line("99213", "25")], ["payable"], {1: set()}),
    # the fee schedule's status
    "B with a relative value": ([line("97010")], ["denied"], {1: {"97"}}),
    "B of Category III": ([line("0537T")], ["denied"], {1: {"97"}}),
    "N": ([line("0469T")], ["denied"], {1: {"96"}}),
    "X, laboratory": ([line("80053"), line("83036"), line("36415")], ["payable"] * 3, {1: set(), 2: set(), 3: set()}),
    "A of Category III": ([line("0446T")], ["payable"], {1: set()}),
    "M of G codes": ([line("G8427", charge="0.00")], ["report_only"], {1: {"246"}}),
    "T alone": ([line("94760")], ["payable"], {1: set()}),
    "T beside what is paid": ([line("94760"), line("99213")], ["denied", "payable"], {1: {"97"}}),
    "T beside a report": ([line("94760"), line("3044F")], ["payable", "report_only"], {1: set()}),
    "T beside what is bundled": ([line("94760"), line("97010")], ["payable", "denied"], {1: set()}),
    "T beside a visit of another day": (
        [line("94760"), line("99213", service_date="2024-07-16")],
        ["payable", "payable"],
        {1: set()},
    ),
    # medically unlikely edits
    "97110 at its value": ([line("97110", "GP", units=6)], ["payable"], {1: set()}),
    "97110 above": ([line("97110", "GP", units=7)], ["denied"], {1: {"151"}}),
    "97110 on two lines": (
        [line("97110", "GP", units=4), line("97110", "GP", "59", units=3)],
        ["denied"] * 2,
        {2: {"151"}},
    ),
    "97110 over three days": ([line("97110", "GP", units=19, service_date_end="2024-07-17")], ["payable"], {1: set()}),
    "6.67 a day is 7": ([line("97110", "GP", units=20, service_date_end="2024-07-17")], ["denied"], {1: {"151"}}),
    "6.5 a day is 7": ([line("97110", "GP", units=13, service_date_end="2024-07-16")], ["denied"], {1: {"151"}}),
    "A0425 at its value": ([line("A0425", "SH", units=250), RIDE], ["payable"] * 2, {1: set()}),
    "A0425 above": ([line("A0425", "SH", units=251), RIDE], ["denied", "payable"], {1: {"151"}}),
    "A0425 by the line": (
        [line("A0425", "SH", units=200), line("A0425", "SH", "76", units=200), RIDE],
        ["payable"] * 3,
        {1: set()},
    ),
    "83036 twice, whatever the modifier": ([line("83036"), line("83036", "91")], ["denied"] * 2, {1: {"151"}}),
    "83036 by two providers": (
        [line("83036"), line("83036", "91", rendering_npi="1245319599")],
        ["payable", "payable"],
        {1: set()},
    ),
    "zero for practitioners": ([line("G0463")], ["denied"], {1: {"151"}}),
    "zero for practitioners, observation": ([line("G0378")], ["denied"], {1: {"151"}}),
    "no published edit": ([line("29580", units=50)], ["payable"], {1: set()}),
    # add-on codes
    "17003 alone": ([line("17003")], ["denied"], {1: {"107"}}),
    "17003 with 17000": ([line("17003"), line("17000")], ["payable"] * 2, {1: set()}),
    "17003 with 17000 of another day": (
        [line("17003"), line("17000", service_date="2024-07-16")],
        ["denied", "payable"],
        {1: {"107"}},
    ),
    "17003 with 17000 of another provider": (
        [line("17003"), line("17000", rendering_npi="1245319599")],
        ["denied", "payable"],
        {1: {"107"}},
    ),
    "64484 with 64483": ([line("64484"), line("64483")], ["payable"] * 2, {1: set()}),
    "11045 with 11042": ([line("11045"), line("11042")], ["payable"] * 2, {1: set()}),
    "90472 with 90471": ([line("90472"), line("90471")], ["payable"] * 2, {1: set()}),
    "90472 with a visit": ([line("90472"), line("99213")], ["denied", "payable"], {1: {"107"}}),
    "96375 with 96374": ([line("96375"), line("96374")], ["payable"] * 2, {1: set()}),
    "99417 with 99213": ([line("99417"), line("99213")], ["denied", "payable"], {1: {"107"}}),
    "88311 with 88305": ([line("88311"), line("88305")], ["payable"] * 2, {1: set()}),
    "88311 with a visit is for a person": ([line("88311"), line("99213")], ["review", "payable"], {1: {"107"}}),
    # results
    "two HbA1c results of a day": ([line("3044F"), line("3046F")], ["report_only"] * 2, {1: {"246"}}),
    "both halves": ([line("3074F"), line("3078F")], ["report_only"] * 2, {1: {"246"}, 2: {"246"}}),
    # structure
    "a zero charge is legal, and asked about": ([line("99213", charge="0.00")], ["payable"], {1: {"16"}}),
    "a blank charge": ([line("99213", charge="")], ["rejected"], {1: {"16"}}),
    "zero units": ([line("99213", units=0)], ["rejected"], {1: {"16"}}),
    "reversed dates": ([line("99213", service_date_end="2024-07-01")], ["rejected"], {1: {"16"}}),
    "after receipt": ([line("99213", service_date="2024-08-02")], ["denied"], {1: {"110"}}),
    "an unassigned place": ([line("99213", place_of_service="59")], ["rejected"], {1: {"16"}}),
    "an exact duplicate": ([line("99213"), line("99213")], ["payable", "denied"], {2: {"18"}}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_claim(name: str) -> None:
    lines, expected, found = CASES[name]
    result = judge(claim(*lines))
    assert dispositions(result) == expected, str(result)
    for number, expected_carcs in found.items():
        assert carcs(result, number) == expected_carcs, str(result)
    for finding in result.findings:
        if finding.carc in {"16", "96"}:
            assert set(finding.rarcs) - {"N620", "N565"}, "a CARC that demands a remark that is no alert"


ROLL_UP = {
    "one line is rejected": ([line("99213"), line("F3044")], "payable"),
    "all are rejected": ([line("F3044")], "rejected"),
    "one is for a person": ([line("88311"), line("F3044")], "review"),
    "denied, and for a person": ([line("97010"), line("88311")], "review"),
    "all are denied": ([line("97010")], "denied"),
    "denied, and a report": ([line("97010"), line("3044F")], "report_only"),
    "paid, and a report": ([line("99213"), line("3044F")], "payable"),
    "reports only": ([line("3044F")], "report_only"),
    "no line": ([], "rejected"),
}


@pytest.mark.parametrize("name", ROLL_UP)
def test_the_claim_by_its_lines(name: str) -> None:
    lines, expected = ROLL_UP[name]
    assert judge(claim(*lines)).disposition == expected


@pytest.mark.parametrize(
    ("field", "carc", "rarc"),
    [("billing_npi", "206", "N257"), ("member_id", "16", "N382"), ("total_charge", "16", "M54")],
)
def test_one_field_is_missing(field: str, carc: str, rarc: str) -> None:
    found = judge(claim(line("99213"), **{field: None})).findings
    assert (carc, (rarc,)) in {(finding.carc, finding.rarcs) for finding in found}


# --- procedure-to-procedure edits: direction, order and bypass -------------------------------------------------------

PAIRS = [  # column one, column two, modifier indicator of the practitioners' table (None: no edit in force)
    ("45385", "45380", 1),
    ("45380", "45378", 0),
    ("45385", "45378", 0),
    ("43239", "43235", 0),
    ("11721", "11720", 0),
    ("11719", "11720", 1),
    ("11055", "11720", 1),
    ("97597", "11720", 1),
    ("11042", "97597", 1),
    ("20611", "20610", 1),
    ("20610", "99213", 1),
    ("17110", "99213", 1),
    ("96372", "99211", 0),
    ("96372", "99213", 1),
    ("90471", "99211", 1),
    ("80053", "80048", 0),
    ("80053", "82947", 1),
    ("80061", "82465", 0),
    ("93000", "93005", 1),
    ("71046", "71045", 1),
    ("97140", "97124", 0),
    ("97140", "97530", None),
    ("92014", "99213", None),
    ("99213", "36415", None),
    ("93000", "99213", None),
    ("45385", "45381", None),
    ("83036", "82947", None),
]
VISITS = {"99211", "99213"}
BYPASSES = ["59", "XU", "25", "LT", "91", "58", "F1"]
NO_BYPASSES = [None, "76", "77", "22", "51", "GC"]  # 26 and GY would deny the line itself


@pytest.mark.parametrize(("one", "two", "indicator"), PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_column_two_is_denied_unless_bypassed(one: str, two: str, indicator: int | None, turned: bool) -> None:
    for modifier, on_one in product([*BYPASSES, *NO_BYPASSES], [False, True]):
        if modifier == "25" and on_one:
            continue  # 25 is of the visit, which is column two
        marked, plain = (one, two) if on_one else (two, one)
        lines = [line(marked, *filter(None, [modifier])), line(plain)]
        lines.sort(key=lambda given: given["procedure_code"] == (one if turned else two))
        result = judge(claim(*lines))
        denied = {
            given["procedure_code"]
            for given, verdict in zip(lines, result.lines, strict=True)
            if any(finding.carc == "236" and finding.group_code == "CO" for finding in verdict.findings)
        }
        # NCCI Policy Manual, chapter I, section D: a visit is set apart by a modifier of its own
        bypassing = modifier == "25" if two in VISITS else modifier in BYPASSES
        bypassed = indicator == 1 and bypassing
        assert denied == (set() if indicator is None or bypassed else {two}), (modifier, on_one)


def test_pairs_are_of_one_day_and_one_provider() -> None:
    other_day = claim(line("45385"), line("45380", service_date="2024-07-16"))
    other_provider = claim(line("45385"), line("45380", rendering_npi="1245319599"))
    for given in (other_day, other_provider):
        assert dispositions(judge(given)) == ["payable", "payable"]


def test_every_pair_is_judged_by_itself() -> None:
    result = judge(claim(line("45385"), line("45380"), line("45378")))
    assert dispositions(result) == ["payable", "denied", "denied"]
    assert [finding.related_lines for finding in result.lines[2].findings] == [(2,), (1,)]


# --- once per service, per member, per year --------------------------------------------------------------------------

YEARLY = {
    "another result of the test": (["3044F", "2024-02-01"], ["3046F", DAY], True),
    "the same code": (["3044F", "2024-02-01"], ["3044F", DAY], True),
    "the year before": (["3044F", "2023-12-31"], ["3044F", "2024-01-01"], False),
    "another service": (["3044F", "2024-02-01"], ["1159F", DAY], False),
    "systolic and diastolic": (["3074F", "2024-02-01"], ["3078F", DAY], False),
    "another systolic band": (["3074F", "2024-02-01"], ["3077F", DAY], True),
    "another retinal result": (["2022F", "2024-02-01"], ["2023F", DAY], True),
    "a prenatal and the postpartum visit": (["0500F", "2024-02-01"], ["0503F", DAY], False),
}


@pytest.mark.parametrize("name", YEARLY)
@pytest.mark.parametrize("way", ["one claim", "turned", "history", "batch"])
def test_once_a_year(name: str, way: str) -> None:
    (first, first_day), (second, second_day), exceeds = YEARLY[name]
    early, late = line(first, service_date=first_day), line(second, service_date=second_day)
    if way == "one claim":
        verdict = judge(claim(early, late)).lines[1]
    elif way == "turned":
        verdict = judge(claim(late, early)).lines[0]
    elif way == "batch":
        verdict = list(validate_claims([claim(early), claim(late, claim_id="B2")]))[1].lines[0]
    else:
        history = MemoryHistory()
        remembering = Validator(history=history)
        before = Claim.from_dict(claim(early, rendering_npi="1245319599"))
        history.record(before, remembering.validate(before))
        verdict = remembering.validate(claim(late, claim_id="B2")).lines[0]
    excess = [finding for finding in verdict.findings if finding.carc == "119"]
    assert [finding.rarcs for finding in excess] == ([("N435",)] if exceeds else [])
    assert verdict.disposition == "report_only"


@pytest.mark.parametrize("modifier", ["1P", "2P", "3P", "8P"])
def test_what_was_not_done_uses_nothing_up(modifier: str) -> None:
    result = judge(claim(line("3044F", modifier, service_date="2024-02-01"), line("3046F")))
    assert "119" not in carcs(result, 2)


@pytest.mark.parametrize(("second", "exceeds"), [("2025-02-27", True), ("2025-02-28", False)])
def test_twelve_months_are_civil_months(second: str, exceeds: bool) -> None:
    limit = {"name": "t", "codes": ["0001F-9007F"], "most": 1, "per": "member", "window": "rolling_12_months"}
    policy = Policy.load("default").replace(frequency__limits={"limits": [limit]})
    lines = line("3044F", service_date="2024-02-29"), line("3044F", service_date=second)
    result = validate_claim(claim(*lines, received_date="2025-03-01"), policy=policy)
    assert [finding.rarcs for finding in result.lines[1].findings if finding.carc == "119"] == [("M90",)] * exceeds


def test_a_void_takes_its_service_back() -> None:
    history = MemoryHistory()
    remembering = Validator(history=history)
    first = claim(line("3044F", service_date="2024-02-01"))
    void = {**first, "claim_id": "V1", "frequency_code": "8", "original_claim_id": "A1"}
    for given in (first, void):
        read = Claim.from_dict(given)
        history.record(read, remembering.validate(read))
    assert "119" not in carcs(remembering.validate(claim(line("3046F"), claim_id="B2")), 1)


# --- an incentive and its companions ---------------------------------------------------------------------------------

INCENTIVES = {
    "within the span": ("3023F", ["J44.89"], "99213", [], "20.00"),
    "its lower end": ("3023F", ["J40"], "99213", [], "20.00"),
    "beyond its upper end": ("3023F", ["J47.9"], "99213", [], "0.00"),
    "I50.89 lies before I50.9": ("3117F", ["I50.89"], "99213", [], "20.00"),
    "I51.0 does not": ("3117F", ["I51.0"], "99213", [], "0.00"),
    "asthma": ("2015F", ["J45.998"], "99202", [], "20.00"),
    "anywhere on the claim": ("3117F", ["I10", "I50.9"], "99215", [], "20.00"),
    "a visit that does not count": ("3117F", ["I50.9"], "99281", [], "0.00"),
    "no visit": ("3117F", ["I50.9"], None, [], "0.00"),
    "not performed": ("3117F", ["I50.9"], "99213", ["8P"], "0.00"),
    "a code that is not listed": ("3044F", ["E11.65"], "99213", [], "0.00"),
}


@pytest.mark.parametrize("name", INCENTIVES)
def test_an_incentive(name: str) -> None:
    code, diagnoses, visit, modifiers, allowed = INCENTIVES[name]
    lines = [line(code, *modifiers, charge="20.00"), *([line(visit)] if visit else [])]
    verdict = judge(claim(*lines, diagnoses=diagnoses), policy=OHIO).lines[0]
    assert str(verdict.allowed_amount) == allowed
    assert verdict.disposition == ("report_only" if allowed == "0.00" else "payable")


BANDS = [
    ("3044F", "6.9", True), ("3044F", "7.0", False), ("3051F", "7.0", True), ("3051F", "8.0", False),
    ("3052F", "8.0", True), ("3052F", "9.0", True), ("3052F", "9.1", False), ("3046F", "9.0", False),
    ("3046F", "9.1", True), ("3074F", "129", True), ("3074F", "130", False), ("3075F", "139", True),
    ("3075F", "140", False), ("3077F", "140", True), ("3078F", "79", True), ("3078F", "80", False),
    ("3079F", "89", True), ("3079F", "90", False), ("3080F", "90", True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "fits"), BANDS)
def test_the_band_of_a_result(code: str, value: str, fits: bool) -> None:
    halves = [] if code < "3074F" else [line("3078F" if code < "3078F" else "3074F")]
    result = judge(claim(line("99213"), line(code, result_value=value), *halves))
    warnings = [finding for finding in result.lines[1].findings if finding.severity == "warning"]
    assert len(warnings) == (0 if fits else 1)


# --- codes -----------------------------------------------------------------------------------------------------------

PARSED = {
    "3044F": ("CPT", "I", "II"),
    "99213": ("CPT", "I", "I"),
    "99607": ("CPT", "I", "I"),
    "0042T": ("CPT", "I", "III"),
    "0001U": ("CPT", "I", "I"),
    "0002M": ("CPT", "I", "I"),
    "0001A": ("CPT", "I", "I"),
    "00099": ("CPT", "I", None),
    "J1885": ("HCPCS", "II", None),
    "U0001": ("HCPCS", "II", None),
    "T1015": ("HCPCS", "II", None),
    "C9898": ("HCPCS", "II", None),
    "D0120": ("CDT", "II", None),
    "W1234": ("HCPCS", "III", None),
}


@pytest.mark.parametrize("text", PARSED)
def test_level_and_category_are_two_axes(text: str) -> None:
    code = codes.parse_procedure(text, strict=True)
    assert (code.system, code.level, code.category) == PARSED[text]


@pytest.mark.parametrize(
    "text", ["F3044", "3044", "03044F", "A123F", "J001T", "F1234", "I1234", "N1234", "O1234", "１２３４F"]
)
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(CodeError):
        codes.parse_procedure(text)


@pytest.mark.parametrize("text", ["3044f", " 3044F", "3044F "])
def test_strict_changes_nothing(text: str) -> None:
    assert codes.parse_procedure(text).text == "3044F"
    with pytest.raises(CodeError):
        codes.parse_procedure(text, strict=True)


@pytest.mark.parametrize("text", ["J4520", "E1165", "K0001", "G4300", "A0000"])
def test_all_readings_of_an_undotted_code(text: str) -> None:
    assert {"hcpcs", "icd10cm"} <= {candidate.kind for candidate in codes.classify(text)}


HOMONYMS = {
    "CPT-I": {"homonym:phlebotomy_license", "family:category_i"},
    "CPT-II": {"homonym:phlebotomy_license", "family:category_ii"},
    "CPT II deficiency": {"homonym:enzyme"},
    "CPT Type 2": {"homonym:enzyme"},
    "CPT 2": {"family:category_ii"},
    "Category 2": {"family:category_ii"},
    "CPT II code": {"family:category_ii"},
    "Level II": {"family:level_ii"},
    "Level III": {"family:level_iii"},
    "level 1 and level 2 CPT codes": {"confusion:level_and_category", "family:category_i", "family:category_ii"},
}


@pytest.mark.parametrize("text", HOMONYMS)
def test_homonyms(text: str) -> None:
    assert HOMONYMS[text] <= {candidate.kind for candidate in codes.classify(text)}


# --- good claims -----------------------------------------------------------------------------------------------------

GOOD: dict[str, dict[str, Any]] = {
    "a visit with laboratory": claim(line("99214", "25"), line("36415"), line("83036"), line("80053")),
    "diabetes reported": claim(line("99214"), line("3044F"), line("3074F"), line("3078F")),
    "an injection beside a visit": claim(line("20610", "RT"), line("99213", "25"), diagnoses=["M17.11"]),
    "a colonoscopy at two sites": claim(line("45385"), line("45380", "59"), place_of_service="24"),
    "anesthesia": claim(line("00811", "QZ", "P2", units=45, unit_basis="MJ"), place_of_service="22"),
    "therapy": claim(line("97110", "GP", units=2), line("97530", "GP"), diagnoses=["M54.50"]),
    "an ambulance": claim(line("A0425", "SH", units="6.2"), RIDE, place_of_service="41", provider_kind="ambulance"),
    "a drug": claim(line("96372"), line("J1885", units=2, ndc="00409379501", ndc_quantity="1", ndc_unit="ML")),
    "vaccines": claim(line("90471"), line("90686"), line("90472"), line("90715"), diagnoses=["Z23"]),
    "telehealth": claim(line("99213", "95"), place_of_service="10"),
    "an image read": claim(line("71046", "26"), place_of_service="22"),
    "a yearly visit with reports": claim(line("G0439"), line("1159F"), line("1160F"), line("1170F")),
    "visits of two days": claim(line("99213"), line("99213", service_date="2024-07-24")),
    "lesions": claim(line("17000"), line("17003", units=5), diagnoses=["L57.0"]),
    "critical care": claim(line("99291"), line("99292", units=2), place_of_service="21"),
    "pathology": claim(line("88305", units=2), line("88311"), place_of_service="81", clia="05D1234567"),
    "both knees": claim(line("20611", "50"), diagnoses=["M17.0"]),
    "a replacement": claim(line("99213"), frequency_code="7", original_claim_id="A0"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_claim_is_left_alone(name: str) -> None:
    result = judge(GOOD[name], as_of="2024-08-15")
    assert [finding for finding in result.findings if finding.severity != "info"] == [], str(result)
    assert result.disposition == "payable"
