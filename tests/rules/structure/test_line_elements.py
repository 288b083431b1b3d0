import pytest

from claimcheck import Claim, ServiceLine
from claimcheck.claims import Problem
from claimcheck.rules.structure.line_elements import CODE_SET, DAY, MEASURE, OTHER, POINTER
from support.cases import Case, institutional, line, rule_tests


def of_an_837(kind: str, element: str, claim_type: str = "professional") -> Claim:
    return Claim(claim_type=claim_type, lines=[ServiceLine("99213", problems=[Problem(kind, field=element)])])


HITS = {
    "no code set": Case(claim=of_an_837("missing_element", "SV101-1"), line=1, outcome=CODE_SET),
    "no code set on a bill": Case(
        claim=of_an_837("missing_element", "SV202-1", "institutional"), line=1, outcome=CODE_SET
    ),
    "no code set on a dental line": Case(
        claim=of_an_837("missing_element", "SV301-1", "dental"), line=1, outcome=CODE_SET
    ),
    "no measure": Case(claim=of_an_837("missing_element", "SV103"), line=1, outcome=MEASURE),
    "no measure on a bill": Case(claim=of_an_837("missing_element", "SV204"), line=1, outcome=MEASURE),
    "no pointer": Case(
        claim=of_an_837("missing_element", "SV107-1"), line=1, outcome=POINTER, evidence={"element": "SV107-1"}
    ),
    "a pointer at an empty element": Case(claim=of_an_837("unknown_value", "SV107"), line=1, outcome=POINTER),
    "a date of no known spelling": Case(claim=of_an_837("unknown_value", "DTP02"), line=1, outcome=DAY),
    "a prosthesis": Case(claim=of_an_837("unknown_value", "SV305", "dental"), line=1, outcome=OTHER),
}
MISSES = {
    "a claim that is no 837": Case([line("99213"), line("99213", unit_basis="UN", code_qualifier="HC")]),
    "an institutional claim that is no 837": Case([line("99213", revenue_code="0510")], institutional()),
    "another problem": Case(claim=of_an_837("after_creation", "DTP*472").__class__(claim_type="professional")),
}
test_hits, test_misses = rule_tests("STR510", HITS, MISSES)


@pytest.mark.parametrize("kind", ["missing_element", "unknown_value"])
def test_what_is_found_is_found_once(kind: str) -> None:
    """Neither the form of the line nor that of the claim says it again."""
    result = Case(claim=of_an_837(kind, "SV103")).judge()
    assert {finding.rule_id for finding in result.findings if finding.rule_id.startswith("STR1")} == {"STR105"}
    assert sum(finding.rule_id == "STR510" for finding in result.findings) == 1
