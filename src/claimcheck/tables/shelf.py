"""The editions of one table, and which of them answers for a date.

The answer comes from the latest edition whose exact range includes the date. If there is none, the date is *stale*
(after the newest) or *outside* (before all, or between two); then an edition counts only if the row's own dates prove
it, or the caller allows it, and then as not exact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

import attrs

from claimcheck.tables.lookup import Absent, Edition, Found, Lookup, NotCovered, Reason

__all__ = ["Allowances", "Shelf", "Volume", "shelved"]

T = TypeVar("T")
V = TypeVar("V")


@attrs.frozen
class Allowances:
    """How far beyond its exact range an edition may be asked: back without limit, and ahead by some days."""

    approximate_history: bool = False
    staleness_days: int = attrs.field(default=0, validator=attrs.validators.ge(0))


@attrs.frozen
class Volume(Generic[T]):
    """One edition of a table, and which table it is of."""

    edition: Edition
    table: T
    absent: Absent = attrs.field(init=False, eq=False, repr=False)  #: what it answers for what it lacks

    @absent.default
    def _absent(self) -> Absent:
        return Absent(self.edition)


@attrs.frozen
class Shelf(Generic[T]):
    """The editions of one table, by first exact day."""

    name: str
    volumes: tuple[Volume[T], ...]
    _newest: Volume[T] = attrs.field(init=False, eq=False, repr=False)  #: the one that answered for the last date

    @_newest.default
    def _last_to_answer(self) -> Volume[T]:
        return max(self.volumes, key=lambda volume: volume.edition.exact_through)

    @classmethod
    def of(cls, volumes: Iterable[Volume[T]]) -> Shelf[T]:
        """The editions, at least one, of one table."""
        by_first_day = sorted(volumes, key=lambda volume: (volume.edition.exact_from, volume.edition.name))
        return cls(by_first_day[0].edition.table, tuple(by_first_day))

    def covering(self, on: date) -> Volume[T] | None:
        """The edition that answers for the date exactly."""
        for volume in reversed(self.volumes):
            if volume.edition.exact_from <= on <= volume.edition.exact_through:
                return volume
        return None

    def nearest(self, on: date) -> tuple[Volume[T], ...]:
        """For a date that no edition covers: the next edition, which may look back, then the one before."""
        later = bisect_right(self.volumes, on, key=_exact_from)
        return (*self.volumes[later : later + 1], *self.volumes[:later][-1:])

    def uncovered(self, on: date) -> Reason:
        """Why no edition covers the date."""
        return Reason.STALE if on > self._newest.edition.exact_through else Reason.OUTSIDE_EDITION

    def allowed(self, on: date, allowances: Allowances) -> Volume[T] | None:
        """The edition that may answer for a date that none covers, though not exactly."""
        if self.uncovered(on) is Reason.OUTSIDE_EDITION:
            return self.nearest(on)[0] if allowances.approximate_history else None
        stale_by = (on - self._newest.edition.exact_through).days
        return self._newest if stale_by <= allowances.staleness_days else None

    def ask(self, on: date, look: Look[T, V], allowances: Allowances) -> Lookup[V]:
        """What the edition for the date holds.

        `look` returns what an edition holds for the key on the date, and whether its row's own dates prove it for a
        date that the edition does not cover; or None.
        """
        covering = self.covering(on)
        if covering is None:
            return self.ask_beyond(on, look, allowances)
        held = look(covering)
        return covering.absent if held is None else Found(held[0], covering.edition)

    def ask_beyond(self, on: date, look: Look[T, V], allowances: Allowances) -> Lookup[V]:
        """The same for a date that no edition covers."""
        for volume in self.nearest(on):
            held = look(volume)
            if held is not None and held[1]:
                return Found(held[0], volume.edition)
        allowed = self.allowed(on, allowances)
        if allowed is None:
            return NotCovered(self.uncovered(on), self.name)
        held = look(allowed)
        if held is None:
            return Absent(allowed.edition, exact=False)
        return Found(held[0], allowed.edition, exact=False)


def _exact_from(volume: Volume[Any]) -> date:
    return volume.edition.exact_from


Look = Callable[[Volume[T]], tuple[V, bool] | None]


def shelved(volumes: Iterable[Volume[T]]) -> dict[tuple[str, str], Shelf[T]]:
    """The volumes as shelves, by program and table."""
    by_table: dict[tuple[str, str], list[Volume[T]]] = {}
    for volume in volumes:
        by_table.setdefault((volume.edition.program, volume.edition.table), []).append(volume)
    return {key: Shelf.of(found) for key, found in by_table.items()}
