from claimcheck.rules.coding.icd_version import OTHER_VERSION
from support.cases import Case, line, rule_tests

NINE = {"diagnoses": [{"code": "250.00", "version": "ICD-9-CM", "role": "principal"}]}
TEN = {"diagnoses": ["I10"]}

HITS = {
    "ICD-9 on the first day of ICD-10": Case([line("99213", day="2015-10-01")], NINE, outcome=OTHER_VERSION),
    "ICD-10 on the last day of ICD-9": Case([line("99213", day="2015-09-30")], TEN, outcome=OTHER_VERSION),
    "no date": Case([line("99213", day=None)], TEN, unchecked="no_service_date"),
}
MISSES = {
    "ICD-9 on its last day": Case([line("99213", day="2015-09-30")], NINE),
    "ICD-10 on its first day": Case([line("99213", day="2015-10-01")], TEN),
    "a version that is neither": Case(
        [line("99213", day="2015-09-30")], {"diagnoses": [{"code": "I10", "version": "Jane Doe"}]}
    ),
    "what is no diagnosis": Case([line("99213", day="2015-09-30")], {"diagnoses": ["E1.19"]}),
}
test_hits, test_misses = rule_tests("COD203", HITS, MISSES)
