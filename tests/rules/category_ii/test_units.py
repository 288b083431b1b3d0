from claimcheck.rules.category_ii.units import MORE_THAN_ONE
from support.cases import Case, line, rule_tests


def report(units: object, code: str = "3044F") -> list[dict]:
    return [line(code, charge="0.00", units=units)]


HITS = {
    "two": Case(report(2), line=1, outcome=MORE_THAN_ONE, evidence={"code": "3044F", "units": "2"}),
    "fifty": Case(report("50"), line=1, outcome=MORE_THAN_ONE),
}
MISSES = {
    "one": Case(report("1.0")),
    "missing, zero, negative or unreadable": Case([*report(None), *report(0), *report(-2), *report("two")]),
    "another kind of code": Case(report(2, "97110")),
    "no code": Case([line(None, units=2)]),
}
test_hits, test_misses = rule_tests("CAT202", HITS, MISSES)
