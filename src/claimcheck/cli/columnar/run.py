"""A run over files of 837 in columns: what is written of its claims, in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from claimcheck.cli.columnar.chosen import Chosen837
from claimcheck.cli.columnar.judge import given_of
from claimcheck.cli.columnar.pool import Answer, Here, Others, asked
from claimcheck.cli.inputs import opened
from claimcheck.cli.judging import Run
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.frames.x12 import Batch837, place_of, read_837

__all__ = ["pieces"]


def pieces(run: Run, validator: Validator) -> Generator[Any]:
    """What is written of all claims, in their order, many claims at a time."""
    with asked(run.options, validator) as who:
        chosen = Chosen837(run, validator, who)
        for number, file in enumerate(run.inputs.files):
            for texts in _File(run, number, chosen, who).texts(file):
                yield texts[0] if run.options.findings is None else tuple(texts)


class _Waiting(NamedTuple):
    """A batch that is being judged: the place of its last claim, and what will be told."""

    last: int
    answers: list[Answer]


class _File:
    """One file of a run."""

    def __init__(self, run: Run, number: int, chosen: Chosen837, who: Here | Others) -> None:
        self._run, self._who, self._chosen, self._number = run, who, chosen, number
        self._apart = chosen.places(number).implode()
        self._others: list[pl.DataFrame] | None = None  # what is written of those that are judged apart
        self._waiting: deque[_Waiting] = deque()

    def texts(self, file: str) -> Iterator[list[str]]:
        """What is written of its claims, in each layout. What ends the reading is kept, to be named."""
        before, error = self._run.inputs.done, None
        try:
            with opened(file) as stream:
                for batch in read_837(stream, name=file):
                    self._waiting.append(self._asked(batch, file))
                    self._run.inputs.done = before + getattr(stream, "furthest", 0)
                    if len(self._waiting) > self._who.waiting:
                        yield self._told(self._waiting.popleft())
        except InputError as found:
            error = found
        while self._waiting:
            yield self._told(self._waiting.popleft())
        if error is not None:
            self._run.inputs.bad.append(error)

    def _asked(self, batch: Batch837, file: str) -> _Waiting:
        places = [*map(place_of, batch.claims)]
        last = max([*places[-1:], *batch.lines["claim_segment"].tail(1).to_list()])
        lines, claims = batch.lines, batch.claims
        if len(self._apart[0]):
            lines = lines.filter(~lines["claim_segment"].is_in(self._apart))
            apart = {*self._apart[0].to_list()}
            claims = tuple(claim for claim, place in zip(claims, places, strict=True) if place not in apart)
        answers = [self._who.rows(lines, file)] if len(lines) else []
        answers += [self._who.claims([*given_of(claims)])] if claims else []
        return _Waiting(last, answers)

    def _told(self, batch: _Waiting) -> list[str]:
        told = [answer() for answer in batch.answers]
        for one in told:
            self._run.summary.include(one.summary)
        texts = [*zip(*(one.texts for one in told), strict=True)] or [()] * self._layouts
        return [_joined([*each, *apart]) for each, apart in zip(texts, self._apart_up_to(batch.last), strict=True)]

    @property
    def _layouts(self) -> int:
        return 1 if self._run.options.findings is None else 2

    def _apart_up_to(self, last: int) -> list[list[pl.DataFrame]]:
        """What is written of the claims up to a place that are judged apart, in each layout."""
        if not len(self._apart[0]):
            return [[]] * self._layouts
        if self._others is None:
            self._others = self._chosen.texts(self._number)
        here = [each.filter(pl.col("place") <= last) for each in self._others]
        self._others = [each.filter(pl.col("place") > last) for each in self._others]
        return [[each] for each in here]


def _joined(texts: Sequence[pl.DataFrame]) -> str:
    """Texts in the order of their places."""
    some = [each for each in texts if len(each)]
    if not some:
        return ""
    whole = some[0] if len(some) == 1 else pl.concat(some).sort("place", maintain_order=True)
    return "".join(whole["text"].to_list())
