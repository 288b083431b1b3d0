"""The small parts of the command line: how text looks, progress, sums, policies, and what is explained."""

from __future__ import annotations

import io
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from claimcheck import ClaimResult, Disposition, Policy, Reason, Severity, Source, Validator, validate_claim
from claimcheck.cli import inputs, progress
from claimcheck.cli.closing import closing
from claimcheck.cli.style import Style
from claimcheck.cli.summary import Summary
from claimcheck.io import read_claims
from claimcheck.visible import visible


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# ---------------------------------------------------------------- look


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"TERM": "xterm"}, True)],
)
def test_colours_are_for_terminals_that_want_them(environment: dict[str, str], colour: bool) -> None:
    assert Style.of(Terminal(), environment).colour is colour
    assert Style.of(io.StringIO(), environment) == Style(None, False)


@given(st.text(), st.integers(20, 200))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    wrapped = Style(width, False).wrapped(text, "  ", "    ")
    assert "".join(wrapped.split()) == "".join(text.split())


@given(st.text())
def test_nothing_visible_can_steer_a_terminal(text: str) -> None:
    assert visible(text).isprintable()


@given(st.text(), st.sampled_from(["red", "bold", "dim", "bold red"]))
def test_a_style_adds_nothing_to_the_text(text: str, style: str) -> None:
    plain = click.unstyle(text)
    assert click.unstyle(Style(None, True).styled(plain, style)) == plain
    assert Style(None, False).styled(text, style) == text


# ---------------------------------------------------------------- progress


def _console(*, terminal: bool) -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    return Console(file=written, force_terminal=terminal, width=100), written


@pytest.mark.parametrize("size", [0, 1000])
def test_progress_of_a_run(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    console, written = _console(terminal=True)
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.judging(size, shown=True, console=console) as tell:
        for done in range(0, 1000, 100):
            tell(done, lambda: 1234)
    assert "1,234 lines" in written.getvalue()


def test_progress_is_told_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    console, _ = _console(terminal=True)
    asked = []
    monkeypatch.setattr(progress.time, "monotonic", lambda: 5.0)
    with progress.judging(10, shown=True, console=console) as tell:
        for _ in range(100):
            tell(1, lambda: len(asked) or asked.append(1) or 0)
    assert len(asked) <= 1


@pytest.mark.parametrize(("shown", "terminal"), [(True, False), (False, True)])
def test_no_progress_where_nobody_watches(shown: bool, terminal: bool) -> None:
    console, written = _console(terminal=terminal)
    with progress.judging(10, shown=shown, console=console) as tell:
        tell(5, lambda: 1)
    with progress.steps(shown=shown, console=console) as told:
        told("reading", 1, 2)
    assert written.getvalue() == ""


def test_progress_of_steps() -> None:
    console, written = _console(terminal=True)
    with progress.steps(shown=True, console=console) as tell:
        for done in range(4):
            tell("reading", done, 3)
        tell("packing", 1, 1)
    assert "3 of 3" in written.getvalue()
    assert "packing" in written.getvalue()


def test_the_rate_is_said_once_there_is_one() -> None:
    console, _ = _console(terminal=True)
    from rich.progress import Progress

    now = 0.0
    with Progress(console=console, get_time=lambda: now) as shown:
        shown.add_task("", lines=500)
        [task] = shown.tasks
        assert str(progress._Rate().render(task)) == "500 lines"
        now = 10.0
        assert str(progress._Rate().render(task)) == "500 lines, 50/s"


# ---------------------------------------------------------------- inputs


def test_what_was_read_is_counted(demo: Path) -> None:
    read = inputs.Inputs((str(demo), str(demo)))
    assert read.size == 2 * demo.stat().st_size
    assert len(list(read.claims())) == 10
    assert read.done == read.size


def test_a_digest_is_of_the_content(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(demo.read_bytes())
    digest = inputs.Inputs((str(demo),)).digest()
    assert inputs.Inputs((str(copy),)).digest() == digest
    copy.write_bytes(demo.read_bytes() + b"\n")
    assert inputs.Inputs((str(copy),)).digest() != digest
    assert inputs.Inputs((str(demo), "missing")).digest() != digest
    assert inputs.Inputs((str(demo),), mapping=str(copy)).digest() != digest


def test_a_claim_of_no_file_has_no_place() -> None:
    assert inputs.Inputs(()).place(None) == ""
    assert inputs.Inputs(()).place(Source(None, 4)) == ""


# ---------------------------------------------------------------- sums


@pytest.fixture
def verdicts(demo: Path) -> list[ClaimResult]:
    return list(Validator("penny_from_2021_06_01").validate_many([*read_claims(demo)], "2024-10-01"))


def test_sums_add_up(verdicts: list[ClaimResult]) -> None:
    whole, one, other = Summary(), Summary(), Summary()
    for place, verdict in enumerate(verdicts):
        whole.add(verdict)
        (one if place % 2 else other).add(verdict)
    one.include(other)
    assert one == whole
    assert Summary.from_dict(whole.to_dict()) == whole
    assert whole.claims == len(verdicts)
    assert whole.found(Severity.ERROR) == sum(not verdict.ok for verdict in verdicts)
    assert whole.found(Severity.INFO) == sum(bool(verdict.findings) for verdict in verdicts)
    assert whole.lines.total() == sum(len(verdict.lines) for verdict in verdicts)


def test_lines_go_back_with_a_claim_that_is_rejected_as_a_whole(clean: Any) -> None:
    summary = Summary()
    summary.add(validate_claim(clean(billing_npi="3000000000")))
    assert summary.lines == {Disposition.REJECTED: 1}
    assert summary.charges == {Disposition.REJECTED: Decimal("125.00")}


def test_a_run_over_nothing_says_so() -> None:
    assert list(closing(Summary(), Style(None, False))) == ["0 claims, 0 lines; 0 claims with errors"]


def test_what_was_not_checked_for_a_reason_that_nothing_helps() -> None:
    summary = Summary(claims=1, incomplete=1)
    summary.unchecked[Reason.MISSING_FIELD, None] += 1
    said = list(closing(summary, Style(None, False)))
    assert said[-1] == "  fields that the rules need: missing or unreadable (1)"


# ---------------------------------------------------------------- policies, explain


def test_what_a_policy_changes_is_said_in_words(invoke: Any, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "zero"\n[rules]\nignore = ["NCCI301"]\nseverity = { NCCI201 = "info" }\n'
        'references = { NCCI301 = "Ours, 2026" }\n'
        '[[visits.one_a_day]]\nthen = "deny"\nreference = "Ours, 2024"\n'
        '[[frequency.limits]]\nreference = "Ours, 2025"\nlimits = [{ name = "visits", codes = ["99213"] }]\n'
    )
    over_it = tmp_path / "over.toml"
    over_it.write_text('extends = "own.toml"\n[[category_ii.alone]]\nthen = "warn"\nreference = "Us"\n')
    said = invoke("policies", "check", own).stdout
    for part in (
        "it extends zero, and changes:",
        "visits.one_a_day, from the beginning: What happens to another one of",
        'then = "deny"',
        'instead of then = "',
        "because: Ours, 2024",
        "because: Ours, 2025",
        "rules: NCCI301 is not applied: An add-on code",
        "because: Ours, 2026",
        "rules: NCCI201 has severity info: ",
    ):
        assert part in said
    over = invoke("policies", "check", over_it).stdout
    assert "it extends own.toml, and changes:" in over
    over_it.write_bytes(b"\xef\xbb\xbf" + over_it.read_bytes())  # as editors on Windows save it
    assert invoke("policies", "check", over_it).stdout == over
    run = invoke("policies", "check", "zero", "default")
    assert run.exit_code == 0
    assert "zero: valid;" in run.stdout
    assert "it extends default, and changes:" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("default: valid;")
    assert "NCCI301" not in over


def test_policies_are_listed_shown_and_checked(invoke: Any, tmp_path: Path) -> None:
    listed = invoke("policies", "list").stdout
    assert "penny_from_2021_06_01" in listed
    shown = invoke("policies", "show", "penny_from_2021_06_01").stdout
    assert "[[category_ii.charge]]\nfrom = 2021-06-01\n" in shown
    assert Policy.from_dict(tomllib.loads(shown)).hash == Policy.load("penny_from_2021_06_01").hash
    own = tmp_path / "own.toml"
    own.write_text('title = "Ours"\nextends = "default"\n')
    assert "valid; " in invoke("policies", "check", own).stdout
    own.write_text('title = "Ours"\nextends = "default"\n[[no.such]]\nreference = "none"\n')
    result = invoke("policies", "check", own)
    assert (result.exit_code, "no.such" in result.stderr) == (2, True)
    other = tmp_path / "other.toml"
    other.write_text('extends = "zero"\n')
    both = invoke("policies", "check", own, other)
    assert (both.exit_code, "other.toml: valid" in both.stdout, "no.such" in both.stderr) == (2, True, True)


def test_policies_are_begun_and_compared(invoke: Any, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    begun = invoke("policies", "new", own, "--extends", "zero", "--parameter", "category_ii.charge")
    assert (begun.exit_code, "policies check" in begun.stdout) == (0, True)
    assert "valid; " in invoke("policies", "check", own).stdout
    assert invoke("policies", "new", own).exit_code == 2, "it is there already"
    same = invoke("policies", "diff", "zero", own)
    assert (same.exit_code, same.stdout) == (0, "no difference\n")
    other = invoke("policies", "diff", own, "default")
    assert other.exit_code == 1
    assert '  - accepts = ["0.00"]\n' in other.stdout
    assert '  + accepts = ["0.00", "0.01"]\n' in other.stdout
    wrong = invoke("policies", "new", tmp_path / "b.toml", "--parameter", "category_ii.charg")
    assert (wrong.exit_code, "did you mean category_ii.charge?" in wrong.stderr) == (2, True)
    assert not (tmp_path / "b.toml").exists()


def test_the_schema_of_policies_is_json(invoke: Any) -> None:
    assert json.loads(invoke("policies", "schema").stdout)["properties"]["extends"]


@pytest.mark.parametrize("policy", ["default", "medicare", "anthem_ohio_medicaid_2024"])
def test_every_value_of_a_policy_is_shown_in_words(invoke: Any, policy: str) -> None:
    shown = invoke("policies", "show", policy).stdout
    assert "frozenset" not in shown
    assert "<" not in shown.replace("<=", "")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (("3044F",), "Category II"),
        (("45385", "45378"), "45378 is denied"),
        (("CARC", "236"), "NCCI101"),
        (("CPT", "II"), "phlebotomy"),
        (("NCCI101", "--on", "2024-07-15"), "column-two"),
    ],
)
def test_explain(invoke: Any, subject: tuple[str, ...], said: str) -> None:
    result = invoke("explain", *subject)
    assert (result.exit_code, said in result.stdout) == (0, True)


def test_what_is_nothing_is_told_by_the_exit_code_too(invoke: Any) -> None:
    result = invoke("explain", "no", "such", "thing")
    assert (result.exit_code, "not a code of any format" in result.stdout) == (1, True)


def test_explain_refuses_what_is_no_day(invoke: Any) -> None:
    result = invoke("explain", "99213", "--on", "yesterday")
    assert (result.exit_code, "a date is expected" in result.stderr) == (2, True)
