from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4")
DENY = Policy.load("default").replace(professional__bilateral={"not_bilateral": "deny"})
REVIEW = Policy.load("default").replace(professional__bilateral={"not_bilateral": "review"})

HITS = {
    "of both sides already": Case(
        [line("77067", "50")], line=1, outcome=SAYS[Then.WARN], evidence={"bilateral_indicator": "2"}
    ),
    "not of two sides": Case([line("45378", "50")], line=1, outcome=SAYS[Then.WARN]),
    "sides do not apply": Case([line("80053", "50")], line=1, evidence={"bilateral_indicator": "9"}),
    "a payer that denies": Case([line("77067", "50")], policy=DENY, line=1, outcome=SAYS[Then.DENY]),
    "a payer that looks": Case([line("77067", "50")], policy=REVIEW, line=1, outcome=SAYS[Then.REVIEW]),
    "a code that is not known": Case([line("99499", "50")], unchecked="starter_table"),
}
MISSES = {
    "paid at 150 percent": Case([line("20610", "50")]),
    "each side in full": Case([line("73030", "50")]),
    "without the modifier": Case([line("77067")]),
    "a facility's claim": Case([line("77067", "50")], institutional()),
}
test_hits, test_misses = rule_tests("PRO201", HITS, MISSES)
