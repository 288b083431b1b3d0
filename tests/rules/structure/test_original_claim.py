from claimcheck.rules.structure.original_claim import MISSING, NO_FREQUENCY
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "a replacement": Case([], {"frequency_code": "7"}, outcome=MISSING, evidence={"frequency": "7"}),
    "a void": Case([], {"frequency_code": "8"}, outcome=MISSING),
    "by the bill type": Case([], institutional("0137"), outcome=MISSING),
    "no frequency": Case([], {"frequency_code": "77"}, outcome=NO_FREQUENCY),
    "a frequency of another script": Case([], {"frequency_code": "٧"}, outcome=NO_FREQUENCY),
    "a frequency that no claim of the type has": Case(
        [], {"frequency_code": "L"}, outcome=NO_FREQUENCY, evidence={"frequency": "L"}
    ),
}
MISSES = {
    "the original is named": Case([], {"frequency_code": "7", "original_claim_id": "A"}),
    "a first claim": Case([line("99213")], {"frequency_code": "1"}),
    "no frequency": Case([line("99213")]),
    "late charges": Case([line("99213")], institutional("0135")),
}
test_hits, test_misses = rule_tests("STR505", HITS, MISSES)
