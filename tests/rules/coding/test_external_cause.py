from claimcheck.rules.coding.external_cause import PRINCIPAL
from support.cases import Case, institutional, rule_tests


def coded(code: str, role: str, version: str = "ICD-10-CM") -> dict:
    return {"diagnoses": [{"code": code, "role": role, "version": version}]}


HITS = {
    **{
        code: Case([], coded(code, "principal"), outcome=PRINCIPAL) for code in ("V00.01XA", "W19.XXXA", "X58", "Y99.9")
    },
    "of ICD-9": Case([], coded("E849.0", "principal", "ICD-9-CM"), outcome=PRINCIPAL),
}
MISSES = {
    # the text of edit 5 speaks of the principal diagnosis alone
    "as the reason for the visit": Case([], institutional(**coded("W19.XXXA", "reason_for_visit"))),
    "beside a principal": Case([], {"diagnoses": ["S72.001A", "W19.XXXA"]}),
    "in its own role": Case([], institutional(**coded("W19.XXXA", "external_cause"))),
    "another chapter": Case([], {"diagnoses": ["Z00.00"]}),
    "E of ICD-10": Case([], coded("E11.9", "principal")),
    "V of ICD-9, which is no external cause": Case([], coded("V10.1", "principal", "ICD-9-CM")),
    "another version": Case([], coded("W19.XXXA", "principal", "ICD-11")),
    "malformed": Case([], {"diagnoses": ["W1"]}),
}
test_hits, test_misses = rule_tests("COD205", HITS, MISSES)
