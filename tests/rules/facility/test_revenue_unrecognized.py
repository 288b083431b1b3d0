from claimcheck.policies import Policy
from claimcheck.rules.facility.revenue_unrecognized import UNRECOGNIZED
from support.cases import Case, institutional, line, rule_tests

KNOWN = Policy.load("default").replace(facility__unrecognized_revenue_codes={"codes": []})


def on(revenue_code: str, code: str | None = "97810", **fields: object) -> list[dict]:
    return [line(code, revenue_code=revenue_code, **fields)]


HITS = {
    "with a procedure code": Case(on("2101"), institutional(), line=1, outcome=UNRECOGNIZED),
    "without one": Case(on("2101", None), institutional(), line=1, outcome=UNRECOGNIZED),
    "on a home health bill": Case(on("0662"), institutional("0321"), line=1, outcome=UNRECOGNIZED),
    "0905 received before 2024": Case(
        on("0905", day="2023-12-15"), institutional(received_date="2023-12-20"), line=1, outcome=UNRECOGNIZED
    ),
}
MISSES = {
    "recognised": Case(on("0450"), institutional()),
    "0905 received from 2024 on": Case(on("0905", day="2023-12-15"), institutional(received_date="2024-01-10")),
    "not even known": Case(on("2107"), institutional()),
    "an inpatient bill": Case(on("2101"), institutional("0111")),
    "a professional claim": Case(on("2101")),
    "a payer that recognises it": Case(on("2101"), institutional(), policy=KNOWN),
    "no revenue code": Case([line("97810")], institutional()),
}
test_hits, test_misses = rule_tests("FAC103", HITS, MISSES)
