"""Which rules a policy runs: by select and ignore, in layers, and how severe they are."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Policy, PolicyError, Validator, validate_claim
from claimcheck.claims import ClaimResult, Receipt, Severity
from claimcheck.policies.choice import RuleChoice
from claimcheck.rules.choosing import as_then, chosen, switched_off
from claimcheck.rules.registry import all_rules
from support.cases import line

IDS = [rule.id for rule in all_rules()]
PAIR = {
    "claim_type": "professional",
    "lines": [line("45378", day="2024-07-15"), line("45380", day="2024-07-15")],
}
names = st.sampled_from([*IDS, "NCCI", "NCCI1", "STR", "STR5", "F", "FAC2", "C", "COD", "COD30"])
chosen_names = st.lists(names, max_size=4)


def runs(*steps: dict[str, object]) -> set[str]:
    choice = RuleChoice()
    for step in steps:
        choice = choice.then(RuleChoice.read(step))
    return {rule_id for rule_id in IDS if choice.selects(rule_id)}


def of(*beginnings: str) -> set[str]:
    return {rule_id for rule_id in IDS if rule_id.startswith(beginnings)}


@pytest.mark.parametrize(
    ("steps", "running"),
    [
        ([], set(IDS)),
        ([{}], set(IDS)),
        ([{"select": ["NCCI"]}], of("NCCI")),
        ([{"select": ["ncci101"]}], {"NCCI101"}),
        ([{"ignore": ["NCCI"]}], set(IDS) - of("NCCI")),
        ([{"select": ["NCCI101"], "ignore": ["NCCI"]}], {"NCCI101"}),
        ([{"select": ["NCCI"], "ignore": ["NCCI101"]}], of("NCCI") - {"NCCI101"}),
        ([{"select": ["NCCI"], "ignore": ["NCCI"]}], set()),
        ([{"ignore": ["NCCI"]}, {"select": ["NCCI"]}], of("NCCI")),
        ([{"select": ["NCCI"]}, {"ignore": ["NCCI101"]}], of("NCCI") - {"NCCI101"}),
        ([{"select": ["NCCI101"]}, {"ignore": ["N"]}], set()),
        ([{"ignore": ["STR"]}, {"ignore": ["COD"]}], set(IDS) - of("STR", "COD")),
    ],
)
def test_which_rules_run(steps: list[dict[str, object]], running: set[str]) -> None:
    assert runs(*steps) == running


@given(chosen_names, chosen_names)
def test_ignoring_more_never_runs_more(first: list[str], second: list[str]) -> None:
    assert runs({"ignore": first}, {"ignore": second}) == runs({"ignore": [*first, *second]}) <= runs({"ignore": first})


@given(chosen_names.filter(bool), chosen_names)
def test_what_is_selected_last_is_as_if_nothing_had_been_chosen_before(select: list[str], before: list[str]) -> None:
    assert runs({"ignore": before}, {"select": select}) == runs({"select": select})


@given(chosen_names, st.sampled_from(list(Severity)))
def test_rules_that_run_and_those_that_are_switched_off_are_all(ignore: list[str], severity: Severity) -> None:
    choice = RuleChoice.of(ignore=ignore, severity={"NCCI": severity})
    running = chosen(all_rules(), choice)
    assert sorted([*switched_off(running), *(rule.id for rule in running)]) == sorted(IDS)
    assert {rule.severity for rule in running if rule.id in of("NCCI")} <= {severity}
    assert {rule.severity for rule in running if rule.id not in of("NCCI")} <= {None}


def test_the_longest_name_gives_the_severity_and_the_last_choice_goes_first() -> None:
    choice = RuleChoice.of(severity={"NCCI": "info", "NCCI101": "warning"})
    assert [choice.severity_of(rule_id) for rule_id in ("NCCI101", "NCCI201", "STR101")] == ["warning", "info", None]
    assert choice.then(RuleChoice.of(severity={"N": "error"})).severity_of("NCCI101") == "error"


# ---------------------------------------------------------------- verdicts


def test_a_rule_that_is_switched_off_is_named_by_every_result() -> None:
    policy = Policy.load("default").choosing(ignore=["NCCI101"])
    result = validate_claim(PAIR, policy=policy)
    assert "NCCI101" in {finding.rule_id for finding in validate_claim(PAIR).findings}
    assert "NCCI101" not in {finding.rule_id for finding in result.findings}
    assert result.receipt.rules_off == ("NCCI101",)
    assert str(result).endswith("switched off: NCCI101")
    assert "NCCI101" in result._repr_html_()
    assert ClaimResult.from_dict(result.to_dict()) == result
    assert result.to_dict()["receipt"]["rules_off"] == ["NCCI101"]
    assert pickle.loads(pickle.dumps(result)) == result


def test_severity_changes_the_severity_and_nothing_else() -> None:
    plain = validate_claim(PAIR)
    milder = validate_claim(PAIR, policy=Policy.load("default").choosing(severity={"NCCI101": "warning"}))
    (before,) = [finding for finding in plain.findings if finding.rule_id == "NCCI101"]
    (after,) = [finding for finding in milder.findings if finding.rule_id == "NCCI101"]
    assert (before.severity, after.severity) == (Severity.ERROR, Severity.WARNING)
    assert before.to_dict() | {"severity": "warning"} == after.to_dict()
    assert [one.disposition for one in plain.lines] == [one.disposition for one in milder.lines]
    assert [one.adjustments for one in plain.lines] == [one.adjustments for one in milder.lines]
    assert milder.receipt.severities == (("NCCI101", "warning"),)
    assert not plain.receipt.severities
    assert plain.receipt != milder.receipt


def test_what_the_payer_decides_has_one_hash_whatever_rules_run() -> None:
    policy = Policy.load("default")
    assert policy.choosing(ignore=["STR"]).hash == policy.hash
    assert policy.choosing(ignore=["STR"]).name == "default"
    assert pickle.loads(pickle.dumps(policy.choosing(ignore=["STR"]))).rules.selects("STR101") is False


def test_a_validator_of_some_rules_says_which_do_not_run() -> None:
    some = [rule for rule in all_rules() if rule.id.startswith("NCCI")]
    assert Validator(rules=some).validate(PAIR).receipt.rules_off == tuple(sorted(set(IDS) - of("NCCI")))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            {"ignore": ["NCCI10A"]},
            "key rules.ignore: NCCI10A is not a rule, nor the beginning of one; did you mean NCCI101",
        ),
        (
            {"select": ["QQQ"]},
            "rules.select: QQQ is not a rule, nor the beginning of one; `claimcheck rules` lists them",
        ),
        ({"severity": {"NCCI-101": "info"}}, "key rules.severity: NCCI-101 is not a rule"),
    ],
)
def test_a_wrong_name_is_refused_where_rules_are_known(choice: dict[str, object], said: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(said)):
        Validator(Policy.load("default").choosing(**choice))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("references", "said"),
    [
        ("agreed", 'key references: a table is expected, such as { NCCI101 = "..." }, not'),
        ({"NCCI101": 5}, "key references: NCCI101: text is expected, not 5"),
    ],
)
def test_wrong_references_are_refused(references: object, said: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(said)):
        RuleChoice.read({"references": references})


def test_the_file_of_a_wrong_name_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('extends = "default"\n[rules]\nignore = ["NCCI10A"]\n')
    with pytest.raises(PolicyError) as caught:
        Validator(path)
    assert (caught.value.file, caught.value.place) == (str(path), "rules.ignore")


def test_a_policy_chooses_on_top_of_what_it_extends(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        'extends = "default"\n[rules]\nignore = ["STR", "COD"]\nseverity = { N = "info" }\n'
    )
    (tmp_path / "own.toml").write_text('extends = "base.toml"\n[rules]\nignore = ["FAC"]\n')
    result = validate_claim(PAIR, policy=tmp_path / "own.toml")
    assert set(result.receipt.rules_off) == of("STR", "COD", "FAC")
    assert dict(result.receipt.severities) == dict.fromkeys(of("N"), "info")


@given(chosen_names, st.dictionaries(names, st.sampled_from(["error", "info"]), max_size=2))
def test_a_receipt_gives_the_choice_again(ignore: list[str], severity: dict[str, str]) -> None:
    policy = Policy.load("default").choosing(ignore=ignore, severity=severity)
    running = chosen(all_rules(), policy.rules)
    receipt = Receipt("1", "default", policy.hash, rules_off=switched_off(running))
    given = {rule.id: rule.severity for rule in running if rule.severity is not None}
    again = chosen(all_rules(), as_then(Policy.load("zero"), receipt.rules_off, given).rules)
    assert [(rule.id, rule.severity) for rule in again] == [(rule.id, rule.severity) for rule in running]


def test_a_frame_says_what_was_switched_off() -> None:
    import polars as pl

    from claimcheck.frames import validate_frame

    frame = pl.DataFrame({"claim_id": ["7"], "procedure_code": ["99213"], "units": [1]})
    assert validate_frame(frame).rules_off == ()
    assert validate_frame(frame, policy=Policy.load("default").choosing(ignore=["STR5"])).rules_off == tuple(
        sorted(of("STR5"))
    )
