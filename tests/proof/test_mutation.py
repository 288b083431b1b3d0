"""What shows that the tests notice: planted bugs, and samples of mutants."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.mutation import copies
from tools.mutation.copies import Copy, Said, UnsoundError
from tools.mutation.packages import PACKAGES, ROOT, modules, nearest
from tools.mutation.planted import Bug, plant, read_bugs
from tools.mutation.sampling import interval, sample

pytestmark = pytest.mark.exhaustive

BUGS = read_bugs()
SUMS = "def add(a, b):\n    return a + b\n\n\ndef most(a, b):\n    return max(a, b)\n"


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_stands_where_it_is_said_to(bug: Bug) -> None:
    text = (ROOT / bug.file).read_text(encoding="utf-8")
    compile(bug.planted(text), str(bug.file), "exec")
    near, wider = bug.tests
    assert all((ROOT / test).exists() for test in near)
    assert all(list(ROOT.glob(test)) for test in wider)


def test_there_are_twenty_of_all_kinds() -> None:
    packages = {bug.file.parts[2] for bug in BUGS}
    assert len(BUGS) == len({bug.name for bug in BUGS}) == 20
    assert packages == {"rules", "tables", "history", "engine", "policies", "codes"}
    of_rules = {bug.file.parts[3] for bug in BUGS if bug.file.parts[2] == "rules"} - {"facts"}
    assert of_rules == {"coding", "ncci", "coverage", "facility", "category_ii", "frequency"}


def test_a_bug_whose_place_is_gone_is_said_to_be() -> None:
    bug = Bug("gone", Path("one.py"), "a < b", "a <= b", ((), ()))
    with pytest.raises(ValueError, match="stands 0 times"):
        bug.planted("a > b")
    with pytest.raises(ValueError, match="stands 2 times"):
        bug.planted("a < b or a < b")


# ---------------------------------------------------------------------- a copy, and what is planted in it


@pytest.fixture(scope="module")
def small_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy of a repository that holds one module and its test."""
    root = tmp_path_factory.mktemp("small")
    (root / "src").mkdir()
    (root / "src" / "sums.py").write_text(SUMS)
    (root / "near_test.py").write_text("from sums import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n")
    (root / "wide_test.py").write_text("from sums import most\n\n\ndef test_most():\n    assert most(1, 2) == 2\n")
    (root / "pytest.ini").write_text("[pytest]\n")
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        subprocess.run(command, cwd=root, check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "ROOT", root)
        with Copy(tmp_path_factory.mktemp("copies"), 0) as copy:
            yield copy


def _bug(before: str, after: str) -> Bug:
    return Bug(before, Path("src/sums.py"), before, after, (("near_test.py",), ("wide*.py",)))


def test_planted_bugs_are_noticed_by_the_nearest_tests_or_by_wider_ones_or_missed(small_copy: Copy) -> None:
    bugs = [_bug("a + b", "a - b"), _bug("max(a, b)", "min(a, b)"), _bug("add(a, b)", "add(a, b, c=0)")]
    near, wide, missed = plant(bugs, small_copy)
    assert (near.noticed, near.by) == (True, "near_test.py::test_add")
    assert (wide.noticed, wide.by) == (True, "wide_test.py::test_most")
    assert (missed.noticed, missed.by) == (False, "")


def test_a_copy_is_as_it_was_after_a_bug(small_copy: Copy) -> None:
    before = (small_copy.path / "src" / "sums.py").read_bytes()
    assert [fate.noticed for fate in plant([_bug("a + b", "a * b")], small_copy)] == [True]
    assert (small_copy.path / "src" / "sums.py").read_bytes() == before
    assert small_copy.test(["near_test.py", "wide_test.py"]) is Said.PASSED


def test_a_bug_that_keeps_the_tests_busy_is_noticed(small_copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SECONDS", 2)
    (fate,) = plant([_bug("    return a + b", "    while True: pass")], small_copy)
    assert (fate.noticed, fate.by) == (True, "")


def test_a_test_that_fails_anyhow_notices_nothing(small_copy: Copy) -> None:
    bug = Bug("none", Path("src/sums.py"), "a + b", "b + a", (("near_test.py",), ("wide*.py",)))
    assert [fate.noticed for fate in plant([bug], small_copy)] == [False]
    with (
        small_copy.changed("wide_test.py", "def test_nothing():\n    assert False\n"),
        pytest.raises(UnsoundError, match="as it is"),
    ):
        list(plant([bug], small_copy))


def test_a_test_that_is_not_there_notices_nothing(small_copy: Copy) -> None:
    with pytest.raises(ValueError, match="not there"):
        small_copy.test(["gone_test.py"])


def test_a_change_that_keeps_known_tests_from_being_read_is_noticed(small_copy: Copy) -> None:
    conftest = small_copy.path / "conftest.py"
    conftest.write_text("import sums\n")
    small_copy.must_pass(["near_test.py"])
    with small_copy.changed("src/sums.py", "def add(:\n"):
        assert small_copy.test(["near_test.py"]) is Said.FAILED
    conftest.unlink()


# ---------------------------------------------------------------------- samples

MUTANTS = st.sets(
    st.tuples(st.sampled_from(["a.py", "b.py"]), st.sampled_from(["x", "y"]), st.just("{}"), st.integers(0, 99))
)


@given(MUTANTS, st.integers(0, 50), st.integers(), st.randoms(use_true_random=False))
def test_a_sample_is_the_same_whatever_the_order(given: set, size: int, seed: int, chance) -> None:
    shuffled = list(given)
    chance.shuffle(shuffled)
    drawn = sample(shuffled, size, seed)
    assert drawn == sample(given, size, seed) <= given
    assert len(drawn) == min(size, len(given))


def test_seeds_draw_other_samples() -> None:
    some = [("a.py", "x", "{}", place) for place in range(1000)]
    assert sample(some, 10, 1) != sample(some, 10, 2)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_of_the_sample(noticed: int, missed: int) -> None:
    low, high = interval(noticed, noticed + missed)
    share = 100 * noticed / (noticed + missed) if noticed + missed else 50
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 100


def test_larger_samples_say_more() -> None:
    # Wilson's interval for 9 of 10, as tables of it have it.
    assert interval(9, 10) == pytest.approx((59.58, 98.21), abs=0.01)
    assert interval(900, 1000) == pytest.approx((87.98, 91.71), abs=0.01)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_has_modules_and_the_tests_that_are_named(package: str) -> None:
    assert modules(package)
    assert all((ROOT / path).exists() for module in modules(package) for path in nearest(module))
    assert all(list(ROOT.glob(test)) for test in PACKAGES[package])
