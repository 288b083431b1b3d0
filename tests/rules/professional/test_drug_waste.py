from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

ALONE, CONFLICT = outcomes("4", "N822"), outcomes("4", "N519")
GIVEN, WASTED, WHOLE = line("J9271", units=80), line("J9271", "JW", units=20), line("J9271", "JZ", units=100)


def listed(what: str = "warn") -> Policy:
    return Policy.load("medicare").replace(drugs__waste={"single_dose": ["J9271"], "otherwise": what})


HITS = {
    "discarded alone": Case([WASTED], line=1, outcome=ALONE[Then.WARN]),
    "discarded, and given on another day": Case(
        [WASTED, line("J9271", day="2024-07-16")], line=1, outcome=ALONE[Then.WARN]
    ),
    "discarded and not discarded": Case([WHOLE, WASTED], line=2, outcome=CONFLICT[Then.WARN]),
    "neither is told": Case([GIVEN], policy=listed(), line=1, outcome=ALONE[Then.WARN]),
    "denied": Case([GIVEN], policy=listed("deny"), line=1, outcome=ALONE[Then.DENY]),
    "left to review": Case([GIVEN], policy=listed("review"), line=1, outcome=ALONE[Then.REVIEW]),
    "a conflict that is denied": Case([WHOLE, WASTED], policy=listed("deny"), line=2, outcome=CONFLICT[Then.DENY]),
    "a conflict for review": Case([WHOLE, WASTED], policy=listed("review"), line=2, outcome=CONFLICT[Then.REVIEW]),
}
MISSES = {
    "given and discarded": Case([GIVEN, WASTED], policy=listed()),
    "nothing discarded": Case([WHOLE], policy=listed()),
    "a drug that is not listed": Case([GIVEN]),
    "both on one line, which another rule finds": Case([line("J9271", "JW", "JZ"), GIVEN]),
    "no day": Case([line("J9271", "JW", day=None)]),
    "a facility's claim": Case([WASTED], institutional()),
}
test_hits, test_misses = rule_tests("PRO603", HITS, MISSES)
