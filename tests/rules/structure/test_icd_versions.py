from claimcheck.rules.structure.icd_versions import MIXED
from support.cases import Case, institutional, rule_tests

NINE = {"code": "401.9", "version": "ICD-9-CM"}
HITS = {
    "two diagnoses": Case([], {"diagnoses": ["I10", NINE]}, outcome=MIXED),
    "a diagnosis and a procedure": Case(
        [], institutional("0111", diagnoses=[NINE], procedures=["0DTJ4ZZ"]), outcome=MIXED
    ),
}
MISSES = {
    "ICD-10": Case([], institutional("0111", diagnoses=["I10", "E11.9"], procedures=["0DTJ4ZZ"])),
    "ICD-9": Case(
        [], institutional("0111", diagnoses=[NINE, NINE], procedures=[{"code": "45.13", "version": "ICD-9-CM"}])
    ),
    "what is no procedure": Case([], institutional("0111", diagnoses=["I10"], procedures=[7])),
    "what is no diagnosis": Case([], {"diagnoses": [NINE, 7]}),
    "none": Case([]),
}
test_hits, test_misses = rule_tests("STR602", HITS, MISSES)
