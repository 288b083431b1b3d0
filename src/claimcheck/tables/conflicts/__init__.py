"""Where two official tables contradict each other on a day.

Published tables do not always agree: a code with pairs in force has ended, or a pair is reversed in another setting's
table. Each rule asks one table, so none of this makes a result wrong; but it matters to anyone who compares results
with another editor, or writes a rule. What the rules do about each is in `explaining.conflicts`.

>>> from datetime import date
>>> [comparison] = compare(Tables.starter(), date(2024, 7, 15), ["mue-zero-payable"])
>>> [str(reason.reason) for reason in comparison.lacking]  # the starter tables are no official editions
['no_table', 'no_table']
>>> list(compare(Tables.starter(), date(2024, 7, 15), ["unlike"]))
Traceback (most recent call last):
    ...
claimcheck.errors.TableError: no kind of conflict is called unlike; kinds: pair-both-directions, pair-windows, ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck.errors import TableError
from claimcheck.renamed import renamed_keyword
from claimcheck.tables.conflicts import codes, pairs
from claimcheck.tables.conflicts.model import Comparison, Conflict, Kind, Sides
from claimcheck.tables.lookup import NotCovered, Reason
from claimcheck.tables.shelf import Volume
from claimcheck.tables.tables import MEDICARE, PTP, Tables

__all__ = ["KINDS", "Comparison", "Conflict", "Kind", "compare", "usual_day"]

_PRACTITIONER, _HOSPITAL, _DME = PTP
_MUE = ("mue_practitioner", "mue_outpatient_hospital", "mue_dme")
_NCCI = ("ptp_", "mue_", "add_on")  #: prefixes of the tables that each program has for itself
_DATED = frozenset({"hcpcs"})  #: tables whose row dates prove something for earlier dates

KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("pair-both-directions", tuple((table, table) for table in PTP), pairs.both_directions),
            Kind("pair-windows", tuple((table, table) for table in PTP), pairs.windows),
            Kind(
                "pair-direction-by-setting", ((_PRACTITIONER, _HOSPITAL),), pairs.direction_by_setting, by_absence=True
            ),
            Kind("pair-indicator-by-setting", ((_PRACTITIONER, _HOSPITAL),), pairs.indicator_by_setting),
            Kind("pair-of-add-on", tuple((table, "add_on") for table in PTP[:2]), pairs.of_add_on),
            Kind("mue-zero-payable", (("mue_practitioner", "fee_schedule"),), codes.mue_zero_payable),
            Kind("mue-zero-add-on", (("mue_practitioner", "add_on"),), codes.mue_zero_add_on),
            Kind(
                "mue-indicator-by-setting",
                ((_MUE[0], _MUE[1]), (_MUE[0], _MUE[2]), (_MUE[1], _MUE[2])),
                codes.mue_indicator,
            ),
            Kind(
                "edits-of-ended-code",
                tuple((table, "hcpcs") for table in (*PTP, *_MUE, "add_on")),
                codes.edits_of_ended_code,
            ),
            Kind(
                "edits-of-unlisted-code",
                tuple((table, "fee_schedule") for table in (*PTP, *_MUE, "add_on")),
                codes.edits_of_ended_code,
                by_absence=True,
            ),
            Kind("fee-schedule-of-ended-code", (("fee_schedule", "hcpcs"),), codes.activity),
            Kind("status-by-modifier", (("fee_schedule", "fee_schedule"),), codes.status_by_modifier),
            Kind("global-days-of-add-on", (("fee_schedule", "add_on"),), codes.global_days, by_absence=True),
            Kind("diagnosis-header", (("icd10cm", "icd10cm"),), codes.diagnosis_header, earlier=True),
        )
    }
)
"""Every kind of conflict, by name."""


@renamed_keyword("programme", "program")
def compare(
    tables: Tables, on: date, kinds: Iterable[str] = KINDS, *, nearest: bool = False, program: str = MEDICARE
) -> Iterator[Comparison]:
    """Compares the store's tables on a day, kind by kind. Raises `TableError` for an unknown kind.

    `nearest`: if no edition covers the day, uses the next one, or else the one before. `program` is that of the NCCI
    tables.
    """
    at_hand = _AtHand(tables, on, nearest, program)
    for name in kinds:
        if name not in KINDS:
            raise TableError(f"no kind of conflict is called {name}; kinds: {', '.join(KINDS)}")
        for pair in KINDS[name].compared:
            yield at_hand.compared(KINDS[name], pair)


def usual_day(tables: Tables) -> date | None:
    """The last day that most of the store's tables cover; None if there is no store."""
    days = {edition.exact_through for edition in tables.editions if not edition.starter}
    compared = {table for kind in KINDS.values() for pair in kind.compared for table in pair}

    def answering(day: date) -> int:
        return sum((shelf := tables.shelf(table)) is not None and shelf.covering(day) is not None for table in compared)

    return max(days, key=lambda day: (answering(day), day), default=None)


@attrs.frozen
class _AtHand:
    """What is asked for: the tables, the day, and which editions may answer."""

    tables: Tables
    on: date
    nearest: bool
    program: str

    def compared(self, kind: Kind, pair: tuple[str, str]) -> Comparison:
        """Compares two tables, or one with its previous edition."""
        one, other = (self._volume(table, kind) for table in pair)
        if kind.earlier and not isinstance(other, NotCovered):
            one = self._before(other)
        if isinstance(one, NotCovered) or isinstance(other, NotCovered):
            lacking = dict.fromkeys(side for side in (one, other) if isinstance(side, NotCovered))
            return Comparison(kind, self.on, pair, lacking=tuple(lacking))
        sides = Sides(self.tables, self.on, one, other)
        exact = all(_covers(volume, self.on) for volume in (other, *(() if kind.earlier else (one,))))
        editions = (one.edition, other.edition)
        return Comparison(kind, self.on, pair, editions, exact, find=lambda: kind.find(sides))

    def _volume(self, table: str, kind: Kind) -> Volume[Any] | NotCovered:
        """The edition of the day."""
        shelf = self.tables.shelf(table, self.program if table.startswith(_NCCI) else MEDICARE)
        if shelf is None:
            return NotCovered(Reason.NO_TABLE, table)
        volume = shelf.covering(self.on)
        if volume is None and (self.nearest or table in _DATED):
            volume = shelf.nearest(self.on)[0]
        if volume is None:
            return NotCovered(shelf.uncovered(self.on), table)
        return NotCovered(Reason.PARTIAL_TABLE, table) if kind.by_absence and volume.edition.partial else volume

    def _before(self, volume: Volume[Any]) -> Volume[Any] | NotCovered:
        """The previous edition in its shelf."""
        shelf = self.tables.shelf(volume.edition.table)
        at = 0 if shelf is None else shelf.volumes.index(volume)
        return shelf.volumes[at - 1] if shelf and at else NotCovered(Reason.OUTSIDE_EDITION, volume.edition.table)


def _covers(volume: Volume[Any], on: date) -> bool:
    edition = volume.edition
    return edition.table in _DATED or edition.exact_from <= on <= edition.exact_through
