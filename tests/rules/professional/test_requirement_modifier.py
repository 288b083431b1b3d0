from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4", "N822")


def then(what: str) -> Policy:
    one = {"name": "positive airway pressure", "codes": ["E0601"], "modifiers": ["KX"]}
    return Policy.load("default").replace(professional__requirements={"requirements": [one], "otherwise": what})


def medicare(*modifiers: str, code: str = "E0601", **expected: object) -> Case:
    return Case([line(code, *modifiers)], policy="medicare", **expected)


HITS = {
    "none": medicare("RR", "KH", line=1, outcome=SAYS[Then.WARN], evidence={"expected": ("GA", "GY", "GZ", "KX")}),
    "a supply of a glucose monitor": medicare(code="A4253", line=1, outcome=SAYS[Then.WARN]),
    "a notice is not enough there": medicare("GA", code="A4253", line=1, outcome=SAYS[Then.WARN]),
    "denied": Case([line("E0601", "GA")], policy=then("deny"), line=1, outcome=SAYS[Then.DENY]),
    "left to review": Case([line("E0601")], policy=then("review"), line=1, outcome=SAYS[Then.REVIEW]),
}
MISSES = {
    "requirements met": medicare("RR", "KH", "KX"),
    "a notice": medicare("RR", "KH", "GA"),
    "excluded": medicare("GY"),
    "treated without insulin": medicare("NU", "KS", code="A4253"),
    "no requirement": medicare("NU", code="E0143"),
    "another payer": Case([line("E0601", "RR")], policy="commercial"),
    "a facility's claim": Case([line("E0601")], institutional(), policy="medicare"),
}
test_hits, test_misses = rule_tests("PRO310", HITS, MISSES)
