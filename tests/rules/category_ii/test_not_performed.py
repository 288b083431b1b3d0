import pytest

from claimcheck import validate_claim
from claimcheck.rules.category_ii.not_performed import NOT_PERFORMED
from support.cases import Case, line, of_rule, rule_tests


def report(*modifiers: str, code: str = "3044F") -> list[dict]:
    return [line(code, *modifiers, charge="0.00")]


HITS = {
    "for a medical reason": Case(report("1P"), line=1, outcome=NOT_PERFORMED, evidence={"modifier": "1P"}),
    "for the patient's reason": Case(report("2P"), line=1, outcome=NOT_PERFORMED, evidence={"modifier": "2P"}),
    "for the system's reason": Case(report("3P"), line=1, outcome=NOT_PERFORMED, evidence={"modifier": "3P"}),
    "for no reason given": Case(report("8p"), line=1, outcome=NOT_PERFORMED, evidence={"modifier": "8P"}),
    "beside another modifier": Case(report("33", "8P"), line=1, outcome=NOT_PERFORMED),
}
MISSES = {
    "performed": Case(report()),
    "another modifier": Case(report("33")),
    "on another kind of code": Case(report("1P", code="99213")),
    "a modifier that is none": Case(report("4P")),
}
test_hits, test_misses = rule_tests("CAT203", HITS, MISSES)


@pytest.mark.parametrize(("modifier", "says"), [("1P", "excluded from the measure"), ("8P", "included in the measure")])
def test_an_exclusion_leaves_the_measure_and_a_report_stays(modifier, says):
    result = validate_claim({"claim_type": "professional", "lines": report(modifier)})
    (finding,) = of_rule(result, "CAT203")
    assert finding.message.endswith(says)
    assert result.lines[0].disposition == "report_only"
