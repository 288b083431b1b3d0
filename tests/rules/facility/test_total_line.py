from claimcheck.policies import Policy
from claimcheck.rules.facility.total_line import TOTAL
from support.cases import Case, institutional, line, rule_tests

PAPER = Policy.load("default").replace(facility__total_line={"accepted": True})
LINES = [line("99283", revenue_code="0450"), line(None, revenue_code="0001")]

HITS = {
    "the total": Case(LINES, institutional(), line=2, outcome=TOTAL),
    "on an inpatient bill": Case(LINES, institutional("0111"), line=2, outcome=TOTAL),
}
MISSES = {
    "no total": Case(LINES[:1], institutional()),
    "paper forms": Case(LINES, institutional(), policy=PAPER),
    "a professional claim": Case(LINES),
    "a malformed revenue code": Case([line(None, revenue_code="00O1")], institutional()),
}
test_hits, test_misses = rule_tests("FAC104", HITS, MISSES)
