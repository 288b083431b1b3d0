from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("4")
REVIEW = Policy.load("default").replace(professional__components={"not_split": "review"})
WARN = Policy.load("default").replace(professional__components={"not_split": "warn"})

HITS = {
    "26 on a physician's service": Case([line("99213", "26")], line=1, outcome=SAYS[Then.DENY]),
    "TC on the interpretation of a laboratory test": Case(
        [line("83020", "TC")], line=1, outcome=SAYS[Then.DENY], evidence={"modifier": "TC", "pctc_indicator": "9"}
    ),
    "26 on what is the professional half": Case([line("93010", "26")], line=1, outcome=SAYS[Then.DENY]),
    "TC on what is the technical half": Case([line("93005", "TC")], line=1, outcome=SAYS[Then.DENY]),
    "26 on a test whose halves have codes": Case([line("93000", "26")], line=1, evidence={"pctc_indicator": "4"}),
    "a payer that looks": Case([line("99213", "26")], policy=REVIEW, line=1, outcome=SAYS[Then.REVIEW]),
    "a payer that warns": Case([line("99213", "26")], policy=WARN, line=1, outcome=SAYS[Then.WARN]),
    "a code that is not known": Case([line("99499", "26")], unchecked="starter_table"),
}
MISSES = {
    "26 on radiology": Case([line("71046", "26")]),
    "TC on radiology": Case([line("71046", "TC")]),
    "26 on a laboratory test with an interpretation": Case([line("83020", "26")]),
    "neither": Case([line("99213")]),
    "a code that is not valid for Medicare": Case([line("99503", "26")]),
    "a facility's claim": Case([line("99213", "26")], institutional()),
}
test_hits, test_misses = rule_tests("PRO101", HITS, MISSES)
