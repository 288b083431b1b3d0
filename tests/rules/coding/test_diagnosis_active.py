import pytest

from claimcheck.rules.coding.diagnosis_active import HEADER, INACTIVE, INACTIVE_PRINCIPAL
from support.cases import Case, line, of_rule, rule_tests
from support.code_tables import codes, diagnosis_rows

TABLE = codes(
    icd10cm=diagnosis_rows(
        {
            "E11": False,
            "E119": True,
            "I10": True,
            "W19": False,
            "W19XXXA": True,
            "S72001": False,
            "S72001A": True,
            "M1A9": False,
            "M1A9XX0": True,
            "T360X1A": True,
        }
    )
)


def coded(*diagnoses: object, **expected) -> Case:
    return Case([line("99213")], {"diagnoses": list(diagnoses)}, tables=TABLE, **expected)


HITS = {
    "a header": coded("E11", outcome=HEADER, evidence={"code": "E11"}),
    "no seventh character": coded("S72.001", outcome=HEADER),
    "not on the table": coded("I10", "E11.8", outcome=INACTIVE, evidence={"code": "E11.8"}),
    "not on the table, as principal": coded("E11.8", outcome=INACTIVE_PRINCIPAL),
    "no placeholders": coded("I10", "W19.A", outcome=INACTIVE),
    "no table": Case([line("99213")], {"diagnoses": ["I10"]}, unchecked="no_table"),
    "no date": Case([line("99213", day=None)], {"diagnoses": ["I10"]}, tables=TABLE, unchecked="no_service_date"),
    "ICD-9-CM": coded({"code": "250.00", "version": "ICD-9-CM"}, unchecked="no_table"),
}
MISSES = {
    "billable": coded("E11.9", "i10", "W19.XXXA", "S72.001A", "M1A.9XX0"),
    "what is no diagnosis": coded("E1.19", 7),
}
test_hits, test_misses = rule_tests("COD202", HITS, MISSES)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("E11", "Diagnosis E11 not billable: more characters required"),
        ("S72.001", "Diagnosis S72.001 not billable: a seventh character required"),
        ("W19", "Diagnosis W19 not billable: a seventh character required"),
        ("M1A.9", "Diagnosis M1A.9 not billable: a seventh character required"),
        ("W19.A", "Diagnosis W19.A lacks placeholders; did you mean W19.XXXA?"),
        ("T36.01A", "Diagnosis T36.01A not valid on the service date"),
        ("E11.8", "Diagnosis E11.8 not valid on the service date"),
    ],
)
def test_what_is_missing_is_said(code, message):
    (finding,) = of_rule(coded(code).judge(), "COD202")
    assert finding.message == message
