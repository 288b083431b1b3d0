"""The results of claims that were validated one by one, as flat frames in which nothing yet has a place in the table.

Claims are known by the numbers that the caller gives them, lines by their positions; the claim itself is position 0.
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
_OF_ITS_CLAIM = ("claim_disposition", "claim_complete", "superseded_by")
LINE_COLUMNS = {
    name: dtype for name, dtype in LINES.items() if name not in (*_PLACES, *_OF_ITS_CLAIM, "service_date", "charge")
}
"""What a verdict says of a line, wherever it stands and whatever its date and its charge."""
FINDING_COLUMNS = {name: dtype for name, dtype in FINDINGS.items() if name not in (*_PLACES, "service_date")}
"""What a finding says, wherever its line stands and whatever its date. Its related lines are positions."""
UNCHECKED_COLUMNS = {name: dtype for name, dtype in NOT_CHECKED.items() if name not in _PLACES}
"""What was not checked, of whichever line."""

_of_line: Callable[[records.Judged], tuple[Any, ...]] = attrgetter(*LINE_COLUMNS)
_of_finding: Callable[[records.Found], tuple[Any, ...]] = attrgetter(*FINDING_COLUMNS)

_AT = {"claim": pl.UInt32(), "position": pl.UInt32()}
#: `rule` is the place of the rule in the order in which rules run, `order` that of the finding on its line or claim.
_SAID = {**_AT, "rule": pl.UInt32(), "order": pl.UInt32()}


class ValidatedClaim(NamedTuple):
    """A claim under the number that the caller gave it, and its verdict."""

    number: int
    claim: Claim
    result: ClaimResult


@attrs.frozen(eq=False)
class ResultRows:
    """What was said of claims: of their lines, in findings, and of what was not checked."""

    claims: pl.DataFrame
    lines: pl.DataFrame
    findings: pl.DataFrame
    unchecked: pl.DataFrame

    @classmethod
    def nothing(cls) -> ResultRows:
        return result_rows((), {})

    def of(self, claims: pl.Series) -> ResultRows:
        """What was said of these claims."""
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
    """The verdicts as frames; `places` are those of the rules, by id, in the order in which they run."""
    claims: list[tuple[Any, ...]] = []
    lines, findings, unchecked = (
        _Rows(_AT, LINE_COLUMNS),
        _Rows(_SAID, FINDING_COLUMNS),
        _Rows(_SAID, UNCHECKED_COLUMNS),
    )
    for number, claim, result in validated:
        own = strongest(finding.disposition for finding in result.findings if finding.position is None)
        claims.append((number, str(own), result.superseded_by))
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
        pl.DataFrame(claims, {"claim": pl.UInt32(), "own": pl.String(), "superseded_by": pl.String()}, orient="row"),
        lines.frame(),
        findings.frame(),
        unchecked.frame(),
    )


def _what_is_found(finding: Finding) -> tuple[Any, ...]:
    return _of_finding(records.found(finding))


class _Rows:
    """Rows of a frame: where something is said, in numbers, and what, of which there are few kinds."""

    def __init__(self, at: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        self._at, self._said = at, said
        self._places: list[tuple[int, ...]] = []
        self._kinds: dict[tuple[Any, ...], int] = {}
        self._known: dict[int, tuple[object, int]] = {}

    def add(self, at: tuple[int, ...], what: tuple[Any, ...]) -> None:
        """Adds a row."""
        self._places.append((*at, self._kinds.setdefault(what, len(self._kinds))))

    def add_known(self, at: tuple[int, ...], thing: Any, read: Callable[[Any], tuple[Any, ...]]) -> None:
        """Adds a row of what `read` makes of a thing, which is asked once of one that comes again."""
        known = self._known.get(id(thing))
        if known is None:
            kind = self._kinds.setdefault(read(thing), len(self._kinds))
            known = self._known[id(thing)] = thing, kind  # kept, so that no other has its id
        self._places.append((*at, known[1]))

    def frame(self) -> pl.DataFrame:
        """The rows as a frame."""
        kinds = pl.DataFrame([*self._kinds], schema=self._said, orient="row")
        columns = np.array(self._places, np.uint32).reshape(len(self._places), len(self._at) + 1)
        at = pl.DataFrame({name: columns[:, place] for place, name in enumerate(self._at)}, schema=self._at)
        return pl.concat([at, kinds[columns[:, -1]]], how="horizontal")
