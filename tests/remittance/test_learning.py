"""A policy learned from a payer that has a hidden one: what was planted is proposed, and nothing else."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy", reason="needs the extra: pip install '.[test-learn]'")

from claimcheck import Policy
from claimcheck.errors import PolicyError
from claimcheck.policies.parameters.category_ii import Charge
from claimcheck.remittance import RemittedAdjustment, RemittedClaim, RemittedLine
from claimcheck.remittance.learning import LearnedPolicy, Proposal, learn
from claimcheck.remittance.learning.book import Book
from claimcheck.remittance.learning.candidate import Candidate
from claimcheck.remittance.learning.evidence import Evidence, evidence, vote
from claimcheck.remittance.learning.limits import LimitSearch
from remittance.hidden import KINDS, Planted, hidden, twelve
from remittance.payer import HEADER, answers, base, drawn

SEEDS = range(10)


def learned(directory: Path, claims: int, seed: int, planted: list[Planted]) -> LearnedPolicy:
    policy = base(directory)
    sent = drawn(claims, seed)
    return learn(sent, list(answers(sent, hidden(policy, planted), seed)), policy)


def found_of(planted: list[Planted], policy: LearnedPolicy) -> tuple[list[str], list[str]]:
    """What was planted and is not learned; what is proposed and was not planted."""
    lacking = [one.kind for one in planted if not one.is_in(policy.policy)]
    more = [str(proposal) for proposal in policy.proposals if not any(one.matches(proposal) for one in planted)]
    return lacking, more


def proposed(key: str, values: dict[str, Any], start: date | None = None) -> Proposal:
    said = Evidence(40, 0, date(2024, 1, 1), date(2024, 12, 1), 0.9, 1.0, start)
    return Proposal(Candidate(key, key, values, ""), said)


def test_a_proposal_with_another_code_value_or_start_is_not_what_was_planted() -> None:
    """Otherwise what is wrong would pass for learned."""
    [dated, companion, limit] = [
        kind(random.Random(2)) for kind in KINDS if kind.__name__ in ("dated_price", "companion", "group_limit")
    ]
    [listed] = companion.says["category_ii"]["incentives"][0]["listed"]
    key = "category_ii.incentives"
    assert companion.matches(proposed(key, {"listed": [listed]}))
    for change in ({"codes": [*listed["codes"], "3044F"]}, {"amount": "0.01"}, {"diagnoses": ["I10", "E78"]}):
        assert not companion.matches(proposed(key, {"listed": [{**listed, **change}]}))
    assert not companion.matches(proposed(key, {"listed": [listed, {"codes": ["3044F"], "amount": "0.01"}]}))
    own = limit.says["frequency"]["limits"][0]["limits"][0]
    assert limit.matches(proposed("frequency.limits", {"limits": [own]}))
    for change in ({"codes": [*own["codes"], "99213"]}, {"window": "rolling_5_months"}, {"most": 3}):
        assert not limit.matches(proposed("frequency.limits", {"limits": [{**own, **change}]}))
    start = dated.says["category_ii"]["charge"][1]["from"]
    assert dated.matches(proposed("category_ii.charge", {"allowed": "0.01"}, start))
    assert not dated.matches(proposed("category_ii.charge", {"allowed": "0.01"}))
    assert not dated.matches(proposed("category_ii.charge", {"allowed": "0.00"}, start))


def test_one_limit_is_changed_only_once(monkeypatch) -> None:
    """Two changes of one limit had one name, and the policy refused it."""
    change = proposed("frequency.limits", {"limits": [{"name": "visits", "codes": ["99213"], "replaces": "ours"}]})
    search = LimitSearch(Book([], [], Policy.load("default"), None), 12)
    monkeypatch.setattr(search, "_changed", lambda settled: iter([change]))
    assert search.best(()) == change
    search.take(change)
    assert search.best(()) is None


def test_nothing_is_proposed_of_a_payer_that_does_as_expected(tmp_path) -> None:
    found = learned(tmp_path, 400, 3, [])
    assert found.proposals == ()
    assert found.agreed_before == found.agreed_after > 0.95


def test_the_proposal_is_a_policy_file_that_says_what_speaks_for_it(tmp_path) -> None:
    [price] = [kind(random.Random(4)) for kind in KINDS if kind.__name__ == "price"]
    found = learned(tmp_path, 600, 4, [price])
    file = tmp_path / "learned.toml"
    file.write_text(found.to_toml())
    loaded = Policy.load(file)
    assert str(loaded.on(date(2024, 7, 1))[Charge].allowed) == "0.01"
    assert loaded.on(date(2024, 7, 1))[Charge] == found.policy.on(date(2024, 7, 1))[Charge]
    [proposal] = found.proposals
    assert f"{proposal.evidence.lines_for} lines for it, {proposal.evidence.lines_against} against" in file.read_text()
    assert Policy.faults(file) == ()


def test_a_policy_that_no_file_says_is_refused_before_anything_is_counted() -> None:
    changed = Policy.load("default").replace(category_ii__alone={"then": "reject"})
    with pytest.raises(PolicyError, match="extends"):
        learn([], [], changed)


def reported(paid: dict[str, tuple[int, str]]) -> tuple[list[dict[str, Any]], list[RemittedClaim]]:
    """Claims of one Category II line of $25.00 and another member each, and what each is paid: code, count, payment."""
    claims, remitted = [], []
    for code, amount in ((code, Decimal(amount)) for code, (count, amount) in paid.items() for _ in range(count)):
        day = date(2024, 1 + len(claims) % 12, 1 + len(claims) % 28)
        line = {"procedure_code": code, "units": 1, "charge": "25.00", "service_date": day}
        name = f"C{len(claims)}"
        claims.append({"claim_id": name, "claim_type": "professional", "member_id": f"M{name}", "lines": [line]})
        of_line = RemittedAdjustment("CO", "45" if amount else "246", 25 - amount)
        answer = RemittedLine(code, Decimal(25), amount, service_date=day, adjustments=(of_line,))
        remitted.append(RemittedClaim(HEADER, name, "1", Decimal(25), amount, lines=(answer,)))
    return claims, remitted


@pytest.mark.parametrize(
    ("paid", "price", "incentives"),
    [
        ({"3044F": (90, "10"), "3074F": (20, "0.01"), "3078F": (20, "0.01"), "2022F": (20, "0.01")}, "0.01", {"3044F"}),
        ({"3044F": (90, "10"), "3074F": (10, "0"), "3078F": (10, "0"), "2022F": (10, "0")}, None, {"3044F"}),
        ({"3044F": (20, "10"), "3074F": (20, "10"), "3078F": (30, "0")}, None, {"3044F", "3074F"}),
    ],
    ids=["a price and an incentive", "most lines, but one code", "most codes, but not sure"],
)
def test_the_amount_of_most_codes_is_the_price_and_another_an_incentive(paid, price, incentives) -> None:
    found = {proposal.key: proposal.candidate.values for proposal in learn(*reported(paid)).proposals}
    assert found.get("category_ii.charge", {}).get("allowed") == price
    listed = found.get("category_ii.incentives", {"listed": []})["listed"]
    assert {code for one in listed for code in one["codes"]} == incentives


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))
def test_one_difference_of_each_kind(kind, tmp_path) -> None:
    planted = [kind(random.Random(1))]
    assert found_of(planted, learned(tmp_path, 6_000, 1, planted)) == ([], [])


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
def test_twelve_differences_are_learned_and_nothing_else(seed: int, tmp_path) -> None:
    planted = twelve(seed)
    lacking, more = found_of(planted, learned(tmp_path, 20_000, seed, planted))
    assert len(lacking) <= 1, lacking
    assert more == []


def test_a_denial_for_another_reason_speaks_for_none() -> None:
    assert [vote(1, 0), vote(3, 1), vote(0, 2), vote(2, 2)] == [None, True, False, None]


def test_the_day_of_a_change_is_the_first_of_a_month_though_the_payer_errs() -> None:
    days = {(at, 0): date(2024, 1 + at // 20, 1 + at % 20) for at in range(200)}
    votes = {key: day >= date(2024, 6, 1) for key, day in days.items()}
    votes[105, 0] = False  # June 6
    said = evidence(votes, days)
    assert said is not None
    assert (said.start, said.lines_against) == (date(2024, 6, 1), 1)
    assert 0.9 < said.low < said.lines_for / said.lines < said.high <= 1
