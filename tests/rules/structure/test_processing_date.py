from claimcheck.rules.structure.processing_date import AFTER
from support.cases import Case, line, rule_tests

HITS = {
    "after as_of": Case([line("99213")], as_of="2024-07-14", line=1, outcome=AFTER),
    "after the receipt": Case([line("99213")], {"received_date": "2024-07-14"}, line=1, outcome=AFTER),
    "ends after": Case([line("99213", service_date_end="2024-07-16")], as_of="2024-07-15", line=1, outcome=AFTER),
    "after the receipt, judged later": Case(
        [line("99213")], {"received_date": "2024-07-14"}, as_of="2024-08-01", line=1, outcome=AFTER
    ),
    "neither is known": Case([line("99213")], unchecked="no_reference_date"),
}
MISSES = {
    "on the day": Case([line("99213")], as_of="2024-07-15"),
    "received on the day, judged later": Case([line("99213")], {"received_date": "2024-07-15"}, as_of="2024-08-01"),
    "no readable date": Case([line("99213", day=day) for day in (None, "x")]),
    "a reversed one": Case([line("99213", service_date_end="2024-07-01")]),
}
test_hits, test_misses = rule_tests("STR403", HITS, MISSES)
