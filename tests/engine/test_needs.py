"""Rules that are asked only where their needs are met say what they say when they are always asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory, Validator
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Needs, Rule, Scope
from engine.generated import claims

pytestmark = pytest.mark.exhaustive


def _asked(rule: Rule, setting: Callable[[Any], bool] | None = None) -> Rule:
    """A rule that is asked whatever stands on the claim. Which lists it cannot do without is no such need."""
    needs = rule.needs
    if needs is None:
        return rule
    lists = Needs(
        setting=setting,
        code_list=needs.code_list,
        other_lists=needs.other_lists,
        starter_for=needs.starter_for,
    )
    return attrs.evolve(rule, needs=lists if setting or needs.code_list else None)


ALWAYS = [_asked(rule, rule.needs.setting if rule.needs and rule.needs.code_list else None) for rule in all_rules()]
POLICIES = ("default", "medicare", "anthem_ohio_medicaid_2024")
SPARING = {policy: Validator(policy) for policy in POLICIES}
ASKING = {policy: Validator(policy, rules=ALWAYS) for policy in POLICIES}

#: Beside other claims a rule that is asked says too which days it could not see: of a setting that is none of its own
#: it has not to see them.
ALWAYS_IN_ITS_SETTING = [_asked(rule, rule.needs.setting if rule.needs else None) for rule in all_rules()]


@given(claim=claims(), policy=st.sampled_from(POLICIES))
def test_a_claim(claim: dict[str, Any], policy: str) -> None:
    assert SPARING[policy].validate(claim) == ASKING[policy].validate(claim)


@given(batch=st.lists(claims(max_lines=3), max_size=4))
def test_claims_beside_each_other(batch: list[dict[str, Any]]) -> None:
    batch = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    sparing, asking = MemoryHistory(), MemoryHistory()
    for claim in batch:
        one = Validator(history=sparing).validate(claim)
        other = Validator(history=asking, rules=ALWAYS_IN_ITS_SETTING).validate(claim)
        assert one == other
        for history, result in ((sparing, one), (asking, other)):
            history.record(Claim.from_dict(claim), result)


def test_every_rule_of_several_lines_says_what_it_needs() -> None:
    wide = [rule for rule in all_rules() if rule.scope in (Scope.CLAIM, Scope.DAY)]
    assert [rule.id for rule in wide if rule.needs is None] == []
