from claimcheck.rules.coding.outpatient_facility_code import MISPLACED
from support.cases import Case, institutional, line, rule_tests

HITS = {"on a professional claim": Case([line("C1713")], line=1, outcome=MISPLACED)}
MISSES = {
    "of a surgical center": Case([line("C1713")], {"provider_kind": "ASC"}),
    "on an outpatient bill": Case([line("C1713")], institutional()),
    "another letter": Case([line("J1885"), line("99213")]),
}
test_hits, test_misses = rule_tests("COD107", HITS, MISSES)
