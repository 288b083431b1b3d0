"""Claims in, verdicts out, and the history with them: nothing is lost or doubled, whenever the process is killed.

A run commits every thousand claims, in one place: the claims, their position in the input and how far every output goes
are noted in one transaction of the history, once the outputs are safely on the disk. The next run of the same input
cuts its outputs back to what was committed, passes over the claims before that position, and goes on; what it ends with
is what a run without an interruption ends with, byte by byte.

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
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError
from claimcheck.history import Batch
from claimcheck.io.commit_points import Checkpoint, CommitPoint, commit_point
from claimcheck.io.out import apart
from claimcheck.io.out.outputs import Output, output
from claimcheck.version import __version__

__all__ = ["CHUNK", "Pipeline", "digest_of", "pipeline"]

CHUNK = 1000
"""Claims that are committed together, unless told otherwise."""

_BLOCK = 1 << 20


def pipeline(
    validator: Validator,
    outputs: Mapping[str | Path, str] | Sequence[Output],
    *,
    source: str | Path | Sequence[str | Path] | None,
    as_of: date | str | None = None,
    chunk: int = CHUNK,
) -> Pipeline:
    """A run over the claims of one input, for a `with` block; see `Pipeline` for what is done in it.

    `validator` judges, and its history records. `outputs` says which file is written in which layout; layouts are
    named as in `claimcheck check --format`: jsonl, csv, findings, adjustments, adjustments-jsonl, parquet and
    parquet-lines.

    `source` tells the input from any other. A path, or several, is known by what is in the files, so that a file that
    was changed since is another input; any other text is a name that you answer for, such as the digest of a query's
    answer. None is for what can be read only once, such as a socket: such a run is never resumed. `as_of` is the
    processing date, see `Validator.validate`. `chunk` is how many claims are committed together.

    A run is resumed where the same source is judged by the same policy, tables, date and version, into the same
    layouts. Parquet cannot be continued: a run that writes it begins anew, and what is recorded already is not recorded
    twice. So it is with a history that notes no run, such as `MemoryHistory`. Without a history, a file with .resume
    behind the name of the first output is there until the run is over.

    Raises:
        InputError: an output is a file that the run uses, cannot be written, is being written by another run, or (when
            the block is entered) is no longer what an interrupted run left.
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
    written = [apart.Written(path) for path in (*outputs, journal) if path is not None]
    paths = [] if source is None else [source] if isinstance(source, (str, Path)) else source
    used = [apart.Used(path, "an input of this run") for path in paths]
    used += [*apart.policy_files(validator.policy.paths), *apart.store_files(validator.tables.path)]
    own = getattr(validator.history, "path", None)
    apart.check(written, [*used, *(() if own is None else apart.history_files(own))])


def digest_of(paths: Iterable[str | Path]) -> str:
    """Tells the content of files from any other, whatever they are called.

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
    """The name of a run: a digest of all that what it writes and records depends on."""
    paths = [source] if isinstance(source, (str, Path)) else [*source]
    known_by = source if _is_name(source) else digest_of(paths)
    names = [] if _is_name(source) else [Path(path).name for path in paths]  # verdicts name the file
    rules = [[rule.id, rule.severity] for rule in validator.rules]
    by = [validator.policy.hash, validator.tables.digest, rules, str(as_of), __version__]
    said = json.dumps([known_by, names, by, [*layouts], chunk])
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _is_name(source: object) -> bool:
    """Whether the source is no file, but a name that was given to it."""
    return isinstance(source, str) and not os.path.isfile(source)  # noqa: PTH113 - of any text, however long


class Pipeline:
    """A run, in a `with` block: `pipeline` makes one.

    In the block, either `judge` the claims, which writes them too, or go through `remaining` and `write` each. When the
    block ends well and all claims of the input were taken, the outputs are finished and the run is over; where some
    were not taken, all that was written is committed, and the next run goes on there. When the block ends in an error,
    what was not committed is left out.
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
        """`run` names the run; `same` says that a run of this name has the same claims whenever it comes."""
        self.position = 0
        """How many claims of the input are written: the place of the next one, from 0."""
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
        """Whether the run goes on where it was, when it is interrupted and begun again."""
        return self._run is not None

    def remaining(self, claims: Iterable[Any]) -> Iterator[Any]:
        """The claims from `position` on. `claims` are all of the input, in the order in which they always come.

        Raises:
            InputError: there are fewer claims than were written before: it is another input.
        """
        self._left = True
        rest = iter(claims)
        self._check(sum(1 for _ in islice(rest, self.position)))
        yield from rest
        self._left = False

    def judge(self, claims: Iterable[object]) -> Iterator[tuple[Claim, ClaimResult]]:
        """Judges and writes the remaining claims, and gives each with its verdict.

        With a history, the claims of a chunk are judged as one batch, over all that is recorded before it. Without one,
        all claims are one batch: those that are written already are judged again, since others hang on them. A claim is
        written when the next one is asked for; so what you do with a verdict is done at least once. Either way claims
        may follow that change a verdict, and where they may, it says so (`later_claims`).
        """
        if self._validator.history is None:
            yield from self._as_one_batch(claims)
            return
        rest = self.remaining(claims)
        while some := [*islice(rest, self._chunk - self.position % self._chunk)]:
            recorded = Batch(self._validator.history, may_grow=True)
            results = self._validator.beside(recorded).validate_many(some, self._as_of)
            yield from self._written(map(claim_of, some), results)

    def _as_one_batch(self, claims: Iterable[object]) -> Iterator[tuple[Claim, ClaimResult]]:
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

    def validate(self, claim: object) -> ClaimResult:
        """The verdict on a claim, for those who go through `remaining` themselves.

        With a history, what was written since the last commit is seen with what is recorded. Without one, the claim is
        judged alone.
        """
        if self._validator.history is None:
            return self._validator.validate(claim, self._as_of)
        return self._validator.beside(self._since_commit()).validate(claim, self._as_of)

    def _since_commit(self) -> Batch:
        if self._batch is None:
            self._batch = Batch(self._validator.history, may_grow=True)
            for claim, result in self._waiting:
                self._batch.record(claim, result)
        return self._batch

    def write(self, claim: object, result: ClaimResult) -> None:
        """Writes the verdict on the next claim, and records both. `claim` is a `Claim`, or a mapping."""
        if self._over:
            raise InputError("the run was over, and its input has more claims now: give the input another name")
        read = Claim.from_dict(claim)
        self._begin()
        for one in self._outputs:
            one.add(read, result)
        self._waiting.append((read, result))
        if self._batch is not None:
            self._batch.record(read, result)
        self.position += 1
        if self.position % self._chunk == 0:
            self._commit(over=False)

    def _begin(self) -> None:
        """What was in the outputs is left alone until there is something to write."""
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
