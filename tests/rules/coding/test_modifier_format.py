from claimcheck.rules.coding.modifier_format import CHANGED, MALFORMED
from support.cases import Case, line, rule_tests

HITS = {
    **{
        str(modifier): Case([line("99213", modifier)], line=1, outcome=MALFORMED)
        for modifier in ("4P", "0P", "5A", "599", "-T", "２５", 2.5)
    },
    "lower case": Case([line("20610", "lt")], line=1, outcome=CHANGED),
}
MISSES = {
    "each kind": Case([line("99213", "25"), line("20610", "LT"), line("3044F", "8P"), line("00811", "P2", "QZ")]),
    "none": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("COD301", HITS, MISSES)
