"""A frame of lines in, the frames of their verdicts out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Unreadable, reading
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.frames.classes import Classes
from claimcheck.frames.engine import Bench
from claimcheck.frames.fields import Fields
from claimcheck.frames.members import MEMBER, Counted
from claimcheck.frames.native import Back, taken
from claimcheck.frames.order import CLAIM, POSITION
from claimcheck.frames.placing import GROUP, LINE, NUMBER, SLOT, Placed, Said, placed
from claimcheck.frames.said import Spoken
from claimcheck.frames.schema import AMOUNT
from claimcheck.frames.stream import Source
from claimcheck.frames.table import ROW, Columns
from claimcheck.frames.templates import Templates
from claimcheck.history import LookUp
from claimcheck.io.rows import Asked
from claimcheck.io.rows.reader import asked
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["FrameVerdict", "a_day", "asked_layout", "validate_batches", "validate_frame", "verdicts"]

LINES_AT_ONCE = 1_000_000
"""About how many lines are worked on at one time."""


@attrs.frozen(eq=False)
class FrameVerdict:
    """The verdicts on the claims of a frame, as frames of its kind.

    `lines` holds a row for each row of the frame, in the order of its claims; `findings`, `not_checked` and `claims`
    what their names say. `row` is the number of a row of the frame, from 1; of a finding, the first row of its claim.
    """

    lines: Any
    findings: Any
    not_checked: Any
    claims: Any

    def __repr__(self) -> str:
        return "FrameVerdict(lines, findings, not_checked, claims)"


def validate_frame(
    frame: Any,
    *,
    policy: str | Path | Policy = "default",
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
) -> FrameVerdict:
    """The verdicts on the claims of a frame of service lines, one row a line.

    They are those of `validate_claims(..., sort=True)` on the same claims: each claim is judged in the light of all
    others of the frame, and the order of its rows is nothing. The lines of one claim need not stand together.

    `layout` says which column is what: the name of a layout, or a mapping as `claimcheck.io.read_claims` takes it; the
    columns themselves show it where they are of a known layout.

    Raises:
        InputError: it is no frame, or its columns are of no layout that is known.

    >>> import polars as pl
    >>> frame = pl.DataFrame({"claim_id": ["7", "7"], "claim_type": ["professional"] * 2, "units": [1, 1],
    ...                       "procedure_code": ["45378", "45380"], "service_date": ["2024-07-15"] * 2})
    >>> verdict = validate_frame(frame)
    >>> verdict.findings.filter(rule_id="NCCI101").select("line_number", "related_lines", "carc").rows()
    [(1, [2], '236')]
    >>> validate_frame(pl.DataFrame({"name": ["99213"]}))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no claims that claimcheck reads: the first row names no columns that...
    """
    given, back = taken(frame)
    eager = given.collect() if isinstance(given, pl.LazyFrame) else given
    parts = list(_placed(eager, Validator(policy, tables, history), as_of, layout, lines=LINES_AT_ONCE))
    return _given_back(parts[0].beside(*parts[1:]), back)


def validate_batches(
    frame: Any,
    *,
    policy: str | Path | Policy = "default",
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
    lines: int = LINES_AT_ONCE,
) -> Iterator[FrameVerdict]:
    """As `validate_frame`, the verdicts on some claims at a time: for frames that are larger than memory.

    A `LazyFrame` of Polars is read as it comes, twice or three times, and never held as a whole; each verdict is of
    about `lines` of its lines, and of whole claims, in their order. Claims whose rows do not stand together come last.

    >>> import polars as pl
    >>> frame = pl.LazyFrame({"claim_id": ["7", "8", "7"], "procedure_code": ["99213", "99213", "36415"]})
    >>> [verdict.lines.collect()["row"].to_list() for verdict in validate_batches(frame, lines=1)]
    [[2], [1, 3]]
    """
    given, back = taken(frame)
    for part in _placed(given, Validator(policy, tables, history), as_of, layout, lines=lines):
        yield _given_back(part, back)


def _placed(
    given: pl.DataFrame | pl.LazyFrame,
    validator: Validator,
    as_of: date | str | None,
    layout: str | Asked | None,
    *,
    lines: int,
) -> Iterator[Placed]:
    columns = Columns.of(given.collect_schema().names(), asked_layout(layout))
    bench = Bench(columns, validator, a_day(as_of))
    yield from verdicts(given, Classes(bench, Fields(columns)), lines)


def verdicts(given: pl.DataFrame | pl.LazyFrame, classes: Classes, lines: int = LINES_AT_ONCE) -> Iterator[Placed]:
    """The verdicts on the claims of a frame, of which `classes` are known already."""
    bench, validator = classes.bench, classes.bench.validator
    all_kept = validator.history is not None
    source = Source(given, bench.columns, classes.fields, Counted(validator.policy), all_kept=all_kept)
    together = bench.together(source.acquainted)
    some = False
    for rows in source.batches(lines):
        some = True
        yield _of_chunk(rows, together, classes)
    if not some:
        yield _of_chunk(source.acquainted.drop(MEMBER), together, classes)


def asked_layout(layout: str | Asked | None) -> Any:
    """The layout that a caller asks for: by name, or as a mapping."""
    if isinstance(layout, str):
        return asked(None, layout) if layout.endswith(".toml") else asked(layout, None)
    return asked(None, layout)


def a_day(given: date | str | None) -> date | None:
    """The processing date that a caller gives."""
    read = reading.civil_date(given)
    if isinstance(read, Unreadable):
        raise InputError("as_of is no date: give a datetime.date, or text as YYYY-MM-DD")
    return read


def _given_back(verdict: Placed, back: Back) -> FrameVerdict:
    return FrameVerdict(back(verdict.lines), back(verdict.findings), back(verdict.not_checked), back(verdict.claims))


def _of_chunk(rows: pl.DataFrame, together: Spoken, classes: Classes) -> Placed:
    """The verdicts on some claims, of which `together` holds those on claims that are judged in the light of others."""
    bench, fields, templates = classes.bench, classes.fields, classes.templates
    fields.forget()
    together = together.of(rows[CLAIM].unique())
    met = together.claims.select(pl.col("claim").alias(CLAIM))
    known = classes.judge(rows.join(met, on=CLAIM, how="anti", maintain_order="left"))
    left = known.left.alias(CLAIM).to_frame()
    one_by_one = bench.alone(rows.join(left, on=CLAIM, maintain_order="left"))
    others = one_by_one.beside(together)
    of_others, said = _by_place(others, templates)
    told = _told(rows, fields)
    at_others = told.join(of_others, on=[CLAIM, POSITION], maintain_order="left").with_columns(
        (pl.col(CLAIM) + len(rows)).alias(GROUP), pl.col(POSITION).alias(SLOT)
    )
    at_known = told.join(known.rows, on=ROW, maintain_order="left")
    placed_rows = pl.concat([at_known, at_others.select(at_known.columns)], how="vertical_relaxed").sort(
        CLAIM, POSITION
    )
    claims = placed_rows.group_by(CLAIM, maintain_order=True).agg(pl.col("claim_id").first(), pl.col(ROW).min())
    of_claims = others.claims.select(
        pl.col("claim").alias(CLAIM),
        (pl.col("claim") + templates.wholes).alias("at"),
        pl.lit(0, dtype=pl.UInt32).alias("order"),
    )
    return placed(placed_rows, claims, pl.concat([known.whole, of_claims], how="vertical_relaxed"), said)


def _by_place(others: Spoken, templates: Templates) -> tuple[pl.DataFrame, Said]:
    """What was said of lines one by one, after the templates: where it is, and all that there is to be said."""
    lines = others.lines.with_row_index("at", len(templates.lines))
    keys = lines.select("claim", "position", "at")
    at = keys.rename({"claim": CLAIM, "position": POSITION, "at": LINE})
    said = templates.said.beside(
        lines.drop("at", "claim", "position"),
        _by_line(others.findings, keys),
        _by_line(others.unchecked, keys),
        _by_claim(others.findings, templates.wholes),
        _by_claim(others.unchecked, templates.wholes),
    )
    return at, said


def _told(rows: pl.DataFrame, fields: Fields) -> pl.DataFrame:
    """What of the rows is told again in the verdict."""
    ids = fields.text(rows, "claim_id", of_line=False)
    charges = fields.amounts(rows, "charge", of_line=True)
    none = pl.repeat(None, len(rows), dtype=AMOUNT, eager=True)
    return rows.select(ROW, CLAIM, POSITION, numbers(rows, fields).alias(NUMBER)).with_columns(
        (pl.repeat(None, len(rows), dtype=pl.String, eager=True) if ids is None else ids).alias("claim_id"),
        (none if charges is None else charges[0]).alias("charge"),
    )


def numbers(rows: pl.DataFrame, fields: Fields) -> pl.Series:
    """The numbers of the lines as billed, or their positions where they have none."""
    places = fields.places("line_number", of_line=True)
    if not places:
        return rows[POSITION].cast(pl.Int64)
    found = [fields.asked(rows, place, _whole, missing=None, dtype=pl.Int64) for place in places]
    named = [series.alias(str(place)) for place, series in enumerate([*found, rows[POSITION].cast(pl.Int64)])]
    return pl.DataFrame(named).select(pl.coalesce(pl.all())).to_series()


def _whole(cell: Any) -> int | None:
    read = reading.whole(cell)
    return read if isinstance(read, int) else None


def _by_line(said: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    return said.join(keys, on=["claim", "position"], maintain_order="left").drop("claim", "position")


def _by_claim(said: pl.DataFrame, after: int) -> pl.DataFrame:
    of_claims = said.filter(pl.col("position") == 0)
    return of_claims.with_columns((pl.col("claim") + after).alias("at")).drop("claim", "position")
