"""A notice, once per run, that the loaded tables do not answer for the service dates of its claims.

The result of such a claim says that it is incomplete; but with only the starter tables, "payable" might be taken for
more than it is. So the notice stands above the first result: before anything is written, the survey of the files looks
for such a claim. Of an input that can be read only once nothing is known in advance: the notice then stands above all
results if there are only the starter tables, which answer for a few months; else before those of the first such claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from claimcheck.claims import Claim
from claimcheck.cli.style import say
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator
from claimcheck.explaining.unchecked import OUTSIDE
from claimcheck.tables import Edition, starter
from claimcheck.visible import visible

__all__ = ["MOST_TRIED", "Coverage", "days_of", "warn_of"]

MOST_TRIED = 1000
"""Claims of days beyond some table that are validated in search of one that is not fully checked for it."""

_OF_REMITTANCES = ("carc", "rarc")  # asked of no claim
_OF_CLAIMS = ("statement_from", "statement_through", "discharge_date")


@attrs.define
class Coverage:
    """Writes the notice to standard error."""

    validator: Validator
    as_of: str | None = None
    _concerned: bool = False
    _first: date = date.max
    _last: date = date.min
    _tried: int = 0
    _warned: bool = False
    _answered: dict[date, bool] = attrs.field(factory=dict)

    def noting(self, placed: Iterable[tuple[int, Claim]]) -> Iterator[tuple[int, Claim]]:
        """Passes the claims of a survey through."""
        for place, claim in placed:
            self.look(claim)
            yield place, claim

    def look(self, claim: Claim) -> None:
        """Notes a claim of the survey."""
        if self.is_beyond(days_of(claim)) and self.searching:
            self._tried += 1
            result = self.validator.beside(None).validate(claim, self.as_of)
            self._concerned = any(entry.reason in OUTSIDE for entry in result.not_checked)

    @property
    def searching(self) -> bool:
        """Whether it is still to be found out if the notice concerns the run."""
        return not self._concerned and self._tried < MOST_TRIED

    def is_beyond(self, days: Iterable[date]) -> bool:
        """Whether some table does not answer for one of the days, which are noted."""
        beyond = False
        for day in days:
            if not self._is_answered(day):
                beyond = True
                self._first, self._last = min(self._first, day), max(self._last, day)
        return beyond

    def _is_answered(self, day: date) -> bool:
        if day not in self._answered:
            held = [edition for edition in self.validator.tables.editions if edition.table not in _OF_REMITTANCES]
            answering = [edition for edition in held if edition.exact_from <= day <= edition.exact_through]
            self._answered[day] = {*map(_table, held)} == {*map(_table, answering)}
        return self._answered[day]

    def warn_first(self, *, surveyed: bool) -> None:
        """Warns before the first result, by what the survey found; `surveyed` is whether there could be one."""
        if self._concerned or not (surveyed or self.validator.tables.path):
            self._warn()

    def warn_once(self, summary: Summary) -> None:
        """Warns if the summary so far has such a claim."""
        if any(reason in OUTSIDE for reason, _ in summary.unchecked):
            self._warn()

    def _warn(self) -> None:
        if not self._warned:
            self._warned = True
            text = self._of_starter() if self.validator.tables.path is None else self._of_store()
            say(f"claimcheck: {text}: 'claimcheck tables needed FILE...' names the files to download", err=True)

    def _of_starter(self) -> str:
        first, last = starter.exact_range()
        here = "" if self._first > self._last else f" (here from {self._first} to {self._last})"
        return (
            f"the starter tables answer for {first} to {last} only, and claims of other days{here} are not checked "
            "against NCCI pairs, MUEs, add-on codes and the fee schedule"
        )

    def _of_store(self) -> str:
        store = visible(str(self.validator.tables.path))
        return f"the tables in {store} do not answer for all service dates of these claims"


def warn_of(claims: Iterable[Claim], validator: Validator) -> None:
    """Writes the notice if these claims need it."""
    coverage = Coverage(validator)
    for claim in claims:
        coverage.look(claim)
    coverage.warn_first(surveyed=True)


def _table(edition: Edition) -> tuple[str, str]:
    return edition.program, edition.table


def days_of(claim: Claim) -> Iterator[date]:
    """The days by which a claim may be checked."""
    for line in claim.lines:
        if line.service_date.__class__ is date:
            yield line.service_date
    for name in _OF_CLAIMS:
        if (day := getattr(claim, name)).__class__ is date:
            yield day
