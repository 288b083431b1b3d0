"""The results of a frame's claims, some at a time: in columns, and claim by claim where columns do not support one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Disposition
from claimcheck.columns.beyond import Looks
from claimcheck.columns.chunk import Chunk
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.claim_kinds import ClaimKinds
from claimcheck.columns.claims import Claims
from claimcheck.columns.diagnoses import Diagnoses, is_numbered
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.fields import Fields
from claimcheck.columns.judging import Judging
from claimcheck.columns.lines import Lines
from claimcheck.columns.open_days import OpenDays
from claimcheck.columns.order import BEYOND, MEMBER
from claimcheck.columns.other_claims import OtherClaims
from claimcheck.columns.pairs import Pairs
from claimcheck.columns.placing import Placed
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.rule_hits import RuleHits
from claimcheck.columns.several_lines import SeveralLines
from claimcheck.columns.times import Times
from claimcheck.columns.verdicts import Verdicts
from claimcheck.engine.digest import Digest, digest

__all__ = ["Engine", "Share"]

_MOST_ROWS = 200_000
"""About how many lines of related claims are validated at a time."""


@attrs.define
class Share:
    """How many claims and lines were validated, and how many of them claim by claim.

    `met_lines` are those validated with others of their member, `met_as_values` those of them that columns did not
    support.
    """

    claims: int = 0
    lines: int = 0
    odd_claims: int = 0
    odd_lines: int = 0
    met_lines: int = 0
    met_as_values: int = 0


class Engine:
    """Validates claims in columns. What it has evaluated about cells, lines, and claims is kept for the next ones."""

    def __init__(self, claim_by_claim: ClaimByClaim, fields: Fields) -> None:
        validator = claim_by_claim.validator
        self.claim_by_claim, self.fields, self.share = claim_by_claim, fields, Share()
        workshop = self.workshop = validator.workshop
        self.times = Times(validator.policy, workshop.by_day, workshop.boundaries)
        self.hits, self.verdicts = RuleHits(), Verdicts(validator.rules)
        self.diagnoses = Diagnoses(fields, workshop, self.times, self.hits)
        self.claims = Claims(
            claim_by_claim.columns,
            workshop,
            claim_by_claim.as_of,
            times=self.times,
            hits=self.hits,
            repeated=self.diagnoses.repeated,
        )
        self.lines = Lines(
            self.claims.settings, claim_by_claim.columns.line_problems, self.times, last_day=workshop.last_day
        )
        self.judging = Judging(
            self.lines, self.claims, self.times, hits=self.hits, verdicts=self.verdicts, workshop=workshop
        )
        self.pairs = Pairs(self.judging)
        self.several_lines = SeveralLines(self.judging, workshop)
        self.claim_kinds = ClaimKinds(self.judging, self.several_lines)
        self.open_days = OpenDays(self.judging)
        self.looks = Looks(self.judging)
        self.other_claims = OtherClaims(validator.policy)
        self._of_claims: dict[tuple[int, ...], int] = {}

    def verdict_on(self, rows: pl.DataFrame, together: ResultRows) -> Placed:
        """The results of some claims; `together` holds those of claims validated with others."""
        return self.placing(rows, together)()

    def placing(self, rows: pl.DataFrame, together: ResultRows) -> Callable[[], Placed]:
        """What makes the result frames of some claims, once these are evaluated. It may be called in another thread."""
        self.fields.forget()
        with _collector_paused():
            chunk = Chunk.of(rows, self.fields)
            met = together.claims["claim"]
            apart = chunk.numbers.is_in(met.implode()).to_numpy() if len(met) else np.zeros(len(chunk.sizes), bool)
            evaluation = ChunkEvaluation(self, chunk, apart, together)
            in_columns = len(rows) > 0 and is_numbered(self.fields, rows.schema)
            return evaluation.placing() if in_columns else evaluation.all_odd()

    def together(self, rows: pl.DataFrame) -> ResultRows:
        """The results of the claims in `rows` that are related to others, each given all others of its member."""
        if not len(rows) or self.claim_by_claim.validator.history is not None:
            return self.claim_by_claim.together(rows)
        if not is_numbered(self.fields, rows.schema):
            return self.claim_by_claim.together(rows)
        many = 1 + len(rows) // _MOST_ROWS
        parts = [rows.filter(rows[MEMBER] % many == part) for part in range(many)] if many > 1 else [rows]
        with _collector_paused():
            return ResultRows.nothing().beside(*(self._together(part) for part in parts if len(part)))

    def _together(self, rows: pl.DataFrame) -> ResultRows:
        part = self._evaluation(rows)
        looking = part.looking_at_each_other()
        beyond = part.chunk.heads[BEYOND].to_numpy()
        if (beyond & ~looking).any():
            stays = ~beyond | looking
            rows, looking = part.chunk.rows.filter(pl.Series(stays[part.claim])), looking[stays]
            part = self._evaluation(rows)
        if not len(rows):
            return ResultRows.nothing()
        part.evaluate()
        left = self.other_claims.judge(part, looking)
        part.leave_out(left, self.claim_by_claim.together(part.chunk.rows.filter(pl.Series(left[part.claim]))))
        self.share.met_as_values += int(part.sizes[left].sum())
        return part.result_rows()

    def _evaluation(self, rows: pl.DataFrame) -> ChunkEvaluation:
        self.fields.forget()
        chunk = Chunk.of(rows, self.fields)
        return ChunkEvaluation(self, chunk, np.zeros(len(chunk.sizes), bool), ResultRows.nothing())

    def of_claim(self, hits: tuple[int, ...]) -> int:
        """The number of the result of a claim itself, from these hits; -1 for one that is validated one by one.

        That is one whose lines also have findings, or none of whose lines is paid.
        """
        number = self._of_claims.get(hits)
        if number is None:
            whole = digest(self.hits.all_of(hits))
            apart = whole.scattered or _pays_nothing(whole)
            number = self._of_claims[hits] = -1 if apart else self.verdicts.number(whole)
        return number


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pauses Python's garbage collector.

    It would go again and again through what is kept about lines, which is much and stays.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _pays_nothing(said: Digest) -> bool:
    return any(raised.outcome.disposition is Disposition.REPORT_ONLY for _, raised in said.raised)
