"""Validation in one process: rows of lines in columns, and claims one by one, in the requested layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import attrs
import polars as pl

from claimcheck.claims import Claim
from claimcheck.cli.columnar.counting import counted
from claimcheck.cli.columnar.text import findings_text, lines_text
from claimcheck.cli.options import Options
from claimcheck.cli.summary import Summary
from claimcheck.cli.validating import beside
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
from claimcheck.io.rows.layout_library import named
from claimcheck.rules.choosing import chosen, switched_off
from claimcheck.rules.registry import all_rules

__all__ = ["ClaimInput", "Output", "Worker", "joined", "unrelated"]

_AMOUNT = r'"[0-9]+\.[0-9]{2}"'

ClaimInput = Claim | Fallen | Marked


class Output(NamedTuple):
    """The output for some claims: for each layout, the places of the claims with their text; and their totals."""

    texts: list[pl.DataFrame]  #: with `place` and `text`
    summary: Summary


@attrs.define(slots=False)
class Worker:
    """Validates with the options of a run, using `validator` if given."""

    options: Options
    given: Validator | None = None

    @cached_property
    def validator(self) -> Validator:
        """The validator for claims one by one."""
        return self.given or Validator(self.options.chosen_policy(), self.options.tables)

    @cached_property
    def layouts(self) -> tuple[str, ...]:
        """What is written for each claim: csv or findings, and perhaps findings in addition."""
        return (self.options.layout, *(("findings",) if self.options.findings else ()))

    def rows(self, lines: pl.DataFrame, file: str) -> Output:
        """The output for the claims in some rows, none of which is related to another."""
        numbered = _numbered(lines)
        placed = self._engine.verdict_on(numbered, ResultRows.nothing())
        charges = lines["charge"]
        allowed = _allowed(placed, charges)
        of_rows = placed.claims["row"].gather(numbered[CLAIM])
        separate = allowed.is_null() & placed.lines["allowed_amount"].is_not_null()
        if "findings" in self.layouts:
            spelled = placed.findings.filter(pl.col("evidence").str.contains(_AMOUNT))["row"]
            separate |= of_rows.is_in(spelled.unique().implode())
        if separate.any():
            return self._without(lines, separate, file)
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
        return Output(texts, counted(placed, of_rows, self._rules_off))

    def claims(self, given: Iterable[tuple[int, ClaimInput, Marked | None]]) -> Output:
        """The output for claims, each with its place and its related form (None if unrelated), validated together."""
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
        return Output([_placed(places, pl.Series(own, dtype=pl.String)) for own in texts], summary)

    def _without(self, lines: pl.DataFrame, separate: pl.Series, file: str) -> Output:
        """The same if columns cannot reproduce how amounts of some claims are written: 125, or 125.00."""
        places = lines["claim_segment"].filter(separate).unique()
        own = pl.col("claim_segment").is_in(places.implode())
        outputs = [self.claims(unrelated(claims_of(lines.filter(own), file)))]
        rest = lines.filter(~own)
        return joined([self.rows(rest, file), *outputs] if len(rest) else outputs)

    @cached_property
    def _engine(self) -> Engine:
        columns = Columns.of([*SCHEMA], named("837"))
        return Engine(ClaimByClaim(columns, self.validator, processing_day(self.options.as_of)), Fields(columns))

    @cached_property
    def _rules_off(self) -> tuple[str, ...]:
        return switched_off(chosen(all_rules(), self.validator.policy.rules))


def joined(outputs: Sequence[Output]) -> Output:
    """Several outputs as one, in file order."""
    if len(outputs) == 1:
        return outputs[0]
    summary = Summary()
    for output in outputs:
        summary.include(output.summary)
    each = zip(*(output.texts for output in outputs), strict=True)
    return Output([pl.concat(texts).sort("place", maintain_order=True) for texts in each], summary)


def _numbered(lines: pl.DataFrame) -> pl.DataFrame:
    """The rows numbered by claim and line, as the engine expects."""
    claim = pl.col("claim_segment").rle_id()
    row = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    numbered = lines.select(*SCHEMA, claim.alias(CLAIM), row.alias(ROW))
    first = pl.col(ROW).min().over(CLAIM)
    return numbered.with_columns((pl.col(ROW) - first + 1).cast(pl.UInt32).alias(POSITION))


def _allowed(placed: Placed, charges: pl.Series) -> pl.Series:
    """The allowed amount of each line as text: empty, the charge as billed, or 0.00."""
    lines = placed.lines.select("disposition", "allowed_amount", "charge", charges.alias("billed"))
    allowed = pl.col("allowed_amount")
    nothing = allowed.is_not_null() & (pl.col("disposition") != "payable")
    as_billed = (allowed == pl.col("charge")) & (pl.col("disposition") == "payable")
    return lines.select(pl.when(nothing).then(pl.lit("0.00")).when(as_billed).then("billed")).to_series()


def _placed(places: pl.Series, texts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"place": places, "text": texts}, schema={"place": pl.Int64(), "text": pl.String()})


def unrelated(claims: Iterable[Claim]) -> Iterator[tuple[int, ClaimInput, Marked | None]]:
    """Claims that are not related to others."""
    return ((place_of(claim), claim, None) for claim in claims)
