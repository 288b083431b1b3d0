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
        ("E11", "E11 is not billable: it must be coded further"),
        ("S72.001", "S72.001 is not billable: it needs its seventh character"),
        ("W19", "W19 is not billable: it needs its seventh character"),
        ("M1A.9", "M1A.9 is not billable: it needs its seventh character"),
        ("W19.A", "W19.A lacks placeholders: W19.XXXA is meant"),
        ("T36.01A", "T36.01A is not in force on the service date"),
        ("E11.8", "E11.8 is not in force on the service date"),
    ],
)
def test_what_is_missing_is_said(code, message):
    (finding,) = of_rule(coded(code).judge(), "COD202")
    assert finding.message == message
