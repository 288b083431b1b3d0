from claimcheck import Claim, ServiceLine
from claimcheck.claims import Problem
from claimcheck.policies import Policy
from claimcheck.rules.facility.total_line import AS_SERVICE, TOTAL
from support.cases import Case, institutional, line, rule_tests

PAPER = Policy.load("default").replace(facility__total_line={"accepted": True})
LINES = [line("99283", revenue_code="0450"), line(None, revenue_code="0001")]


def of_an_837(bill_type: str = "0131") -> Claim:
    problem = Problem("total_as_line", field="SV201")
    lines = [ServiceLine("99283", revenue_code="0450"), ServiceLine(revenue_code="0001", problems=[problem])]
    return Claim(claim_type="institutional", bill_type=bill_type, lines=lines)


HITS = {
    "the total": Case(LINES, institutional(), line=2, outcome=TOTAL),
    "on an inpatient bill": Case(LINES, institutional("0111"), line=2, outcome=TOTAL),
    "as three digits": Case([line(None, revenue_code="001")], institutional(), line=1, outcome=TOTAL),
    "a service of an 837": Case(claim=of_an_837(), line=2, outcome=AS_SERVICE),
    "a service of an 837 for an inpatient": Case(claim=of_an_837("0111"), line=2, outcome=AS_SERVICE),
    "an 837 made of paper forms": Case(claim=of_an_837(), policy=PAPER, line=2, outcome=TOTAL),
}
MISSES = {
    "no total": Case(LINES[:1], institutional()),
    "a professional claim": Case(LINES),
    "a malformed revenue code": Case([line(None, revenue_code="00O1")], institutional()),
}
test_hits, test_misses = rule_tests("FAC104", HITS, MISSES)
