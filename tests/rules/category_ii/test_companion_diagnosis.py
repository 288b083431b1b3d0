import pytest

from claimcheck import Validator
from claimcheck.policies import Policy
from claimcheck.rules.category_ii.companion_diagnosis import NO_DIAGNOSIS
from support.cases import Case, line, of_rule, rule_tests

OHIO = Policy.load("anthem_ohio_medicaid_2024")
POINTED = OHIO.replace(
    category_ii__incentives={
        "listed": [{"codes": ["3023F"], "diagnoses": ["J40-J44.9"], "amount": "20.00"}],
        "visits": ["99202-99215"],
        "diagnosis_scope": "pointed",
    }
)
ANY_DIAGNOSIS = OHIO.replace(category_ii__incentives={"listed": [{"codes": ["3023F"], "amount": "20.00"}]})
VISIT = line("99213")


def case(
    *diagnoses: object, policy: Policy = OHIO, pointers: object = (), code: str = "3023F", **expected: object
) -> Case:
    listed = line(code, charge="20.00", diagnosis_pointers=pointers)
    return Case([listed, VISIT], {"diagnoses": list(diagnoses)}, policy=policy, **expected)


HITS = {
    "another diagnosis": case("J47.9", line=1, outcome=NO_DIAGNOSIS, evidence={"diagnoses": ("J40-J449",)}),
    "no diagnosis": case(line=1, outcome=NO_DIAGNOSIS),
    "a malformed diagnosis": case("J4", line=1, outcome=NO_DIAGNOSIS),
    "not the one that the line points to": case(
        "I10", "J44.9", policy=POINTED, pointers=[1], line=1, outcome=NO_DIAGNOSIS
    ),
    "no pointers, where they decide": case("J44.9", policy=POINTED, unchecked="missing_field"),
}
MISSES = {
    "anywhere on the claim": case("I10", "J44.9", pointers=[1]),
    "among those that the line points to": case("I10", "J44.9", policy=POINTED, pointers=[1, 2]),
    "any diagnosis will do": case("I10", policy=ANY_DIAGNOSIS),
    "a code that is not listed": case("I10", code="3044F"),
    "a payer without a program": case("I10", policy=Policy.load("default")),
}
test_hits, test_misses = rule_tests("CAT402", HITS, MISSES)

JUDGE = Validator(OHIO)


@pytest.mark.parametrize(
    ("code", "diagnosis", "earns"),
    [
        ("3023F", "J44.89", True),
        ("3023F", "J4489", True),
        ("3023F", "j44.9", True),
        ("3023F", "J40", True),
        ("3023F", "J45.20", False),
        ("2015F", "J45.20", True),
        ("2015F", "J45.998", True),
        ("2015F", "J45.2", False),
        ("2015F", "J47.9", False),
        ("3117F", "I50.89", True),
        ("3117F", "I50.9", True),
        ("3117F", "I51.9", False),
        ("3117F", "I49.9", False),
    ],
)
def test_the_spans_of_table_1(code, diagnosis, earns):
    lines = [line(code, charge="20.00"), VISIT]
    result = JUDGE.validate({"claim_type": "professional", "diagnoses": [diagnosis], "lines": lines})
    assert bool(of_rule(result, "CAT402")) is not earns
