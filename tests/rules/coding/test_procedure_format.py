from claimcheck.rules.coding.procedure_format import CHANGED, MALFORMED, RETIRED
from support.cases import Case, line, rule_tests

HITS = {
    "a letter in the wrong place": Case([line("F3044")], line=1, outcome=MALFORMED),
    "not text": Case([line(99.213)], line=1, outcome=MALFORMED),  # type: ignore[arg-type]
    "fullwidth digits": Case([line("９９２１３")], line=1, outcome=MALFORMED),
    "a number below Category I": Case([line("00099")], line=1, outcome=MALFORMED, evidence={"code": "00099"}),
    "a retired local code": Case([line("W1234")], line=1, outcome=RETIRED),
    "lower case is read and said": Case(
        [line("3044f")], line=1, outcome=CHANGED, evidence={"pattern": "text of 5: 9999a"}
    ),
}
MISSES = {
    "each kind of code": Case([line(code) for code in ("99213", "3044F", "0042T", "0001U", "J1885", "D0120")]),
    "a HIPPS code under its qualifier": Case([line("1AFKS", code_qualifier="HP")]),
    "no code": Case([line(None)]),
}
test_hits, test_misses = rule_tests("COD101", HITS, MISSES)
