"""Files of 837 judged in columns: to the byte what is written, said and answered claim by claim."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli import columnar
from frames.x12.mixed import mixed

pytestmark = pytest.mark.extended

ROOT = Path(__file__).parents[2]
Same = Callable[..., Any]


def _big() -> Any:
    spec = importlib.util.spec_from_file_location("big_837", ROOT / "tools" / "benchmarks" / "big_837.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def same(invoke: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Same:
    """Runs a check in both ways, and gives what is the same: exit code, outputs, and files that were written."""

    def check(*arguments: object) -> Any:
        seen = []
        for fewest in (1 << 60, 0):
            monkeypatch.setattr(columnar, "FEWEST", fewest)
            for file in tmp_path.glob("*.csv"):
                file.unlink()
            found = invoke("check", *arguments)
            written = {file.name: file.read_text() for file in sorted(tmp_path.glob("*.csv"))}
            seen.append((found.exit_code, found.stdout, found.stderr, written))
        assert seen[1] == seen[0]
        return seen[0]

    return check


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file as payers get them, and its members' claims that meet, replace each other and bear one id."""
    chance = random.Random(3)
    segments = list(_big().segments(60_000))
    members = [place for place, segment in enumerate(segments) if segment.startswith("NM1*IL*1*LAST")]
    for place in members:
        elements = segments[place].split("*")
        segments[place] = "*".join([*elements[:9], f"M{chance.randrange(30)}"])
    claims = [place for place, segment in enumerate(segments) if segment.startswith("CLM*")]
    for place in chance.sample(claims, 12):
        original = segments[chance.choice(claims)].split("*")[1]
        segments[place] = segments[place].replace(":B:1", f":B:{chance.choice('78')}")
        segments[place] += f"~\nREF*F8*{original}"
    for place in chance.sample(claims, 12):
        elements = segments[place].split("*")
        segments[place] = "*".join(["CLM", segments[chance.choice(claims)].split("*")[1], *elements[2:]])
    path = tmp_path / "large.837"
    path.write_text("".join(f"{segment}~\n" for segment in segments))
    return path


@pytest.mark.parametrize("layout", ["csv", "findings"])
def test_a_large_file(same: Same, large: Path, layout: str) -> None:
    code, written, _, _ = same(large, "--format", layout, "--as-of", "2024-11-01")
    assert code == 1
    assert written.count("\n") > 50


def test_days_that_the_tables_do_not_answer_for(same: Same, large: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.837"
    later.write_text(large.read_text().replace("DTP*472*D8*2024", "DTP*472*D8*2025"))
    code, written, said, _ = same(large, later, "--format", "csv")
    assert (code, written.count("\n") > 100) == (1, True)
    assert said.startswith("claimcheck: the starter tables answer for 2024-07-01 to 2024-09-30 only")
    assert "(here from 2025-" in said


def test_findings_beside_in_files(same: Same, large: Path, tmp_path: Path) -> None:
    *_, written = same(large, "-o", tmp_path / "lines.csv", "--findings", tmp_path / "findings.csv")
    assert [name for name, text in written.items() if text.count("\n") > 50] == ["findings.csv", "lines.csv"]


@pytest.mark.parametrize(
    "options",
    [
        ("--policy", "zero"),
        ("--select", "NCCI"),
        ("--fail-on", "warning", "--require-complete"),
        ("--severity", "STR=info", "--quiet"),
    ],
)
def test_options(same: Same, large: Path, options: tuple[str, ...]) -> None:
    same(large, "--format", "csv", *options)


def test_several_processes(same: Same, large: Path) -> None:
    alone = same(large, "--format", "csv")
    assert same(large, "--format", "csv", "--jobs", 2) == alone


def test_several_files_of_which_one_is_cut_off(same: Same, large: Path, tmp_path: Path) -> None:
    cut, other = tmp_path / "cut.837", tmp_path / "other.837"
    content = large.read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    other.write_bytes(content.replace(b"CLM*C", b"CLM*D"))
    code, _, said, _ = same(cut, large, other, "--format", "csv")
    assert code == 2
    assert "cut.837, segment or row" in said


def test_a_file_that_holds_no_claims(same: Same, tmp_path: Path) -> None:
    file = tmp_path / "empty.837"
    file.write_text("".join(f"{segment}~" for segment in (_big().ISA, "TA1*1", "IEA*0*000000001")))
    code, written, _, _ = same(file, "--format", "csv", "-o", tmp_path / "out.csv")
    assert (code, written) == (0, "")


def test_what_columns_do_not_do(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimcheck.cli.options import Options

    monkeypatch.setattr(columnar, "FEWEST", 0)
    files = (str(large),)
    assert columnar.fits(Options(files, layout="csv"), files)
    for other in (
        Options(files, layout="jsonl"),
        Options(files, layout="table"),
        Options(files, layout="csv", history="a.db"),
        Options(files, layout="csv", baseline="known.json"),
    ):
        assert not columnar.fits(other, files)
    table = tmp_path / "lines.txt"
    table.write_text("claim_id,procedure_code\n7,99213\n")
    assert not columnar.fits(Options(files, layout="csv"), (*files, str(table)))
    monkeypatch.setattr(columnar, "FEWEST", 1 << 30)
    assert not columnar.fits(Options(files, layout="csv"), files)


@pytest.mark.parametrize("seed", range(6))
def test_mixed_files(same: Same, tmp_path: Path, seed: int) -> None:
    _check_mixed(same, tmp_path, seed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(6, 150))
def test_very_many_mixed_files(same: Same, tmp_path: Path, seed: int) -> None:
    _check_mixed(same, tmp_path, seed)


def _check_mixed(same: Same, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = []
    for number in range(chance.randint(1, 3)):
        files.append(tmp_path / f"{number}.837")
        files[-1].write_bytes(mixed(chance))
    same(*files, "--format", chance.choice(("csv", "findings")))
