"""A run over 837 files in columns: the output for its claims, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from claimcheck.cli.columnar.executor import InProcess, InWorkers, Pending, executor
from claimcheck.cli.columnar.related import RelatedClaims
from claimcheck.cli.columnar.worker import unrelated
from claimcheck.cli.coverage import Coverage
from claimcheck.cli.inputs import opened
from claimcheck.cli.validating import Run
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.frames.x12 import Batch837, place_of, read_837

__all__ = ["pieces"]


def pieces(run: Run, validator: Validator, coverage: Coverage) -> Generator[Any]:
    """The output for all claims, in order, many claims at a time. `coverage` is told what the survey finds."""
    with executor(run.options, validator) as workers:
        related = RelatedClaims(run, validator, workers, coverage)
        for number, file in enumerate(run.inputs.files):
            for texts in _File(run, number, related, workers).texts(file):
                yield texts[0] if run.options.findings is None else tuple(texts)


class _Waiting(NamedTuple):
    """A batch being validated: the place of its last claim, and its pending outputs."""

    last: int
    answers: list[Pending]


class _File:
    """One file of a run."""

    def __init__(self, run: Run, number: int, related: RelatedClaims, workers: InProcess | InWorkers) -> None:
        self._run, self._executor, self._related, self._number = run, workers, related, number
        self._related_places = related.places(number).implode()
        self._others: list[pl.DataFrame] | None = None  # the output for related claims
        self._waiting: deque[_Waiting] = deque()

    def texts(self, file: str) -> Iterator[list[str]]:
        """The output for its claims, in each layout. An error that ends reading is kept, to be reported."""
        before, error = self._run.inputs.done, None
        try:
            with opened(file) as stream:
                for batch in read_837(stream, name=file):
                    self._waiting.append(self._asked(batch, file))
                    self._run.inputs.done = before + getattr(stream, "furthest", 0)
                    if len(self._waiting) > self._executor.waiting:
                        yield self._texts(self._waiting.popleft())
        except InputError as found:
            error = found
        while self._waiting:
            yield self._texts(self._waiting.popleft())
        if error is not None:
            self._run.inputs.bad.append(error)

    def _asked(self, batch: Batch837, file: str) -> _Waiting:
        places = [*map(place_of, batch.claims)]
        last = max([*places[-1:], *batch.lines["claim_segment"].tail(1).to_list()])
        lines, claims = batch.lines, batch.claims
        if len(self._related_places[0]):
            lines = lines.filter(~lines["claim_segment"].is_in(self._related_places))
            related = {*self._related_places[0].to_list()}
            claims = tuple(claim for claim, place in zip(claims, places, strict=True) if place not in related)
        answers = [self._executor.rows(lines, file)] if len(lines) else []
        answers += [self._executor.claims([*unrelated(claims)])] if claims else []
        return _Waiting(last, answers)

    def _texts(self, batch: _Waiting) -> list[str]:
        outputs = [answer() for answer in batch.answers]
        for output in outputs:
            self._run.summary.include(output.summary)
        texts = [*zip(*(output.texts for output in outputs), strict=True)] or [()] * self._layouts
        return [
            _joined([*each, *related]) for each, related in zip(texts, self._related_up_to(batch.last), strict=True)
        ]

    @property
    def _layouts(self) -> int:
        return 1 if self._run.options.findings is None else 2

    def _related_up_to(self, last: int) -> list[list[pl.DataFrame]]:
        """The output for related claims up to a place, in each layout."""
        if not len(self._related_places[0]):
            return [[]] * self._layouts
        if self._others is None:
            self._others = self._related.texts(self._number)
        here = [each.filter(pl.col("place") <= last) for each in self._others]
        self._others = [each.filter(pl.col("place") > last) for each in self._others]
        return [[each] for each in here]


def _joined(texts: Sequence[pl.DataFrame]) -> str:
    """Texts in order of place."""
    some = [each for each in texts if len(each)]
    if not some:
        return ""
    whole = some[0] if len(some) == 1 else pl.concat(some).sort("place", maintain_order=True)
    return "".join(whole["text"].to_list())
