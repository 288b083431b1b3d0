"""One cosmic-ray session a module: made once for its text, gone on with until every mutant was tried."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

from mutation.rooms import ROOT, tests_of

__all__ = ["Copy", "begin", "go_on", "session_of"]

SECONDS = 300  #: after which a mutant counts as noticed: it made the tests hang


def session_of(folder: Path, module: Path) -> Path:
    """Where the session of the module as it is now lies."""
    digest = hashlib.sha256((ROOT / module).read_bytes()).hexdigest()[:8]
    return folder / "sessions" / f"{'.'.join(module.with_suffix('').parts[1:])}.{digest}.sqlite"


class Copy:
    """A copy of the repository: mutants are written into its files, one at a time."""

    def __init__(self, folder: Path, number: int) -> None:
        self.path = (folder / f"copy-{number}").resolve()
        shutil.rmtree(self.path, ignore_errors=True)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.path / name)

    def run(self, *arguments: str) -> None:
        """A command of cosmic-ray in the copy, whose own source is what its tests import."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.path / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_PROFILE": "mutation",
        }
        subprocess.run([sys.executable, "-m", "cosmic_ray.cli", *arguments], cwd=self.path, env=environment, check=True)


def begin(copy: Copy, session: Path, module: Path, room: str) -> Path:
    """The configuration of the session; makes the session where there is none."""
    tests = f"{sys.executable} -m pytest -x -q -p no:cacheprovider -p no:xdist {' '.join(tests_of(module, room))}"
    config = session.with_suffix(".toml")
    session.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = {SECONDS}.0\ntest-command = "{tests}"\n'
        'excluded-modules = []\n[cosmic-ray.distributor]\nname = "local"\n'
    )
    if not session.exists():
        started = session.with_suffix(".started")
        copy.run("baseline", str(config.resolve()))  # tests that fail anyhow would notice everything
        copy.run("init", str(config.resolve()), str(started.resolve()))
        _skip_annotations(started, module)
        started.rename(session)
    return config


def go_on(copy: Copy, session: Path, config: Path) -> None:
    """Tries what was not tried yet."""
    copy.run("exec", str(config.resolve()), str(session.resolve()))


def _skip_annotations(session: Path, module: Path) -> None:
    """No annotation is ever evaluated, so that a mutant of one is none."""
    spans = list(_annotations(ast.parse((ROOT / module).read_text())))
    with use_db(session, mode=WorkDB.Mode.open) as db:
        for item in db.work_items:
            if any(_inside(item, span) for span in spans):
                db.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED, output="an annotation"))


Span = tuple[tuple[int, int], tuple[int, int]]


def _annotations(tree: ast.AST) -> Iterator[Span]:
    for node in ast.walk(tree):
        for found in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(found, ast.expr):
                yield (found.lineno, found.col_offset), (found.end_lineno or 0, found.end_col_offset or 0)


def _inside(item: WorkItem, span: Span) -> bool:
    return all(span[0] <= mutation.start_pos and mutation.end_pos <= span[1] for mutation in item.mutations)
