import pytest

from claimcheck.errors import PolicyError
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, of_rule, rule_tests

SAYS = outcomes("97", "M15")
LIPIDS = [line(code) for code in ("82465", "83718", "84478")]
BASIC = ("82310", "82374", "82435", "82565", "82947", "84132", "84295", "84520")
WHOLE = [line(code) for code in (*BASIC, "82040", "82247", "84075", "84155", "84450", "84460")]


def then(what: str) -> Policy:
    panel = {"code": "80061", "components": ["82465", "83718", "84478"]}
    return Policy.load("commercial").replace(laboratory__panels={"panels": [panel], "then": what})


HITS = {
    "all components": Case(LIPIDS, policy="commercial", line=1, outcome=SAYS[Then.REVIEW], evidence={"panel": "80061"}),
    "of other tests beside": Case([line("99213"), *LIPIDS], policy="commercial", line=4, outcome=SAYS[Then.REVIEW]),
    "the larger of two panels": Case(
        WHOLE, policy="commercial", line=1, outcome=SAYS[Then.REVIEW], evidence={"panel": "80053"}
    ),
    "denied": Case(LIPIDS, policy=then("deny"), line=2, outcome=SAYS[Then.DENY]),
    "a warning": Case(LIPIDS, policy=then("warn"), line=3, outcome=SAYS[Then.WARN]),
}
MISSES = {
    "one is missing": Case(LIPIDS[:2], policy="commercial"),
    "one on another day": Case([*LIPIDS[:2], line("84478", day="2024-07-16")], policy="commercial"),
    "a repeated test": Case([*LIPIDS[:2], line("84478", "91")], policy="commercial"),
    "the panel is billed": Case([*LIPIDS, line("80061")], policy="commercial"),
    "Medicare": Case(LIPIDS, policy="medicare"),
    "Medicaid": Case(LIPIDS, policy="medicaid"),
    "a facility's claim": Case(LIPIDS, institutional(), policy="commercial"),
}
test_hits, test_misses = rule_tests("PRO503", HITS, MISSES)


def test_of_panels_that_hold_each_other_the_larger_one_is_named() -> None:
    named = {finding.evidence["panel"] for finding in of_rule(HITS["the larger of two panels"].judge(), "PRO503")}
    assert named == {"80053"}


@pytest.mark.parametrize("components", [["82465"], ["82465-83718"]])
def test_a_panel_has_two_components_or_more_each_by_itself(components: list[str]) -> None:
    with pytest.raises(PolicyError, match="two codes or more"):
        Policy.load("default").replace(laboratory__panels={"panels": [{"code": "80061", "components": components}]})
