"""The claims that have to do with others, read as a `Claim` and judged with those of their member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby

import attrs
import polars as pl

from claimcheck.claims import Claim
from claimcheck.cli.columnar.judge import Given
from claimcheck.cli.columnar.pool import Answer, Here, Others
from claimcheck.cli.columnar.survey import Looked
from claimcheck.cli.inputs import opened
from claimcheck.cli.judging import Run
from claimcheck.cli.survey import bills_of
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError
from claimcheck.frames.x12 import claims_at, place_of, survey_837

__all__ = ["Chosen837"]

_TOGETHER = 1_000  #: claims of whole members that are judged at one time

Task = list[tuple[int, Given, Marked | None]]


class Chosen837:
    """What is written of the claims of a run that have to do with others."""

    def __init__(self, run: Run, validator: Validator, who: Here | Others) -> None:
        self._run, self._validator = run, validator
        seen = self._looked().seen()
        self._where = seen.chosen
        self._answers: list[Answer] = []
        self._texts: list[pl.DataFrame] | None = None
        if len(self._where):
            claims = self._claims()
            told = bills_of(((at, claims[at]) for at in seen.versions if at in claims), validator, run.options.as_of)
            fallen, namesakes, meant = told
            of_run = attrs.evolve(run, fallen=fallen, namesakes=namesakes, meant=meant, met=frozenset(seen.met))
            self._answers = [who.claims(task) for task in self._tasks(of_run, claims)]

    def places(self, file: int) -> pl.Series:
        """The places of these claims in the file of that number."""
        return self._where.filter(file=file)["place"]

    def texts(self, file: int) -> list[pl.DataFrame]:
        """What is written of those of a file in each layout, by their places in it; none where there are none."""
        if self._texts is None:
            told = [answer() for answer in self._answers]
            self._answers = []
            for one in told:
                self._run.summary.include(one.summary)
            where = self._where.select("at", "file", pl.col("place").alias("own"))
            self._texts = [
                pl.concat(each).rename({"place": "at"}).join(where, on="at", maintain_order="left")
                for each in zip(*(one.texts for one in told), strict=True)
            ]
        found = (each.filter(file=file).select(pl.col("own").alias("place"), "text") for each in self._texts)
        return [each.sort("place", maintain_order=True) for each in found]

    def _looked(self) -> Looked:
        looked = Looked(self._validator)
        for number, file in enumerate(self._run.inputs.files):
            # What cannot be read is named when it is judged.
            with suppress(InputError), opened(file) as stream:
                for batch in survey_837(stream, name=file):
                    looked.add(number, batch)
        return looked

    def _claims(self) -> dict[int, Claim]:
        """The claims, by their places among all."""
        found: dict[int, Claim] = {}
        for number, file in enumerate(self._run.inputs.files):
            places = dict(self._where.filter(file=number)["place", "at"].rows())
            with suppress(InputError), opened(file) as stream:
                for claim in claims_at(places, stream, name=file) if places else ():
                    found[places[place_of(claim)]] = claim
        return found

    def _tasks(self, run: Run, claims: dict[int, Claim]) -> Iterator[Task]:
        """The claims of whole members, some at a time."""
        task: Task = []
        ordered: Iterable[tuple[int, int]] = self._where.sort("member", "at")["member", "at"].rows()
        for _, of_member in groupby(ordered, key=lambda row: row[0]):
            places = [at for _, at in of_member if at in claims]
            task += [(at, run.marked(at, claims[at]), run.meeting(at, claims[at])) for at in places]
            if len(task) >= _TOGETHER:
                yield task
                task = []
        if task:
            yield task
