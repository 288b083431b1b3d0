"""Finds the claims that are related to others in whole files, by the same criteria as for frames
(`claimcheck.frames.survey`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from claimcheck.claims import Claim, ServiceLine
from claimcheck.cli.coverage import Coverage, days_of
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import CLAIM, MEMBER
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.members import acquainted
from claimcheck.frames.survey import Counted, Survey, surveyed
from claimcheck.frames.x12 import BRIEF, Batch837, place_of
from claimcheck.io.rows.layout_library import named

__all__ = ["FileSurvey", "Outcome", "places_beyond"]

_OF_CLAIMS = (
    *("claim_id", "member_id", "claim_type", "frequency_code", "bill_type", "original_claim_id"),
    *("statement_from", "discharge_date", "billing_npi", "billing_tax_id"),
)
_RENDERING = "claim_rendering_npi"
_OF_LINES = ("rendering_npi", "procedure_code", "service_date", "service_date_end")
_DAYS = {"statement_from", "discharge_date", "service_date", "service_date_end"}
_CLAIMS = {
    CLAIM: pl.UInt32(),
    **{name: pl.Date() if name in _DAYS else pl.String() for name in (*_OF_CLAIMS, _RENDERING, *_OF_LINES)},
}


class FileSurvey:
    """What a survey of files keeps about each claim: some hundred bytes."""

    def __init__(self, validator: Validator) -> None:
        self._of_rows = Fields(Columns.of([*BRIEF], named("837")))
        self._of_claims = Fields(Columns.of([*_CLAIMS][1:], named("claimcheck")))
        tables = ClaimByClaim(self._of_rows.columns, validator, None).tables
        self._counted = Counted(validator.policy, tables, validator.reaches)
        self._surveys: list[Survey] = []
        self._where: list[pl.DataFrame] = []
        self._many = 0

    def add(self, file: int, batch: Batch837) -> None:
        """Records the claims of a batch from the file with that number."""
        of_rows = batch.lines["claim_segment"].to_numpy()
        of_claims = np.array([place_of(claim) for claim in batch.claims], np.int64)
        places = np.union1d(of_rows, of_claims)
        numbers = pl.Series(self._many + np.searchsorted(places, of_rows), dtype=pl.UInt32)
        self._survey(batch.lines.with_columns(numbers.alias(CLAIM)), self._of_rows)
        numbered = zip((self._many + np.searchsorted(places, of_claims)).tolist(), batch.claims, strict=True)
        self._survey(_rows(numbered), self._of_claims)
        own = pl.DataFrame({"place": places}, schema={"place": pl.Int64()})
        self._where.append(own.with_columns(pl.lit(file, dtype=pl.UInt32).alias("file")))
        self._many += len(places)

    def _survey(self, rows: pl.DataFrame, fields: Fields) -> None:
        if len(rows):
            self._surveys.append(surveyed(rows, fields, self._counted))
            fields.forget()

    def seen(self) -> Outcome:
        """The outcome of the survey."""
        empty = pl.DataFrame(schema={"place": pl.Int64(), "file": pl.UInt32()})
        found = Outcome(Survey.beside(self._surveys), pl.concat(self._where or [empty]))
        self._surveys.clear()
        return found


class Outcome:
    """The claims that are related to others, by their places among all claims (from 0).

    `versions` are all claims of members with possible versions of one bill, `met` those that may affect each other's
    results.
    """

    def __init__(self, survey: Survey, where: pl.DataFrame) -> None:
        claims = survey.claims.select(CLAIM, MEMBER, "id", "undoes").filter(pl.col(MEMBER).is_not_null())
        again = pl.col("id").is_not_null() & (pl.len().over(MEMBER, "id") > 1)
        members = claims.filter(pl.col("undoes") | again)[MEMBER].unique()
        versions = claims.filter(pl.col(MEMBER).is_in(members.implode()))
        met = acquainted(survey, all_kept=False)
        self.versions: list[int] = versions[CLAIM].sort().to_list()
        self.met: list[int] = met[CLAIM].to_list()
        both = pl.concat([versions.select(CLAIM, MEMBER), met.select(CLAIM, MEMBER)]).unique(CLAIM).sort(CLAIM)
        at = both[CLAIM].cast(pl.Int64)
        #: the files and places of all of these, each with its place among all claims (`at`) and its member
        self.chosen = where[at.to_numpy()].with_columns(at.alias("at"), both[MEMBER].alias("member"))


def places_beyond(batch: Batch837, coverage: Coverage) -> list[int]:
    """The places of the claims of a batch with a day that some table does not answer for."""
    days = batch.lines["service_date"].unique().drop_nulls().to_list()
    beyond = [day for day in days if coverage.is_beyond([day])]
    places = batch.lines.filter(pl.col("service_date").is_in(beyond))["claim_segment"].unique().to_list()
    return sorted([*places, *(place_of(claim) for claim in batch.claims if coverage.is_beyond(days_of(claim)))])


def _rows(claims: Iterable[tuple[int, Claim]]) -> pl.DataFrame:
    """Claims that are not in rows, as rows for the survey."""
    rows = []
    for number, claim in claims:
        own = [_known(getattr(claim, name)) for name in _OF_CLAIMS]
        own.append(_known(claim.rendering_npi))
        rows += [
            (number, *own, *(_known(getattr(line, name)) for name in _OF_LINES))
            for line in claim.lines or (ServiceLine(),)
        ]
    return pl.DataFrame(rows, schema=_CLAIMS, orient="row")


def _known(value: Any) -> Any:
    """A readable value, in the form that tables use."""
    return value if isinstance(value, (str, date)) else None
