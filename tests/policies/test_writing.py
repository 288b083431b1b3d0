"""The values of a policy as files write them: what is written says what the policy says, and is read again as such."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Policy
from claimcheck.errors import PolicyError
from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.comparing import Difference, differences
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import PARAMETERS
from claimcheck.policies.starting import new
from claimcheck.policies.writing import entry, rules, toml_of

KEYS = [key_of(parameter) for parameter in PARAMETERS]


def written(policy: Policy) -> str:
    return "\n".join(
        entry(one.value, one.reference, one.start) + "\n" for _, entries in policy.describe() for one in entries
    )


@pytest.mark.parametrize("name", Policy.names())
def test_a_policy_that_is_written_out_and_read_is_the_same_policy(name):
    policy = Policy.load(name)
    again = Policy.from_dict(tomllib.loads(written(policy)))
    assert again.hash == policy.hash


@given(st.text())
def test_any_text_is_written_so_that_toml_reads_it(text):
    kept = text.encode("utf-8", "replace").decode()  # TOML is Unicode; a lone surrogate is none
    assert tomllib.loads(f"a = {toml_of(kept)}") == {"a": kept}


def test_rules_are_written_as_they_are_read():
    choice = RuleChoice.read(
        {
            "select": ["NCCI", "STR"],
            "ignore": ["STR5"],
            "severity": {"NCCI101": "warning"},
            "references": {"STR5": 'the payer said "no"', "STR501": "agreed"},
        }
    )
    again = RuleChoice.read(tomllib.loads("\n".join(rules(choice)))["rules"])
    assert again == choice
    assert [again.reference_of(rule) for rule in ("STR501", "STR502", "NCCI101")] == [
        "agreed",
        'the payer said "no"',
        None,
    ]
    assert list(rules(RuleChoice())) == []


@pytest.mark.parametrize("base", ["default", "medicare", "penny_from_2021_06_01"])
def test_a_new_policy_decides_as_the_one_that_it_extends(base, tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(new(Policy.load(base), "Ours", KEYS))
    assert Policy.faults(file) == ()
    assert Policy.load(file).hash == Policy.load(base).hash
    assert differences(Policy.load(base), Policy.load(file)) == ()


def test_a_new_policy_needs_known_keys():
    with pytest.raises(PolicyError, match=r"ncci\.bypas: unknown parameter; did you mean ncci\.bypass\?"):
        new(Policy.load("default"), "Ours", ["ncci.bypas"])


def test_policies_differ_by_key_and_day():
    found = {
        (one.key, one.start): one for one in differences(Policy.load("zero"), Policy.load("penny_from_2021_06_01"))
    }
    june = found["category_ii.charge", date(2021, 6, 1)]
    assert june.before == ('accepts = ["0.00"]', 'allowed = "0.00"')
    assert june.after == ('accepts = ["0.00", "0.01"]', 'allowed = "0.01"')
    assert all(june.references)


def test_a_difference_that_ends_is_said_to_end():
    penny = {"accepts": ["0.00", "0.01"], "allowed": "0.00", "reference": "a letter"}
    zero = {"accepts": ["0.00"], "allowed": "0.00", "reference": "a letter"}
    one = Policy.from_dict({"category_ii": {"charge": [zero]}})
    other = Policy.from_dict({"category_ii": {"charge": [penny, {**zero, "from": "2024-01-01"}]}})
    assert [(found.start, found.before, found.after) for found in differences(one, other)] == [
        (None, ('accepts = ["0.00"]',), ('accepts = ["0.00", "0.01"]',)),
        (date(2024, 1, 1), (), ()),
    ]


def test_of_long_lists_only_what_is_not_in_both_is_told():
    before = Policy.load("default")
    codes = dict(before.describe())["facility.revenue_needs_procedure"][-1].value.packaged
    more = {"revenue_needs_procedure": [{"packaged": [*codes, "2199"], "reference": "a letter"}]}
    found = differences(before, Policy.from_dict({"extends": "default", "facility": more}))
    [packaged] = [line for one in found for line in one.after if line.startswith("packaged")]
    assert packaged == 'packaged: "2199"'


def test_rules_that_run_are_a_difference():
    other = Policy.from_dict({"extends": "default", "rules": {"ignore": ["CAT"]}})
    assert differences(Policy.load("default"), other) == (
        Difference("rules", None, (), ("[rules]", 'ignore = ["CAT"]')),
    )
