"""A baseline: what is known is counted and fails nothing; what is new does; nothing of a claim is in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli.baseline import Baseline


def wrong(clean: Any, number: int = 1, **fields: Any) -> dict[str, Any]:
    """A claim with an error: NCCI101 denies a line."""
    line = clean()["lines"][0]
    lines = [{**line, "procedure_code": code, "line_number": n} for n, code in enumerate(("45378", "45380"), 1)]
    return clean(number, lines=lines, total_charge="250.00", **fields)


@pytest.fixture
def written(invoke: Any, claims: Any, clean: Any, tmp_path: Path) -> Path:
    file = tmp_path / "known.json"
    result = invoke("check", claims(wrong(clean), wrong(clean, 2)), "--write-baseline", file)
    assert result.exit_code == 0, result.stderr
    assert " findings written to " in result.stderr
    return file


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_what_is_known_is_counted_and_fails_nothing(
    invoke: Any, claims: Any, clean: Any, written: Path, jobs: int
) -> None:
    result = invoke("check", claims(wrong(clean), wrong(clean, 2)), "--baseline", written, "--jobs", jobs)
    assert result.exit_code == 0
    assert "findings in the baseline" in result.stdout
    assert "NCCI101" not in result.stdout
    assert "denied" in result.stdout, "what becomes of the line is told as before"
    assert "0 claims with errors" in result.stdout


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_what_is_gone_is_told(invoke: Any, claims: Any, clean: Any, written: Path, jobs: int) -> None:
    entries = sum(map(len, json.loads(written.read_text())["findings"].values()))
    told = "of the baseline not found in this run: write the baseline again if they were corrected"
    both = invoke("check", claims(wrong(clean), wrong(clean, 2)), "--baseline", written, "--jobs", jobs)
    assert told not in both.stdout
    one = invoke("check", claims(wrong(clean), clean(2)), "--baseline", written, "--jobs", jobs)
    assert told in " ".join(one.stdout.split())
    nothing = invoke("check", claims(clean(5)), "--baseline", written, "--jobs", jobs)
    assert f"{entries} findings {told}" in " ".join(nothing.stdout.split())


def test_another_claim_line_or_evidence_is_new(invoke: Any, claims: Any, clean: Any, written: Path) -> None:
    three = wrong(clean, 3)
    moved = wrong(clean, 1)
    moved["lines"] = [clean()["lines"][0] | {"procedure_code": "80053"}, *moved["lines"]]
    other = wrong(clean, 1)
    other["lines"][1]["procedure_code"] = "45385"
    for claim in (three, moved, other):
        result = invoke("check", claims(claim), "--baseline", written)
        assert (result.exit_code, "NCCI101" in result.stdout) == (1, True), result.stdout


def test_a_claim_without_an_id_is_told_by_what_it_says(invoke: Any, claims: Any, clean: Any, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    nameless = {**wrong(clean), "claim_id": None}
    invoke("check", claims(nameless), "--write-baseline", file)
    assert invoke("check", claims(nameless), "--baseline", file).exit_code == 0
    assert invoke("check", claims({**nameless, "place_of_service": "22"}), "--baseline", file).exit_code == 1


def test_nothing_of_a_claim_is_in_the_file(written: Path, canaries: tuple[str, ...]) -> None:
    text = written.read_text()
    assert not any(canary in text for canary in (*canaries, "CLAIM-1", "45378", "2024"))
    plain = json.loads(text)
    assert set(plain) == {"claimcheck_baseline", "key", "findings"}
    assert plain["findings"].keys() >= {"NCCI101"}


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_written_again_it_is_the_same_to_the_byte(
    invoke: Any, claims: Any, clean: Any, written: Path, jobs: int
) -> None:
    before = written.read_bytes()
    invoke("check", claims(wrong(clean), wrong(clean, 2)), "--write-baseline", written, "--jobs", jobs)
    assert written.read_bytes() == before


def test_records_hold_all_findings(invoke: Any, claims: Any, clean: Any, written: Path) -> None:
    result = invoke("check", claims(wrong(clean)), "--baseline", written, "--format", "jsonl")
    assert result.exit_code == 0
    assert "NCCI101" in {finding["rule_id"] for finding in json.loads(result.stdout)["findings"]}
    assert "in the baseline" in result.stderr


def test_with_a_history_too(invoke: Any, claims: Any, clean: Any, written: Path, tmp_path: Path) -> None:
    result = invoke("check", claims(wrong(clean)), "--baseline", written, "--history", tmp_path / "h.db")
    assert (result.exit_code, "in the baseline" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"claimcheck_baseline": 1, "key": "zz", "findings": {}}',
        '{"claimcheck_baseline": 1, "key": "00"}',
    ],
)
def test_what_is_no_baseline_is_refused(invoke: Any, claims: Any, clean: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    for option in ("--baseline", "--write-baseline"):
        result = invoke("check", claims(clean()), option, file)
        assert result.exit_code == 2
        assert "no baseline, as `claimcheck check --write-baseline FILE` writes one" in result.stderr
        assert file.read_text() == text


def test_other_wrong_calls(invoke: Any, claims: Any, clean: Any, written: Path, tmp_path: Path) -> None:
    file = claims(clean())
    missing = invoke("check", file, "--baseline", tmp_path / "nowhere.json")
    assert (missing.exit_code, "the baseline cannot be read" in missing.stderr) == (2, True)
    for other in (["--baseline", written], ["--history", tmp_path / "h.db"]):
        both = invoke("check", file, "--write-baseline", tmp_path / "b.json", *other)
        assert (both.exit_code, "not for one run" in both.stderr) == (2, True)
    over = invoke("check", file, "--write-baseline", file)
    assert (over.exit_code, file.read_text().startswith("{")) == (2, True)
    part = invoke("check", file, tmp_path / "no.837", "--write-baseline", tmp_path / "b.json")
    assert (part.exit_code, (tmp_path / "b.json").exists()) == (2, False)


def test_a_baseline_of_another_format_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"claimcheck_baseline": 2}')
    with pytest.raises(Exception, match="a baseline from another version of claimcheck: write it again"):
        Baseline.read(str(tmp_path / "b.json"))
