from claimcheck.rules.coding.diagnosis_format import MALFORMED, MALFORMED_PRINCIPAL, NO_ROLE, NO_VERSION
from support.cases import Case, line, rule_tests


def of(*diagnoses: object) -> Case:
    return Case([line("99213")], {"diagnoses": list(diagnoses)})


def hit(outcome, *diagnoses):
    return Case([line("99213")], {"diagnoses": list(diagnoses)}, outcome=outcome)


HITS = {
    "a dot in the wrong place": hit(MALFORMED_PRINCIPAL, "E1.19"),
    "of another diagnosis": hit(MALFORMED, "I10", "E1.19"),
    "a procedure code": hit(MALFORMED, "I10", "3044F"),
    "a procedure code as principal": hit(MALFORMED_PRINCIPAL, "99213"),
    "not text": hit(MALFORMED_PRINCIPAL, {"code": 7, "role": "principal"}),
    "what is no diagnosis at all": hit(MALFORMED, "I10", 7),
    "a role without a code": hit(MALFORMED_PRINCIPAL, {"role": "principal"}),
    "fullwidth": hit(MALFORMED_PRINCIPAL, "Ｅ11.9"),
    "ICD-9 in letters": hit(MALFORMED, {"code": "X10", "version": "ICD-9-CM", "role": "other"}),
    "another version": hit(NO_VERSION, {"code": "I10", "version": "ICD-11", "role": "principal"}),
    "a version that is no text": hit(NO_VERSION, {"code": "I10", "version": 11, "role": "principal"}),
    "another role": hit(NO_ROLE, {"code": "I10", "role": "main"}),
    "a role that is no text": hit(NO_ROLE, {"code": "I10", "role": 1}),
}
MISSES = {
    "each form": of("E11.9", "e119", "QA0.0101", "C7A.00", "U07.1", "W19.XXXA", "M1A.9XX0"),
    "ICD-9": of({"code": "250.00", "version": "ICD-9-CM", "role": "principal"}),
    "each role": of(
        *({"code": "I10", "role": role} for role in ("principal", "admitting", "reason_for_visit", "external_cause"))
    ),
    "none": of(),
}
test_hits, test_misses = rule_tests("COD201", HITS, MISSES)
