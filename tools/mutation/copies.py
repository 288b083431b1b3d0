"""Copies of the repository, in which code is changed and tests are run."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from py_compile import PycInvalidationMode
from types import TracebackType
from typing import IO, cast

from tools.mutation.packages import ROOT

__all__ = ["Copy", "Said", "UnsoundError"]

SECONDS = 300  #: of processor time, after which the tests hang: code that makes them do so was noticed

_NOT_FOUND, _NO_TESTS = 4, 5  #: pytest's exit codes


class Said(Enum):
    """What tests said."""

    PASSED = "passed"
    FAILED = "failed"
    NOTHING = "nothing"  #: they were kept from it by something that has nothing to do with the code


class UnsoundError(Exception):
    """Tests that fail anyhow."""


class Copy:
    """A copy of the repository as it is now. As a context, it is ready for tests."""

    def __init__(self, folder: Path, number: int) -> None:
        self.path = (folder / f"copy-{number}").resolve()
        shutil.rmtree(self.path, ignore_errors=True)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.path / name)
        # Compiled once, and told to be of its source by the source itself: what is changed for a moment is not taken
        # for what was there before, as it is by time and size.
        compileall.compile_dir(self.path / "src", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        self._warm: subprocess.Popen[str] | None = None
        self._sound: set[tuple[str, ...]] = set()

    def __enter__(self) -> Copy:
        environment = {
            # What whoever runs this asks of pytest itself, such as processes of its own, is not asked of these tests.
            **{name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
            "PYTHONPATH": str(self.path / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_PROFILE": "mutation",
        }
        self._warm = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("warm.py"))],
            cwd=self.path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._warm is not None:
            self._warm.kill()
            self._warm.communicate()
            self._warm = None

    @property
    def output(self) -> Path:
        """What the last tests printed."""
        return self.path.with_suffix(".out")

    @property
    def failed(self) -> str | None:
        """The test that failed last time; None where none did, or it is not known which."""
        file = self.path.with_suffix(".failed")
        return file.read_text(encoding="utf-8") if file.exists() else None

    def test(self, tests: Sequence[str]) -> Said:
        """Runs tests, to the first that fails. A pattern of files is spelled out."""
        assert self._warm is not None, "used outside its context"
        asking, answers = cast("IO[str]", self._warm.stdin), cast("IO[str]", self._warm.stdout)
        arguments = ["-x", "-q", "--no-header", "--tb=short", "-p", "no:cacheprovider"]
        arguments += [name for test in tests for name in self._spelled_out(test)]
        failed = self.path.with_suffix(".failed")
        failed.unlink(missing_ok=True)
        asked = {"arguments": arguments, "output": str(self.output), "failed": str(failed), "seconds": SECONDS}
        asking.write(json.dumps(asked) + "\n")
        asking.flush()
        answer = answers.readline()
        if not answer:
            raise RuntimeError("the process that runs the tests has ended")
        return _said(int(answer), found_before=tuple(tests) in self._sound)

    def must_pass(self, tests: Sequence[str]) -> None:
        """Raises `UnsoundError` where tests fail on the code as it is: they would notice everything. Runs them once."""
        if tuple(tests) not in self._sound:
            if self.test(tests) is not Said.PASSED:
                raise UnsoundError(f"tests do not pass on the code as it is: see {self.output}")
            self._sound.add(tuple(tests))

    @contextmanager
    def changed(self, name: Path | str, text: str) -> Iterator[None]:
        """With another text in a file."""
        file = self.path / name
        before = file.read_bytes()
        file.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            file.write_bytes(before)

    def _spelled_out(self, test: str) -> list[str]:
        if "*" not in test or test.startswith("-"):
            return [test]
        return sorted(str(path.relative_to(self.path)) for path in self.path.glob(test))


def _said(status: int, *, found_before: bool = False) -> Said:
    """What the end of the tests' process means: too long by the clock says nothing, too long by the processor does.

    ValueError where there are no such tests. Where they were `found_before`, what is changed keeps them from being
    read: their conftest imports it.
    """
    if os.WIFSIGNALED(status):
        return Said.NOTHING if os.WTERMSIG(status) == signal.SIGALRM else Said.FAILED
    code = os.WEXITSTATUS(status)
    if code == _NOT_FOUND and not found_before:
        raise ValueError("a test that was named is not there")
    return Said.PASSED if code in (0, _NO_TESTS) else Said.FAILED
