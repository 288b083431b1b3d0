"""Planted bugs: each is put into a copy of the repository, and the tests must notice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.mutation.copies import Copy, Said
from tools.mutation.packages import LEFT_OUT

__all__ = ["BUGS", "Bug", "Fate", "plant", "read_bugs"]

BUGS = Path(__file__).parent / "planted.toml"


@dataclass(frozen=True)
class Bug:
    """What became of a text in a file, and which tests are to notice, the nearest first."""

    name: str
    file: Path
    before: str
    after: str
    tests: tuple[tuple[str, ...], ...]

    def planted(self, text: str) -> str:
        """The text with the bug. ValueError where the place is not there, or not the only one."""
        if text.count(self.before) != 1:
            raise ValueError(f"{self.name}: stands {text.count(self.before)} times in {self.file}, where once is meant")
        return text.replace(self.before, self.after)


@dataclass(frozen=True)
class Fate:
    """Whether a bug was noticed; None where that could not be told. `by` is the test that did, "" where it hung."""

    bug: Bug
    noticed: bool | None
    by: str = ""


def read_bugs(file: Path = BUGS, only: str | None = None) -> list[Bug]:
    """The bugs of a file; those whose name or file holds `only`."""
    with file.open("rb") as opened:
        given = tomllib.load(opened)
    wider = tuple(given.get("wider", ()))
    bugs = [
        Bug(one["name"], Path(one["file"]), one["before"], one["after"], (tuple(one["tests"]), wider))
        for one in given["bug"]
    ]
    return [bug for bug in bugs if only is None or only in bug.name or only in str(bug.file)]


def plant(bugs: Iterable[Bug], copy: Copy) -> Iterator[Fate]:
    """Puts each bug into the copy, runs its tests, and takes it out again.

    UnsoundError where the test that noticed fails without the bug too.
    """
    for bug in bugs:
        text = bug.planted((copy.path / bug.file).read_text(encoding="utf-8"))
        with copy.changed(bug.file, text):
            fate = _fate(bug, copy)
        if fate.noticed and fate.by:
            copy.must_pass([fate.by])
        yield fate


def _fate(bug: Bug, copy: Copy) -> Fate:
    for tests in filter(None, bug.tests):
        said = copy.test([*tests, *(f"--ignore={path}" for path in LEFT_OUT)])
        if said is Said.NOTHING:
            return Fate(bug, None)
        if said is Said.FAILED:
            return Fate(bug, True, copy.failed or "")
    return Fate(bug, False)
