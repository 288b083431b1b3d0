from claimcheck.rules.structure.noncovered_charge import WRONG
from support.cases import Case, line, rule_tests

HITS = {
    str(charge): Case([line("99213", noncovered_charge=charge)], line=1, outcome=WRONG)
    for charge in ("abc", "-1", "0.001")
}
MISSES = {str(charge): Case([line("99213", noncovered_charge=charge)]) for charge in (None, "0", "12.00")}
test_hits, test_misses = rule_tests("STR202", HITS, MISSES)
