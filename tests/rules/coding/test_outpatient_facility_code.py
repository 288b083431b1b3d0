from claimcheck.rules.coding.outpatient_facility_code import MISPLACED, MISPLACED_ON_A_STAY, RETURNED
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "on a professional claim": Case([line("C1713")], line=1, outcome=MISPLACED),
    "for an inpatient": Case([line("C1713")], institutional("0111"), line=1, outcome=MISPLACED_ON_A_STAY),
    "of a rural health clinic": Case([line("C1713")], institutional("0711"), line=1, outcome=RETURNED),
    "at a critical access hospital, of opioid treatment": Case(
        [line("C1713")], institutional("0851", condition_codes=["89"]), line=1, outcome=RETURNED
    ),
    "of a laboratory's bill": Case([line("C1713")], institutional("0141"), line=1, outcome=RETURNED),
}
MISSES = {
    "of a surgical center": Case([line("C1713")], {"provider_kind": "ASC"}),
    "on an outpatient bill": Case([line("C1713")], institutional()),
    "at a critical access hospital": Case([line("C1713")], institutional("0851")),
    "at a critical access hospital, under another condition": Case(
        [line("C1713")], institutional("0851", condition_codes=["41"])
    ),
    "on an inpatient's Part B bill": Case([line("C1713")], institutional("0121")),
    "another letter": Case([line("J1885"), line("99213")]),
}
test_hits, test_misses = rule_tests("COD107", HITS, MISSES)
