"""Validates a stream of claims with its outputs and history, losing and duplicating nothing if the process is killed.

A run commits every thousand claims in one place: the claims, their position in the input, and the position of each
output are stored in one transaction of the history, once the outputs have been flushed to disk. The next run of the
same input truncates its outputs to the last commit, skips the claims before that position, and continues. Its final
outputs equal those of an uninterrupted run, byte for byte.

>>> import json, tempfile
>>> from pathlib import Path
>>> from claimcheck import SqliteHistory, Validator
>>> from claimcheck.testing import a_claim, a_line
>>> claims = [a_claim("99213", a_line("3044F", charge="0.00"), claim_id=name) for name in "ABCDE"]
>>> folder = tempfile.TemporaryDirectory()
>>> results = Path(folder.name, "results.jsonl")
>>> def work(stop_at=None):
...     with SqliteHistory(Path(folder.name, "members.db")) as history:
...         validator = Validator(history=history)
...         with pipeline(validator, {results: "jsonl"}, source="claims of Monday", chunk=2) as run:
...             for claim, result in run.judge(claims):
...                 if claim.claim_id == stop_at:
...                     raise KeyboardInterrupt
...             return run.position
>>> try:
...     work(stop_at="D")
... except KeyboardInterrupt:
...     print("interrupted")
interrupted
>>> work()
5
>>> [json.loads(line)["claim_id"] for line in results.read_text().splitlines()]
['A', 'B', 'C', 'D', 'E']
>>> folder.cleanup()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.io.commit_points import commit_point
from claimcheck.io.out import in_use
from claimcheck.io.out.outputs import Output, output
from claimcheck.io.run import CHUNK, Pipeline
from claimcheck.io.run_names import digest_of, is_name, run_name

__all__ = ["CHUNK", "Pipeline", "digest_of", "pipeline"]


def pipeline(
    validator: Validator,
    outputs: Mapping[str | Path, str] | Sequence[Output],
    *,
    source: str | Path | Sequence[str | Path] | None,
    as_of: date | str | None = None,
    chunk: int = CHUNK,
) -> Pipeline:
    """A run over the claims of one input, to be used in a `with` block; see `Pipeline`.

    `validator` validates claims, and its history records them. `outputs` maps files to layouts, which are named as in
    `claimcheck check --format`: jsonl, csv, findings, adjustments, adjustments-jsonl, parquet, parquet-lines, and xlsx.

    `source` identifies the input. A path, or several, is identified by content, so a changed file is another input; any
    other text is a name that you vouch for, such as the digest of a query result. Use None for an input that can be
    read only once, such as a socket: such a run is never resumed. `as_of` is the processing date, see
    `Validator.validate`. `chunk` is the number of claims per commit.

    A run is resumed if the same source is validated with the same policy, tables, date, and version, into the same
    layouts. Parquet and xlsx cannot be resumed: a run that writes one starts over, and claims that are already recorded
    are not recorded again. The same goes for a history that stores no progress, such as `MemoryHistory`. Without a
    history, a file named after the first output with .resume exists until the run is complete.

    Raises:
        InputError: an output is a file that the run uses, cannot be written, is being written by another run, or (on
            entering the block) has changed since the run was interrupted.
    """
    if not isinstance(validator, Validator):
        raise InputError(
            f"a Validator is expected, not a {type(validator).__name__}: give Validator(policy, history=...)"
        )
    if isinstance(outputs, (str, Path)):
        raise InputError("outputs are files with their layouts: give a mapping, such as {path: 'jsonl'}")
    if chunk < 1:
        raise InputError(f"chunk is {chunk}: give how many claims are committed together, 1 or more")
    made: list[Output] = []
    with ExitStack() as undo:
        if isinstance(outputs, Mapping):
            journal = next((Path(f"{path}.resume") for path in outputs), None)
            _check_apart(validator, outputs, journal, source)
            for path, layout in outputs.items():
                made.append(output(path, layout))
                undo.callback(made[-1].close)
            layouts = [*outputs.values()]
        else:
            made, layouts, journal = [*outputs], [type(one).__name__ for one in outputs], None
        run = None if source is None else run_name(validator, source, as_of, layouts, chunk)
        point = commit_point(validator.history, journal)
        undo.pop_all()
    return Pipeline(validator, made, point, run, as_of=as_of, chunk=chunk, same=not is_name(source))


def _check_apart(
    validator: Validator,
    outputs: Iterable[str | Path],
    journal: Path | None,
    source: str | Path | Sequence[str | Path] | None,
) -> None:
    written = [in_use.Written(path) for path in (*outputs, journal) if path is not None]
    paths = [] if source is None else [source] if isinstance(source, (str, Path)) else source
    used = [in_use.Used(path, "an input of this run") for path in paths]
    used += [*in_use.policy_files(validator.policy.paths), *in_use.store_files(validator.tables.path)]
    own = getattr(validator.history, "path", None)
    in_use.check(written, [*used, *(() if own is None else in_use.history_files(own))])
