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
>>> verdicts = Path(folder.name, "verdicts.jsonl")
>>> def work(stop_at=None):
...     with SqliteHistory(Path(folder.name, "members.db")) as history:
...         validator = Validator(history=history)
...         with pipeline(validator, {verdicts: "jsonl"}, source="claims of Monday", chunk=2) as run:
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
>>> [json.loads(line)["claim_id"] for line in verdicts.read_text().splitlines()]
['A', 'B', 'C', 'D', 'E']
>>> folder.cleanup()
"""

from __future__ import annotations

import json
import os.path
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen, claim_of
from claimcheck.engine.namesakes import Marked, Namesakes
from claimcheck.errors import InputError
from claimcheck.history import Batch
from claimcheck.io.commit_points import Checkpoint, CommitPoint, commit_point
from claimcheck.io.out import in_use
from claimcheck.io.out.outputs import Output, output
from claimcheck.log import log
from claimcheck.tables import starter
from claimcheck.version import __version__

__all__ = ["CHUNK", "Pipeline", "digest_of", "pipeline"]

CHUNK = 1000
"""Claims per commit, by default."""

_BLOCK = 1 << 20


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
    `claimcheck check --format`: jsonl, csv, findings, adjustments, adjustments-jsonl, parquet, and parquet-lines.

    `source` identifies the input. A path, or several, is identified by content, so a changed file is another input; any
    other text is a name that you vouch for, such as the digest of a query result. Use None for an input that can be
    read only once, such as a socket: such a run is never resumed. `as_of` is the processing date, see
    `Validator.validate`. `chunk` is the number of claims per commit.

    A run is resumed if the same source is validated with the same policy, tables, date, and version, into the same
    layouts. Parquet cannot be resumed: a run that writes it starts over, and claims that are already recorded are not
    recorded again. The same goes for a history that stores no progress, such as `MemoryHistory`. Without a history, a
    file named after the first output with .resume exists until the run is complete.

    Raises:
        InputError: an output is a file that the run uses, cannot be written, is being written by another run, or (on
            entering the block) has changed since the run was interrupted.
    """
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
        run = None if source is None else _name_of(validator, source, as_of, layouts, chunk)
        point = commit_point(validator.history, journal)
        undo.pop_all()
    return Pipeline(validator, made, point, run, as_of=as_of, chunk=chunk, same=not _is_name(source))


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


def digest_of(paths: Iterable[str | Path]) -> str:
    """A digest of the content of files, whatever their names.

    Raises:
        InputError: a file cannot be read.
    """
    total = blake2b(digest_size=16)
    for path in paths:
        one = blake2b(digest_size=16)
        try:
            with Path(path).open("rb") as file:
                while block := file.read(_BLOCK):
                    one.update(block)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or 'an unknown fault'}", file=str(path)) from None
        total.update(one.digest())
    return total.hexdigest()


def _name_of(
    validator: Validator,
    source: str | Path | Sequence[str | Path],
    as_of: date | str | None,
    layouts: Sequence[str],
    chunk: int,
) -> str:
    """The name of a run: a digest of everything that its outputs and records depend on."""
    paths = [source] if isinstance(source, (str, Path)) else [*source]
    known_by = source if _is_name(source) else digest_of(paths)
    names = [] if _is_name(source) else [Path(path).name for path in paths]  # results name the file
    rules = [[rule.id, rule.severity] for rule in validator.rules]
    by = [validator.policy.hash, validator.tables.digest, rules, str(as_of), __version__]
    said = json.dumps([known_by, names, by, [*layouts], chunk])
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _is_name(source: object) -> bool:
    """Whether the source is a given name rather than a file."""
    return isinstance(source, str) and not os.path.isfile(source)  # noqa: PTH113 - of any text, however long


class Pipeline:
    """A run, used in a `with` block; created by `pipeline`.

    In the block, either call `judge` with the claims, which validates and writes them, or iterate over `remaining` and
    `write` each. If the block ends normally and every claim of the input was taken, the outputs are finished and the
    run is complete; if some were not taken, everything written is committed and the next run continues there. If the
    block ends with an error, uncommitted work is discarded.
    """

    def __init__(
        self,
        validator: Validator,
        outputs: Sequence[Output],
        point: CommitPoint,
        run: str | None,
        *,
        as_of: date | str | None = None,
        chunk: int = CHUNK,
        same: bool = True,
    ) -> None:
        """`run` names the run; `same` says that a run of this name always has the same claims."""
        self.position = 0
        """The number of claims written: the position of the next one, from 0."""
        self._validator = validator
        self._outputs = outputs
        self._point = point
        self._run = run if all(one.resumable for one in outputs) else None
        self._as_of = as_of
        self._chunk = chunk
        self._waiting: list[tuple[Claim, ClaimResult]] = []
        self._batch: Batch | None = None
        self._same = same
        self._begun = False
        self._left = False
        self._over = False

    @property
    def resumable(self) -> bool:
        """Whether an interrupted run can continue where it stopped."""
        return self._run is not None

    def remaining(self, claims: Iterable[Any]) -> Iterator[Any]:
        """The claims from `position` on. `claims` are all claims of the input, in their usual order.

        Raises:
            InputError: fewer claims than were already written, so it is another input.
        """
        self._left = True
        rest = iter(claims)
        self._check(sum(1 for _ in islice(rest, self.position)))
        yield from rest
        self._left = False

    def judge(self, claims: Iterable[Claim | Mapping[str, Any] | Any]) -> Iterator[tuple[Claim, ClaimResult]]:
        """Validates and writes the remaining claims, yielding each with its result.

        With a history, each chunk is validated as one batch on top of everything recorded before it. Without one, all
        claims are one batch: claims that were already written are validated again, because other results depend on
        them. A claim is written when the next one is requested, so whatever you do with a result is done at least once.
        In both cases later claims may change a result, and if so the result says `later_claims`.
        """
        if self._validator.history is None:
            yield from self._as_one_batch(claims)
            return
        rest = self.remaining(claims)
        while some := [*islice(rest, self._chunk - self.position % self._chunk)]:
            recorded = Batch(self._validator.history, may_grow=True)
            results = self._validator.beside(recorded).validate_many(some, self._as_of)
            yield from self._written(map(claim_of, some), results)

    def _as_one_batch(self, claims: Iterable[Claim | Mapping[str, Any] | Any]) -> Iterator[tuple[Claim, ClaimResult]]:
        read: deque[Claim] = deque()

        def noted() -> Iterator[object]:
            for claim in claims:
                read.append(claim_of(claim))
                yield claim if type(claim) in (Fallen, Marked) else read[-1]

        self._left = True
        place = 0
        for place, result in enumerate(self._validator.validate_many(noted(), self._as_of), 1):
            claim = read.popleft()
            if place > self.position:
                yield from self._written([claim], [result])
        self._check(place)
        self._left = False

    def _check(self, passed: int) -> None:
        if passed < self.position:
            raise InputError(
                f"the input has {passed:,} claims, and {self.position:,} were written before the run was interrupted: "
                "give the input that it had"
            )

    def _written(self, claims: Iterable[Claim], results: Iterable[ClaimResult]) -> Iterator[tuple[Claim, ClaimResult]]:
        for claim, result in zip(claims, results, strict=True):
            yield claim, result
            self.write(claim, result)

    def validate(self, claim: Claim | Mapping[str, Any] | Any) -> ClaimResult:
        """The result for a claim, for callers that iterate over `remaining` themselves.

        With a history, claims written since the last commit are taken into account. Without one, the claim is validated
        alone.
        """
        if self._validator.history is None:
            return self._validator.validate(claim, self._as_of)
        batch = self._since_commit()
        apart = Namesakes(batch).apart(Claim.from_dict(claim))
        return self._validator.beside(batch).validate(apart, self._as_of)

    def _since_commit(self) -> Batch:
        if self._batch is None:
            self._batch = Batch(self._validator.history, may_grow=True)
            for claim, result in self._waiting:
                _record(self._batch, claim, result)
        return self._batch

    def write(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> None:
        """Writes the result for the next claim, and records both. `claim` is a `Claim` or a mapping."""
        if self._over:
            raise InputError("the run was over, and its input has more claims now: give the input another name")
        read = Claim.from_dict(claim)
        self._begin()
        for one in self._outputs:
            one.add(read, result)
        self._waiting.append((read, result))
        if self._batch is not None:
            _record(self._batch, read, result)
        self.position += 1
        if self.position % self._chunk == 0:
            self._commit(over=False)

    def _begin(self) -> None:
        """Outputs keep their content until there is something to write."""
        if not self._begun:
            self._begun = True
            for one in self._outputs:
                one.begin()

    def _commit(self, *, over: bool) -> None:
        checkpoint = None
        if self._run is not None and (self._same or not over):
            checkpoint = Checkpoint(self.position, json.dumps([one.mark() for one in self._outputs]), over)
        self._point.commit(self._run, self._waiting, checkpoint)
        self._waiting.clear()
        self._batch = None

    def _resume(self) -> None:
        found = None if self._run is None else self._point.checkpoint(self._run)
        if found is None:
            return
        marks = json.loads(found.state)
        held = [one.holds(mark) for one, mark in zip(self._outputs, marks, strict=True)]
        if all(held):
            for one, mark in zip(self._outputs, marks, strict=True):
                one.begin(mark)
            self.position, self._over, self._begun = found.position, found.over, True

    def __enter__(self) -> Self:
        if self._validator.tables.path is None:
            log.warning("the starter tables answer for %s to %s only", *starter.exact_range())
        try:
            self._resume()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._end()
        finally:
            self._close()

    def _end(self) -> None:
        if self._over:
            return
        self._begin()
        over = self._run is None or not self._left
        if over:
            for one in self._outputs:
                one.finish()
        self._commit(over=over)

    def _close(self) -> None:
        with ExitStack() as stack:
            for one in self._outputs:
                stack.callback(one.close)


def _record(batch: Batch, claim: Claim, result: ClaimResult) -> None:
    """Records a claim in a batch, apart from others under its claim id that are other bills."""
    batch.record(Namesakes(batch).apart(claim), result)
