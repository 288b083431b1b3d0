"""What differs between two verdicts on one claim: seen from either, and nothing where they are the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ClaimResult, Validator
from claimcheck.engine.impact import compare, same
from claimcheck.errors import InputError
from engine.generated import claims

POLICIES = ("default", "zero", "medicare", "penny_from_2021_06_01", "anthem_ohio_medicaid_2024")
VALIDATORS = {name: Validator(name) for name in POLICIES}


def said(result: ClaimResult) -> str:
    plain = {**result.to_dict(), "claim_id": None, "receipt": None}
    return json.dumps(plain)


@given(claim=claims(min_lines=1, max_lines=3), one=st.sampled_from(POLICIES), other=st.sampled_from(POLICIES))
def test_verdicts_are_the_same_whichever_comes_first(claim: dict[str, Any], one: str, other: str) -> None:
    before, after = VALIDATORS[one].validate(claim), VALIDATORS[other].validate(claim)
    assert same(before, after) is same(after, before) is (said(before) == said(after))
    assert same(before, before)
    assert bool(compare(before, after)) is not same(before, after)


@given(claim=claims(min_lines=1, max_lines=3), one=st.sampled_from(POLICIES), other=st.sampled_from(POLICIES))
def test_what_is_new_one_way_is_gone_the_other(claim: dict[str, Any], one: str, other: str) -> None:
    before, after = VALIDATORS[one].validate(claim), VALIDATORS[other].validate(claim)
    there, back = compare(before, after), compare(after, before)
    assert [(change.position, change.found, change.gone, change.unchecked, change.checked) for change in there] == [
        (change.position, change.gone, change.found, change.checked, change.unchecked) for change in back
    ]
    assert [(change.before, change.after) for change in there] == [(change.after, change.before) for change in back]
    for change in there:
        assert change.decides is (change.before != change.after)
        assert change.reworded is not any((change.decides, change.found, change.gone, change.unchecked, change.checked))


def test_verdicts_on_other_lines_are_not_compared() -> None:
    lines = [{"procedure_code": "99213", "line_number": number} for number in (1, 2)]
    one, two = (VALIDATORS["default"].validate({"lines": lines[:many]}) for many in (1, 2))
    with pytest.raises(InputError, match="not on the lines of its receipt"):
        compare(one, two)
