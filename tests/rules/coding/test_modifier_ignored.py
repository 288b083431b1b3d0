from claimcheck.rules.coding.modifier_ignored import IGNORED
from support.cases import Case, institutional, line, rule_tests

HITS = {
    f"{modifier} on {code}": Case([line(code, modifier)], line=1, outcome=IGNORED)
    for code, modifier in (("99213", "59"), ("99285", "XE"), ("77427", "XU"), ("92014", "59"))
}
MISSES = {
    "of a facility, whose editor takes it": Case([line("99213", "59", revenue_code="0510")], institutional()),
    "a procedure": Case([line("20610", "59"), line("92015", "59")]),
    "another modifier": Case([line("99213", "25")]),
    "no code": Case([line(None, "59")]),
}
test_hits, test_misses = rule_tests("COD306", HITS, MISSES)
