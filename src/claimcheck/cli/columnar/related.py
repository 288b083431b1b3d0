"""The claims that are related to others, read as `Claim`s and validated together with those of their member."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing, suppress
from itertools import groupby

import attrs
import polars as pl

from claimcheck.claims import Claim
from claimcheck.cli.columnar.executor import InProcess, InWorkers, Pending
from claimcheck.cli.columnar.survey import FileSurvey, places_beyond
from claimcheck.cli.columnar.worker import ClaimInput
from claimcheck.cli.coverage import MOST_TRIED, Coverage
from claimcheck.cli.inputs import opened
from claimcheck.cli.survey import bills_of
from claimcheck.cli.validating import Run
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import Marked
from claimcheck.errors import InputError
from claimcheck.frames.x12 import claims_at, place_of, survey_837

__all__ = ["RelatedClaims"]

_TOGETHER = 1_000  #: claims of whole members that are validated at a time

Task = list[tuple[int, ClaimInput, Marked | None]]


class RelatedClaims:
    """The output for the related claims of a run."""

    def __init__(self, run: Run, validator: Validator, workers: InProcess | InWorkers, coverage: Coverage) -> None:
        self._run, self._validator = run, validator
        seen = self._survey(coverage).seen()
        self._where = seen.chosen
        self._answers: list[Pending] = []
        self._texts: list[pl.DataFrame] | None = None
        if len(self._where):
            claims = self._claims()
            found = bills_of(((at, claims[at]) for at in seen.versions if at in claims), validator, run.options.as_of)
            fallen, namesakes, meant = found
            of_run = attrs.evolve(run, fallen=fallen, namesakes=namesakes, meant=meant, met=frozenset(seen.met))
            self._answers = [workers.claims(task) for task in self._tasks(of_run, claims)]

    def places(self, file: int) -> pl.Series:
        """The places of these claims in the file with that number."""
        return self._where.filter(file=file)["place"]

    def texts(self, file: int) -> list[pl.DataFrame]:
        """The output for those in a file, for each layout, by their places in it; empty if there are none."""
        if self._texts is None:
            outputs = [answer() for answer in self._answers]
            self._answers = []
            for output in outputs:
                self._run.summary.include(output.summary)
            where = self._where.select("at", "file", pl.col("place").alias("own"))
            self._texts = [
                pl.concat(each).rename({"place": "at"}).join(where, on="at", maintain_order="left")
                for each in zip(*(output.texts for output in outputs), strict=True)
            ]
        found = (each.filter(file=file).select(pl.col("own").alias("place"), "text") for each in self._texts)
        return [each.sort("place", maintain_order=True) for each in found]

    def _survey(self, coverage: Coverage) -> FileSurvey:
        looked = FileSurvey(self._validator)
        for number, file in enumerate(self._run.inputs.files):
            beyond: list[int] = []  # places of claims that some table does not answer for
            # What cannot be read is reported when it is validated.
            with suppress(InputError), opened(file) as stream:
                for batch in survey_837(stream, name=file):
                    looked.add(number, batch)
                    beyond = [*beyond, *places_beyond(batch, coverage)][:MOST_TRIED]
            self._look_at(beyond, file, coverage)
        return looked

    def _look_at(self, places: list[int], file: str, coverage: Coverage) -> None:
        with closing(self._claims_at(places, file)) as claims:
            while coverage.searching and (claim := next(claims, None)) is not None:
                coverage.look(claim)

    def _claims(self) -> dict[int, Claim]:
        """The claims, by their places among all claims."""
        found: dict[int, Claim] = {}
        for number, file in enumerate(self._run.inputs.files):
            places = dict(self._where.filter(file=number)["place", "at"].rows())
            found |= ((places[place_of(claim)], claim) for claim in self._claims_at(places, file))
        return found

    @staticmethod
    def _claims_at(places: Collection[int], file: str) -> Generator[Claim]:
        with suppress(InputError), opened(file) as stream:
            yield from claims_at(places, stream, name=file) if places else ()

    def _tasks(self, run: Run, claims: dict[int, Claim]) -> Iterator[Task]:
        """The claims of whole members, in portions."""
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
