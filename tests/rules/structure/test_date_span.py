from claimcheck.rules.structure.date_span import UNEVEN
from support.cases import Case, line, rule_tests


def span(code: str, units: object) -> dict:
    return line(code, units=units, service_date_end="2024-07-17")


HITS = {
    "fewer units than days": Case([span("99232", 2)], line=1, outcome=UNEVEN, evidence={"days": 3, "units": "2"}),
    "more units than days": Case([span("99232", 10)], line=1, outcome=UNEVEN),
}
MISSES = {
    "a unit a day": Case([span("99232", 3)]),
    "one day": Case([line("99232", units=2)]),
    "a month's rental": Case([span("E0260", 1)]),
    "units that are none": Case([span("99232", units) for units in (None, "x", 0, -1)]),
}
test_hits, test_misses = rule_tests("STR405", HITS, MISSES)
