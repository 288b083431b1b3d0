"""One cosmic-ray session a module: made once for its text, gone on with until every mutant was tried."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Collection, Iterator
from difflib import unified_diff
from pathlib import Path

from cosmic_ray.commands import init as list_mutants
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tools.mutation.copies import Copy, Said
from tools.mutation.packages import ROOT, nearest, wider
from tools.mutation.sampling import Mutant

__all__ = ["begin", "go_on", "mutant_of", "mutants", "session_of"]


def session_of(folder: Path, module: Path) -> Path:
    """Where the session of the module as it is now lies."""
    digest = hashlib.sha256((ROOT / module).read_bytes()).hexdigest()[:8]
    return folder / "sessions" / f"{'.'.join(module.with_suffix('').parts[1:])}.{digest}.sqlite"


def begin(folder: Path, module: Path) -> Path:
    """The session of the module; makes it where there is none."""
    session = session_of(folder, module)
    if not session.exists():
        session.parent.mkdir(parents=True, exist_ok=True)
        started = session.with_suffix(".started")
        started.unlink(missing_ok=True)
        with use_db(started, mode=WorkDB.Mode.create) as db:
            list_mutants([ROOT / module], db, {})
            _skip_annotations(db, module)
        started.rename(session)
    return session


def mutants(session: Path, module: Path) -> list[Mutant]:
    """What the session may try, in an order that is always the same."""
    with use_db(session, mode=WorkDB.Mode.open) as db:
        skipped = {job_id for job_id, result in db.results if result.worker_outcome == WorkerOutcome.SKIPPED}
        return sorted(mutant_of(item, module) for item in db.work_items if item.job_id not in skipped)


def mutant_of(item: WorkItem, module: Path) -> Mutant:
    """What an entry of a session would change: the same in every session of the module as it is."""
    (mutation,) = item.mutations
    return str(module), mutation.operator_name, json.dumps(mutation.operator_args, sort_keys=True), mutation.occurrence


def go_on(copy: Copy, session: Path, module: Path, package: str, wanted: Collection[Mutant] | None = None) -> None:
    """Tries what was not tried yet; of that only what is `wanted`, where that is said."""
    with use_db(session, mode=WorkDB.Mode.open) as db:
        waiting = sorted(db.pending_work_items, key=lambda item: mutant_of(item, module))
        for item in waiting:
            if wanted is None or mutant_of(item, module) in wanted:
                result = _try(copy, item, module, package)
                if result is not None:
                    db.set_result(item.job_id, result)


def _try(copy: Copy, item: WorkItem, module: Path, package: str) -> WorkResult | None:
    """What became of one mutant; None where the tests could not say."""
    (mutation,) = item.mutations
    before = (copy.path / module).read_text(encoding="utf-8")
    after = mutate_code(before, get_operator(mutation.operator_name)(**mutation.operator_args), mutation.occurrence)
    if after is None:
        return WorkResult(worker_outcome=WorkerOutcome.NO_TEST)
    copy.must_pass(nearest(module))
    with copy.changed(module, after):
        said = copy.test(nearest(module))
    if said is Said.PASSED:
        copy.must_pass(wider(package))
        with copy.changed(module, after):
            said = copy.test(wider(package))
    if said is Said.NOTHING:
        return None
    diff = "\n".join(unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0))
    outcome = TestOutcome.SURVIVED if said is Said.PASSED else TestOutcome.KILLED
    return WorkResult(worker_outcome=WorkerOutcome.NORMAL, test_outcome=outcome, diff=diff)


def _skip_annotations(db: WorkDB, module: Path) -> None:
    """No annotation is ever evaluated, so that a mutant of one is none."""
    spans = list(_annotations(ast.parse((ROOT / module).read_text(encoding="utf-8"))))
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
