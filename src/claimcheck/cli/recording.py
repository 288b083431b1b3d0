"""Validates with a history: a pipeline over the files, whose claims, output, and counts are committed together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from claimcheck.claims import Claim
from claimcheck.cli.options import Options
from claimcheck.cli.outputs import Counted, PieceOutput
from claimcheck.cli.validating import Run
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import HistoryError
from claimcheck.history.key import create_key, read_key
from claimcheck.history.sqlite import SqliteHistory
from claimcheck.history.stored import StoredHistory
from claimcheck.io.out.outputs import Output
from claimcheck.io.pipeline import Pipeline
from claimcheck.version import __version__

__all__ = ["CHUNK", "opened", "pipeline_of", "remembered"]

CHUNK = 1000
"""Claims per commit."""

#: Options that do not affect the results, or that are in a digest of their own.
_NOT_OF_THE_OUTPUT = {
    "files", "mapping", "policy", "tables", "history", "history_key", "jobs", "output", "findings", "fail_on",
    "require_complete", "baseline", "write_baseline", "config",
}  # fmt: skip


@contextmanager
def opened(options: Options) -> Iterator[StoredHistory | None]:
    """The history in the options: a SQLite file, or the URL of a database; None without one."""
    if options.history is None:
        yield None
        return
    is_url = "://" in options.history
    key = (
        None
        if options.history_key is None
        else _key(options.history_key, made=is_url or Path(options.history).exists())
    )
    history: StoredHistory
    if not is_url:
        history = SqliteHistory(options.history, key)
    else:
        if key is None:
            raise HistoryError("a database history needs a key file: --history-key FILE")
        from claimcheck.history.sql import SqlHistory

        history = SqlHistory(options.history, key)
    with history:
        yield history


def _key(file: str, *, made: bool) -> bytes:
    """The key in a file, which is created with a new history."""
    key = read_key(Path(file))
    if key is None and made:
        raise HistoryError("the key file is missing: restore it", file=file)
    return (create_key(Path(file)) if key is None else key).secret


def pipeline_of(run: Run, validator: Validator, history: StoredHistory, output: PieceOutput) -> Pipeline:
    """The run as a pipeline over its history."""
    outputs: list[Output] = [output, Counted(run)]
    own = validator.beside(history)
    return Pipeline(own, outputs, history, _identity(run, own), as_of=run.options.as_of, chunk=CHUNK)


def remembered(pipeline: Pipeline, claims: Iterable[Claim | Fallen | Marked]) -> Iterator[None]:
    """Validates, writes, and records all claims, or those left after an interruption; yields after each."""
    with pipeline:
        for _ in pipeline.judge(claims):
            yield


def _identity(run: Run, validator: Validator) -> str | None:
    """Identifies a run by everything its output depends on; None if it always starts over.

    It does if its input can be read only once, or if all its findings are to become a baseline.
    """
    if run.options.write_baseline is not None or not run.inputs.can_be_read_again:
        return None
    options = attrs.asdict(run.options, filter=lambda field, _: field.name not in _NOT_OF_THE_OUTPUT)
    parts = [
        run.inputs.digest(),
        [Path(file).name for file in run.inputs.files],
        validator.policy.hash,
        [[rule.id, rule.severity] for rule in validator.rules],
        validator.tables.digest,
        {name: str(value) for name, value in options.items()},
        run.options.findings is not None,
        None if run.summary.baseline is None else run.summary.baseline.digest,
        __version__,
    ]
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
