"""A policy learned from a payer that has a hidden one: what was planted is proposed, and nothing else."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="needs the extra: pip install '.[test-learn]'")

from claimcheck import Policy
from claimcheck.errors import PolicyError
from claimcheck.policies.parameters.category_ii import Charge
from claimcheck.remittance.learning import LearnedPolicy, learn
from claimcheck.remittance.learning.evidence import evidence, vote
from remittance.hidden import KINDS, Planted, hidden, twelve
from remittance.payer import answers, base, drawn

SEEDS = range(10)


def learned(directory: Path, claims: int, seed: int, planted: list[Planted]) -> LearnedPolicy:
    policy = base(directory)
    sent = drawn(claims, seed)
    return learn(sent, list(answers(sent, hidden(policy, planted), seed)), policy)


def found_of(planted: list[Planted], policy: LearnedPolicy) -> tuple[list[str], list[str]]:
    """What was planted and is not learned; what is proposed and was not planted."""
    lacking = [one.kind for one in planted if not one.is_in(policy.policy)]
    more = [str(proposal) for proposal in policy.proposals if not any(one.about(proposal) for one in planted)]
    return lacking, more


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
