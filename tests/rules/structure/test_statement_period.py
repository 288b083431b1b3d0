from claimcheck.rules.structure.statement_period import OUTSIDE
from support.cases import Case, institutional, line, rule_tests

WEEK = {"statement_from": "2024-07-10", "statement_through": "2024-07-20"}
HITS = {
    "before": Case([line("99213", day="2024-07-09")], institutional(**WEEK), line=1, outcome=OUTSIDE),
    "after": Case([line("99213", day="2024-07-21")], institutional(**WEEK), line=1, outcome=OUTSIDE),
    "begins before": Case(
        [line("99213", day="2024-07-09", service_date_end="2024-07-11")], institutional(**WEEK), line=1, outcome=OUTSIDE
    ),
    "ends after": Case([line("99213", service_date_end="2024-07-21")], institutional(**WEEK), line=1, outcome=OUTSIDE),
}
MISSES = {
    "on its days": Case([line("99213", day=day) for day in ("2024-07-10", "2024-07-20")], institutional(**WEEK)),
    "a professional claim": Case([line("99213", day="2024-07-01")], WEEK),
    "no statement": Case([line("99213")], institutional()),
}
test_hits, test_misses = rule_tests("STR404", HITS, MISSES)
