from claimcheck.rules.category_ii.retired import REPLACED
from support.cases import Case, line, rule_tests
from support.made_tables import fee_schedule


def report(day: str | None, code: str = "3045F") -> list[dict]:
    return [line(code, day=day, charge="0.00")]


HITS = {
    "after its last day": Case(
        report("2020-01-01"), line=1, outcome=REPLACED, evidence={"code": "3045F", "replaced_by": ("3051F", "3052F")}
    ),
    "not on a schedule that is loaded": Case(
        report("2024-07-15"), tables=fee_schedule(_3051F="M"), line=1, outcome=REPLACED
    ),
    "years later": Case(report("2024-07-15"), line=1, outcome=REPLACED),
}
MISSES = {
    "on its last day": Case(report("2019-12-31")),
    "on a schedule that is loaded, and holds it": Case(report("2024-07-15"), tables=fee_schedule(_3045F="M")),
    "a code in force": Case(report("2024-07-15", "3051F")),
    "a date that no table covers": Case(report("2024-10-01", "3051F")),
    "no service date": Case(report(None)),
    "no code": Case([line(None)]),
}
test_hits, test_misses = rule_tests("CAT305", HITS, MISSES)
