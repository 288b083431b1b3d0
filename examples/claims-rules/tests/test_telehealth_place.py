"""The rule, its parameter and the policy, as claimcheck finds them once this package is installed."""

import pytest
from acme_claims.parameters import Telehealth

from claimcheck import Policy, Validator, explain
from claimcheck.rules.registry import by_id
from claimcheck.testing import a_claim, a_line, assert_finding, assert_no_finding
from claimcheck.testing.rules import assert_rule

ACME = Validator("acme_2025")


def test_the_rule_is_all_that_a_rule_must_be():
    assert_rule(by_id("ACME-101"))


@pytest.mark.parametrize("modifier", ["93", "95", "GT"])
def test_a_contradiction_is_returned(modifier):
    claim = a_claim("36415", a_line("99213", modifier), place_of_service="11")
    assert_finding(claim, "ACME-101", line=2, disposition="rejected", validator=ACME)


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(a_line("99213", "95"), place_of_service="10"),
        a_claim(a_line("99213", "25"), place_of_service="11"),
        a_claim(a_line("99213", "95"), place_of_service=None),
        a_claim(a_line("99213", "95", day="2023-12-31"), place_of_service="11"),
    ],
    ids=["a telehealth place", "no telehealth modifier", "no place", "before the rule"],
)
def test_all_else_is_left_alone(claim):
    assert_no_finding(claim, "ACME-101", validator=ACME)


def test_other_policies_leave_the_rule_out():
    assert_no_finding(a_claim(a_line("99213", "95"), place_of_service="11"), "ACME-101")


def test_claimcheck_knows_the_policy_and_explains_the_rule():
    assert "acme_2025" in Policy.names()
    assert Policy.load("acme_2025").on(None)[Telehealth].places == {"02", "10"}
    assert "ACME Provider Manual 2025" in str(explain("ACME-101"))
