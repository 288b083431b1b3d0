"""What the workers measure answers what it is said to answer. Peers are tried where their environments exist."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tools.benchmarks.contest import Contestant, contest
from tools.benchmarks.generator import Generator, Reference, claims, mappings, write_x12

from claimcheck import Claim, Validator
from claimcheck.tables.store.manifest import NAME, Manifest

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).parents[3]
_GIVEN = os.environ.get("CLAIMCHECK_BENCHMARKS", ROOT / "build" / "benchmarks")
ENVIRONMENTS_FOLDER = Path(_GIVEN) / "environments"


@pytest.fixture(scope="module")
def given(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [*mappings(frame.head(600))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, given: list[dict[str, Any]], frame: pl.DataFrame) -> Path:
    """The claims as workers read them."""
    path = tmp_path_factory.mktemp("inputs")
    for name, of_type in {
        "all": given,
        "professional": [claim for claim in given if claim["claim_type"] == "professional"],
        "institutional": [claim for claim in given if claim["claim_type"] == "institutional"],
    }.items():
        path.joinpath(f"{name}.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in of_type))
    with path.joinpath("claims.837").open("w") as file:
        write_x12(given, file)
    return path


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without tables, in whose place the starter tables answer."""
    path = tmp_path_factory.mktemp("store")
    path.joinpath(NAME).write_bytes(Manifest(()).to_bytes())
    return path


def _run(python: Path, script: str, *arguments: object) -> dict[str, Any]:
    (timed,) = contest([Contestant(script, python, script, tuple(map(str, arguments)))], rounds=1)
    assert timed.missing is None, timed.missing
    return {**timed.about, **timed.rounds[0]}


OURS = Path(sys.executable)


@pytest.mark.parametrize("mode", ["objects", "mappings", "met"])
def test_claimcheck_judges_every_line(folder: Path, given: list[dict[str, Any]], starter: Path, mode: str) -> None:
    said = _run(OURS, "claims.py", folder / "all.jsonl", mode, starter, "default")
    results = Validator().validate_many(map(Claim.from_dict, given))
    assert said["lines"] == 600
    assert said["findings"] == sum(len(result.findings) for result in results) > 0


def test_the_latency_is_of_claims_of_three_lines(folder: Path, given: list[dict[str, Any]], starter: Path) -> None:
    said = _run(OURS, "latency.py", folder / "all.jsonl", starter, "default", "three")
    assert said["claims"] == sum(len(claim["lines"]) == 3 for claim in given)
    assert said["lines"] == 3 * said["claims"]
    assert said["median_us"] > 0


def test_x12_is_read_and_judged_whole(folder: Path, given: list[dict[str, Any]], starter: Path) -> None:
    lines = sum(len(claim["lines"]) for claim in given if claim["claim_type"] == "professional")
    read = _run(OURS, "x12_claims.py", folder / "claims.837", "read", starter, "default")
    checked = _run(OURS, "x12_claims.py", folder / "claims.837", "check", starter, "default")
    assert read["lines"] == checked["lines"] == lines
    assert checked["findings"] > 0


def test_plain_python_finds_forms_and_pairs(tmp_path: Path) -> None:
    codes = [["99213", "36415", None], ["9921"], ["36415", "80053"]]
    claims = [
        {"claim_type": "professional", "lines": [{"procedure_code": code} if code else {} for code in of_claim]}
        for of_claim in codes
    ]
    tmp_path.joinpath("claims.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    tmp_path.joinpath("ptp.txt").write_text("professional 99213 36415\ninstitutional 36415 80053\n")
    said = _run(OURS, "plain.py", tmp_path / "claims.jsonl", tmp_path / "ptp.txt")
    assert said["findings"] == 2
    assert said["lines"] % 6 == 0


@pytest.mark.parametrize("worker", ["polars_join.py", "duckdb_join.py"])
def test_joins_find_pairs_and_units(tmp_path: Path, worker: str) -> None:
    """Of six claims with a pair, one has it unbypassed, in force, of its setting, on one day. One has too many."""
    python = OURS if worker == "polars_join.py" else _installed("duckdb")
    day, later = date(2024, 7, 1), date(2024, 7, 2)
    wanted = ["hit", "59 on two", "25 on one", "two days", "hospital", "deleted", "alone"]
    one = {"modifier_1": None, "modifier_2": None, "modifier_3": None, "claim_type": "professional", "units": 1}
    rows = [
        {**one, "claim_id": claim, "procedure_code": code, "service_date": day}
        for claim in wanted
        for code in (("96374", "36415") if claim != "deleted" else ("80053", "80048"))
    ]
    rows[3]["modifier_2"] = "59"
    rows[4]["modifier_1"] = "25"
    rows[7]["service_date"] = later
    rows[8]["claim_type"] = rows[9]["claim_type"] = "institutional"
    rows = rows[:-1]
    rows[-1]["units"] = 3
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(tmp_path / "lines.parquet")
    edits = {
        "claim_type": ["professional", "professional"],
        "column_one": ["96374", "80053"],
        "column_two": ["36415", "80048"],
        "effective": [date(2020, 1, 1), date(1996, 1, 1)],
        "deletion": [None, date(2024, 6, 30)],
        "indicator": [1, 0],
    }
    pl.DataFrame(edits).write_parquet(tmp_path / "ptp.parquet")
    limits = {"claim_type": ["professional"], "procedure_code": ["96374"], "most": [2]}
    pl.DataFrame(limits).write_parquet(tmp_path / "mue.parquet")
    files = [tmp_path / f"{name}.parquet" for name in ("lines", "ptp", "mue")]
    assert _run(python, worker, *files, "ptp")["findings"] == 1
    assert _run(python, worker, *files, "ptp+mue")["by_question"] == [1, 1]


def test_claimcheck_and_the_join_find_the_same_pairs(tmp_path: Path) -> None:
    """The starter tables joined by hand, on claims in which their pairs are common."""
    weights = dict.fromkeys(
        ["80053", "80048", "80061", "82465", "82947", "99213", "99211", "96372", "97140", "97124", "97530"], 1
    )
    lines = Generator(Reference(weights, ("I10",)), 800).frame()
    lines.write_parquet(tmp_path / "lines.parquet")
    table = files("claimcheck.tables.starter").joinpath("ptp.csv").read_text()
    edits = pl.read_csv(table.encode(), comment_prefix="#", try_parse_dates=True)
    assert edits.columns[:3] == ["table", "column_one", "column_two"]
    setting = {"ptp_practitioner": "professional", "ptp_outpatient_hospital": "institutional"}
    edits = edits.with_columns(
        pl.col("column_one", "column_two").cast(pl.String),
        claim_type=pl.col("table").replace_strict(setting, default=None),
    )
    edits.filter(pl.col("claim_type").is_not_null()).write_parquet(tmp_path / "ptp.parquet")
    said = _run(OURS, "polars_join.py", tmp_path / "lines.parquet", tmp_path / "ptp.parquet", tmp_path, "ptp")
    validator = Validator()
    found = {
        (claim.claim_id, claim.lines[line - 1].service_date, claim.lines[line - 1].procedure_code, other)
        for claim in claims(lines)
        for finding in validator.validate(claim).findings
        if finding.rule_id == "NCCI101"
        for line, other in [(finding.line_number, finding.evidence["column_one"])]
    }
    assert said["findings"] == len(found) > 30


def test_claim_validator_reads_what_has_its_form(folder: Path) -> None:
    python = _installed("claim-validator")
    claims = folder / "professional.jsonl"
    said = {mode: _run(python, "claim_validator_peer.py", claims, mode) for mode in ("objects", "mappings")}
    assert said["objects"]["findings"] == said["mappings"]["findings"] > 0
    assert 0.5 < len(said["objects"]["read"]) / len(claims.read_text().splitlines()) < 1


def test_pyoce_reads_hospital_claims(folder: Path) -> None:
    said = _run(_installed("pyoce"), "pyoce_peer.py", folder / "institutional.jsonl")
    assert len(said["read"]) / len(folder.joinpath("institutional.jsonl").read_text().splitlines()) > 0.9
    assert said["findings"] > 0


def test_pyx12_takes_the_file_for_whole_but_for_planted_errors(folder: Path, given: list[dict[str, Any]]) -> None:
    said = _run(_installed("pyx12"), "pyx12_peer.py", folder / "claims.837")
    assert said["claims"] == sum(claim["claim_type"] == "professional" for claim in given)
    assert said["findings"] < 0.04 * said["claims"]


def _run(python: Path, script: str, *arguments: object) -> dict[str, Any]:
    home = ENVIRONMENTS_FOLDER / "home" if python != OURS else None
    (timed,) = contest([Contestant(script, python, script, tuple(map(str, arguments)), home)], rounds=1)
    assert timed.missing is None, timed.missing
    return {**timed.about, **timed.rounds[0]}


def _installed(name: str) -> Path:
    python = ENVIRONMENTS_FOLDER / name / "bin" / "python"
    if not python.exists():
        pytest.skip(f"no environment of {name}: python -m tools.benchmarks makes it")
    return python
