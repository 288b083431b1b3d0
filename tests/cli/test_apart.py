"""`-o` never destroys what the run uses, by whatever name, and nothing is emptied before something was read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tools.fuzz.seeds import CORPUS

from claimcheck import InputError, Policy, Validator, pipeline
from claimcheck.io.out.in_use import Used, Written, check

ERA = CORPUS / "remittance" / "both.835"
MAPPING = '[columns]\nclaim_id = "id"\nprocedure_code = "code"\n'


@pytest.fixture
def used(claims: Any, clean: Any, tmp_path: Path) -> dict[str, Path]:
    """The files of a run, all of which it reads or keeps."""
    found = {name: tmp_path / name for name in ("base.toml", "policy.toml", "map.toml", "db", "db.key", "own.key")}
    found["input"] = claims(clean())
    found["base.toml"].write_text('extends = "default"\n')
    found["policy.toml"].write_text('extends = "base.toml"\n')
    found["map.toml"].write_text(MAPPING)
    return found


@pytest.mark.parametrize(
    ("name", "layout", "link"),
    [
        ("input", "jsonl", None),
        ("input", "table", "symlink_to"),
        ("input", "parquet", "hardlink_to"),
        ("input", "html", None),
        ("policy.toml", "jsonl", "hardlink_to"),
        ("base.toml", "csv", "symlink_to"),
        ("db", "jsonl", "hardlink_to"),
        ("db", "parquet", None),
        ("db.key", "html", "symlink_to"),
        ("own.key", "adjustments", "hardlink_to"),
    ],
)
def test_what_the_run_uses_is_not_written_over(
    invoke: Any, used: dict[str, Path], tmp_path: Path, name: str, layout: str, link: str | None
) -> None:
    given = ["check", used["input"], "--history", used["db"], "--policy", used["policy.toml"]]
    if name == "own.key":
        given += ["--history-key", used["own.key"]]
    assert invoke(*given).exit_code == 0
    out = used[name]
    if link is not None:
        out = tmp_path / "another name"
        getattr(out, link)(used[name])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = invoke(*given, "--format", layout, "-o", out)
    assert result.exit_code == 2
    assert f"{out}: this file is " in result.stderr
    assert result.stderr.rstrip().endswith(": give another file to write to")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["db", "db-wal", "db-shm", "db.key"])
def test_not_even_where_it_is_not_there_yet(invoke: Any, used: dict[str, Path], tmp_path: Path, name: str) -> None:
    result = invoke("check", used["input"], "--history", tmp_path / "db", "-o", tmp_path / "." / name)
    assert (result.exit_code, "the history of this run" in result.stderr) == (2, True)
    assert not list(tmp_path.glob("db*"))


def test_nor_the_history_that_a_url_names(invoke: Any, used: dict[str, Path], tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy", reason="needs the extra: pip install '.[test-sql]'")
    from claimcheck.history import sql

    db, key = tmp_path / "sql.db", tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    given = ["check", used["input"], "--history", f"sqlite:///{db}", "--history-key", key]
    assert invoke(*given).exit_code == 0
    before = db.read_bytes()
    result = invoke(*given, "-o", db)
    assert (result.exit_code, "the history of this run" in result.stderr) == (2, True)
    assert db.read_bytes() == before
    with sql.SqlHistory(f"sqlite:///{db}", key.read_bytes()) as history, pytest.raises(InputError, match="the history"):
        pipeline(Validator(history=history), {db: "jsonl"}, source="x")
    assert db.read_bytes().startswith(b"SQLite format 3")


def test_the_mapping_and_the_store_are_used_too(invoke: Any, used: dict[str, Path], tmp_path: Path) -> None:
    result = invoke("check", used["input"], "--mapping", used["map.toml"], "-o", used["map.toml"])
    assert (result.exit_code, "the mapping of this run" in result.stderr) == (2, True)
    assert used["map.toml"].read_text() == MAPPING
    store = tmp_path / "store"
    store.mkdir()
    table = store / "table.bin"
    table.write_bytes(b"pairs")
    from claimcheck.io.out.in_use import store_files

    with pytest.raises(InputError, match="in the table store of this run"):
        check([Written(table)], store_files(store))


def test_a_replay_does_not_write_over_its_verdicts(invoke: Any, demo: Path, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.jsonl", tmp_path / "link"
    invoke("check", demo, "--format", "jsonl", "-o", kept)
    link.symlink_to(kept)
    before = kept.read_bytes()
    result = invoke("replay", kept, "-o", link)
    assert (result.exit_code, "an input of this run" in result.stderr, kept.read_bytes()) == (2, True, before)


def test_standard_output_may_lead_to_an_input(claims: Any, clean: Any, tmp_path: Path) -> None:
    path = claims(clean())
    with path.open("ab") as out:  # as `>> claims.jsonl` does
        done = subprocess.run(
            [sys.executable, "-m", "claimcheck", "check", str(path)], stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, b"standard output: this file is an input of this run" in done.stderr) == (2, True)


def test_what_is_no_file_is_nobodys(tmp_path: Path) -> None:
    check([Written("/dev/null"), Written("/dev/null")], [Used("/dev/null", "an input"), Used("a\0b", "an input")])
    reading, writing = os.pipe()
    check([Written(writing)], [Used("/dev/null", "an input")])
    os.close(reading), os.close(writing)


@pytest.mark.parametrize(
    ("layout", "jobs", "history", "content"),
    [
        ("jsonl", 1, True, None),
        pytest.param("jsonl", 2, False, b"Dear all", marks=pytest.mark.exhaustive),
        ("jsonl", 1, False, b"Dear all"),
        ("table", 1, False, None),
        ("csv", 1, True, b"Dear all"),
        ("parquet", 1, True, None),
        ("html", 1, False, None),
    ],
)
def test_what_is_there_stays_where_nothing_can_be_read(
    invoke: Any, tmp_path: Path, layout: str, jobs: int, history: bool, content: bytes | None
) -> None:
    out, missing = tmp_path / "out", tmp_path / "in.837"
    if content is not None:
        missing.write_bytes(content)
    given = ["--history", tmp_path / "db"] if history else []
    for there in (False, True):
        if there:
            out.write_text("an older one")
        result = invoke("check", missing, *given, "--format", layout, "-o", out, "--jobs", jobs)
        assert (result.exit_code, "in.837: " in result.stderr) == (2, True)
        assert out.exists() == there
    assert out.read_text() == "an older one"


@pytest.mark.parametrize("wrong", [("--policy", "none.toml"), ("--tables", "nowhere"), ("--mapping", "none.toml")])
def test_or_where_the_call_is_wrong(invoke: Any, demo: Path, tmp_path: Path, wrong: tuple[str, str]) -> None:
    out = tmp_path / "out"
    out.write_text("an older one")
    assert invoke("check", demo, *wrong, "-o", out).exit_code == 2
    assert out.read_text() == "an older one"


def test_policies_know_their_files(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extends = "zero"\n')
    (tmp_path / "own.toml").write_text('extends = "base.toml"\n')
    assert Policy.load(tmp_path / "own.toml").paths == (
        str((tmp_path / "own.toml").resolve()),
        str((tmp_path / "base.toml").resolve()),
    )
    assert Policy.load("zero").paths == ()


@pytest.mark.parametrize("output", ["-o", "--work-queue"])
@pytest.mark.parametrize("missing", ["claims", "remittances", "mapping"])
def test_a_comparison_of_nothing_leaves_what_is_there(
    invoke: Any, demo: Path, tmp_path: Path, missing: str, output: str
) -> None:
    era, mapping, out = tmp_path / "era.835", tmp_path / "map.toml", tmp_path / "out"
    era.write_bytes(ERA.read_bytes())
    mapping.write_text('[columns]\nclaim_id = "no field"\n')
    out.write_text("an older one")
    nowhere = tmp_path / "nowhere"
    claims = nowhere if missing == "claims" else demo
    remittances = nowhere if missing == "remittances" else era
    wrong = ["--mapping", mapping] if missing == "mapping" else []
    result = invoke("compare", claims, "--remittances", remittances, *wrong, output, out)
    assert result.exit_code == 2
    assert out.read_text() == "an older one"
    assert invoke("compare", demo, "--remittances", era, output, out).exit_code == 0
    assert out.read_text() != "an older one"


@pytest.mark.parametrize("layout", ["table", "csv", "jsonl"])
@pytest.mark.parametrize("content", [None, "", "Dear all"])
def test_a_replay_of_nothing_leaves_what_is_there(
    invoke: Any, demo: Path, tmp_path: Path, layout: str, content: str | None
) -> None:
    saved, out = tmp_path / "saved.jsonl", tmp_path / "out"
    out.write_text("an older one")
    if content is not None:
        saved.write_text(content)
    assert invoke("replay", saved, "--format", layout, "-o", out).exit_code == 2
    assert out.read_text() == "an older one"
    assert invoke("check", demo, "--format", "jsonl", "-o", saved).exit_code < 2
    assert invoke("replay", saved, "--format", layout, "-o", out).exit_code == 0
    assert out.read_text() != "an older one"


@pytest.mark.parametrize("missing", ["claims", "remittances"])
def test_a_policy_learned_from_nothing_leaves_what_is_there(
    invoke: Any, demo: Path, tmp_path: Path, missing: str
) -> None:
    pytest.importorskip("polars", reason="needs the extra: pip install '.[learn]'")
    era, out = tmp_path / "era.835", tmp_path / "out.toml"
    era.write_bytes(ERA.read_bytes())
    out.write_text("an older one")
    nowhere = tmp_path / "nowhere"
    claims, remittances = (nowhere, era) if missing == "claims" else (demo, nowhere)
    assert invoke("policies", "learn", claims, "--remittances", remittances, "-o", out).exit_code == 2
    assert out.read_text() == "an older one"
