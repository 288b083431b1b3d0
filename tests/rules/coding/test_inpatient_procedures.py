from claimcheck.rules.coding.inpatient_procedures import MISPLACED, WRONG, WRONG_PRINCIPAL
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, diagnosis_rows

TABLE = codes(icd10pcs=diagnosis_rows({"0DTJ4ZZ": True}))
STAY = institutional("0111", discharge_date="2024-07-15")


def stay(*procedures: object, **expected) -> Case:
    return Case([line(None, revenue_code="0120")], {**STAY, "procedures": list(procedures)}, tables=TABLE, **expected)


HITS = {
    "malformed": stay("0DTO4ZZ", outcome=WRONG),
    "malformed, the principal one": stay({"code": "0DT.J4Z", "role": "principal"}, outcome=WRONG_PRINCIPAL),
    "not text": stay({"code": 7}, outcome=WRONG),
    "no code": stay({"role": "principal"}, outcome=WRONG_PRINCIPAL),
    "not in force": stay("0DTJ0ZZ", outcome=WRONG, evidence={"code": "0DTJ0ZZ"}),
    "ICD-9": stay({"code": "45.13", "version": "ICD-9-CM"}, unchecked="no_table"),
    "malformed ICD-9": stay({"code": "45", "version": "ICD-9-CM"}, outcome=WRONG),
    "no table": Case([], {**STAY, "procedures": ["0DTJ4ZZ"]}, unchecked="no_service_date"),
    "on an outpatient bill": Case([], institutional(procedures=["0DTJ4ZZ"]), outcome=MISPLACED),
    "on a professional claim": Case([], {"procedures": ["0DTJ4ZZ"]}, outcome=MISPLACED),
}
MISSES = {
    "in force": stay("0dtj4zz", {"code": "0DTJ4ZZ", "date": "2024-07-14"}),
    "none": stay(),
    "what is no procedure, which is another rule's": stay(7.5),
}
test_hits, test_misses = rule_tests("COD208", HITS, MISSES)
