"""A run of a pipeline: validates claims, writes their results, and commits both with the history."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, Self

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.listing import a_result
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen, claim_of
from claimcheck.engine.namesakes import Marked, Namesakes
from claimcheck.errors import InputError
from claimcheck.history import Batch
from claimcheck.io.commit_points import Checkpoint, CommitPoint
from claimcheck.io.out.outputs import Output
from claimcheck.io.out.together import OutputGroup
from claimcheck.log import log
from claimcheck.tables import starter

__all__ = ["CHUNK", "Pipeline"]

CHUNK = 1000
"""Claims per commit, by default."""


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
        self._outputs = OutputGroup(outputs)
        self._point = point
        self._run = run if self._outputs.resumable else None
        self._as_of = as_of
        self._chunk = chunk
        self._waiting: list[tuple[Claim, ClaimResult]] = []
        self._batch: Batch | None = None
        self._same = same
        self._left = self._over = False

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
        read, result = Claim.from_dict(claim), a_result(result)
        self._outputs.begin()
        self._outputs.add(read, result)
        self._waiting.append((read, result))
        if self._batch is not None:
            _record(self._batch, read, result)
        self.position += 1
        if self.position % self._chunk == 0:
            self._commit(over=False)

    def _commit(self, *, over: bool) -> None:
        checkpoint = None
        if self._run is not None and (self._same or not over):
            checkpoint = Checkpoint(self.position, self._outputs.marks(), over)
        self._point.commit(self._run, self._waiting, checkpoint)
        self._waiting.clear()
        self._batch = None

    def _resume(self) -> None:
        found = None if self._run is None else self._point.checkpoint(self._run)
        if found is not None and self._outputs.resume(found.state):
            self.position, self._over = found.position, found.over

    def __enter__(self) -> Self:
        if self._validator.tables.path is None:
            log.warning("the starter tables answer for %s to %s only", *starter.exact_range())
        try:
            self._resume()
        except BaseException:
            self._outputs.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None and not self._over:
                self._end()
        finally:
            self._outputs.close()

    def _end(self) -> None:
        self._outputs.begin()
        over = self._run is None or not self._left
        if over:
            self._outputs.finish()
        self._commit(over=over)


def _record(batch: Batch, claim: Claim, result: ClaimResult) -> None:
    """Records a claim in a batch, apart from others under its claim id that are other bills."""
    batch.record(Namesakes(batch).apart(claim), result)
