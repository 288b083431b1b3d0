import pytest

from claimcheck.policies import Policy
from claimcheck.rules.coding.age_and_sex import DIAGNOSIS_AGE, DIAGNOSIS_SEX, PROCEDURE_AGE, PROCEDURE_SEX
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, list_row


def limit(code: str, kind: str, low: str = "", high: str = "", sex: str = ""):
    return list_row(code, kind=kind, age_min=low, age_max=high, sex=sex)


LIST = codes(
    age_sex=[
        limit("99381", "procedure", "", "0"),
        limit("58150", "procedure", sex="F"),
        limit("O80", "diagnosis", "9", "64", "F"),
        limit("Z00.129", "diagnosis", "0", "17"),
        limit("99397", "procedure", "65"),
    ]
)
GROWN = {"birth_date": "1980-07-15", "sex": "F"}
OFF = Policy.load("default").replace(coding__age_and_sex={"age": False, "procedure_sex": False, "diagnosis_sex": False})

EDITOR = codes(
    inpatient_diagnosis=[
        list_row("O80", flags="", age_min="9", age_max="64", sex="F"),
        list_row("Z794", flags="unacceptable_pdx", age_min="", age_max="", sex=""),
    ]
)

HITS = {
    "an age of the Medicare Code Editor's": Case(
        [line("99213")],
        {"birth_date": "2020-01-01", "sex": "F", "diagnoses": ["O80"]},
        tables=EDITOR,
        outcome=DIAGNOSIS_AGE,
    ),
    "a procedure beside the Medicare Code Editor's list": Case(
        [line("99213")], GROWN, tables=EDITOR, unchecked="no_table"
    ),
    "a service for newborns": Case([line("99381")], GROWN, tables=LIST, line=1, outcome=PROCEDURE_AGE),
    "a service for the old": Case(
        [line("99397")], GROWN, tables=LIST, line=1, outcome=PROCEDURE_AGE, evidence={"ages": "65 to any age"}
    ),
    "a service for women": Case([line("58150")], {"sex": "m"}, tables=LIST, line=1, outcome=PROCEDURE_SEX),
    "a diagnosis of an age": Case(
        [line("99213")],
        {"birth_date": "2020-01-01", "sex": "F", "diagnoses": ["O80"]},
        tables=LIST,
        outcome=DIAGNOSIS_AGE,
    ),
    "a list that writes the dot": Case(
        [line("99213")], {**GROWN, "diagnoses": ["Z00129"]}, tables=LIST, outcome=DIAGNOSIS_AGE
    ),
    "a diagnosis of women": Case(
        [line("99213")], {**GROWN, "sex": "M", "diagnoses": ["O80"]}, tables=LIST, outcome=DIAGNOSIS_SEX
    ),
    "no list": Case([line("99381")], GROWN, unchecked="no_table"),
    "neither a list nor a date": Case([line("99381", day=None)], GROWN, unchecked="no_table"),
    "no birth date": Case([line("99381")], {"sex": "F"}, tables=LIST, unchecked="missing_field"),
    "no service date": Case([line("99381", day=None)], GROWN, tables=LIST, unchecked="no_service_date"),
    "no sex": Case([line("58150")], {"sex": "U"}, tables=LIST, unchecked="missing_field"),
    "a day that the list does not hold": Case([line("99381", day="2030-01-01")], GROWN, tables=LIST, unchecked="stale"),
}
MISSES = {
    "no limit by the Medicare Code Editor's list": Case(
        [line(None, revenue_code="0120")], institutional("0111", **GROWN, diagnoses=["Z79.4"]), tables=EDITOR
    ),
    "the right age and sex": Case(
        [line("99397"), line("58150")], {"birth_date": "1950-01-01", "sex": "F"}, tables=LIST
    ),
    "codes that are not on the list": Case([line("99213"), line(None)], {"diagnoses": ["I10", "x"]}, tables=LIST),
    "a list of the other kind": Case([line("99213")], {**GROWN, "diagnoses": ["99381"]}, tables=LIST),
    "meant, by a condition code": Case(
        [line("58150")],
        institutional(sex="M", condition_codes=["45"], diagnoses=["O80"], birth_date="1980-01-01"),
        tables=LIST,
    ),
    "meant, by a modifier": Case([line("58150", "KX")], {"sex": "M"}, tables=LIST),
    "a policy that tests neither": Case(
        [line("99381"), line("58150")], {"sex": "M", "diagnoses": ["O80"]}, policy=OFF, tables=LIST
    ),
    "the sex of a diagnosis, since the editors test it no longer": Case(
        [line("99213", day="2024-10-01")], {**GROWN, "sex": "M", "diagnoses": ["O80"]}, tables=LIST
    ),
}
test_hits, test_misses = rule_tests("COD108", HITS, MISSES)


@pytest.mark.parametrize(
    ("birth", "day", "fits"),
    [
        ("2023-07-15", "2024-07-14", True),
        ("2023-07-15", "2024-07-15", False),
        ("2024-07-15", "2024-07-15", True),
        ("2023-02-28", "2024-02-28", False),
        ("2023-03-01", "2024-02-29", True),
    ],
)
def test_the_age_is_of_whole_years(birth, day, fits):
    result = Case([line("99381", day=day)], {"birth_date": birth}, tables=LIST).judge()
    assert (of_rule(result, "COD108") == []) is fits
