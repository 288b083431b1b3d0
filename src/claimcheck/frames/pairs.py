"""Codes of which one may have a part in the verdict on the other on one day: NCCI pairs, add-on codes and primaries.

Asked are the pairs that stand on claims, each once for each time in which the tables answer alike: of the many codes
of a frame few stand beside each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

import polars as pl

from claimcheck.frames.answers import Answers
from claimcheck.policies import Policy
from claimcheck.policies.parameters.ncci import AddOnCodes, ProcedureToProcedure, Settings
from claimcheck.tables import Found, Tables

__all__ = ["Pairs"]

TABLE = "ptp_practitioner"
_SHIFT = 32


class Pairs:
    """The pairs of codes met so far, on the days met so far."""

    def __init__(self, tables: Tables, policy: Policy) -> None:
        self._tables, self._policy = tables, policy
        of_pairs = (*tables.boundaries_of({TABLE}), *policy.boundaries)
        self._edits = Answers(of_pairs, self._is_edit)
        self._primaries = Answers((*tables.boundaries_of({"add_on"}), *policy.boundaries), self._primaries_of)
        self._codes: list[str] = []
        self._pairs: list[str] = []  # each two codes, in the order in which they were met
        self._places: dict[int, int] = {}
        self._are = pl.Series(dtype=pl.Boolean)
        self._open: dict[tuple[int, int], bool] = {}

    def meet(self, days: Iterable[date], codes: list[str]) -> None:
        """Takes note of days, and of codes by their numbers: those of the last call, and perhaps more after them."""
        days = list(days)
        before = len(self._edits.times), len(self._primaries.times)
        self._edits.meet(days)
        self._primaries.meet(days)
        self._codes = codes
        if before != (len(self._edits.times), len(self._primaries.times)):
            self._are = self._asked(0)

    def are(self, one: pl.Series, other: pl.Series) -> pl.Series:
        """Whether each two codes, given by their numbers, are a pair on any of the days."""
        least = one.zip_with(one <= other, other).cast(pl.Int64)
        most = other.zip_with(one <= other, one).cast(pl.Int64)
        keys = least * 2**_SHIFT + most
        for key in keys.unique().to_list():
            if key not in self._places:
                self._places[key] = len(self._pairs)
                self._pairs.append(f"{self._codes[key >> _SHIFT]} {self._codes[key % 2**_SHIFT]}")
        if len(self._are) < len(self._pairs):
            self._are = pl.concat([self._are, self._asked(len(self._are))])
        if not len(keys):
            return pl.Series(dtype=pl.Boolean)
        return self._are.gather(keys.replace_strict(self._places, return_dtype=pl.UInt32))

    def is_open(self, day: date) -> bool:
        """Whether the table does not cover the day, so that it does not tell of every two codes what they are."""
        key = self._edits.time(day), len(self._codes)
        known = self._open.get(key)
        if known is None:
            known = self._open[key] = self._is_open(day)
        return known

    def _is_open(self, day: date) -> bool:
        on = self._policy.on(day)
        if not on[ProcedureToProcedure].applies:
            return False
        programme = on[Settings].programme
        found = self._tables.ptp_within(TABLE, (), day, programme)
        if found.not_covered is None and found.edition is not None and found.edition.starter:  # it hangs on the codes
            found = self._tables.ptp_within(TABLE, self._codes, day, programme)
        return found.not_covered is not None

    def _asked(self, first: int) -> pl.Series:
        """Of the pairs from one of them on, whether they are any."""
        edits = self._edits.ever(self._pairs)
        primaries = self._primaries.ever(self._codes)
        numbers = {text: number for number, text in enumerate(self._codes)}
        found = []
        for place in range(first, len(self._pairs)):
            one, other = self._pairs[place].split()
            found.append(
                any(answers[place] for answers in edits)
                or any(_has(of[numbers[one]], other) or _has(of[numbers[other]], one) for of in primaries)
            )
        return pl.Series(found, dtype=pl.Boolean)

    def _is_edit(self, pair: str, day: date) -> bool:
        one, other = pair.split()
        programme = self._policy.on(day)[Settings].programme
        ways = ((one, other), (other, one))
        return any(isinstance(self._tables.ptp(TABLE, *codes, day, programme), Found) for codes in ways)

    def _primaries_of(self, code: str, day: date) -> tuple[Container[str], ...]:
        """The primaries of an add-on code, by the table and by the policy."""
        on = self._policy.on(day)
        answer = self._tables.add_on(code, day, on[Settings].programme)
        of_policy = (*on[AddOnCodes].own_primaries, *on[AddOnCodes].unlisted)
        own = tuple(entry.primaries for entry in of_policy if code in entry.add_on)
        return (answer.value.primaries, *own) if isinstance(answer, Found) else own


def _has(primaries: tuple[Container[str], ...], code: str) -> bool:
    return any(code in some for some in primaries)
