"""The scope of a result: every rule is of one family, and a family says whose claims it edits."""

import pytest

from claimcheck import validate_claim
from claimcheck.claims.result import ClaimResult
from claimcheck.claims.scope import FAMILIES, NOT_COVERED, EditScope, family_of
from claimcheck.policies import Policy
from claimcheck.rules.registry import all_rules


def test_every_rule_is_of_a_family():
    assert [rule.id for rule in all_rules() if family_of(rule.id) is None] == []


def test_every_family_has_a_rule_but_those_that_are_not_covered():
    with_rules = {family_of(rule.id).key for rule in all_rules()}
    assert {family.key for family in FAMILIES} - with_rules <= {"dental_codes"}
    assert not any(family.rules for family in NOT_COVERED)


def test_keys_are_given_once():
    keys = [family.key for family in (*FAMILIES, *NOT_COVERED)]
    assert len(keys) == len({*keys})


@pytest.mark.parametrize("claim_type", ["professional", "institutional", "Professional"])
def test_a_result_says_its_scope(claim_type):
    result = validate_claim({"claim_type": claim_type, "lines": [{"procedure_code": "99213"}]})
    assert result.scope == EditScope.of(claim_type.lower())
    assert ClaimResult.from_dict(result.to_dict()).scope == result.scope


def test_of_a_claim_of_no_type_every_family_is_named():
    assert len(validate_claim({}).scope.checked) == len(FAMILIES)


def test_rules_that_are_switched_off_narrow_the_scope():
    policy = Policy.load("default").choosing(ignore=["NCCI"])
    scope = validate_claim({"claim_type": "professional"}, policy=policy).scope
    assert {"ncci_ptp", "ncci_mue", "ncci_add_on"} == {*scope.switched_off}
    assert not {*scope.switched_off} & {*scope.checked}
