from claimcheck.rules.facility.trauma_response import ALONE
from support.cases import Case, institutional, line, rule_tests

TEAM = line("G0390", revenue_code="0681")
CARE = line("99291", revenue_code="0450")


def on(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    return Case(list(lines), institutional(bill_type, condition_codes=list(conditions)), **fields)


HITS = {
    "no critical care": on(TEAM, line=1, outcome=ALONE),
    "critical care of another day": on(TEAM, {**CARE, "service_date": "2024-07-16"}, line=1, outcome=ALONE),
    "no trauma revenue code": on(CARE, {**TEAM, "revenue_code": "0450"}, line=2, outcome=ALONE),
    "at a critical access hospital": on(TEAM, bill_type="0851", line=1, outcome=ALONE),
    "a line without a day": on({**TEAM, "service_date": None}, unchecked="no_service_date"),
}
MISSES = {
    "beside critical care": on(TEAM, CARE),
    "the revenue code on another line": on({**TEAM, "revenue_code": "0450"}, CARE, line(None, revenue_code="0682")),
    "critical care alone": on(CARE),
    "condition code 89": on(TEAM, conditions=["89"]),
    "a bill that the policy does not name": on(TEAM, bill_type="0741"),
    "a professional claim": Case([TEAM]),
}
test_hits, test_misses = rule_tests("FAC209", HITS, MISSES)
