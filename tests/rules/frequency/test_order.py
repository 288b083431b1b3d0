"""The verdict on how often is one of the set of lines: not of their order, nor of the claims that carry them."""

from collections import Counter
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory, Validator
from claimcheck.policies import Policy
from support.cases import line

POLICIES = {
    window: Validator(
        Policy.load("default").replace(
            frequency__limits={"limits": [{"name": window, "codes": ["0001F-9007F"], "window": window, "most": most}]}
        )
    )
    for window, most in (("calendar_year", 1), ("rolling_12_months", 1), ("policy_year", 2), ("lifetime", 2))
}
judges = st.sampled_from(sorted(POLICIES)).map(POLICIES.__getitem__)
codes = st.sampled_from(["3044F", "3046F", "3051F", "3074F", "1159F"])
days = st.dates(date(2023, 6, 1), date(2025, 6, 1)).map(str)
reports = st.builds(
    lambda code, day, modifiers: line(code, *modifiers, day=day, charge="0.00"),
    codes,
    days,
    st.sampled_from([(), (), ("8P",)]),
)


def claim(*lines: dict, claim_id: str = "A", **fields: object) -> dict:
    return {"claim_type": "professional", "member_id": "M1", "claim_id": claim_id, "lines": list(lines), **fields}


def excesses(result: object) -> list[bool]:
    return [any(finding.rule_id == "FRQ101" for finding in line.findings) for line in result.lines]


@given(judges, st.lists(reports, max_size=8, unique_by=lambda report: report["service_date"]), st.randoms())
def test_the_order_of_lines_does_not_change_the_verdict_on_any(judge, lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    said = {
        line["service_date"]: excess
        for line, excess in zip(lines, excesses(judge.validate(claim(*lines))), strict=True)
    }
    again = excesses(judge.validate(claim(*shuffled)))
    assert {line["service_date"]: excess for line, excess in zip(shuffled, again, strict=True)} == said


@given(judges, st.lists(reports, max_size=8), st.randoms())
def test_of_lines_of_one_day_as_many_are_paid_whatever_their_order(judge, lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)

    def paid(lines: list[dict]) -> Counter[str]:
        verdicts = excesses(judge.validate(claim(*lines)))
        return Counter(line["service_date"] for line, excess in zip(lines, verdicts, strict=True) if not excess)

    assert paid(shuffled) == paid(lines)


@given(
    judges,
    st.lists(st.tuples(st.sampled_from(["3074F", "3075F", "3077F", "3078F", "3080F"]), days), max_size=8, unique=True),
    st.randoms(),
)
def test_of_blood_pressures_the_lowest_of_the_day_comes_first_whatever_the_order_of_lines(judge, said, random):
    def excess_of(said: list[tuple[str, str]]) -> dict[tuple[str, str], bool]:
        lines = [line(code, day=day, charge="0.00") for code, day in said]
        return dict(zip(said, excesses(judge.validate(claim(*lines))), strict=True))

    shuffled = list(said)
    random.shuffle(shuffled)
    assert excess_of(shuffled) == excess_of(said)


@pytest.mark.parametrize("order", list(permutations(["3074F", "3075F", "3077F"])), ids=" ".join)
def test_a_history_says_the_same_of_blood_pressures_of_one_day(order):
    history = MemoryHistory()
    given = claim(*(line(code, day="2024-02-01", charge="0.00") for code in order))
    result = Validator(history=history).validate(given)
    assert [code for code, excess in zip(order, excesses(result), strict=True) if not excess] == ["3074F"]
    history.record(Claim.from_dict(given), result)
    assert list(history.reconcile()) == []


@given(judges, st.lists(reports, max_size=6, unique_by=lambda report: report["service_date"]))
def test_on_one_claim_in_a_batch_and_against_history_the_same_uses_are_paid(judge, lines):
    on_one_claim = excesses(judge.validate(claim(*lines)))
    apart = [claim(line, claim_id=f"{place}") for place, line in enumerate(lines)]
    batch = {result.claim_id: excesses(result) for result in judge.validate_many(apart, sort=True)}
    assert [batch[f"{place}"] for place in range(len(lines))] == [[excess] for excess in on_one_claim]
    history = MemoryHistory()
    against_history = Validator(judge.policy, history=history)
    for single in sorted(apart, key=lambda single: single["lines"][0]["service_date"]):
        result = against_history.validate(single)
        assert excesses(result) == batch[result.claim_id]
        history.record(Claim.from_dict(single), result)


@given(judges, st.lists(st.lists(reports, min_size=1, max_size=3), max_size=4), st.randoms())
def test_with_sort_the_order_of_claims_does_not_change_the_verdict_on_any(judge, batches, random):
    claims = [claim(*lines, claim_id=f"{place}") for place, lines in enumerate(batches)]
    shuffled = list(claims)
    random.shuffle(shuffled)
    first, second = (
        {result.claim_id: result for result in judge.validate_many(order, sort=True)} for order in (claims, shuffled)
    )
    assert {name: (r.findings, r.disposition) for name, r in first.items()} == {
        name: (r.findings, r.disposition) for name, r in second.items()
    }


@given(judges, st.lists(reports, max_size=8))
def test_an_excess_stops_the_payment_and_never_the_report(judge, lines):
    for verdict, excess in zip((result := judge.validate(claim(*lines))).lines, excesses(result), strict=True):
        if excess:
            assert (verdict.disposition, str(verdict.allowed_amount)) == ("report_only", "0.00")
