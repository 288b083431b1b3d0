"""One process that judges: rows of lines in columns, and claims one by one, in the layouts that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import attrs
import polars as pl

from claimcheck.claims import Claim
from claimcheck.cli.columnar.counting import counted
from claimcheck.cli.columnar.text import findings_text, lines_text
from claimcheck.cli.judging import beside
from claimcheck.cli.options import Options
from claimcheck.cli.summary import Summary
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import CLAIM, POSITION
from claimcheck.columns.placing import Placed
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.table import ROW, Columns
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen
from claimcheck.engine.namesakes import Marked
from claimcheck.engine.validator import processing_day
from claimcheck.frames.x12 import SCHEMA, claims_of, place_of
from claimcheck.io.out.layouts import TextMaker
from claimcheck.io.rows.layout import named
from claimcheck.rules.choosing import chosen, switched_off
from claimcheck.rules.registry import all_rules

__all__ = ["Given", "Judge", "Told", "given_of", "joined"]

_AMOUNT = r'"[0-9]+\.[0-9]{2}"'

Given = Claim | Fallen | Marked


class Told(NamedTuple):
    """What is written of some claims: the places of the claims, and for each layout a text for each; and their sums."""

    texts: list[pl.DataFrame]  #: of `place` and `text`
    summary: Summary


@attrs.define(slots=False)
class Judge:
    """Judges as the options of a run say; `validator` does it where it is given, else one is made."""

    options: Options
    given: Validator | None = None

    @cached_property
    def validator(self) -> Validator:
        """What judges claims one by one."""
        return self.given or Validator(self.options.chosen_policy(), self.options.tables)

    @cached_property
    def layouts(self) -> tuple[str, ...]:
        """What is written of each claim: csv or findings, and perhaps the findings beside it."""
        return (self.options.layout, *(("findings",) if self.options.findings else ()))

    def rows(self, lines: pl.DataFrame, file: str) -> Told:
        """The verdicts on the claims of some rows, none of which has to do with another."""
        numbered = _numbered(lines)
        placed = self._engine.verdict_on(numbered, ResultRows.nothing())
        charges = lines["charge"]
        allowed = _allowed(placed, charges)
        of_rows = placed.claims["row"].gather(numbered[CLAIM])
        apart = allowed.is_null() & placed.lines["allowed_amount"].is_not_null()
        if "findings" in self.layouts:
            spelled = placed.findings.filter(pl.col("evidence").str.contains(_AMOUNT))["row"]
            apart |= of_rows.is_in(spelled.unique().implode())
        if apart.any():
            return self._without(lines, apart, file)
        firsts = numbered[ROW].filter(numbered[POSITION] == 1)
        places = pl.DataFrame({"row": firsts, "place": lines["claim_segment"].gather(firsts - 1)})
        texts = []
        for layout in self.layouts:
            if layout == "csv":
                written = placed.lines.with_columns(
                    row=lines["segment"], charge=charges, allowed_amount=allowed.alias("allowed_amount")
                )
                texts.append(_placed(lines["claim_segment"], lines_text(written, file)))
            else:
                found = placed.findings.join(places, on="row", how="left", maintain_order="left")
                found = found.with_columns(row=pl.col("place"))
                texts.append(_placed(found["place"], findings_text(found, file)))
        return Told(texts, counted(placed, of_rows, self._rules_off))

    def claims(self, given: Iterable[tuple[int, Given, Marked | None]]) -> Told:
        """The verdicts on claims, each with the number of its place and as others meet it, in the light of these."""
        each = list(given)
        makers = [TextMaker(layout).make for layout in self.layouts]
        summary, texts = Summary(), [[] for _ in makers]  # type: ignore[var-annotated]
        met = [marked for _, _, marked in each if marked is not None]
        verdicts = beside(self.validator, lambda: iter(met), (claim for _, claim, _ in each), self.options.as_of)
        for claim, result in verdicts:
            summary.add(result)
            for make, own in zip(makers, texts, strict=True):
                own.append(make(claim, result))
        places = pl.Series([place for place, _, _ in each], dtype=pl.Int64)
        return Told([_placed(places, pl.Series(own, dtype=pl.String)) for own in texts], summary)

    def _without(self, lines: pl.DataFrame, apart: pl.Series, file: str) -> Told:
        """The same where amounts of some claims are written in a way that columns do not know: 125, or 125.00."""
        places = lines["claim_segment"].filter(apart).unique()
        own = pl.col("claim_segment").is_in(places.implode())
        told = [self.claims(given_of(claims_of(lines.filter(own), file)))]
        rest = lines.filter(~own)
        return joined([self.rows(rest, file), *told] if len(rest) else told)

    @cached_property
    def _engine(self) -> Engine:
        columns = Columns.of([*SCHEMA], named("837"))
        return Engine(ClaimByClaim(columns, self.validator, processing_day(self.options.as_of)), Fields(columns))

    @cached_property
    def _rules_off(self) -> tuple[str, ...]:
        return switched_off(chosen(all_rules(), self.validator.policy.rules))


def joined(told: Sequence[Told]) -> Told:
    """All of these as one, in the order of the file."""
    if len(told) == 1:
        return told[0]
    summary = Summary()
    for one in told:
        summary.include(one.summary)
    each = zip(*(one.texts for one in told), strict=True)
    return Told([pl.concat(texts).sort("place", maintain_order=True) for texts in each], summary)


def _numbered(lines: pl.DataFrame) -> pl.DataFrame:
    """The rows by claims and lines, as the engine takes them."""
    claim = pl.col("claim_segment").rle_id()
    row = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    numbered = lines.select(*SCHEMA, claim.alias(CLAIM), row.alias(ROW))
    first = pl.col(ROW).min().over(CLAIM)
    return numbered.with_columns((pl.col(ROW) - first + 1).cast(pl.UInt32).alias(POSITION))


def _allowed(placed: Placed, charges: pl.Series) -> pl.Series:
    """What each line is allowed, as it is written: nothing at all, the charge as it was billed, or nothing of it."""
    lines = placed.lines.select("disposition", "allowed_amount", "charge", charges.alias("billed"))
    allowed = pl.col("allowed_amount")
    nothing = allowed.is_not_null() & (pl.col("disposition") != "payable")
    as_billed = (allowed == pl.col("charge")) & (pl.col("disposition") == "payable")
    return lines.select(pl.when(nothing).then(pl.lit("0.00")).when(as_billed).then("billed")).to_series()


def _placed(places: pl.Series, texts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"place": places, "text": texts}, schema={"place": pl.Int64(), "text": pl.String()})


def given_of(claims: Iterable[Claim]) -> Iterator[tuple[int, Given, Marked | None]]:
    """Claims that have to do with no others."""
    return ((place_of(claim), claim, None) for claim in claims)
