"""Workers take turns, and who fails drops out with a reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tools.benchmarks.contest import Contestant, contest, ratios
from tools.benchmarks.environments import NoEnvironmentError, environment

WORKERS = Path(__file__).parents[3] / "tools" / "benchmarks" / "workers"
FAKE = f"""
import sys
sys.path.insert(0, {str(WORKERS)!r})
from serve import serve

name, log, fails, seconds = sys.argv[1:]

def prepare():
    if fails == "at once":
        raise ValueError("no tables")
    rounds = iter(range(99))

    def run():
        if fails == "later" and next(rounds) == 1:
            raise ValueError("broke down")
        with open(log, "a") as file:
            file.write(name)
        print("noise that is no answer")
        return {{"lines": 100, "seconds": float(seconds)}}

    return {{"version": name}}, run

serve(prepare)
"""


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    return script


def _contestant(script: Path, name: str, fails: str = "", seconds: float = 1.0) -> Contestant:
    log = script.with_name("log")
    return Contestant(name, Path(sys.executable), str(script), (name, str(log), fails, str(seconds)))


def test_they_run_in_turn_and_the_first_round_is_not_counted(fake: Path) -> None:
    first, second = contest([_contestant(fake, "A"), _contestant(fake, "B")], rounds=2)
    assert fake.with_name("log").read_text() == "ABABAB"
    assert len(first.rounds) == len(second.rounds) == 2
    assert first.about == {"version": "A"}


def test_ratios_are_median_least_and_greatest_of_the_rounds(fake: Path) -> None:
    ours, theirs = contest([_contestant(fake, "A", seconds=2.0), _contestant(fake, "B", seconds=8.0)], rounds=3)
    assert ours.rate == 50
    assert ratios(ours, theirs) == (4, 4, 4)


@pytest.mark.parametrize(
    ("fails", "reason"), [("at once", "ValueError: no tables"), ("later", "ValueError: broke down")]
)
def test_who_fails_drops_out_and_the_others_go_on(fake: Path, fails: str, reason: str) -> None:
    broken, whole = contest([_contestant(fake, "A", fails), _contestant(fake, "B")], rounds=2)
    assert broken.missing == reason
    assert broken.rounds == []
    assert whole.missing is None
    assert len(whole.rounds) == 2


def test_a_worker_that_dies_is_missing_with_its_code(tmp_path: Path) -> None:
    script = tmp_path / "dies.py"
    script.write_text("raise SystemExit(3)")
    (died,) = contest([Contestant("A", Path(sys.executable), str(script), ())], rounds=1)
    assert died.missing == "ended with code 3"


def test_a_peer_runs_on_the_same_python_where_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr("tools.benchmarks.environments._run", lambda _name, command: commands.append(command))
    (tmp_path / "polars").mkdir()
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    environment("polars", tmp_path, ["/a/python/that/is/not"])
    assert commands[0][:3] == [sys.executable, "-m", "venv"]
    commands.clear()
    environment("polars", tmp_path)
    assert commands == []


def test_a_peer_without_a_fitting_python_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules["tools.benchmarks.environments"].ENVIRONMENTS, "pyoce", (9, 9))
    with pytest.raises(NoEnvironmentError, match=r"needs Python 9\.9 or later"):
        environment("pyoce", tmp_path)
