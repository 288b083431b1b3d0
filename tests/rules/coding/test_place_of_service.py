from claimcheck.rules.coding.place_of_service import WRONG
from support.cases import Case, institutional, line, rule_tests

HITS = {
    **{
        str(place): Case([line("99213", place_of_service=place)], line=1, outcome=WRONG)
        for place in ("59", "30", "00", "111", "1A", "１１", 1.1)
    },
    "of the claim": Case(
        [line("99213"), line("99214", place_of_service="11")], {"place_of_service": "59"}, line=1, outcome=WRONG
    ),
    "before its first day": Case([line("99213", day="2021-12-31", place_of_service="10")], line=1, outcome=WRONG),
    "a date before the list": Case(
        [line("99213", day="2001-01-01", place_of_service="11")], unchecked="outside_edition"
    ),
    "no date": Case([line("99213", day=None, place_of_service="11")], unchecked="no_service_date"),
}
MISSES = {
    "assigned": Case([line("99213", place_of_service=place) for place in ("11", "02", "10", "27")]),
    "none": Case([line("99213")]),
    "an institutional line": Case([line("99213", place_of_service="59")], institutional()),
}
test_hits, test_misses = rule_tests("COD401", HITS, MISSES)
