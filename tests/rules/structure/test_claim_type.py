from claimcheck.rules.structure.claim_type import MISSING, UNKNOWN
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "none": Case([line("99213")], {"claim_type": None}, outcome=MISSING),
    "blank": Case([line("99213")], {"claim_type": " "}, outcome=MISSING),
    "another": Case([line("99213")], {"claim_type": "vision"}, outcome=UNKNOWN),
    "not text": Case([line("99213")], {"claim_type": 837}, outcome=UNKNOWN),
}
MISSES = {
    "professional": Case([line("99213")]),
    "institutional": Case([line("99213")], institutional()),
    "in capitals": Case([line("99213")], {"claim_type": "PROFESSIONAL"}),
}
test_hits, test_misses = rule_tests("STR104", HITS, MISSES)
