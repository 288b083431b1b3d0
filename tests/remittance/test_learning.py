"""A policy learned from a payer that has a hidden one: what was planted is proposed, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("scipy", reason="needs the extra: pip install '.[test-learn]'")

from claimcheck import Policy
from claimcheck.policies.parameters.category_ii import Charge
from claimcheck.policies.parameters.frequency import Limits, Window
from claimcheck.remittance.learning import LearnedPolicy, learn
from remittance.payer import answers, drawn

_REFERENCE = "the payer's own"
PRICE = {
    "category_ii": {
        "charge": [
            {"accepts": ["0.00", "0.01"], "allowed": "0.00", "reference": _REFERENCE},
            {"from": date(2024, 6, 1), "accepts": ["0.00", "0.01"], "allowed": "0.01", "reference": _REFERENCE},
        ]
    }
}
WELLNESS = {
    "frequency": {
        "limits": [
            {
                "reference": _REFERENCE,
                "limits": [
                    {
                        "name": "wellness visits",
                        "codes": ["G0438", "G0439"],
                        "group": "wellness visits",
                        "window": "rolling_12_months",
                        "excess": "denied",
                    }
                ],
            }
        ]
    }
}
UNENFORCED = {"rules": {"ignore": ["NCCI201"]}}


def learned(claims: int, seed: int, *planted: dict) -> LearnedPolicy:
    hidden: dict = {"extends": "default"}
    for one in planted:
        hidden |= one
    sent = drawn(claims, seed)
    return learn(sent, list(answers(sent, Policy.from_dict(hidden), seed)))


def test_nothing_is_proposed_of_a_payer_that_does_as_expected() -> None:
    found = learned(300, 3)
    assert found.proposals == ()
    assert found.agreed_before == found.agreed_after > 0.95


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_planted_is_proposed(seed: int) -> None:
    found = learned(2_000, seed, PRICE, WELLNESS, UNENFORCED)
    assert {proposal.candidate.family for proposal in found.proposals} <= {
        "category_ii.charge",
        "limit G0438 and G0439",
        "ncci.medically_unlikely",
    }
    assert found.agreed_after > found.agreed_before
    before, after = (found.policy.on(day)[Charge].allowed for day in (date(2024, 5, 1), date(2024, 7, 1)))
    assert (str(before), str(after)) == ("0.00", "0.01")
    [limit] = [limit for limit in found.policy.on(None)[Limits].limits if "G0438" in limit.codes]
    assert (limit.window, limit.most, "G0439" in limit.codes) == (Window.ROLLING_12_MONTHS, 1, True)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_the_proposal_is_a_policy_file_that_says_what_speaks_for_it(tmp_path) -> None:
    found = learned(1_500, 4, PRICE)
    file = tmp_path / "learned.toml"
    file.write_text(found.to_toml())
    loaded = Policy.load(file)
    assert loaded.on(date(2024, 7, 1))[Charge] == found.policy.on(date(2024, 7, 1))[Charge]
    [proposal] = found.proposals
    assert f"{proposal.evidence.lines_for} lines for it, {proposal.evidence.lines_against} against" in file.read_text()
    assert Policy.faults(file) == ()
