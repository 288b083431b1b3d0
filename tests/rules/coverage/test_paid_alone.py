import pytest

from claimcheck import Claim, MemoryHistory, Validator, validate_claim
from claimcheck.rules.coverage.paid_alone import BUNDLED
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.made_tables import fee_schedule, pairs

MEMBER = {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"}
SCHEDULE = fee_schedule(_36591="T", _94760="T", _99213="A", _0042T="C", _00811="J", _11719="R", _97010="B", _80053="X")
SPLIT = fee_schedule(_36591="T", _83020="X", _83020_26="A", _76140="T", _76140_26="A", _99213="A")


def earlier(*lines: dict) -> dict:
    return {**MEMBER, "claim_id": "A", "lines": lines}


HITS = {
    "beside a visit": Case(
        [line("36591"), line("99213")], line=1, outcome=BUNDLED, evidence={"code": "36591", "beside": "99213"}
    ),
    "whatever the order of the lines": Case([line("99213"), line("36591")], line=2, outcome=BUNDLED),
    "beside a visit on another claim": Case(
        [line("36591")],
        MEMBER,
        before=[earlier(line("99213"))],
        line=1,
        outcome=BUNDLED,
        evidence={"on_another_claim": True},
    ),
    "each code of status T": Case([line("94760"), line("36591"), line("99213")], line=2, outcome=BUNDLED),
    "beside what the contractor prices": Case([line("36591"), line("0042T")], tables=SCHEDULE, line=1, outcome=BUNDLED),
    "beside anesthesia": Case([line("36591"), line("00811")], tables=SCHEDULE, line=1, outcome=BUNDLED),
    "beside a restricted service": Case([line("36591"), line("11719")], line=1, outcome=BUNDLED),
    "beside the component of a laboratory test": Case(
        [line("36591"), line("83020", "26")],
        tables=SPLIT,
        line=1,
        outcome=BUNDLED,
        evidence={"beside": "83020"},
    ),
    "beside a test and its component": Case(
        [line("83020"), line("83020", "26"), line("36591")], tables=SPLIT, line=3, outcome=BUNDLED
    ),
    "beside a component on another claim": Case(
        [line("36591")],
        MEMBER,
        before=[earlier(line("83020", "26"))],
        tables=SPLIT,
        line=1,
        outcome=BUNDLED,
    ),
    "beside the paid component of a code of status T": Case(
        [line("76140"), line("76140", "26")], tables=SPLIT, line=1, outcome=BUNDLED
    ),
    "beside a service of unknown status": Case([line("36591"), line("99221")], unchecked="starter_table"),
}
MISSES = {
    "alone": Case([line("36591")]),
    "beside another of status T": Case([line("36591"), line("94760")]),
    "beside a laboratory test": Case([line("36591"), line("80053")]),
    "beside the whole, of which the schedule pays a component": Case(
        [line("36591"), line("83020", "59")], tables=SPLIT
    ),
    "beside both components, which are the whole": Case([line("36591"), line("83020", "26", "TC")], tables=SPLIT),
    "beside a component without a row of its own": Case([line("36591"), line("83020", "TC")], tables=SPLIT),
    "a component that the schedule pays, of a code of status T": Case(
        [line("76140", "26"), line("99213")], tables=SPLIT
    ),
    "beside a bundled service": Case([line("36591"), line("97010")]),
    "beside a report": Case([line("36591"), line("3044F", charge="0.00")]),
    "beside a service that is denied": Case(
        [line("36591"), line("0469T")], tables=fee_schedule(_36591="T", _0469T="N")
    ),
    "on another day": Case([line("36591"), line("99213", day="2024-07-16")]),
    "beside another provider's": Case(
        [line("36591", rendering_npi="1003000126"), line("99213", rendering_npi="1234567893")]
    ),
    "on a facility claim": Case([line("36591"), line("99213")], institutional()),
    "returned itself": Case([line("36591", units=-1), line("99213")]),
}
test_hits, test_misses = rule_tests("COV301", HITS, MISSES)


@pytest.mark.parametrize("code", ["G0117", "G0118", "36591", "36592", "36598", "94760", "94761", "96523"])
def test_the_codes_of_status_t(code):
    lines = [line(code), line("99213")]
    (finding,) = of_rule(validate_claim({"claim_type": "professional", "lines": lines}), "COV301")
    assert (finding.line_number, finding.related_lines, finding.carc, finding.rarcs) == (1, (2,), "97", ("N20",))


OXIMETRY_AND_VISIT = pairs(("94760", "99213"), _94760="T", _99213="A")


def dispositions(result):
    return [(str(line.disposition), line.deciding and line.deciding.carc) for line in result.lines]


def test_its_status_comes_before_the_pairs():
    claim = {"claim_type": "professional", "lines": [line("94760"), line("99213")]}
    right = [("denied", "97"), ("payable", None)]
    assert dispositions(validate_claim(claim, tables=OXIMETRY_AND_VISIT)) == right
    assert dispositions(validate_claim(claim)) == right  # the starter tables, which hold no such pair


def after_oximetry(tables, billed):
    """The result of a claim of one line after another claim's line of 94760."""
    history = MemoryHistory()
    earlier_claim = Claim.from_dict({"claim_type": "professional", **earlier(line("94760"))})
    validator = Validator(tables=tables, history=history)
    history.record(earlier_claim, validator.validate(earlier_claim))
    return validator.validate(Claim.from_dict({"claim_type": "professional", **MEMBER, "lines": [billed]}))


def test_a_component_is_paid_in_the_place_of_an_earlier_line_and_the_test_is_not():
    tables = pairs(("94760", "83020"), _94760="T", _83020="X", _83020_26="A")
    result = after_oximetry(tables, line("83020", "26"))
    assert dispositions(result) == [("payable", None)]
    assert [overturned.finding.rule_id for overturned in result.overturned] == ["COV301"]
    result = after_oximetry(tables, line("83020"))
    assert [finding.line_number for finding in of_rule(result, "NCCI101")] == [1]
    assert result.overturned == ()


def test_a_line_of_an_earlier_claim_is_found_upon():
    result = after_oximetry(OXIMETRY_AND_VISIT, line("99213"))
    assert dispositions(result) == [("payable", None)]
    (overturned,) = result.overturned
    assert (overturned.claim, overturned.finding.rule_id, overturned.finding.carc) == ("A", "COV301", "97")
    assert overturned.finding.related_lines == ()
