from claimcheck.rules.structure.clia_number import MALFORMED, OF_A_STATE
from support.cases import Case, line, rule_tests

HITS = {
    "too short": Case([], {"clia": "5D1234567"}, outcome=MALFORMED),
    "not text": Case([], {"clia": 7}, outcome=MALFORMED),
    "of a line": Case([line("83036"), line("80053", clia="05DD234567")], line=2, outcome=MALFORMED),
    "of a state": Case([], {"clia": "50Z1234567"}, outcome=OF_A_STATE),
}
MISSES = {
    "well formed": Case([line("80053", clia="05D1234567")], {"clia": "05D1234567"}),
    "none": Case([line("80053")]),
}
test_hits, test_misses = rule_tests("STR704", HITS, MISSES)
