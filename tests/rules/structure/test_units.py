from claimcheck.rules.structure.units import FRACTIONAL, WRONG
from support.cases import Case, institutional, line, rule_tests

HITS = {
    **{
        str(units): Case([line("99213", units=units)], line=1, outcome=WRONG)
        for units in (None, "", "abc", float("nan"), 10**400, "٣", True, [], 0, "0.0", "-1")
    },
    "a fraction": Case([line("97110", units="1.5")], line=1, outcome=FRACTIONAL, evidence={"units": "1.5"}),
    "a fraction of what is no code": Case([line(None, units="1.5")], line=1, outcome=FRACTIONAL),
}
MISSES = {
    "whole": Case([line("99213", units=units) for units in (1, "1", "1.0", 2.0, "250")]),
    "the total line of the paper form": Case([line(None, revenue_code="0001", units=0)], institutional()),
    "mileage": Case([line("A0425", units="2.4")]),
}
test_hits, test_misses = rule_tests("STR301", HITS, MISSES)
