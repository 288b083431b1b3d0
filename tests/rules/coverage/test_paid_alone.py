import pytest

from claimcheck import Claim, MemoryHistory, Validator, validate_claim
from claimcheck.rules.coverage.paid_alone import BUNDLED
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.made_tables import fee_schedule, pairs

MEMBER = {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"}
SCHEDULE = fee_schedule(_36591="T", _94760="T", _99213="A", _0042T="C", _00811="J", _11719="R", _97010="B", _80053="X")


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
    "beside a service of unknown status": Case([line("36591"), line("99221")], unchecked="starter_table"),
}
MISSES = {
    "alone": Case([line("36591")]),
    "beside another of status T": Case([line("36591"), line("94760")]),
    "beside a laboratory test": Case([line("36591"), line("80053")]),
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


def test_a_line_of_an_earlier_claim_is_found_upon():
    history = MemoryHistory()
    earlier_claim = Claim.from_dict({"claim_type": "professional", **earlier(line("94760"))})
    validator = Validator(tables=OXIMETRY_AND_VISIT, history=history)
    history.record(earlier_claim, validator.validate(earlier_claim))
    later = {"claim_type": "professional", **MEMBER, "lines": [line("99213")]}
    result = validator.validate(Claim.from_dict(later))
    assert dispositions(result) == [("payable", None)]
    (overturned,) = result.overturned
    assert (overturned.claim, overturned.finding.rule_id, overturned.finding.carc) == ("A", "COV301", "97")
    assert overturned.finding.related_lines == ()
