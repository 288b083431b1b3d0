from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4")
DENY = Policy.load("default").replace(professional__split_care={"otherwise": "deny"})
REVIEW = Policy.load("default").replace(professional__split_care={"otherwise": "review"})

HITS = {
    "an endoscopy": Case([line("45378", "54")], line=1, outcome=SAYS[Then.WARN], evidence={"global_days": "000"}),
    "a visit": Case([line("99213", "55")], line=1, outcome=SAYS[Then.WARN], evidence={"global_days": "XXX"}),
    "an add-on code": Case([line("17003", "56")], line=1, evidence={"global_days": "ZZZ"}),
    "a payer that denies": Case([line("45378", "54")], policy=DENY, line=1, outcome=SAYS[Then.DENY]),
    "a payer that looks": Case([line("45378", "54")], policy=REVIEW, line=1, outcome=SAYS[Then.REVIEW]),
    "a code that is not known": Case([line("99499", "54")], unchecked="starter_table"),
}
MISSES = {
    "90 days": Case([line("66984", "54")]),
    "10 days": Case([line("17110", "55")]),
    "maternity": Case([line("59400", "55")]),
    "without the modifier": Case([line("45378")]),
    "a facility's claim": Case([line("45378", "54")], institutional()),
}
test_hits, test_misses = rule_tests("PRO205", HITS, MISSES)
