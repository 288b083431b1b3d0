from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]


def then(what: str) -> Policy:
    return Policy.load("default").replace(surgery__outside_package={"wrong_modifier": what})


HITS = {
    "57 on surgery": Case([line("27447", "57")], line=1, outcome=WARN, evidence={"modifier": "57"}),
    "24 on surgery": Case([line("20610", "24")], line=1, outcome=WARN),
    "79 on a visit": Case([line("99213", "79")], line=1, outcome=WARN),
    "58 on a visit": Case([line("99203", "58")], line=1, outcome=WARN),
    "78 in an office": Case([line("47562", "78")], {"place_of_service": "11"}, line=1, outcome=WARN),
    "denied": Case([line("99213", "79")], policy=then("deny"), line=1, outcome=DENIED),
    "the schedule is not known": Case([line("27130", "57")], line=1, unchecked="starter_table"),
    "left to review": Case([line("99213", "79")], policy=then("review"), line=1, outcome=REVIEW),
}
MISSES = {
    "24 on a visit": Case([line("99213", "24")]),
    "57 on a visit": Case([line("99222", "57")]),
    "79 on surgery": Case([line("27447", "79")]),
    "78 in a hospital": Case([line("47562", "78")], {"place_of_service": "21"}),
    "25 on surgery": Case([line("27447", "25")]),
    "no global days": Case([line("96372", "57")]),
    "a facility's claim": Case([line("27447", "57")], institutional()),
}
test_hits, test_misses = rule_tests("PRO208", HITS, MISSES)
