from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4")
DENY = Policy.load("default").replace(professional__several={"exempt": "deny"})
REVIEW = Policy.load("default").replace(professional__several={"exempt": "review"})

HITS = {
    "an add-on code": Case([line("17003", "51")], line=1, outcome=SAYS[Then.WARN], evidence={"global_days": "ZZZ"}),
    "a visit": Case([line("99213", "51")], line=1, outcome=SAYS[Then.WARN], evidence={"multiple_indicator": "0"}),
    "a laboratory test": Case([line("80053", "51")], line=1, evidence={"multiple_indicator": "9"}),
    "a payer that denies": Case([line("99213", "51")], policy=DENY, line=1, outcome=SAYS[Then.DENY]),
    "a payer that looks": Case([line("99213", "51")], policy=REVIEW, line=1, outcome=SAYS[Then.REVIEW]),
    "a code that is not known": Case([line("99499", "51")], unchecked="starter_table"),
}
MISSES = {
    "a second procedure": Case([line("20610", "51")]),
    "an endoscopy": Case([line("29881", "51")]),
    "without the modifier": Case([line("99213")]),
    "a facility's claim": Case([line("99213", "51")], institutional()),
}
test_hits, test_misses = rule_tests("PRO204", HITS, MISSES)
