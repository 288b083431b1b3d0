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
from claimcheck.frames.chunks import verdict_on
from claimcheck.frames.classes import Classes
from claimcheck.frames.engine import Bench
from claimcheck.frames.fields import Fields
from claimcheck.frames.members import MEMBER, Counted
from claimcheck.frames.native import Back, taken
from claimcheck.frames.placing import Placed
from claimcheck.frames.stream import Source
from claimcheck.frames.table import Columns
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
    >>> validate_frame(pl.DataFrame({"name": ["99213"]}))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no claims that claimcheck reads: its first row is not one of columns' names
    """
    given, back = taken(frame)
    eager = given.collect() if isinstance(given, pl.LazyFrame) else given
    parts = list(_placed(eager, policy, tables, history, as_of, layout, LINES_AT_ONCE))
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
    for part in _placed(given, policy, tables, history, as_of, layout, lines):
        yield _given_back(part, back)


def _placed(
    given: pl.DataFrame | pl.LazyFrame,
    policy: str | Path | Policy,
    tables: str | Path | Tables | None,
    history: LookUp | None,
    as_of: date | str | None,
    layout: str | Asked | None,
    lines: int,
) -> Iterator[Placed]:
    columns = Columns.of(given.collect_schema().names(), asked_layout(layout))
    bench = Bench(columns, Validator(policy, tables, history), a_day(as_of))
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
        yield verdict_on(rows, together, classes)
    if not some:
        yield verdict_on(source.acquainted.drop(MEMBER), together, classes)


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
