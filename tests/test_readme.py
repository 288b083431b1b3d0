"""The README promises only what runs."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from claimcheck.cli import command

README = Path(__file__).parent.parent / "README.md"


def test_the_screen_that_the_readme_shows_is_what_the_demo_writes():
    text = README.read_text(encoding="utf-8")
    shown = text.partition("<!-- demo -->\n```text\n")[2].partition("```\n<!-- /demo -->")[0]
    written = CliRunner().invoke(command, ["demo"])
    assert written.exit_code == 0
    assert shown.splitlines() == [line.rstrip() for line in written.stdout.splitlines()]


def test_the_two_commands_are_those_that_ci_runs():
    text = README.read_text(encoding="utf-8")
    assert "pip install '.[cli]' && claimcheck demo" in text
    ci = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install -e '.[test]' && pytest" in text
    assert "pip install --quiet -e '.[test]' && pytest" in ci
