import pytest

from claimcheck import validate_claim
from claimcheck.rules.category_ii.charge import (
    PAID,
    PAID_AT_ANOTHER_CHARGE,
    REPORTED,
    REPORTED_AT_ANOTHER_CHARGE,
)
from support.cases import Case, institutional, line, of_rule, rule_tests

PENNY = "penny_from_2021_06_01"


def report(charge: object, day: str | None = "2024-07-15", code: str = "3044F") -> list[dict]:
    return [line(code, day=day, charge=charge)]


HITS = {
    "nothing is accepted": Case(report("0.00"), line=1, outcome=REPORTED),
    "a penny by default": Case(report("0.01"), line=1, outcome=REPORTED),
    "a penny is a warning where only zero is accepted": Case(
        report("0.01"), policy="zero", line=1, outcome=REPORTED_AT_ANOTHER_CHARGE
    ),
    "a penny on the schedule is paid": Case(report("0.01"), policy=PENNY, line=1, outcome=PAID),
    "nothing risks a denial on the schedule": Case(
        report("0.00"), policy=PENNY, line=1, outcome=REPORTED_AT_ANOTHER_CHARGE
    ),
    "a bill that is meant to pay nothing": Case(
        [{**report("0.00")[0], "revenue_code": "0510"}], institutional("0130"), policy=PENNY, line=1, outcome=REPORTED
    ),
    "above the token": Case(report("25.00"), line=1, outcome=REPORTED_AT_ANOTHER_CHARGE),
    "above the token, on the schedule": Case(report("0.05"), policy=PENNY, line=1, outcome=PAID_AT_ANOTHER_CHARGE),
    "no service date": Case(report("0.00", day=None), unchecked="no_service_date"),
}
MISSES = {
    "a blank charge is not zero": Case(report(None)),
    "a negative charge": Case(report("-0.01")),
    "a drug at a token price": Case(report("0.01", code="J1885")),
    "a Category I line at a token price": Case(report("0.01", code="99213"), policy=PENNY),
}
test_hits, test_misses = rule_tests("CAT101", HITS, MISSES)


@pytest.mark.parametrize(
    ("policy", "day", "charge", "disposition", "allowed", "warns"),
    [
        ("zero", "2024-07-15", "0.00", "report_only", "0.00", False),
        ("zero", "2024-07-15", "0.01", "report_only", "0.00", True),
        ("zero", "2024-07-15", "5.00", "report_only", "0.00", True),
        ("zero_or_penny", "2024-07-15", "0.00", "report_only", "0.00", False),
        ("zero_or_penny", "2024-07-15", "0.01", "report_only", "0.00", False),
        ("zero_or_penny", "2024-07-15", "0.02", "report_only", "0.00", True),
        (PENNY, "2021-06-01", "0.00", "report_only", "0.00", True),
        (PENNY, "2021-06-01", "0.01", "payable", "0.01", False),
        (PENNY, "2021-06-01", "5.00", "payable", "0.01", True),
        (PENNY, "2021-05-31", "0.00", "report_only", "0.00", False),
        (PENNY, "2021-05-31", "0.01", "report_only", "0.00", True),
        (PENNY, "2021-05-31", "5.00", "report_only", "0.00", True),
    ],
)
def test_price_by_policy_date_and_charge(policy, day, charge, disposition, allowed, warns):
    claim = {"claim_type": "professional", "lines": report(charge, day)}
    result = validate_claim(claim, policy=policy)
    (finding,) = of_rule(result, "CAT101")
    assert (result.lines[0].disposition, str(result.lines[0].allowed_amount)) == (disposition, allowed)
    assert (finding.severity == "warning") is warns
