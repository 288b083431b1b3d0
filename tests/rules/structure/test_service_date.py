from claimcheck.rules.structure.service_date import WRONG_FIRST, WRONG_LAST, WRONG_RESULT
from support.cases import Case, institutional, line, rule_tests

SEVERAL = {"statement_from": "2024-07-01", "statement_through": "2024-07-03"}

HITS = {
    "missing": Case([line("99213", day=None)], line=1, outcome=WRONG_FIRST),
    "blank": Case([line("99213", day=" ")], line=1, outcome=WRONG_FIRST),
    "a day before the month": Case([line("99213", day="15/07/2024")], line=1, outcome=WRONG_FIRST),
    "no such day": Case([line("99213", day="20240230")], line=1, outcome=WRONG_FIRST),
    "a moment of no day": Case([line("99213", day="2024-02-30T10:00:00Z")], line=1, outcome=WRONG_FIRST),
    "the last day is none": Case([line("99213", service_date_end="soon")], line=1, outcome=WRONG_LAST),
    "reversed": Case([line("99213", service_date_end="2024-07-14")], line=1, outcome=WRONG_LAST),
    "the day of a result": Case([line("3044F", result_date="x")], line=1, outcome=WRONG_RESULT),
    "missing on a claim of no type": Case([line("99213", day=None)], {"claim_type": None}, line=1, outcome=WRONG_FIRST),
    "missing on an outpatient bill of several days": Case(
        [line("99213", day=None)], institutional(**SEVERAL), line=1, outcome=WRONG_FIRST
    ),
}
MISSES = {
    "a day": Case([line("99213"), line("99213", day="20240715")]),
    "a span": Case([line("99213", service_date_end="2024-07-16"), line("99213", service_date_end="2024-07-15")]),
    "missing on an inpatient bill": Case([line("99213", day=None)], institutional("0111", **SEVERAL)),
    "missing on a bill of one day": Case(
        [line("99213", day=None)],
        institutional(statement_from="2024-07-01", statement_through="2024-07-01"),
    ),
    "missing on a bill of no type, which is another rule's": Case([line("99213", day=None)], institutional("??")),
}
test_hits, test_misses = rule_tests("STR401", HITS, MISSES)
