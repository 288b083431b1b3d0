"""What differs between two verdicts on one claim: seen from either, and nothing where they are the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ClaimResult, Validator
from claimcheck.engine.impact import Impact, compare, same
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
        differs = any((change.decides, change.found, change.gone, change.unchecked, change.checked))
        assert change.reworded is (not differs)


def of(code: str, policy: str = "default", **line: object) -> ClaimResult:
    """The verdict on one line."""
    given = {"procedure_code": code, "units": 1, "charge": "0.01", "service_date": "2024-07-01", **line}
    return VALIDATORS[policy].validate({"claim_type": "professional", "member_id": "M1", "lines": [given]})


def test_a_claim_that_stands_otherwise_by_its_lines_alone_is_a_change() -> None:
    before, after = of("3044F", "penny_from_2021_06_01"), of("3044F", "zero")
    own = [[finding for finding in result.findings if finding.position is None] for result in (before, after)]
    assert own[0] == own[1]
    assert [(change.position, change.decides) for change in compare(before, after)] == [(None, True), (1, True)]


def test_nothing_is_counted_before_there_is_a_verdict() -> None:
    impact = Impact()
    assert (impact.replayed, impact.lines, impact.allowed_before, impact.allowed_after) == (0, 0, 0, 0)


def test_lines_and_verdicts_are_counted() -> None:
    impact, payable, reported = Impact(), of("3044F", "penny_from_2021_06_01"), of("3044F", "zero")
    for before, after in ((payable, reported), (payable, payable), (reported, payable), (reported, reported)):
        impact.add(before, after)
    assert (impact.replayed, impact.same, impact.changed, impact.alike, impact.lines) == (4, 2, 2, 0, 4)
    assert {tuple(map(str, move)): count for move, count in impact.moved.items()} == {
        ("payable", "report_only"): 1,
        ("report_only", "payable"): 1,
    }


def test_findings_are_counted_by_rule_and_by_the_table_that_answered() -> None:
    impact = Impact()
    impact.add(of("3044F"), of("9999F"))
    impact.add(of("9999F"), of("3044F"))
    impact.add(of("3044F"), of("9999F"))
    assert impact.tables == {"category_ii": (2, 1)}
    assert impact.rules["COD103"] == (2, 1)
    assert impact.names["COD103"] == "procedure-active"


def test_verdicts_on_other_lines_are_not_compared() -> None:
    lines = [{"procedure_code": "99213", "line_number": number} for number in (1, 2)]
    one, two = (VALIDATORS["default"].validate({"lines": lines[:many]}) for many in (1, 2))
    with pytest.raises(InputError, match="not on the lines of its receipt"):
        compare(one, two)
