from claimcheck.rules.coding.procedure_missing import MISSING
from support.cases import Case, institutional, line, rule_tests

HITS = {"none": Case([line(None)], line=1, outcome=MISSING), "blank": Case([line(" ")], line=1, outcome=MISSING)}
MISSES = {
    "a code": Case([line("99213")]),
    "what is no code": Case([line("9921")]),
    "an institutional line": Case([line(None, revenue_code="0250")], institutional()),
    "a code of another set": Case([line("ABCDE", code_qualifier="WK")]),
}
test_hits, test_misses = rule_tests("COD102", HITS, MISSES)
