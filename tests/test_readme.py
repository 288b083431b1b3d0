"""The README promises only what runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib.resources import files
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


def test_the_tests_that_the_readme_shows_pass(tmp_path):
    text = README.read_text(encoding="utf-8")
    shown = text.partition("<!-- test -->\n```python\n")[2].partition("```\n<!-- /test -->")[0]
    (tmp_path / "test_shown.py").write_text(shown, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "test_shown.py"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert "2 passed" in ran.stdout, ran.stdout


def test_the_commands_that_the_readme_shows_run(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "example.837").write_bytes((files("claimcheck.demo") / "example.837").read_bytes())
    monkeypatch.chdir(tmp_path)
    shown = [line for line in README.read_text(encoding="utf-8").splitlines() if "claimcheck check in/*.837" in line]
    assert len(shown) == 3
    for line in shown:
        _, _, arguments = line.partition("#")[0].rpartition("claimcheck ")
        ran = CliRunner().invoke(command, shlex.split(arguments))
        assert ran.exit_code == 1, ran.output  # the example has findings of severity error
    written = {path.name: path.stat().st_size for path in tmp_path.iterdir() if path.is_file()}
    assert set(written) == {"results.jsonl", "adjustments.csv", "report.html"}
    assert min(written.values()) > 100


def test_the_two_commands_are_those_that_ci_runs():
    text = README.read_text(encoding="utf-8")
    assert "pip install '.[cli]' && claimcheck demo" in text
    ci = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install -e '.[test]' && pytest" in text
    assert "pip install --quiet -e '.[test]' && pytest" in ci
