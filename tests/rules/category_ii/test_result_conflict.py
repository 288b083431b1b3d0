from itertools import permutations

import pytest

from claimcheck import validate_claim
from claimcheck.policies import Policy
from claimcheck.policies.parameters.category_ii import Results
from claimcheck.rules.category_ii.result_conflict import CONFLICT, NOT_THE_LOWEST, RETURNED
from support.cases import Case, line, of_rule, rule_tests

MEMBER = {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"}


def policy(conflict: str) -> Policy:
    bands = [{"code": "3044F", "below": "7.0"}, {"code": "3046F", "at_least": "7.0"}]
    return Policy.load("default").replace(
        category_ii__results={"groups": [{"name": "HbA1c", "bands": bands, "conflict": conflict}]}
    )


def reports(*codes: str, **fields: object) -> list[dict]:
    return [line(code, charge="0.00", **fields) for code in codes]


HITS = {
    "two results of one test": Case(
        reports("3044F", "3046F"), line=2, outcome=CONFLICT, evidence={"codes": ("3044F", "3046F"), "test": "HbA1c"}
    ),
    "on either line": Case(reports("3046F", "3051F"), line=1, outcome=CONFLICT),
    "with another claim of the day": Case(
        reports("3044F"),
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": reports("3046F")}],
        line=1,
        outcome=CONFLICT,
    ),
    "the lower systolic pressure counts": Case(
        reports("3077F", "3075F"), line=1, outcome=NOT_THE_LOWEST, evidence={"counts": "3075F"}
    ),
    "the lowest of three": Case(
        reports("3080F", "3078F", "3079F"), line=3, outcome=NOT_THE_LOWEST, evidence={"counts": "3078F"}
    ),
    "the lower one on another claim": Case(
        reports("3080F"),
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": reports("3078F")}],
        line=1,
        outcome=NOT_THE_LOWEST,
    ),
    "returned, where the payer does": Case(
        reports("3044F", "3046F"), policy=policy("reject"), line=1, outcome=RETURNED
    ),
    "no service date": Case(reports("3044F", "3046F", day=None), unchecked="no_service_date"),
}
MISSES = {
    "the two halves of a pressure": Case(reports("3074F", "3078F")),
    "the same code twice": Case(reports("3044F", "3044F")),
    "different days": Case([*reports("3044F"), *reports("3046F", day="2024-07-16")]),
    "a test not performed": Case([*reports("3044F"), line("3046F", "8P", charge="0.00")]),
    "a line that is returned": Case([*reports("3044F"), *reports("3046F", units=-1)]),
    "different providers": Case(
        [*reports("3044F", rendering_npi="1234567893"), *reports("3046F", rendering_npi="1003000126")]
    ),
    "no result codes": Case([line("99213"), line("97110")]),
}
test_hits, test_misses = rule_tests("CAT301", HITS, MISSES)


@pytest.mark.parametrize("codes", list(permutations(["3074F", "3075F", "3077F"])))
def test_the_lowest_band_counts_whatever_the_order_of_the_lines(codes):
    result = validate_claim({"claim_type": "professional", "lines": reports(*codes)})
    found = {codes[finding.line_number - 1]: finding.evidence["counts"] for finding in of_rule(result, "CAT301")}
    assert found == {"3075F": "3074F", "3077F": "3074F"}


def test_readings_135_92_and_142_78_of_one_day_come_to_135_78():
    """The example of the tip sheets: the lowest systolic and the lowest diastolic, even from different readings."""
    codes = ("3075F", "3080F", "3077F", "3078F")
    result = validate_claim({"claim_type": "professional", "lines": reports(*codes)})
    superseded = {codes[finding.line_number - 1] for finding in of_rule(result, "CAT301")}
    assert set(codes) - superseded == {"3075F", "3078F"}


def test_a_policy_without_tests_says_nothing():
    none = Policy.load("default").replace(Results())
    result = validate_claim({"claim_type": "professional", "lines": reports("3044F", "3046F")}, policy=none)
    assert of_rule(result, "CAT301") == []
