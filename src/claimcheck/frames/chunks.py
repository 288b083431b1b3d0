"""The verdicts on the claims of a chunk: by classes, and one by one where no class holds them."""

from __future__ import annotations

import polars as pl

from claimcheck.frames.chunk import Chunk
from claimcheck.frames.classes import Classes
from claimcheck.frames.order import CLAIM, POSITION
from claimcheck.frames.parts import judged
from claimcheck.frames.placing import GROUP, LINE, NUMBER, OF, SLOT, Placed, Said, placed
from claimcheck.frames.said import OTHERS, Spoken
from claimcheck.frames.table import ROW
from claimcheck.frames.templates import Templates
from claimcheck.frames.unseen import unseen

__all__ = ["verdict_on"]


def verdict_on(rows: pl.DataFrame, together: Spoken, classes: Classes) -> Placed:
    """The verdicts on some claims, of which `together` holds those on claims that are judged in the light of others."""
    classes.fields.forget()
    chunk = Chunk.of(rows, classes.fields)
    numbers = rows[CLAIM].gather(chunk.firsts)
    met = together.claims["claim"]
    apart = numbers.is_in(met.implode()) if len(met) else pl.repeat(value=False, n=len(numbers), eager=True)
    known = judged(chunk, apart, classes)
    one_by_one = classes.bench.alone(_rows_of(rows, chunk, known.left & ~apart))
    others = one_by_one.beside(together.of(numbers)) if apart.any() else one_by_one
    told = _told(chunk, known.rows, known.left, len(classes.templates.lines))
    claims = pl.DataFrame([_ids(chunk).alias("claim_id"), chunk.row_numbers.alias(ROW), _successors(numbers, others)])
    wholes = classes.templates.wholes
    of_left = pl.DataFrame({OF: known.left.arg_true().cast(pl.UInt32)}).with_columns(
        (numbers.filter(known.left) + wholes).cast(pl.UInt32).alias("at"), pl.lit(0, dtype=pl.UInt32).alias("order")
    )
    whole = pl.concat([known.whole, of_left])
    said = _all_said(others, classes.templates)
    of_others = unseen(chunk, said.lines[OTHERS].gather(told[LINE]), classes.bench)
    return placed(chunk, told, claims, whole, said, unseen=of_others)


def _rows_of(rows: pl.DataFrame, chunk: Chunk, claims: pl.Series) -> pl.DataFrame:
    return rows.filter(chunk.on_rows(claims)) if claims.any() else rows.clear()


def _told(chunk: Chunk, at: pl.DataFrame, left: pl.Series, others: int) -> pl.DataFrame:
    """What of the rows is told again in the verdict, and where what is said of them is.

    What is said of claims that are `left` comes after the first `others` templates, in their order.
    """
    rows = chunk.rows
    charge, _ = chunk.amounts("charge")
    told = at.with_columns(
        rows[ROW],
        rows[POSITION],
        _numbers(chunk).alias(NUMBER),
        _days(chunk).alias("service_date"),
        charge.alias("charge"),
    )
    places = chunk.on_rows(left).arg_true()
    if not len(places):
        return told
    line = pl.int_range(others, others + len(places), dtype=pl.UInt32, eager=True)
    return told.with_columns(
        told[LINE].scatter(places, line),
        told[GROUP].scatter(places, chunk.claim.gather(places) + len(rows)),
        told[SLOT].scatter(places, rows[POSITION].gather(places)),
    )


def _all_said(others: Spoken, templates: Templates) -> Said:
    """All that there is to be said: the templates, and after them what was said one by one."""
    lines = others.lines.sort("claim", "position").with_row_index("at", len(templates.lines))
    keys = lines.select("claim", "position", "at")
    return templates.said.beside(
        lines.drop("at", "claim", "position"),
        _by_line(others.findings, keys),
        _by_line(others.unchecked, keys),
        _by_claim(others.findings, templates.wholes),
        _by_claim(others.unchecked, templates.wholes),
    )


def _by_line(said: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    return said.join(keys, on=["claim", "position"], maintain_order="left").drop("claim", "position")


def _by_claim(said: pl.DataFrame, after: int) -> pl.DataFrame:
    of_claims = said.filter(pl.col("position") == 0)
    return of_claims.with_columns((pl.col("claim") + after).alias("at")).drop("claim", "position")


def _ids(chunk: Chunk) -> pl.Series:
    """The claim id of each claim."""
    found = chunk.fields.text(chunk.heads, "claim_id", of_line=False)
    return pl.repeat(None, len(chunk.heads), dtype=pl.String, eager=True) if found is None else found


def _days(chunk: Chunk) -> pl.Series:
    """The service date of each line."""
    read = chunk.fields.days(chunk.rows, "service_date", of_line=True)
    if read is None:
        return pl.repeat(None, len(chunk.rows), dtype=pl.Date, eager=True)
    return read[0].cast(pl.Date)


def _successors(numbers: pl.Series, others: Spoken) -> pl.Series:
    """The id of the claim in whose favor each claim is superseded, of which only those judged one by one may be."""
    superseded = others.claims.drop_nulls("superseded_by").select("claim", "superseded_by")
    if superseded.is_empty():
        return pl.repeat(None, len(numbers), dtype=pl.String, eager=True).alias("superseded_by")
    told = pl.DataFrame({"claim": numbers}).join(superseded, on="claim", how="left", maintain_order="left")
    return told["superseded_by"]


def _numbers(chunk: Chunk) -> pl.Series:
    """The numbers of the lines as billed, or their positions where they have none."""
    billed = chunk.line_numbers
    return billed.zip_with(billed.is_not_null(), chunk.rows[POSITION].cast(pl.Int64))
