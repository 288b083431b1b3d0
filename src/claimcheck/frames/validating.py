"""Validates a frame of lines and returns result frames."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Unreadable, date_fields, reading
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.placing import Placed
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.frames.loading import collected, schema_of
from claimcheck.frames.native import Back, taken
from claimcheck.frames.stream import Source
from claimcheck.frames.survey import Counted
from claimcheck.frames.workers import workers as started
from claimcheck.guesses import hinted
from claimcheck.history import LookUp
from claimcheck.io.rows import Asked
from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.reader import asked
from claimcheck.policies import Policy
from claimcheck.rules.choosing import chosen, switched_off
from claimcheck.rules.registry import all_rules
from claimcheck.tables import Tables

__all__ = ["FrameResult", "a_day", "asked_layout", "validate_batches", "validate_frame", "verdicts"]

LINES_AT_ONCE = 200_000
"""About how many lines are processed at a time."""
LARGE = 250_000
"""Frames with at least this many lines use several processes by default: starting each takes a second."""
_FEW_CORES = 2
"""With so many cores one process is faster: each would evaluate most kinds of lines itself, and results be copied."""


_GUESSED = {
    "denied": "result.lines where disposition == 'denied'",
    "df": "result.lines, result.findings, result.claims",
    "errors": "result.findings where severity == 'error'",
    "results": "result.claims, result.lines",
    "to_pandas": "result.lines, result.findings, result.claims: frames of the kind that was given",
    "to_polars": "result.lines, result.findings, result.claims: frames of the kind that was given",
}


@hinted(_GUESSED)
@attrs.frozen(eq=False)
class FrameResult:
    """The results of a frame's claims, as frames of its kind.

    `lines` has a row for each row of the frame, in claim order; `findings`, `not_checked`, and `claims` are as named.
    `row` is the number of a row of the frame, from 1; for a finding, the first row of its claim. `rules_off` are the
    ids of the rules that the policy switches off.
    """

    lines: Any
    findings: Any
    not_checked: Any
    claims: Any
    rules_off: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "FrameResult(lines, findings, not_checked, claims)"


def validate_frame(
    frame: Any,
    policy: str | Path | Policy = "default",
    *,
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
    workers: int | None = None,
) -> FrameResult:
    """Validates the claims in a frame of service lines, one row per line.

    The results equal those of `validate_claims(..., sort=True)` on the same claims: each claim is checked against all
    others of the frame, and the order of rows does not matter. The lines of one claim need not be adjacent.

    `layout` maps columns to fields: the name of a layout, or a mapping as in `claimcheck.io.read_claims`; it is not
    needed if the columns have a known layout. `workers` is the number of processes, by default the number of cores if
    there are more than two, the frame is large, and policy and tables are given by name or path.

    Raises:
        InputError: not a frame, or its columns match no known layout.

    >>> import polars as pl
    >>> frame = pl.DataFrame({"claim_id": ["7", "7"], "claim_type": ["professional"] * 2, "units": [1, 1],
    ...                       "procedure_code": ["45378", "45380"], "service_date": ["2024-07-15"] * 2})
    >>> result = validate_frame(frame)
    >>> result.findings.filter(rule_id="NCCI101").select("line_number", "related_lines", "carc").rows()
    [(1, [2], '236')]
    >>> validate_frame(pl.DataFrame({"name": ["99213"]}))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no claims that claimcheck reads: the first row names no columns that...
    """
    given, back = taken(frame)
    eager = collected(given)
    how = How(policy, tables, history, a_day(as_of), asked_layout(layout), workers)
    parts = list(how.verdicts(eager, LINES_AT_ONCE))
    return _given_back(parts[0].beside(*parts[1:]), back, how.rules_off)


def validate_batches(
    frame: Any,
    policy: str | Path | Policy = "default",
    *,
    tables: str | Path | Tables | None = None,
    history: LookUp | None = None,
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
    workers: int | None = None,
    lines: int = LINES_AT_ONCE,
) -> Iterator[FrameResult]:
    """Like `validate_frame`, with results for some claims at a time: for frames larger than memory.

    A Polars `LazyFrame` is read as it comes, two or three times, and never held as a whole; each result covers about
    `lines` of its lines, as whole claims, in order. Claims whose rows are not adjacent come last.

    >>> import polars as pl
    >>> frame = pl.LazyFrame({"claim_id": ["7", "8", "7"], "procedure_code": ["99213", "99213", "36415"]})
    >>> [result.lines.collect()["row"].to_list() for result in validate_batches(frame, lines=1)]
    [[1, 3], [2]]
    """
    given, back = taken(frame)
    how = How(policy, tables, history, a_day(as_of), asked_layout(layout), workers)
    for part in how.verdicts(given, lines):
        yield _given_back(part, back, how.rules_off)


@attrs.frozen(eq=False, slots=False)
class How:
    """How to validate the claims of a frame."""

    policy: str | Path | Policy
    tables: str | Path | Tables | None
    history: LookUp | None
    as_of: date | None
    layout: Layout | None
    workers: int | None

    def verdicts(self, given: pl.DataFrame | pl.LazyFrame, lines: int) -> Iterator[Placed]:
        """The results of a frame's claims, some at a time."""
        schema = schema_of(given)
        columns = Columns.of(schema.names(), self.layout)
        engine = Engine(
            ClaimByClaim(columns, Validator(self.policy, self.tables, self.history), self.as_of), Fields(columns)
        )
        source = _source(given, engine)
        many = 1 if pl.Object in schema.values() else self._many(source.length)  # objects cannot go through a pipe
        if many == 1:
            yield from _by_one(source, engine, lines)
        else:
            with started(self._told(columns), many) as helpers:
                together = helpers.together(source.acquainted_parts(many))
                yield from helpers.verdicts(source.batches(lines), together)

    @cached_property
    def rules_off(self) -> tuple[str, ...]:
        """The rules that the policy switches off."""
        policy = self.policy if isinstance(self.policy, Policy) else Policy.load(self.policy)
        return switched_off(chosen(all_rules(), policy.rules))

    def _many(self, lines: int) -> int:
        """The number of processes: one, if what they need has no name by which another process could find it."""
        named = isinstance(self.policy, (str, Path)) and (self.tables is None or self._path is not None)
        if self.history is not None or not named:
            return 1
        if self.workers is not None:
            return max(1, self.workers)
        cores = os.cpu_count() or 1
        return cores if lines >= LARGE and cores > _FEW_CORES else 1

    @property
    def _path(self) -> str | None:
        """Where the tables are; None for tables that are not an unchanged store."""
        if isinstance(self.tables, Tables):
            return (
                None
                if self.tables.path is None or self.tables != Tables.open(self.tables.path)
                else str(self.tables.path)
            )
        return None if self.tables is None else str(Path(self.tables).resolve())

    def _told(self, columns: Columns) -> dict[str, Any]:
        """The same in JSON-compatible form, see `claimcheck.frames.worker`."""
        layout = attrs.asdict(columns.layout)
        return {
            "names": columns.all_names,
            "layout": {key: _plain(value) for key, value in layout.items() if value},
            "policy": str(self.policy),
            "policy_is_file": isinstance(self.policy, Path),
            "tables": self._path,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
        }


def _plain(value: Any) -> Any:
    """A layout value in JSON-compatible form."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return sorted(value) if isinstance(value, frozenset) else value


def _source(given: pl.DataFrame | pl.LazyFrame, engine: Engine) -> Source:
    validator = engine.claim_by_claim.validator
    all_kept = validator.history is not None
    return Source(
        given,
        engine.claim_by_claim.columns,
        engine.fields,
        Counted(validator.policy, engine.claim_by_claim.tables, validator.reaches),
        all_kept=all_kept,
    )


def verdicts(given: pl.DataFrame | pl.LazyFrame, engine: Engine, lines: int = LINES_AT_ONCE) -> Iterator[Placed]:
    """The results of a frame's claims, some of which the `engine` may have cached."""
    return _by_one(_source(given, engine), engine, lines)


def _by_one(source: Source, engine: Engine, lines: int) -> Iterator[Placed]:
    """The results, whose frames are made in a thread while the next claims are evaluated."""
    together = engine.together(source.acquainted)
    ready: Future[Placed] | None = None
    with ThreadPoolExecutor(1) as thread:
        for rows in source.batches(lines):
            coming = thread.submit(engine.placing(rows, together))
            if ready is not None:
                yield ready.result()
            ready = coming
        if ready is not None:
            yield ready.result()


def asked_layout(layout: str | Asked | None) -> Layout | None:
    """The layout that a caller asks for: by name, or as a mapping."""
    if isinstance(layout, str):
        return asked(None, layout) if layout.endswith(".toml") else asked(layout, None)
    return asked(None, layout)


def a_day(given: date | str | None, name: str = "as_of") -> date | None:
    """A date passed as the argument with that name."""
    read: date | Unreadable | None = reading.value_of(date_fields.civil_date(given))
    if isinstance(read, Unreadable):
        raise InputError(f"{name} is no date: give a datetime.date, or text as YYYY-MM-DD")
    return read


def _given_back(verdict: Placed, back: Back, rules_off: tuple[str, ...]) -> FrameResult:
    return FrameResult(
        back(verdict.lines), back(verdict.findings), back(verdict.not_checked), back(verdict.claims), rules_off
    )
