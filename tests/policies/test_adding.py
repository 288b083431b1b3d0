"""What a policy adds to one that it extends: lists of named tables, day by day, and what takes whose place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Policy
from claimcheck.policies.parameters.category_ii import Pairs, Results
from claimcheck.policies.parameters.frequency import Limits

YEARLY = "Category II, once a year"


def limits(*entries: dict[str, Any], extends: str | None = "default") -> Policy:
    said = [{"reference": "a letter", **entry} for entry in entries]
    return Policy.from_dict({"frequency": {"limits": said}, **({} if extends is None else {"extends": extends})})


def one(name: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "codes": ["G0438"], **fields}


def names(policy: Policy, day: str | None = None) -> list[str]:
    return [limit.name for limit in policy.on(None if day is None else date.fromisoformat(day))[Limits].limits]


def test_a_limit_is_added_to_those_of_the_extended_policy() -> None:
    policy = limits({"limits": [one("ours")]})
    assert names(policy) == [YEARLY, "ours"]
    (said,) = policy.parameters[Limits]
    assert said.reference.startswith("as published by Anthem")
    assert said.reference.endswith("; a letter")


def test_replacing_is_said_in_so_many_words() -> None:
    assert names(limits({"limits": [one("ours", replaces=YEARLY)]})) == ["ours"]
    assert names(limits({"limits": [one(YEARLY, replaces=YEARLY)]})) == [YEARLY]
    assert names(limits({"limits": [one("ours")], "replace": True})) == ["ours"]
    assert names(limits({"limits": [], "replace": True})) == []
    assert names(limits({"limits": [one("ours")]}, extends=None)) == ["ours"]
    assert names(limits({"limits": [one("ours")], "replace": True}, extends=None)) == ["ours"]


def test_a_limit_may_begin_one_day_and_end_another() -> None:
    policy = limits({"from": "2024-01-01", "limits": [one("ours")]}, {"from": "2025-01-01", "limits": []})
    assert names(policy, "2023-12-31") == names(policy, "2025-01-01") == [YEARLY]
    assert names(policy, "2024-01-01") == names(policy, "2024-12-31") == [YEARLY, "ours"]


def test_each_file_adds_to_the_one_below(tmp_path: Path) -> None:
    (tmp_path / "payer.toml").write_text(
        'extends = "default"\n[[frequency.limits]]\nreference = "a"\n'
        'limits = [{ name = "payer", codes = ["G0438"] }]\n'
        '[[frequency.limits]]\nfrom = 2024-01-01\nreference = "b"\n'
        'limits = [{ name = "payer", codes = ["G0438"], most = 2 }]\n'
    )
    (tmp_path / "plan.toml").write_text(
        'extends = "payer.toml"\n[[frequency.limits]]\nfrom = 2023-01-01\nreference = "c"\n'
        'limits = [{ name = "plan", codes = ["G0439"] }]\n'
        '[[frequency.limits]]\nfrom = 2025-01-01\nreference = "d"\n'
        'limits = [{ name = "plan", codes = ["G0439"], replaces = "payer" }]\n'
    )
    policy = Policy.load(tmp_path / "plan.toml")
    assert names(policy, "2022-12-31") == [YEARLY, "payer"]
    assert names(policy, "2023-01-01") == names(policy, "2024-12-31") == [YEARLY, "payer", "plan"]
    assert [limit.most for limit in policy.on(date(2024, 6, 1))[Limits].limits] == [1, 2, 1]
    assert names(policy, "2025-01-01") == [YEARLY, "plan"]


def test_groups_of_results_and_pairs_add_too_and_other_lists_do_not() -> None:
    policy = Policy.from_dict(
        {
            "extends": "default",
            "category_ii": {
                "results": [{"reference": "a", "groups": [{"name": "ours", "bands": [{"code": "3060F"}]}]}],
                "pairs": [{"reference": "a", "pairs": [{"name": "ours", "one": ["1125F"], "other": ["1126F"]}]}],
                "charge": [{"reference": "a", "accepts": ["0.00"]}],
            },
        }
    )
    on, default = policy.on(None), Policy.load("default").on(None)
    assert [group.name for group in on[Results].groups] == [*(group.name for group in default[Results].groups), "ours"]
    assert [pair.name for pair in on[Pairs].pairs] == [*(pair.name for pair in default[Pairs].pairs), "ours"]


starts = st.lists(st.sampled_from(["2022-01-01", "2023-01-01", "2024-01-01"]), unique=True, max_size=3).map(sorted)


@given(starts, starts, st.sampled_from(["2021-06-01", "2022-06-01", "2023-06-01", "2024-06-01"]))
def test_on_every_day_both_hold_what_each_says_by_itself(below: list[str], above: list[str], day: str) -> None:
    import tempfile

    def entries(name: str, days: list[str]) -> list[dict[str, Any]]:
        first = [{"limits": [one(f"{name} 0")]}]
        return first + [{"from": start, "limits": [one(f"{name} {number}")]} for number, start in enumerate(days, 1)]

    def toml(name: str, days: list[str], extends: str) -> str:
        parts = [extends]
        for entry in entries(name, days):
            start = f"from = {entry['from']}\n" if "from" in entry else ""
            limit = entry["limits"][0]["name"]
            parts.append(
                f'[[frequency.limits]]\n{start}reference = "x"\nlimits = [{{ name = "{limit}", codes = ["G0438"] }}]\n'
            )
        return "".join(parts)

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "below.toml").write_text(toml("below", below, ""))
        (Path(folder) / "above.toml").write_text(toml("above", above, 'extends = "below.toml"\n'))
        both = Policy.load(Path(folder) / "above.toml")
        first = Policy.load(Path(folder) / "below.toml")
    second = limits(*entries("above", above), extends=None)
    assert names(both, day) == [*names(first, day), *names(second, day)]


PREVENTIVE = [
    "initial preventive physical examination",
    "first annual wellness visit",
    "annual wellness visit",
    "chronic care management",
    "transitional care management",
    "fecal occult blood test",
    "flexible sigmoidoscopy or barium enema",
    "flexible sigmoidoscopy after a colonoscopy",
    "colonoscopy, not at high risk",
    "colonoscopy after a sigmoidoscopy",
    "colonoscopy, at high risk",
    "barium enema, at high risk",
    "stool DNA test",
    "screening for human papillomavirus",
    "screening for lung cancer",
    "screening for an abdominal aortic aneurysm",
    "screening for alcohol misuse",
    "counseling for alcohol misuse",
    "screening for depression",
    "screening mammography",
    "pelvic examination",
    "digital rectal examination",
    "prostate specific antigen test",
    "glaucoma screening",
]


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("medicare", PREVENTIVE),
        ("anthem_ohio_medicaid_2024", ["incentive, once a year"]),
        ("empire_ny_medicaid_2023", [YEARLY, "maternity, once per pregnancy"]),
    ],
)
def test_policies_of_the_library_that_limit_otherwise_replace(name: str, held: list[str]) -> None:
    assert names(Policy.load(name)) == held
