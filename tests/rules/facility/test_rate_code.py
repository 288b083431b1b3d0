import pytest

from claimcheck import validate_claim
from claimcheck.rules.facility.rate_code import MISPLACED, MISSING
from support.cases import Case, institutional, line, of_rule, rule_tests

STAY = institutional("0211", statement_from="2024-07-01", statement_through="2024-07-20")


def on(revenue_code: str, code: str | None, qualifier: str | None = None) -> list[dict]:
    return [line(code, revenue_code=revenue_code, code_qualifier=qualifier, charge="0.00")]


HITS = {
    "no rate code": Case(on("0022", None), STAY, line=1, outcome=MISSING),
    "another qualifier": Case(on("0022", "1AFKS", "HC"), STAY, line=1, outcome=MISPLACED),
    "on another revenue code": Case(on("0420", "1AFKS", "HP"), STAY, line=1, outcome=MISPLACED),
}
MISSES = {
    "a rate code under its qualifier": Case(on("0022", "1AFKS", "HP"), STAY),
    "a rate code without a qualifier": Case(on("0023", "1AFKS"), institutional("0321")),
    "another line": Case(on("0420", "97110"), STAY),
    "a professional claim": Case(on("0022", None)),
    "a malformed revenue code": Case(on("00Z2", None), STAY),
}
test_hits, test_misses = rule_tests("FAC107", HITS, MISSES)


@pytest.mark.parametrize("qualifier", ["HP", None])
def test_a_rate_code_is_not_taken_for_a_malformed_procedure(qualifier):
    result = validate_claim({**STAY, "lines": on("0022", "1AFKS", qualifier)})
    assert of_rule(result, "COD101") == []
