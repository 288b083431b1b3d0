"""Validates claims of a frame one by one, with the per-claim engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import groupby

import attrs
import polars as pl

from claimcheck.claims import Claim, ClaimResult
from claimcheck.columns.order import CLAIM, MEMBER
from claimcheck.columns.result_rows import ResultRows, ValidatedClaim, result_rows
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.engine.batches import when
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.tables import Tables

__all__ = ["ClaimByClaim"]


@attrs.define(eq=False, slots=False)
class ClaimByClaim:
    """Validates claims given by their rows.

    `on_result`, if set, is called with each claim that is validated `together` with others, and its result.
    """

    columns: Columns
    validator: Validator
    as_of: date | None
    rules: dict[str, int] = attrs.field(init=False)
    on_result: Callable[[Claim, ClaimResult], None] | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.rules = {rule.id: place for place, rule in enumerate(self.validator.rules)}

    @cached_property
    def tables(self) -> Tables:
        """The tables, as far as the policy allows asking them."""
        accepted = self.validator.policy.on(None)[TablesAccepted]
        return self.validator.tables.allowing(
            approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
        )

    def alone(self, rows: pl.DataFrame) -> ResultRows:
        """The results of the claims in `rows`, each as if there were no other."""
        validate = self.validator.validate
        judged = (ValidatedClaim(number, claim, validate(claim, self.as_of)) for number, claim in self.claims(rows))
        return result_rows(judged, self.rules)

    def together(self, rows: pl.DataFrame) -> ResultRows:
        """The results of the claims in `rows`, each given all others of its member (`MEMBER`)."""
        of_member = dict(rows.group_by(CLAIM).agg(pl.col(MEMBER).first()).rows())
        batches: dict[int, list[tuple[int, Claim]]] = {}
        for number, claim in self.claims(rows):
            batches.setdefault(of_member[number], []).append((number, claim))
        return result_rows(self._batches(batches.values()), self.rules)

    def _batches(self, batches: Iterable[list[tuple[int, Claim]]]) -> Iterator[ValidatedClaim]:
        for batch in batches:
            ordered = sorted(batch, key=lambda entry: when(entry[1]))
            results = self.validator.validate_many([claim for _, claim in ordered], self.as_of)
            for (number, claim), result in zip(ordered, results, strict=True):
                if self.on_result is not None:
                    self.on_result(claim, result)
                yield ValidatedClaim(number, claim, result)

    def claims(self, rows: pl.DataFrame) -> Iterator[tuple[int, Claim]]:
        """The claims in some rows, which are adjacent, each with its number (`CLAIM`)."""
        numbered = zip(rows[CLAIM].to_list(), self.columns.rows_of(rows), strict=True)
        for number, of_claim in groupby(numbered, key=lambda entry: entry[0]):
            yield number, self.columns.claim_of([row for _, row in of_claim])
