"""A verdict is given again from its receipt, field by field, and from the receipt of another edition as anew."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Validator
from claimcheck.engine.replaying import replay
from claimcheck.testing import strategies
from engine.generated import claims

POLICIES = ("default", "zero", "medicare", "penny_from_2021_06_01")
VALIDATORS = {name: Validator(name) for name in POLICIES}
DAYS = st.sampled_from([None, "2024-08-01", "2026-01-01"])


def again(result: ClaimResult, validator: Validator) -> ClaimResult:
    """The verdict, given again from what JSON kept of it."""
    kept = ClaimResult.from_dict(json.loads(json.dumps(result.to_dict())))
    assert kept == result
    return replay(kept.receipt, validator)


def said(result: ClaimResult) -> dict[str, Any]:
    """All that a verdict says, but for the names of claims."""
    plain = result.to_dict()
    del plain["claim_id"]
    plain["receipt"].pop("reads")
    for entry in plain["overturned"]:
        del entry["claim"]
    return plain


def equal(result: ClaimResult, replayed: ClaimResult) -> None:
    assert said(replayed) == said(result)
    assert json.dumps(said(replayed)) == json.dumps(said(result))


@pytest.mark.parametrize("policy", POLICIES)
@given(claim=claims(), as_of=DAYS)
def test_made_claims(policy: str, claim: dict[str, Any], as_of: str | None) -> None:
    result = VALIDATORS[policy].validate(claim, as_of)
    equal(result, again(result, VALIDATORS[policy]))


@given(claim=strategies.claims(), as_of=DAYS)
def test_claims_of_the_strategies(claim: Claim, as_of: str | None) -> None:
    result = VALIDATORS["default"].validate(claim, as_of)
    equal(result, again(result, VALIDATORS["default"]))


@given(broken=strategies.broken(), as_of=DAYS)
def test_plausible_mistakes(broken: strategies.Broken, as_of: str | None) -> None:
    result = VALIDATORS["medicare"].validate(broken.claim, as_of)
    equal(result, again(result, VALIDATORS["medicare"]))


@given(batch=st.lists(claims(max_lines=4), max_size=6), as_of=DAYS, sort=st.booleans())
def test_batches(batch: list[dict[str, Any]], as_of: str | None, sort: bool) -> None:
    named = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    for result in VALIDATORS["default"].validate_many(named, as_of, sort=sort):
        equal(result, again(result, VALIDATORS["default"]))


@given(batch=st.lists(claims(max_lines=4), max_size=6), as_of=DAYS)
def test_with_a_history(batch: list[dict[str, Any]], as_of: str | None) -> None:
    history = MemoryHistory()
    validator = VALIDATORS["medicare"].beside(history)
    for number, mapping in enumerate(batch):
        claim = Claim.from_dict({**mapping, "claim_id": f"C{number}" if number % 3 else None})
        result = validator.validate(claim, as_of)
        equal(result, again(result, VALIDATORS["medicare"]))
        history.record(claim, result)
