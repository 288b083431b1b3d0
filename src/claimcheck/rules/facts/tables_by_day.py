"""The tables as of any day, with one `TablesOn` for all days on which they say the same."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any

from claimcheck.rules.facts.tables_on import MOST_KNOWN, Question, TablesOn

if TYPE_CHECKING:
    from claimcheck.tables import Tables

__all__ = ["TablesByDay"]


class TablesByDay:
    """`tables`, with one `TablesOn` shared by all days on which every answer is the same.

    Answers change only on `Tables.boundaries`, so an answer for one day holds until the next boundary; an answer of one
    table, until the next day on which that table changes.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._times: dict[int, TablesOn] = {}
        self._days: dict[date | None, TablesOn] = {None: TablesOn(tables, None)}
        self._known: dict[tuple[str, tuple[int, ...]], dict[Question, Any]] = {}

    def on(self, day: date | None) -> TablesOn:
        """The tables as of `day`."""
        known = self._days.get(day)
        if known is None and day is not None:
            time = bisect_right(self.tables.boundaries, day)
            known = self._times.get(time)
            if known is None:
                known = self._times[time] = TablesOn(self.tables, day, self._known_on(day))
            if len(self._days) >= MOST_KNOWN:
                self._days = {None: self._days[None]}
            self._days[day] = known
        return known  # type: ignore[return-value]

    def _known_on(self, day: date) -> dict[str, dict[Question, Any]]:
        """The answers known for each table in the period of the day, between two dates on which it changes."""
        places = {table: bisect_right(days, day) for table, days in self.tables.boundaries_by_table.items()}
        found = {}
        for table in places:
            rests_on = (table, *_ASKED_TOO.get(table, ()))
            time = tuple([places.get(name, 0) for name in rests_on])
            found[table] = self._known.setdefault((table, time), {})
        return found


#: Tables whose answers also depend on another table.
_ASKED_TOO = {"category_ii": ("fee_schedule",), "opps": ("outpatient_procedure",)}
