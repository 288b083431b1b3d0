from claimcheck.rules.coding.unlisted_description import NO_DESCRIPTION
from support.cases import Case, institutional, line, rule_tests

HITS = {
    **{code: Case([line(code)], line=1, outcome=NO_DESCRIPTION) for code in ("J3490", "64999", "A0999", "V5299")},
    "dialysis on another bill": Case(
        [line("90999", revenue_code="0821")], institutional(), line=1, outcome=NO_DESCRIPTION
    ),
}
MISSES = {
    "dialysis on its own bill": Case([line("90999", revenue_code="0821")], institutional("0721")),
    "a description": Case([line("J3490", description="of a drug")]),
    "a listed code": Case([line("J1885"), line("64998"), line("99213")]),
    "no code": Case([line(None), line("6499")]),
}
test_hits, test_misses = rule_tests("COD106", HITS, MISSES)
