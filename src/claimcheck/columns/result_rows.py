"""Results of claims validated one by one, as flat frames without places in the table.

Claims are identified by the caller's numbers, lines by their positions; the claim itself is position 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Claim, ClaimResult, Finding
from claimcheck.claims.verdict import strongest
from claimcheck.columns.schema import FINDINGS, LINES, NOT_CHECKED
from claimcheck.io.out import records

__all__ = ["FINDING_COLUMNS", "LINE_COLUMNS", "UNCHECKED_COLUMNS", "ResultRows", "ValidatedClaim", "result_rows"]

_PLACES = ("claim_id", "file", "row", "line_number", "position")
_OF_ITS_CLAIM = ("claim_disposition", "claim_returned", "claim_complete", "superseded_by")
LINE_COLUMNS = {
    name: dtype for name, dtype in LINES.items() if name not in (*_PLACES, *_OF_ITS_CLAIM, "service_date", "charge")
}
"""A line's result, regardless of its place, date, and charge."""
FINDING_COLUMNS = {name: dtype for name, dtype in FINDINGS.items() if name not in (*_PLACES, "service_date")}
"""A finding, regardless of its line's place and date. Its related lines are positions."""
UNCHECKED_COLUMNS = {name: dtype for name, dtype in NOT_CHECKED.items() if name not in _PLACES}
"""What was not checked, regardless of the line."""

_of_line: Callable[[records.Judged], tuple[Any, ...]] = attrgetter(*LINE_COLUMNS)
_of_finding: Callable[[records.Found], tuple[Any, ...]] = attrgetter(*FINDING_COLUMNS)

_AT = {"claim": pl.UInt32(), "position": pl.UInt32()}
_CLAIMS = {"claim": pl.UInt32(), "own": pl.String(), "returned": pl.Boolean(), "superseded_by": pl.String()}
#: `rule` is the index of the rule in running order, `order` that of the finding on its line or claim.
_SAID = {**_AT, "rule": pl.UInt32(), "order": pl.UInt32()}


class ValidatedClaim(NamedTuple):
    """A claim under the caller's number, and its result."""

    number: int
    claim: Claim
    result: ClaimResult


@attrs.frozen(eq=False)
class ResultRows:
    """The results of claims: lines, findings, and what was not checked."""

    claims: pl.DataFrame
    lines: pl.DataFrame
    findings: pl.DataFrame
    unchecked: pl.DataFrame

    @classmethod
    def nothing(cls) -> ResultRows:
        return result_rows((), {})

    def of(self, claims: pl.Series) -> ResultRows:
        """The results of these claims."""
        frames = (self.claims, self.lines, self.findings, self.unchecked)
        return ResultRows(*(frame.filter(pl.col("claim").is_in(claims.implode())) for frame in frames))

    def beside(self, *others: ResultRows) -> ResultRows:
        """All of these together."""
        parts = (self, *others)
        return ResultRows(
            pl.concat([part.claims for part in parts]),
            pl.concat([part.lines for part in parts]),
            pl.concat([part.findings for part in parts]),
            pl.concat([part.unchecked for part in parts]),
        )


def result_rows(validated: Iterable[ValidatedClaim], places: Mapping[str, int]) -> ResultRows:
    """The results as frames; `places` are the rules' indexes by id, in running order."""
    claims: list[tuple[Any, ...]] = []
    lines, findings, unchecked = (
        _Rows(_AT, LINE_COLUMNS),
        _Rows(_SAID, FINDING_COLUMNS),
        _Rows(_SAID, UNCHECKED_COLUMNS),
    )
    for number, claim, result in validated:
        own = strongest(finding.disposition for finding in result.findings if finding.position is None)
        claims.append((number, str(own), result.returned, result.superseded_by))
        for line in records.lines(claim, result):
            lines.add((number, line.position), _of_line(line))
        for order, finding in enumerate(result.findings):
            place = number, finding.position or 0, places[finding.rule_id], order
            findings.add_known(place, finding, _what_is_found)
        for order, entry in enumerate(result.not_checked):
            what = entry.rule_id, str(entry.reason), entry.table, entry.rules
            for position in entry.lines or (0,):
                unchecked.add((number, position, places[entry.rule_id], order), what)
    return ResultRows(
        pl.DataFrame(claims, _CLAIMS, orient="row"),
        lines.frame(),
        findings.frame(),
        unchecked.frame(),
    )


def _what_is_found(finding: Finding) -> tuple[Any, ...]:
    return _of_finding(records.found(finding))


class _Rows:
    """Rows of a frame: places as numbers, and contents, of which there are few kinds."""

    def __init__(self, at: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        self._at, self._said = at, said
        self._places: list[tuple[int, ...]] = []
        self._kinds: dict[tuple[Any, ...], int] = {}
        self._known: dict[int, tuple[object, int]] = {}

    def add(self, at: tuple[int, ...], what: tuple[Any, ...]) -> None:
        """Adds a row."""
        self._places.append((*at, self._kinds.setdefault(what, len(self._kinds))))

    def add_known(self, at: tuple[int, ...], thing: Any, read: Callable[[Any], tuple[Any, ...]]) -> None:
        """Adds a row with what `read` makes of an object, which is called once per object."""
        known = self._known.get(id(thing))
        if known is None:
            kind = self._kinds.setdefault(read(thing), len(self._kinds))
            known = self._known[id(thing)] = thing, kind  # kept alive, so that no other object gets its id
        self._places.append((*at, known[1]))

    def frame(self) -> pl.DataFrame:
        """The rows as a frame."""
        kinds = pl.DataFrame([*self._kinds], schema=self._said, orient="row")
        columns = np.array(self._places, np.uint32).reshape(len(self._places), len(self._at) + 1)
        at = pl.DataFrame({name: columns[:, place] for place, name in enumerate(self._at)}, schema=self._at)
        return pl.concat([at, kinds[columns[:, -1]]], how="horizontal")
