"""`claimcheck check --history`: what is recorded counts once, and what is interrupted goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli import recording
from claimcheck.cli.summary import Summary
from claimcheck.history import SqliteHistory
from claimcheck.history.stored import StoredHistory


@pytest.fixture
def many(claims: Any, clean: Any) -> Path:
    """Eleven claims of three members, each a yearly service: all but the first of a member are an excess."""
    given = []
    for number in range(11):
        line = {**clean()["lines"][0], "procedure_code": "3044F", "charge": "0.00"}
        given.append({**clean(number), "member_id": f"M{number % 3}", "lines": [line], "total_charge": "0.00"})
    return claims(*given)


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "CHUNK", 2)


def _excesses(path: Path) -> list[str]:
    verdicts = map(json.loads, path.read_text().splitlines())
    return [one["claim_id"] for one in verdicts if any(found["carc"] == "119" for found in one["findings"])]


def _verdicts(text: str) -> list[dict[str, Any]]:
    """What was said, without what was read for it: a later run knows of more claims of a member."""
    verdicts = [json.loads(line) for line in text.splitlines()]
    for verdict in verdicts:
        del verdict["receipt"]["reads"]
    return verdicts


def _recorded(db: Path) -> int:
    history = SqliteHistory(db)
    try:
        from datetime import date

        return sum(len(history.lines(f"M{member}", date.min, date.max)) for member in range(3))
    finally:
        history.close()


def test_claims_are_recorded_and_counted_once_over_runs(invoke: Any, many: Path, tmp_path: Path) -> None:
    db, out, again = tmp_path / "db", tmp_path / "out", tmp_path / "again"
    arguments = ("check", many, "--history", db, "--format", "jsonl")
    assert invoke(*arguments, "-o", out, "--jobs", 4).exit_code == 0
    assert _excesses(out) == [f"CLAIM-{number}" for number in range(3, 11)]
    invoke(*arguments, "-o", again)
    assert _verdicts(again.read_text()) == _verdicts(out.read_text())
    assert _recorded(db) == 11
    assert not list(tmp_path.glob("*.resume"))


def test_what_other_files_brought_before_is_known(
    invoke: Any, claims: Any, clean: Any, many: Path, tmp_path: Path
) -> None:
    invoke("check", many, "--history", tmp_path / "db")
    line = {**clean()["lines"][0], "procedure_code": "3044F", "charge": "0.00"}
    later = claims({**clean(99), "member_id": "M0", "lines": [line], "total_charge": "0.00"}, name="later.jsonl")
    invoke("check", later, "--history", tmp_path / "db", "--format", "jsonl", "-o", tmp_path / "out")
    assert _excesses(tmp_path / "out") == ["CLAIM-99"]


@pytest.mark.parametrize("at", [1, 2, 4])
@pytest.mark.parametrize("when", ["before the commit", "after the commit", "in the midst"])
def test_an_interrupted_run_goes_on(
    invoke: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, when: str
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    expected = invoke("check", many, "--history", tmp_path / "other.db", "--format", "jsonl", "-o", whole)
    arguments = ("check", many, "--history", tmp_path / "db", "--format", "jsonl", "-o", out)
    commit, count = StoredHistory.commit, 0

    def interrupted(self: StoredHistory, *given: Any) -> None:
        nonlocal count
        count += 1
        if count == at and when == "before the commit":
            raise KeyboardInterrupt
        commit(self, *given)
        if count == at and when == "after the commit":
            raise KeyboardInterrupt

    def in_the_midst(self: Summary, result: Any) -> None:
        add(self, result)
        if self.claims == 2 * at + 1:
            raise KeyboardInterrupt

    add = Summary.add
    with monkeypatch.context() as patched:
        patched.setattr(StoredHistory, "commit", interrupted)
        if when == "in the midst":
            patched.setattr(Summary, "add", in_the_midst)
        result = invoke(*arguments)
        assert result.exit_code == 130
        assert "the same command goes on" in result.stderr
    result = invoke(*arguments)
    assert (result.exit_code, result.stderr) == (expected.exit_code, expected.stderr)
    assert out.read_bytes() == whole.read_bytes()
    assert _recorded(tmp_path / "db") == 11
    assert not list(tmp_path.glob("*.resume*"))


def _interrupted(invoke: Any, monkeypatch: pytest.MonkeyPatch, *arguments: Any) -> None:
    """The command, ended when two chunks are committed and half a chunk is written."""
    add = Summary.add

    def interrupted(self: Summary, result: Any) -> None:
        add(self, result)
        if self.claims == 5:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Summary, "add", interrupted)
        assert invoke(*arguments).exit_code == 130


def test_an_output_that_is_shorter_or_changed_is_not_continued(
    invoke: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    arguments = ("check", many, "--history", tmp_path / "db", "--format", "jsonl", "-o", out)
    _interrupted(invoke, monkeypatch, *arguments)
    left = out.read_bytes()
    for content, said in (
        (left[:20], "it has 20 bytes, and "),
        (b"", "it has 0 bytes, and "),
        (left.replace(b"CLAIM-0", b"CLAIM-9"), "it was changed since its run was interrupted"),
    ):
        out.write_bytes(content)
        result = invoke(*arguments)
        assert (result.exit_code, said in result.stderr, "delete it to begin anew" in result.stderr) == (2, True, True)
        assert out.read_bytes() == content
    out.write_bytes(left)
    assert invoke(*arguments).exit_code == 0
    assert len(out.read_text().splitlines()) == 11
    assert b"\0" not in out.read_bytes()


def test_an_output_that_is_gone_is_written_anew(
    invoke: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    arguments = ("check", many, "--history", tmp_path / "db", "--format", "jsonl", "-o", out)
    _interrupted(invoke, monkeypatch, *arguments)
    out.unlink()
    result = invoke(*arguments)
    assert (result.exit_code, "11 claims" in result.stderr) == (0, True)
    assert [json.loads(line)["claim_id"] for line in out.read_text().splitlines()] == [f"CLAIM-{n}" for n in range(11)]
    assert _recorded(tmp_path / "db") == 11


@pytest.mark.parametrize("other", [("--policy", "zero"), ("--as-of", "2024-09-09"), ("--quiet",)])
def test_another_run_does_not_go_on_where_this_one_was(
    invoke: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    arguments = ("check", many, "--history", tmp_path / "db", "--format", "jsonl", "-o", out)
    _interrupted(invoke, monkeypatch, *arguments)
    assert "11 claims" in invoke(*arguments, *other).stderr
    assert len(out.read_text().splitlines()) == 11


def test_what_cannot_be_continued_does_not_say_that_it_is(
    invoke: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("check", many, "--history", tmp_path / "db", "--format", "parquet", "-o", tmp_path / "out")
    add = Summary.add

    def interrupted(self: Summary, result: Any) -> None:
        add(self, result)
        if self.claims == 5:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Summary, "add", interrupted)
        assert invoke(*arguments).stderr.splitlines()[-1] == "claimcheck: interrupted"
    assert invoke(*arguments).exit_code == 0
    assert _recorded(tmp_path / "db") == 11


def test_standard_output_and_whole_layouts_are_judged_again(invoke: Any, many: Path, tmp_path: Path) -> None:
    db = tmp_path / "db"
    first = invoke("check", many, "--history", db, "--format", "jsonl").stdout
    again = invoke("check", "-", "--history", db, "--format", "jsonl", stdin=many.read_bytes()).stdout
    assert _verdicts(again) == _verdicts(first)
    invoke("check", many, "--history", db, "--format", "html", "-o", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")
    assert _recorded(db) == 11


def test_the_key_may_lie_elsewhere(invoke: Any, many: Path, tmp_path: Path) -> None:
    db, key = tmp_path / "db", tmp_path / "key"
    assert invoke("check", many, "--history", db, "--history-key", key).exit_code == 0
    assert not (tmp_path / "db.key").exists()
    assert invoke("check", many, "--history", db, "--history-key", key).exit_code == 0
    key.unlink()
    result = invoke("check", many, "--history", db, "--history-key", key)
    assert (result.exit_code, "the key file is missing" in result.stderr) == (2, True)
    result = invoke("check", many, "--history", db)
    assert (result.exit_code, "another key" in result.stderr or "missing" in result.stderr) == (2, True)


def test_a_database_of_ones_own_needs_its_key(invoke: Any, many: Path, tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    url, key = f"sqlite:///{tmp_path / 'sql.db'}", tmp_path / "key"
    result = invoke("check", many, "--history", url)
    assert (result.exit_code, "--history-key FILE" in result.stderr) == (2, True)
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    out = tmp_path / "out"
    assert invoke("check", many, "--history", url, "--history-key", key, "--format", "jsonl", "-o", out).exit_code == 0
    assert len(_excesses(out)) == 8
