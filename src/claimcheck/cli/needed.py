"""The official files that claims need and the loaded tables lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from claimcheck.claims import Claim, ClaimResult, NotChecked, Reason
from claimcheck.cli.rendering import plural
from claimcheck.cli.style import Style
from claimcheck.engine import Validator
from claimcheck.explaining.unchecked import OFFICIAL, table_words, why
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.facts.line_dates import service_day
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.tables.published import Published, published
from claimcheck.tables.readers import OWN_LISTS

__all__ = ["Needed"]


@attrs.define
class Need:
    """A table that is missing for some dates: why, for how many claims and lines, and between which service dates."""

    reasons: dict[Reason, None] = attrs.field(factory=dict)
    claims: int = 0
    lines: int = 0
    first: date = date.max
    last: date = date.min

    def add(self, reasons: Iterable[Reason], days: list[date], lines: int) -> None:
        self.reasons |= dict.fromkeys(reasons)
        self.claims += 1
        self.lines += lines
        self.first, self.last = min(self.first, *days), max(self.last, *days)


_SOME_DAY = date(2024, 7, 1)

Lacking = tuple[str, str, Published | None]  #: program, table, and the files of it


@attrs.define
class Needed:
    """Counts what could not be checked on validated claims for lack of an official table."""

    validator: Validator
    needs: dict[Lacking, Need] = attrs.field(factory=dict)
    _tables: TablesByDay = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tables = TablesByDay(self.validator.tables)

    def add(self, claim: Claim, result: ClaimResult) -> None:
        """Counts what one result leaves unchecked."""
        entries = [entry for entry in result.not_checked if entry.table and entry.reason in OFFICIAL]
        days = self._days(claim, result)
        found: dict[Lacking, list[tuple[Reason, int | None, date]]] = {}
        for entry in entries:
            for number, day in self._dated(entry, days):
                program = self._program(str(entry.table), day)
                key = program, str(entry.table), published(str(entry.table), day, program)
                found.setdefault(key, []).append((entry.reason, number, day))
        for key, of_claim in found.items():
            lines = {number for _, number, _ in of_claim if number is not None}
            need = self.needs.setdefault(key, Need())
            need.add((reason for reason, _, _ in of_claim), [day for _, _, day in of_claim], len(lines))

    def _days(self, claim: Claim, result: ClaimResult) -> list[tuple[int, date]]:
        """The date by which each line is validated, with its number."""
        setting = Setting.of(claim, self.validator.policy, self._tables, has_reference=True)
        judged = [
            (line.line_number, service_day(billed, claim, setting))
            for billed, line in zip(claim.lines, result.lines, strict=True)
        ]
        return [(number, day) for number, day in judged if day is not None]

    @staticmethod
    def _dated(entry: NotChecked, days: list[tuple[int, date]]) -> Iterator[tuple[int | None, date]]:
        """The lines that an entry is about, each with its date; for the claim as a whole, its first date."""
        if entry.lines:
            yield from ((number, day) for number, day in days if number in entry.lines)
        elif days:
            yield None, min(day for _, day in days)

    def _program(self, table: str, day: date) -> str:
        if table.startswith(("ptp_", "mue_", "add_on")):
            return str(self.validator.policy.on(day)[Settings].program)
        return "medicare"

    def lines(self, style: Style) -> Iterator[str]:
        """What is needed, table by table, most affected lines first."""
        for (program, table), needs in self._by_table():
            title = table_words(table) if program == "medicare" else f"{table_words(table)} ({program})"
            reasons = "; ".join(dict.fromkeys(why(reason) for _, need in needs for reason in need.reasons))
            yield style.wrapped(f"{title}: {reasons}", "", "  ", style="bold")
            for files, need in needs:
                yield style.wrapped(_of_edition(table, files, need), "  ", "    ")
                yield from (f"    {file}" for file in (() if files is None else files.files or (files.title,)) if file)
            pages = dict.fromkeys(files.page for files, _ in needs if files is not None)
            yield from (style.wrapped(f"at {page}", "  ", "    ", style="dim") for page in pages)

    def names(self) -> tuple[str, ...]:
        """The file names, each once."""
        files = (files for _, needs in self._by_table() for files, _ in needs if files is not None)
        return tuple(dict.fromkeys(name for one in files for name in one.files))

    def _by_table(self) -> list[tuple[tuple[str, str], list[tuple[Published | None, Need]]]]:
        found: dict[tuple[str, str], list[tuple[Published | None, Need]]] = {}
        for (program, table, files), need in self.needs.items():
            found.setdefault((program, table), []).append((files, need))
        for needs in found.values():
            needs.sort(key=lambda one: one[1].first)
        return sorted(found.items(), key=lambda one: (-sum(need.lines for _, need in one[1]), one[0]))


def _of_edition(table: str, files: Published | None, need: Need) -> str:
    """Which edition of a table is needed, and by how much."""
    much = plural(need.claims, "claim")
    if need.lines:
        much = f"{plural(need.lines, 'line')} of {much}"
    if files is not None:
        return f"{files.first} to {files.last}, for {much}:"
    dates = f"{need.first}" if need.first == need.last else f"{need.first} to {need.last}"
    return f"{dates}, for {much}: {_without_file(table)}"


def _without_file(table: str) -> str:
    if published(table, _SOME_DAY) is not None:
        return "no edition is known"
    return "a list of one's own" if table in OWN_LISTS else "no official file of it is read"
