"""Claims of a frame put to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby

import attrs
import polars as pl

from claimcheck.claims import Claim, ServiceLine
from claimcheck.engine import Validator
from claimcheck.frames.members import MEMBER
from claimcheck.frames.order import CLAIM
from claimcheck.frames.said import Judgement, Spoken, spoken
from claimcheck.frames.table import Columns
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.tables import Tables

__all__ = ["Bench"]


@attrs.define(eq=False, slots=False)
class Bench:
    """Judges claims that are given by their rows."""

    columns: Columns
    validator: Validator
    as_of: date | None
    rules: dict[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rules = {rule.id: place for place, rule in enumerate(self.validator.rules)}

    @cached_property
    def tables(self) -> Tables:
        """The tables, as far as the policy allows to ask them."""
        accepted = self.validator.policy.on(None)[TablesAccepted]
        return self.validator.tables.allowing(
            approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
        )

    def alone(self, rows: pl.DataFrame) -> Spoken:
        """The verdicts on the claims of `rows`, each as if there were no other."""
        validate = self.validator.validate
        judged = (Judgement(number, claim, validate(claim, self.as_of)) for number, claim in self.claims(rows))
        return spoken(judged, self.rules)

    def together(self, rows: pl.DataFrame) -> Spoken:
        """The verdicts on the claims of `rows`, each in the light of all others of its member (`MEMBER`)."""
        of_member = dict(rows.group_by(CLAIM).agg(pl.col(MEMBER).first()).rows())
        batches: dict[int, list[tuple[int, Claim]]] = {}
        for number, claim in self.claims(rows):
            batches.setdefault(of_member[number], []).append((number, claim))
        return spoken(self._batches(batches.values()), self.rules)

    def diagnoses(self, rows: pl.DataFrame, days: Sequence[date | None], places: Sequence[int]) -> Spoken:
        """The verdicts on the claims of `rows`, of each with but the diagnosis in the place that is given for it.

        Where a day is given for it too, the claim has but a line of that day, of which nothing else is known.
        """
        validate = self.validator.validate
        judged = (
            Judgement(number, one, validate(one, self.as_of))
            for (number, claim), day, place in zip(self.claims(rows), days, places, strict=True)
            for one in [_with_one(claim, place, day)]
        )
        return spoken(judged, self.rules)

    def _batches(self, batches: Iterable[list[tuple[int, Claim]]]) -> Iterator[Judgement]:
        for batch in batches:
            ordered = sorted(batch, key=lambda entry: _when(entry[1]))
            claims = [claim for _, claim in ordered]
            results = self.validator.validate_many(claims, self.as_of, sort=True)
            for (number, claim), result in zip(ordered, results, strict=True):
                yield Judgement(number, claim, result)

    def claims(self, rows: pl.DataFrame) -> Iterator[tuple[int, Claim]]:
        """The claims of some rows, which stand together, each with its number (`CLAIM`)."""
        numbered = zip(rows[CLAIM].to_list(), self.columns.rows_of(rows), strict=True)
        for number, of_claim in groupby(numbered, key=lambda entry: entry[0]):
            yield number, self.columns.claim_of([row for _, row in of_claim])


def _with_one(claim: Claim, place: int, day: date | None) -> Claim:
    """The claim with one of its diagnoses; and, where a day is given, with a line of it that is new to no rule."""
    diagnoses = (claim.diagnoses[place],)
    if day is None:
        return attrs.evolve(claim, diagnoses=diagnoses)
    return attrs.evolve(claim, diagnoses=diagnoses, lines=(ServiceLine(service_date=day),))


def _when(claim: Claim) -> tuple[date, date, str]:
    """The order in which a sorted batch is judged, see `Validator.validate_many`."""
    days = [line.service_date for line in claim.lines if isinstance(line.service_date, date)]
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    return min(days, default=date.max), received, claim.claim_id if isinstance(claim.claim_id, str) else ""
