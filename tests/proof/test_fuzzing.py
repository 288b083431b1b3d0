"""A bounded run of every fuzzing target, and the inputs that once failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tools.fuzz.__main__ import main
from tools.fuzz.ledger import Ledger, Stretch
from tools.fuzz.running import by_mutation
from tools.fuzz.seeds import seeds
from tools.fuzz.targets import TARGETS

from claimcheck.errors import TableError
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import MueRow, PtpRow

EXECUTIONS = {
    "claim": 100,
    "hostile": 100,
    "batch": 80,
    "x12": 200,
    "remittance": 200,
    "fhir": 300,
    "rows": 300,
    "arrow": 60,
    "frame": 25,
    "verdict": 60,
    "tables": 400,
    "packed": 3000,
    "policy": 80,
}
DAY = date(2024, 7, 15)


@pytest.mark.parametrize("target", TARGETS)
def test_a_bounded_run(target: str, tmp_path: Path) -> None:
    if target == "frame":
        pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")
    failures = by_mutation(target, EXECUTIONS.get(target, 400), tmp_path, seed=7)
    said = [path.read_text() for path in (tmp_path / "failures" / target).glob("*.txt")]
    assert not failures, "\n".join(said)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_inputs_to_begin_with(target: str) -> None:
    assert len(seeds(target)) > 6


# ---------------------------------------------------------------------------------------------- what once failed


def refusals(raw: bytes, use: Callable[[memoryview], None]) -> list[str]:
    """What is said of the packed file with each byte behind its head changed, where it is refused."""
    said = []
    for at in range(24, len(raw)):
        for value in (0, 0x7F, 0xFF):
            try:
                use(memoryview(raw[:at] + bytes([value]) + raw[at + 1 :]))
            except TableError as error:
                said.append(str(error))
    return said


def test_records_whose_bytes_are_damaged_say_so() -> None:
    """Whatever byte: rows, or a `TableError` that names the file; never anything else."""
    raw = pack_records([MueRow("97110", 6, 3, ""), MueRow("99213", 2, 3, "Clinical")])
    said = refusals(raw, lambda view: list(RecordTable.over(view, "mue")) and None)
    assert len(said) > 100
    assert all(text.startswith("mue: ") for text in said)


def test_pairs_whose_bytes_are_damaged_say_so() -> None:
    rows = [PtpRow(one, two, date(1996, 1, 1), None, 1, "") for one, two in (("45385", "45378"), ("45385", "45380"))]

    def use(view: memoryview) -> None:
        table = PairTable.over(view, "ptp")
        table.within(["45385", "45378", "45380"], DAY)
        table.in_force("45385", "45378", DAY)
        list(table.rows_of("45378"))
        list(table)

    said = refusals(pack_pairs([PairPart.of(rows)]), use)
    assert len(said) > 100
    assert all(text.startswith("ptp: ") for text in said)


# ---------------------------------------------------------------------------------------------- the runner


def test_runs_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["--folder", str(tmp_path), "run", "packed", "--executions", "30", "--engine", "mutation"]) == 0
    assert Ledger(tmp_path).totals()["packed"].executions == 60
    assert main(["--folder", str(tmp_path), "report"]) == 0
    assert ["packed", "60"] in [line.split()[:2] for line in capsys.readouterr().out.splitlines()]


def test_a_failure_is_kept_once_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: bytes) -> None:
        raise ValueError

    monkeypatch.setitem(TARGETS, "packed", fails)  # type: ignore[arg-type]
    assert by_mutation("packed", 20, tmp_path) == 1
    assert by_mutation("packed", 20, tmp_path) == 0  # it is known
    [kept] = (tmp_path / "failures" / "packed").glob("*.input")
    assert Ledger(tmp_path).totals()["packed"].failures == 1
    assert main(["--folder", str(tmp_path), "report"]) == 1
    with pytest.raises(ValueError):
        main(["--folder", str(tmp_path), "again", "packed", str(kept)])


class Panic(BaseException):
    """As a panic of a library in Rust comes to Python: no `Exception`."""


@pytest.mark.parametrize("raised", [Panic, SystemExit, GeneratorExit])
def test_what_is_no_exception_is_a_failure_too(
    raised: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: bytes) -> None:
        raise raised

    monkeypatch.setitem(TARGETS, "packed", fails)  # type: ignore[arg-type]
    assert by_mutation("packed", 20, tmp_path) == 1
    assert Ledger(tmp_path).totals()["packed"].executions == 20


def test_a_run_may_be_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(TARGETS, "packed", interrupted)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        by_mutation("packed", 20, tmp_path)
    assert not list((tmp_path / "failures").rglob("*.input"))


def test_a_line_that_was_cut_short_counts_for_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Stretch("x12", "mutation", 10, 1.0))
    with ledger.path.open("a") as file:
        file.write('{"target": "x12", "exec')
    assert ledger.totals()["x12"].executions == 10


def test_a_report_reads_the_ledgers_that_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, executions in (("one.jsonl", 40), ("two.jsonl", 2)):
        Ledger.at(tmp_path / name).add(Stretch("code", "mutation", executions, 1.0))
    assert main(["report", "--ledger", str(tmp_path / "one.jsonl"), "--ledger", str(tmp_path / "two.jsonl")]) == 0
    assert "code" in (said := capsys.readouterr().out)
    assert [line.split()[1] for line in said.splitlines() if line.startswith("code")] == ["42"]
