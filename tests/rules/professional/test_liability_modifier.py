from claimcheck.rules.professional.liability_modifier import EXCLUDED, NOT_NECESSARY
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "no notice": Case([line("99213", "GZ")], line=1, outcome=NOT_NECESSARY),
    "excluded by law": Case([line("99213", "GY")], line=1, outcome=EXCLUDED),
    "under Medicare": Case([line("99213", "GY")], policy="medicare", line=1, outcome=EXCLUDED),
}
MISSES = {
    "a notice": Case([line("99213", "GA")]),
    "a notice that nobody had to give": Case([line("99213", "GX")]),
    "before GZ denied": Case([line("99213", "GZ", day="2011-06-30")]),
    "another payer": Case([line("99213", "GZ"), line("99214", "GY")], policy="commercial"),
    "a facility's claim": Case([line("99213", "GZ")], institutional()),
}
test_hits, test_misses = rule_tests("PRO301", HITS, MISSES)
