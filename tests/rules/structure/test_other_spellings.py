import datetime
from decimal import Decimal

import pytest

from claimcheck.rules.structure.other_spellings import READ_SO
from support.cases import Case, line, of_rule, rule_tests

HITS_STR107 = {
    "several diagnoses in one text": Case(
        [line("99213")], {"diagnoses": "I10,E11.9"}, outcome=READ_SO, evidence={"fields": ("diagnoses",)}
    ),
    "a dot with nothing after it": Case(
        [line("99213")], {"diagnoses": ["I10."]}, outcome=READ_SO, evidence={"fields": ("diagnoses.code",)}
    ),
    "a birth date as MM/DD/YYYY": Case(
        [line("99213")], {"birth_date": "03/17/1960"}, outcome=READ_SO, evidence={"fields": ("birth_date",)}
    ),
    "numbers where codes stand": Case(
        [line("99213")],
        {"place_of_service": 11, "patient_status": 1, "billing_npi": 1234567893},
        outcome=READ_SO,
        evidence={"fields": ("billing_npi", "patient_status", "place_of_service")},
    ),
}
MISSES_STR107 = {
    "spellings that mean the same everywhere": Case(
        [line("99213")], {"diagnoses": ["I10", "e119"], "birth_date": "19600317", "sex": " F "}
    ),
}
HITS_STR108 = {
    "a number where a code stands": Case(
        [line(99213)],
        line=1,
        outcome=READ_SO,
        evidence={"fields": ("procedure_code",)},  # type: ignore[arg-type]
    ),
    "modifiers in one text": Case(
        [line("99213", "25,59")], line=1, outcome=READ_SO, evidence={"fields": ("modifiers",)}
    ),
    "an amount and a date": Case(
        [line("99213", day="07/15/2024", charge="$100.00")],
        line=1,
        outcome=READ_SO,
        evidence={"fields": ("charge", "service_date")},
    ),
}
MISSES_STR108 = {
    "a plain line": Case([line("99213", "25", "59")]),
    "a float that stands for whole cents": Case([line("99213", charge=3 * 1.1)]),
    "a moment of midnight": Case([line("99213", day=datetime.datetime(2024, 7, 15))]),  # type: ignore[arg-type]
    "what cannot be read": Case([line("99213", day="15/07/2024", charge="1,000")]),
}
test_hits_107, test_misses_107 = rule_tests("STR107", HITS_STR107, MISSES_STR107)
test_hits_108, test_misses_108 = rule_tests("STR108", HITS_STR108, MISSES_STR108)


@pytest.mark.parametrize(
    ("field", "value", "how"),
    [
        ("procedure_code", "99213-25", "a code and its modifiers in one text"),
        ("procedure_code", 100, "a number, its leading zeros restored"),
        ("revenue_code", "25", "digits, its leading zeros restored"),
        ("place_of_service", "11.0", "a number"),
        ("modifiers", [25.0], "a number"),
        ("diagnosis_pointers", "AB", "several values in one text"),
        ("units", "1,250.00", "an amount with thousands separators"),
        ("charge", "(125.00)", "an amount in parentheses"),
        ("service_date", "2024-07-15 00:00:00", "a timestamp, its time of day left out"),
        ("service_date", Decimal(20240715), "a number"),
    ],
)
def test_how_it_was_read_is_told_and_the_value_is_not(field, value, how):
    (finding,) = of_rule(Case([line("99213", **{"procedure_code": "99213", field: value})], line=1).judge(), "STR108")  # type: ignore[arg-type]
    assert finding.message == f"Values converted: {field} ({how})"
