from claimcheck.rules.facility.requested import DENIAL, REVIEW
from support.cases import Case, institutional, line, rule_tests


def on(*codes: str, bill_type: str = "0131", day: str = "2024-07-15", **fields: object) -> Case:
    lines = [line("G0463", revenue_code="0510", day=day)]
    return Case(lines, institutional(bill_type, condition_codes=list(codes)), **fields)


HITS = {
    "a review": on("20", line=1, outcome=REVIEW, evidence={"condition_code": "20"}),
    "a denial, on its last day": on("21", day="2020-12-31", line=1, outcome=DENIAL),
}
MISSES = {
    "a denial, a day later": on("21", day="2021-01-01"),
    "other condition codes": on("41"),
    "none": on(),
    "inpatient": on("20", bill_type="0111"),
    "a professional claim": Case([line("99213")], {"condition_codes": ["20"]}),
}
test_hits, test_misses = rule_tests("FAC109", HITS, MISSES)
