from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Validator
from claimcheck.rules.category_ii.result_band import ANOTHER_BAND
from support.cases import Case, line, of_rule, rule_tests

DEFAULT = Validator()


def report(code: str, result: object, *modifiers: str) -> list[dict]:
    return [line(code, *modifiers, charge="0.00", result_value=result)]


def another(code: str, result: object, belongs_to: str | None) -> Case:
    return Case(report(code, result), line=1, outcome=ANOTHER_BAND, evidence={"belongs_to": belongs_to})


HITS = {
    "7.0 is not below 7.0": another("3044F", "7.0", "3051F"),
    "8.0 is not below 8.0": another("3051F", "8.0", "3052F"),
    "9.0 is not above 9.0": another("3046F", "9.0", "3052F"),
    "9.1 is above 9.0": another("3052F", "9.1", "3046F"),
    "systolic": another("3074F", 130, "3075F"),
    "systolic, from 140": another("3075F", 140, "3077F"),
    "diastolic": another("3080F", "79.5", "3078F"),
}
MISSES = {
    "in the band": Case(
        [*report("3044F", "6.9"), *report("3051F", 7), *report("3052F", "9.0"), *report("3046F", "9.01")]
    ),
    "no result": Case(report("3044F", None)),
    "an unreadable result": Case(report("3044F", "high")),
    "a test not performed": Case(report("3044F", "9.9", "8P")),
    "a code without bands": Case([*report("1159F", "9.9"), line("83036", result_value="9.9")]),
}
test_hits, test_misses = rule_tests("CAT302", HITS, MISSES)


def a1c(result: Decimal) -> str:
    """The band, spelled out."""
    if result < 7:
        return "3044F"
    if result < 8:
        return "3051F"
    return "3052F" if result <= 9 else "3046F"


@given(st.decimals(0, 20, places=1), st.sampled_from(["3044F", "3051F", "3052F", "3046F"]))
def test_the_bands_of_hba1c(result, code):
    verdict = DEFAULT.validate({"claim_type": "professional", "lines": report(code, result)})
    belongs = [finding.evidence["belongs_to"] for finding in of_rule(verdict, "CAT302")]
    assert belongs == ([] if code == a1c(result) else [a1c(result)])


@pytest.mark.parametrize("result", ["6.9", "13.25"])
def test_the_result_itself_is_never_said(result):
    verdict = DEFAULT.validate({"claim_type": "professional", "lines": report("3052F", result)})
    (finding,) = of_rule(verdict, "CAT302")
    assert result not in f"{finding} {dict(finding.evidence)}"


def test_a_result_of_no_band_is_said_to_be_that():
    gap = Validator(
        DEFAULT.policy.replace(
            category_ii__results={"groups": [{"name": "HbA1c", "bands": [{"code": "3044F", "below": "7.0"}]}]}
        )
    )
    (finding,) = of_rule(gap.validate({"claim_type": "professional", "lines": report("3044F", 8)}), "CAT302")
    assert finding.evidence["belongs_to"] is None
    assert finding.message.endswith("outside every code's range")
