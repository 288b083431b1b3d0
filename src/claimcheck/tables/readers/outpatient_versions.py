"""The versions of the outpatient code editor, and the dates of each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from claimcheck import dates
from claimcheck.tables.readers.kinds import header
from claimcheck.tables.readers.sheets import TextSheet, text_head
from claimcheck.tables.readers.source import Source

__all__ = ["Days", "day_of", "last_day", "versions_of"]

_VERSIONS = "version_range"


def last_day(days: tuple[datetime.date, datetime.date]) -> datetime.date:
    """The last day of the newest version: of its quarter, because what comes after is not known yet."""
    return min(days[1], dates.quarter_end(days[0]))


Days = Mapping[int, tuple[datetime.date, datetime.date]]


def versions_of(source: Source) -> Days:
    """The dates of each version, from the file next to this one."""
    held = {name.rpartition("/")[2].rpartition(".")[0].lower(): one for name, one in source.siblings.items()}
    beside = held.get(_VERSIONS)
    if beside is None:
        raise source.error("counts in versions of the editor: give the whole zip, with VERSION_RANGE in it")
    head = text_head(beside)
    top = header(head, "version", "date_started", "date_ended")
    if top is None:
        raise beside.error("has not the columns VERSION, DATE_STARTED and DATE_ENDED")
    found = {}
    for number, row in list(TextSheet.of(beside, head).rows())[top.row + 1 :]:
        if not any(row):
            continue
        try:
            version, first, last = (row[top.at[name]].strip() for name in ("version", "date_started", "date_ended"))
            found[int(version)] = (day_of(first), day_of(last))
        except (ValueError, IndexError):
            raise beside.error("a version with a first and a last day is expected", number) from None
    if not found:
        raise beside.error("names no version")
    return found


def day_of(text: str) -> datetime.date:
    """A date written yyyymmdd, or with hyphens. ValueError if it is something else."""
    return datetime.datetime.strptime(text.replace("-", ""), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
