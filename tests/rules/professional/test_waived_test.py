from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

SAYS = outcomes("4", "N822")
FEES = codes(clfs=[list_row("80053", modifier=""), list_row("80053", modifier="QW"), list_row("80076", modifier="")])


def then(what: str) -> Policy:
    return Policy.load("default").replace(laboratory__waived={"always": ["81002"], "otherwise": what})


HITS = {
    "always waived": Case([line("81002", "QW")], line=1, outcome=SAYS[Then.WARN]),
    "no laboratory test": Case([line("99213", "QW")], line=1, outcome=SAYS[Then.WARN]),
    "no waived form": Case([line("80076", "QW")], tables=FEES, line=1, outcome=SAYS[Then.WARN]),
    "not on the fee schedule": Case([line("87880", "QW")], tables=FEES, line=1, outcome=SAYS[Then.WARN]),
    "denied": Case([line("81002", "QW")], policy=then("deny"), line=1, outcome=SAYS[Then.DENY]),
    "left to review": Case([line("81002", "QW")], policy=then("review"), line=1, outcome=SAYS[Then.REVIEW]),
    "no fee schedule": Case([line("87880", "QW")], unchecked="no_table"),
}
MISSES = {
    "always waived, without": Case([line("81002")]),
    "a waived form": Case([line("80053", "QW")], tables=FEES),
    "no QW": Case([line("80076")], tables=FEES),
    "a facility's claim": Case([line("81002", "QW")], institutional()),
}
test_hits, test_misses = rule_tests("PRO502", HITS, MISSES)
