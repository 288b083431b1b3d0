from claimcheck.rules.coding.code_qualifier import UNKNOWN
from support.cases import Case, institutional, line, of_rule, rule_tests

HITS = {
    "a rate code on a professional line": Case([line("1AFKS", code_qualifier="HP")], line=1, outcome=UNKNOWN),
    "another": Case([line("99213", code_qualifier="N4")], line=1, outcome=UNKNOWN),
    "on an institutional line": Case([line("99213", code_qualifier="N4")], institutional(), line=1, outcome=UNKNOWN),
    "not text": Case([line("99213", code_qualifier=7)], line=1, outcome=UNKNOWN),
}
MISSES = {
    "none": Case([line("99213")]),
    "CPT and HCPCS": Case([line("99213", code_qualifier="HC")]),
    "a rate code": Case([line("1AFKS", code_qualifier="HP")], institutional()),
    "the rarer ones": Case([line("XX", code_qualifier=qualifier) for qualifier in ("ER", "IV", "WK")]),
}
test_hits, test_misses = rule_tests("COD105", HITS, MISSES)


def test_codes_of_other_sets_are_not_read_as_hcpcs():
    result = Case([line("BEAAC", code_qualifier="WK")]).judge()
    assert of_rule(result, "COD101") == []
