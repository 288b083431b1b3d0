"""Judging with a history: claims are recorded in chunks, and an interrupted run goes on where the history stands.

Where the output is a file of text, it is cut back to what the history has committed, and continued. Else everything
is judged again: what is recorded already is not recorded twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from claimcheck.claims import Claim
from claimcheck.cli.inputs import STDIN
from claimcheck.cli.journal import Journal, Mark
from claimcheck.cli.judging import Run, pairs
from claimcheck.cli.options import Options
from claimcheck.cli.outputs import Output, TextOutput
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator
from claimcheck.errors import HistoryError
from claimcheck.history.key import create_key, read_key
from claimcheck.history.sqlite import SqliteHistory
from claimcheck.history.stored import StoredHistory
from claimcheck.version import __version__

__all__ = ["CHUNK", "opened", "remembered"]

CHUNK = 1000
"""Claims that are recorded together."""


@contextmanager
def opened(options: Options) -> Iterator[StoredHistory | None]:
    """The history that the options name: a SQLite file, or the URL of a database; None where they name none."""
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
            raise HistoryError("a database needs the key of its members: --history-key FILE")
        from claimcheck.history.sql import SqlHistory

        history = SqlHistory(options.history, key)
    try:
        yield history
    finally:
        history.close()


def _key(file: str, *, made: bool) -> bytes:
    """The key in a file, which is made for a history that is yet to be."""
    key = read_key(Path(file))
    if key is None and made:
        raise HistoryError("the key file is missing: bring it back", file=file)
    return (create_key(Path(file)) if key is None else key).secret


def remembered(run: Run, validator: Validator, history: StoredHistory, output: Output) -> Iterator[Any]:
    """The pieces of all claims, or of those that are left after an interruption.

    Whoever iterates must have written every piece when it asks for the next one.
    """
    identity = _identity(run, validator)
    journal = None
    if identity and isinstance(output, TextOutput) and output.file is not None and output.grows:
        journal = Journal.beside(output.file, identity, output.settle)
    claims, make = run.inputs.claims(), run.maker()
    with history.recording(identity or STDIN, CHUNK) as recording:
        judged = _resumed(run, journal.at(recording.position) if journal else None, claims, output)
        while chunk := list(islice(claims, CHUNK)):
            verdicts = []
            for claim, result in pairs(validator, chunk, run.options.as_of):
                verdicts.append((claim, result))
                run.summary.add(result)
                yield make(claim, result)
            judged += len(chunk)
            if journal:
                journal.put(recording.position + len(chunk), judged, run.summary)
            for claim, result in verdicts:
                recording.record(claim, result)
    if journal:
        journal.close()


def _resumed(run: Run, mark: Mark | None, claims: Iterator[Claim], output: Output) -> int:
    """Goes to the mark, if there is one: how many claims are judged there."""
    if mark is None:
        output.begin()
        return 0
    output.begin(mark.size)
    run.summary.include(Summary.from_dict(mark.summary))
    return sum(1 for _ in islice(claims, mark.claims))


def _identity(run: Run, validator: Validator) -> str | None:
    """Tells a run from any other by all that its output depends on; None where it reads standard input."""
    if STDIN in run.inputs.files:
        return None
    said = [
        run.inputs.digest(),
        [Path(file).name for file in run.inputs.files],
        validator.policy.hash,
        [[rule.id, rule.severity] for rule in validator.rules],
        [str(edition) for edition in validator.tables.editions],
        run.options.as_of,
        run.options.columns,
        run.options.layout,
        run.options.quiet,
        __version__,
    ]
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
