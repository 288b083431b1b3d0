from claimcheck.rules.coding.duplicate_diagnosis import REPEATED
from support.cases import Case, institutional, rule_tests

HITS = {
    "twice": Case([], {"diagnoses": ["I10", "E11.9", "E119"]}, outcome=REPEATED, evidence={"code": "E11.9", "times": 2})
}
MISSES = {
    "once each": Case([], {"diagnoses": ["I10", "E11.9"]}),
    "one": Case([], {"diagnoses": ["I10"]}),
    "admitted for the principal": Case(
        [], institutional("0111", diagnoses=["I10", {"code": "I10", "role": "admitting"}])
    ),
    "malformed twice": Case([], {"diagnoses": ["E1.19", "E1.19"]}),
}
test_hits, test_misses = rule_tests("COD207", HITS, MISSES)
