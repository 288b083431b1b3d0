from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("16", "M53")


def given(code: str, units: object, basis: str | None):
    return line(code, "QZ", units=units, unit_basis=basis)


def then(what: str) -> Policy:
    said = {"codes": ["00811"], "pricing": ["QZ"], "otherwise": what}
    return Policy.load("default").replace(professional__anesthesia=said)


HITS = {
    "in units": Case([given("00811", 1, "UN")], line=1, outcome=SAYS[Then.WARN]),
    "part of a minute": Case([given("00811", "30.5", "MJ")], line=1, outcome=SAYS[Then.WARN]),
    "more than a day has": Case([given("00811", 1441, "MJ")], line=1, outcome=SAYS[Then.WARN]),
    "denied": Case([given("00811", 1, "UN")], policy=then("deny"), line=1, outcome=SAYS[Then.DENY]),
    "left to review": Case([given("00811", 1, "UN")], policy=then("review"), line=1, outcome=SAYS[Then.REVIEW]),
}
MISSES = {
    "in minutes": Case([given("00811", 45, "MJ")]),
    "a whole day, and two": Case(
        [given("00811", 1440, "MJ"), {**given("00811", 1441, "MJ"), "service_date_end": "2024-07-16"}]
    ),
    "a measure that is not told": Case([given("00811", 3, None)]),
    "daily management": Case([given("01996", 1, "UN")]),
    "no anesthesia": Case([given("99213", 1, "UN")]),
    "no units": Case([given("00811", None, "UN")]),
    "a facility's claim": Case([given("00811", 1, "UN")], institutional()),
}
test_hits, test_misses = rule_tests("PRO307", HITS, MISSES)
