from claimcheck.rules.facility.visit_procedure import MISSING
from support.cases import Case, institutional, line, rule_tests


def visit(bill_type: str, revenue: str = "0551", code: str | None = None, **fields: object) -> Case:
    lines = [line(code, revenue_code=revenue, **({"day": fields.pop("day")} if "day" in fields else {}))]
    return Case(lines, institutional(bill_type), **fields)


HITS = {
    "a hospice's nurse": visit("0811", line=1, outcome=MISSING, evidence={"revenue_code": "0551", "bill_type": "81"}),
    "a hospital's hospice": visit("0821", "0571", line=1, outcome=MISSING),
    "home health, therapy": visit("0329", "0421", line=1, outcome=MISSING),
    "home health, social work": visit("0329", "0561", line=1, outcome=MISSING),
    "speech-language pathology": visit("0329", "0440", line=1, outcome=MISSING),
    "home health, before hospices did": visit("0329", "0551", day="2009-07-15", line=1, outcome=MISSING),
}
MISSES = {
    "with its code": visit("0811", code="G0299"),
    "a level of care": visit("0811", "0651"),
    "supplies": visit("0329", "0270"),
    "a hospital's therapy": visit("0131", "0421"),
    "hospice, before 2010": visit("0811", day="2009-12-31"),
    "a professional claim": Case([line(None, revenue_code="0551")]),
    "a payer other than Medicare": visit("0811", policy="commercial"),
    "a code that cannot be read": visit("0811", code="G02X9"),
}
test_hits, test_misses = rule_tests("FAC401", HITS, MISSES)
