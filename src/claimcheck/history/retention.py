"""What remains of a claim when a history forgets the past: what a later claim can still need.

A line is needed on its own days, and as long as a limit counts it together with later ones.
"""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.history.entry import Entry
from claimcheck.history.window import counted_until

__all__ = ["remains"]


def remains(entry: Entry, before: date) -> Entry | None:
    """What remains of a claim when everything that ended before a day is forgotten; None if nothing does.

    The claim itself is remembered until its `last` day has passed, so that it is not mistaken for new when it arrives
    again.
    """
    if before == date.min:
        return entry
    days = {line.position: line.service_date for line in entry.lines}
    uses = tuple(use for use in entry.uses if counted_until(use.window, use.year_starts, days[use.position]) >= before)
    counted = {use.position for use in uses}
    lines = tuple(line for line in entry.lines if line.service_date_end >= before or line.position in counted)
    if not lines and entry.last < before:
        return None
    return attrs.evolve(entry, lines=lines, uses=uses)
