"""The bills under one claim id, found by their days however many there are: an account may be billed for years.

>>> import attrs
>>> from claimcheck.history.accounts import Bill, Rank
>>> book = Book()
>>> for number, day in enumerate((date(2024, 7, 1), date(2024, 7, 2)), 1):
...     book.add(Held(number, Rank.ORIGINAL, None, number, Bill((day, day)), visit=number))
>>> july_2 = date(2024, 7, 2), date(2024, 7, 2)
>>> [one.visit for one in book.near(july_2).meant_by(july_2)], book.of_digest(1).visit, book.of_digest(3)
([2], 1, None)
>>> book.put(attrs.evolve(book.of_digest(1), stands=False))
>>> book.remove(2)
>>> [(one.visit, one.stands) for one in book.whole.versions]
[(1, False)]
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import date

from claimcheck.history.accounts import Account, Days, Held, Undone
from claimcheck.history.by_day import ByDay

__all__ = ["SAMPLE", "Book"]

SAMPLE = 8
"""So many of the first and of the last versions under a claim id tell whether there are several bills."""


class Book:
    """The versions of the bills under one claim id, and what other claims undo of them."""

    __slots__ = ("_by_day", "_digests", "_order", "_versions", "_without_day", "undone")

    def __init__(self, account: Account | None = None) -> None:
        self._versions: dict[int, Held] = {}
        self._by_day: ByDay[int] = ByDay()
        self._without_day: dict[int, None] = {}
        self._order: list[tuple[date, int]] = []
        self._digests: dict[int, int] = {}
        self.undone: list[Undone] = []
        if account is not None:
            self.undone += account.undone
            for one in account.versions:
                self.add(one)

    def __len__(self) -> int:
        return len(self._versions)

    @property
    def whole(self) -> Account:
        """All that is held."""
        return Account(tuple(self._versions.values()), tuple(self.undone))

    def near(self, days: Days | None) -> Account:
        """What a claim with these days needs: versions with a day in common, and some of all others."""
        if days is None or len(self._versions) <= 2 * SAMPLE:
            return self.whole
        first, last = (day.toordinal() for day in days)
        some = {number for _, number in (*self._order[:SAMPLE], *self._order[-SAMPLE:])}
        numbers = sorted(some.union(self._by_day.between(first, last), self._without_day))
        return Account([self._versions[number] for number in numbers], tuple(self.undone))

    def of_digest(self, digest: int) -> Held | None:
        """The version of a digest."""
        number = self._digests.get(digest)
        return None if number is None else self._versions[number]

    def add(self, version: Held) -> None:
        """Adds a version."""
        number, days = version.number, version.bill.days
        self._versions[number] = version
        if version.digest is not None:
            self._digests[version.digest] = number
        if days is None:
            self._without_day[number] = None
        else:
            insort(self._order, (days[0], number))
            self._by_day.add(days[0].toordinal(), (days[1] - days[0]).days, number)

    def put(self, version: Held) -> None:
        """Replaces the version with the same number; only its standing may differ."""
        self._versions[version.number] = version

    def remove(self, number: int) -> None:
        """Removes a version, where it is held."""
        version = self._versions.pop(number, None)
        if version is None:
            return
        self._without_day.pop(number, None)
        if version.digest is not None:
            self._digests.pop(version.digest, None)
        if version.bill.days is not None:
            first, last = version.bill.days
            del self._order[bisect_left(self._order, (first, number))]
            self._by_day.remove(first.toordinal(), (last - first).days, number)

    def undo(self, undone: Undone) -> Iterable[Held]:
        """Records what another claim undoes, and returns the versions that it means."""
        if all(one.days != undone.days for one in self.undone):
            self.undone.append(undone)
        return self.near(undone.days).meant_by(undone.days)
