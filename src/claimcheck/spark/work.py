"""What a Spark worker does with a partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.recorded import WITHOUT_DIGESTS
from claimcheck.frames.validating import asked_layout, verdicts
from claimcheck.history import RecordedHistory
from claimcheck.policies import Policy
from claimcheck.spark.batches import whole
from claimcheck.spark.history import parted, recorded_by
from claimcheck.spark.members import KEY
from claimcheck.spark.recording import Recorder
from claimcheck.spark.schema import RECORDED_KIND, batches_of, batches_of_kind, kinds_of
from claimcheck.spark.shipping import ShippedTables
from claimcheck.tables import Tables

__all__ = ["Over", "Work"]

_LINES = 250_000


@attrs.frozen
class Over:
    """The history that goes with the claims: from when it is complete, and whether to return recorded lines."""

    known_from: date | None
    record: bool


@attrs.frozen
class Work:
    """Validates the rows of a partition. Sent to the workers as is: names, paths, and a policy."""

    names: tuple[str, ...]
    policy: str | Path | Policy
    tables: str | Path | ShippedTables | None
    as_of: date | None
    layout: Any
    over: Over | None = None

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        engine: Engine | None = None
        for rows in whole(batches, KEY, _LINES):
            engine = engine or self._engine()
            if self.over is None:
                yield from self._judged(rows, engine)
            else:
                yield from self._judged_over(rows, engine, self.over)

    def _judged(self, claims: pl.DataFrame, engine: Engine) -> Iterator[Any]:
        kinds = kinds_of(record=self.over is not None and self.over.record)
        if len(claims):
            for verdict in verdicts(claims.drop(KEY), engine):
                yield from batches_of(verdict, kinds)

    def _judged_over(self, rows: pl.DataFrame, engine: Engine, over: Over) -> Iterator[Any]:
        """The results of the claims among the rows, given the recorded lines among them."""
        claims, recorded = parted(rows)
        had = recorded.join(claims.select(KEY), on=KEY, how="semi")
        history = recorded_by(had, over.known_from)
        recorder = Recorder(history)
        claim_by_claim = engine.claim_by_claim
        claim_by_claim.validator = claim_by_claim.validator.beside(history)
        claim_by_claim.on_result = recorder.note if over.record else None
        yield from self._judged(claims, engine)
        if over.record:
            kinds = kinds_of(record=True)
            unchanged = recorded.filter(~pl.col("member_id").is_in(recorder.members)).select(list(WITHOUT_DIGESTS))
            for frame in (unchanged, recorder.frame()):
                yield from batches_of_kind(RECORDED_KIND, frame, kinds)

    def _engine(self) -> Engine:
        columns = Columns.of(self.names, asked_layout(self.layout))
        path = self.tables.path() if isinstance(self.tables, ShippedTables) else self.tables
        tables = None if path is None else Tables.open(path)
        history = None if self.over is None else RecordedHistory({}, self.over.known_from)
        return Engine(ClaimByClaim(columns, Validator(self.policy, tables, history), self.as_of), Fields(columns))
