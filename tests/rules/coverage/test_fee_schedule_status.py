import pytest

from claimcheck import validate_claim
from claimcheck.policies import Policy
from claimcheck.rules.coverage.fee_schedule_status import (
    BUNDLED,
    CONTRACTOR_PRICED,
    CONTRACTOR_REVIEWED,
    NON_COVERED,
    NOT_VALID,
    NOT_VALID_FOR_MEDICARE,
    REPORTED,
    RESTRICTED,
)
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.made_tables import fee_schedule

ON_FACILITY_CLAIMS = Policy.load("default").replace(
    coverage__fee_schedule_status={"claim_types": ["professional", "institutional"]}
)

REVIEWED = Policy.load("default").replace(coverage__fee_schedule_status={"contractor_priced_review": True})
SPLIT = fee_schedule(_70170="C", _70170_26="A", _70170_TC="C", _45378="A", _45378_53="R", _86153_26="R")

HITS = {
    "bundled, whatever its relative value": Case(
        [line("97010")],
        line=1,
        outcome=BUNDLED,
        evidence={"status": "B", "code": "97010", "has_relative_value": True},
    ),
    "bundled, incident to another service": Case(
        [line("A4550")], tables=fee_schedule(A4550="P"), line=1, outcome=BUNDLED
    ),
    "a postoperative visit is a report": Case(
        [line("99024", charge="0.00")], tables=fee_schedule(_99024="B"), line=1, outcome=REPORTED
    ),
    "not covered": Case([line("99396")], line=1, outcome=NON_COVERED),
    "a Category III code that is not covered": Case([line("0469T")], line=1, outcome=NON_COVERED),
    "not valid for Medicare, at Medicare": Case([line("99417")], policy="medicare", line=1, outcome=NOT_VALID),
    "not valid for Medicare, elsewhere": Case([line("99417")], line=1, outcome=NOT_VALID_FOR_MEDICARE),
    "once valid with a grace period": Case(
        [line("99417")], policy="medicare", tables=fee_schedule(_99417="G"), line=1, outcome=NOT_VALID
    ),
    "a G code that only reports": Case([line("G8427", charge="0.00")], line=1, outcome=REPORTED),
    "functional information of therapy": Case(
        [line("G8978")], tables=fee_schedule(G8978="Q"), line=1, outcome=REPORTED
    ),
    "restricted": Case([line("11719")], line=1, outcome=RESTRICTED),
    "priced by the contractor": Case(
        [line("0042T")], tables=fee_schedule(_0042T="C"), line=1, outcome=CONTRACTOR_PRICED
    ),
    "priced by the contractor, who reviews each claim": Case(
        [line("0042T")],
        tables=fee_schedule(_0042T="C"),
        policy=REVIEWED,
        line=1,
        outcome=CONTRACTOR_REVIEWED,
    ),
    "the whole, of which a component has another status": Case(
        [line("70170", "59")], tables=SPLIT, line=1, outcome=CONTRACTOR_PRICED
    ),
    "a component that the contractor prices": Case(
        [line("70170", "TC")], tables=SPLIT, policy=REVIEWED, line=1, outcome=CONTRACTOR_REVIEWED
    ),
    "both components, which are the whole": Case(
        [line("70170", "26", "TC")], tables=SPLIT, line=1, outcome=CONTRACTOR_PRICED
    ),
    "a component without a row of its own": Case(
        [line("0042T", "26")], tables=fee_schedule(_0042T="C"), line=1, outcome=CONTRACTOR_PRICED
    ),
    "a discontinued procedure with a row of its own": Case(
        [line("45378", "53")], tables=SPLIT, line=1, outcome=RESTRICTED, evidence={"status": "R"}
    ),
    "a code that has the row of a component alone": Case([line("86153")], tables=SPLIT, line=1, outcome=RESTRICTED),
    "a facility claim, where the policy names it": Case(
        [line("97010", revenue_code="0420")], institutional(), policy=ON_FACILITY_CLAIMS, line=1, outcome=BUNDLED
    ),
    "a code that the starter table lacks": Case([line("99221")], unchecked="starter_table"),
    "a Level II code that no edition lists": Case([line("J1885")], unchecked="not_in_table"),
    "a day that no edition covers": Case([line("97010", day="2024-10-01")], unchecked="stale"),
    "no service date": Case([line("97010", day=None)], unchecked="no_service_date"),
    "a claim of no type": Case([line("97010")], {"claim_type": None}, unchecked="missing_field"),
}
MISSES = {
    "active": Case([line(code) for code in ("99213", "45380", "G2211")]),
    "excluded from this schedule, paid by another": Case([line(code) for code in ("80053", "36415", "83036", "G0463")]),
    "excluded by regulation": Case([line("J1885")], tables=fee_schedule(J1885="E")),
    "a supply that is delivered to the home": Case(
        [line("A4253", place_of_service="12")], tables=fee_schedule(A4253="P")
    ),
    "a supply of a supplier": Case([line("A4253")], {"provider_kind": "dme_supplier"}, tables=fee_schedule(A4253="P")),
    "anesthesia": Case([line("00811")]),
    "a Category III code that is priced": Case([line(code) for code in ("0446T", "0509T", "0500T")]),
    "Category II, of status M or I": Case([line(code, charge="0.00") for code in ("3044F", "3046F")]),
    "Category II at Medicare": Case([line("3046F", charge="0.00")], policy="medicare"),
    "what hangs on the rest of the day": Case([line("36591")]),
    "a facility claim": Case([line("97010", revenue_code="0420")], institutional()),
    "a laboratory code of the list that the schedule never holds": Case([line("0001U"), line("D0120")]),
    "a code that a whole schedule does not hold": Case([line("99221")], tables=fee_schedule(_99213="A")),
    "a component that the schedule prices": Case([line("70170", "59", "26")], tables=SPLIT, policy=REVIEWED),
    "the whole, of which a discontinued procedure has another status": Case([line("45378")], tables=SPLIT),
    "a malformed code": Case([line("A123F")]),
}
test_hits, test_misses = rule_tests("COV101", HITS, MISSES)


BY_STATUS = {
    "payable": "ACEIJRTX",
    "denied": "BNP",
    "report_only": "M",
}


@pytest.mark.parametrize(
    ("status", "disposition"), [(status, said) for said, letters in BY_STATUS.items() for status in letters]
)
@pytest.mark.parametrize("rvu", ["0.0", "1.25"])
def test_the_status_decides_and_the_relative_value_does_not(status, disposition, rvu):
    claim = {"claim_type": "professional", "lines": [line("29580")]}
    result = validate_claim(claim, tables=fee_schedule(rvu=rvu, _29580=status))
    assert result.lines[0].disposition == disposition
    assert result.lines[0].allowed_amount == (0 if disposition == "report_only" else None)
    assert all(finding.edition == "medicare fee_schedule made" for finding in of_rule(result, "COV101"))
