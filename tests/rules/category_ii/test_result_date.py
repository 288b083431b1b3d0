from claimcheck.rules.category_ii.result_date import ANOTHER_DAY
from support.cases import Case, line, rule_tests


def report(tested: object, code: str = "3044F", **fields: object) -> list[dict]:
    return [line(code, charge="0.00", result_date=tested, **fields)]


HITS = {
    "before the visit": Case(report("2024-07-01"), line=1, outcome=ANOTHER_DAY, evidence={"code": "3044F"}),
    "after it": Case(report("2024-07-16"), line=1, outcome=ANOTHER_DAY),
    "outside the span of the line": Case(
        report("2024-07-18", service_date_end="2024-07-17"), line=1, outcome=ANOTHER_DAY
    ),
}
MISSES = {
    "on the day": Case(report("2024-07-15")),
    "within the span of the line": Case(report("2024-07-16", service_date_end="2024-07-17")),
    "no day of a test": Case(report(None)),
    "an unreadable day of a test": Case(report("01.07.2024")),
    "no service date": Case(report("2024-07-01", day=None)),
    "an unreadable service date": Case(report("2024-07-01", day="15/07/2024")),
    "another kind of code": Case(report("2024-07-01", "83036")),
}
test_hits, test_misses = rule_tests("CAT303", HITS, MISSES)
