from claimcheck.rules.facility.modifier_without_procedure import ALONE
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "a modifier alone": Case(
        [line(None, "JZ", revenue_code="0250")], institutional(), line=1, outcome=ALONE, evidence={"modifiers": ("JZ",)}
    ),
    "on an inpatient bill": Case([line(None, "JZ", revenue_code="0250")], institutional("0111"), line=1, outcome=ALONE),
    "a malformed modifier is not shown": Case(
        [line(None, "J?", revenue_code="0250")], institutional(), line=1, outcome=ALONE, evidence={"modifiers": ()}
    ),
}
MISSES = {
    "a procedure code": Case([line("J1885", "JZ", revenue_code="0636")], institutional()),
    "a malformed procedure code": Case([line("J188", "JZ", revenue_code="0636")], institutional()),
    "no modifier": Case([line(None, revenue_code="0250")], institutional()),
    "a professional claim": Case([line(None, "JZ")]),
}
test_hits, test_misses = rule_tests("FAC106", HITS, MISSES)
