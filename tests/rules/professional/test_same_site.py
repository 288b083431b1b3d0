from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("236")


def then(what: str) -> Policy:
    return Policy.load("default").replace(professional__same_site={"anatomic": ["RT"], "then": what})


PAIR = [line("20611", "RT"), line("20610", "RT")]
HITS = {
    "the same side": Case(PAIR, line=2, outcome=SAYS[Then.WARN], evidence={"column_one": "20611", "modifier": "RT"}),
    "in the other order": Case(PAIR[::-1], line=1, outcome=SAYS[Then.WARN]),
    "the same toe": Case([line("11055", "T1"), line("11720", "T1")], line=2, outcome=SAYS[Then.WARN]),
    "denied": Case(PAIR, policy=then("deny"), line=2, outcome=SAYS[Then.DENY]),
    "left to review": Case(PAIR, policy=then("review"), line=2, outcome=SAYS[Then.REVIEW]),
}
MISSES = {
    "the other side": Case([line("20611", "RT"), line("20610", "LT")]),
    "set apart by another modifier": Case([line("20611", "RT"), line("20610", "RT", "59")]),
    "another toe too": Case([line("11055", "T1"), line("11720", "T1", "T2")]),
    "a pair that no modifier bypasses": Case([line("11721", "RT"), line("11720", "RT")]),
    "no pair": Case([line("20610", "RT"), line("73030", "RT")]),
    "another day": Case([line("20611", "RT"), line("20610", "RT", day="2024-07-16")]),
    "a facility's claim": Case(PAIR, institutional()),
}
test_hits, test_misses = rule_tests("PRO220", HITS, MISSES)
