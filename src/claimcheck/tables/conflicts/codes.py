"""Contradictions about single codes: their units, status, or whether they are in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from claimcheck.tables import as_of, declared, ncci_as_of
from claimcheck.tables.answers import FeeSchedule
from claimcheck.tables.conflicts.model import Conflict, Sides
from claimcheck.tables.lookup import Found
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.shelf import Volume

__all__ = [
    "activity",
    "diagnosis_header",
    "edits_of_ended_code",
    "global_days",
    "mue_indicator",
    "mue_zero_add_on",
    "mue_zero_payable",
    "status_by_modifier",
]

_PAID = frozenset("ACRT")
"""Statuses that the schedule pays: active, contractor-priced, restricted, paid if nothing else is."""
_ADD_ON = "ZZZ"  #: global days of a service within another's period (NCCI Policy Manual 2026, ch. I-W)


def edits_of_ended_code(sides: Sides) -> Iterator[Conflict]:
    """A code with edits in force that another table says has ended."""
    for code, edits in sorted(_edits(sides).items()):
        why = _not_in_force(sides, code)
        if why is not None:
            yield Conflict((code,), (edits, why))


def mue_zero_payable(sides: Sides) -> Iterator[Conflict]:
    """No unit is payable, for a code that the fee schedule pays."""
    for row in sides.one.table:
        status = _status(sides.other, row.code)
        if row.value == 0 and status is not None and status.status in _PAID:
            yield Conflict((row.code,), (_units(row), f"status {status.status}"))


def mue_zero_add_on(sides: Sides) -> Iterator[Conflict]:
    """No unit is payable, for an add-on code with listed primaries."""
    for row in sides.one.table:
        held = ncci_as_of.add_on(sides.other.table.rows_of(row.code), sides.on, sides.other.edition)
        if row.value == 0 and held is not None:
            yield Conflict((row.code,), (_units(row), f"an add-on code of type {held[0].type}"))


def mue_indicator(sides: Sides) -> Iterator[Conflict]:
    """The same units in two settings, which documentation may override in only one."""
    for row in sides.one.table:
        for other in sides.other.table.rows_of(row.code):
            if other.value == row.value and other.mai != row.mai:
                yield Conflict((row.code,), (_units(row), _units(other)))


def activity(sides: Sides) -> Iterator[Conflict]:
    """A code that only one of the fee schedule and the HCPCS file lists as in force."""
    for code in sorted({row.code for row in sides.one.table}):
        status, listed = _status(sides.one, code), sides.tables.hcpcs(code, sides.on)
        if status is not None and isinstance(listed, Found) and status.active != listed.value.active:
            why = _not_in_force(sides, code) or "in force"
            yield Conflict((code,), (f"status {status.status}", why))


def status_by_modifier(sides: Sides) -> Iterator[Conflict]:
    """A code with one status, and another with a component modifier."""
    for code in sorted({row.code for row in sides.one.table}):
        rows = sorted(sides.one.table.rows_of(code), key=lambda row: row.modifier)
        for row in rows[1:]:
            if row.status != rows[0].status:
                itself = "-".join(filter(None, (code, rows[0].modifier)))
                says = f"{itself} has status {rows[0].status}", f"{code}-{row.modifier} has status {row.status}"
                yield Conflict((code,), says)


def global_days(sides: Sides) -> Iterator[Conflict]:
    """A code that is an add-on by its global days, and is not in the add-on code table."""
    for code in sorted({row.code for row in sides.one.table}):
        status = _status(sides.one, code)
        if status is not None and status.global_days == _ADD_ON and not sides.other.table.rows_of(code):
            yield Conflict((code,), (f"global days {_ADD_ON}, of an add-on code", "not listed"))


def diagnosis_header(sides: Sides) -> Iterator[Conflict]:
    """A diagnosis that was billable in the previous edition and is now a header."""
    for row in sides.other.table:
        if not row.billable and any(before.billable for before in sides.one.table.rows_of(row.code)):
            yield Conflict((row.code,), ("billable", "a header, to be coded further"))


def _edits(sides: Sides) -> Mapping[str, str]:
    """The codes of an edit table that have any in force on the day, with a description of which."""
    table, on = sides.one.table, sides.on
    if isinstance(table, PairTable):
        pairs = Counter[str]()
        for code in table.codes():
            twos = {edit.column_two for edit in table.rows_from(code, on)}
            pairs[code] += len(twos)
            pairs.update(twos)
        return {code: f"{count} pair{'' if count == 1 else 's'} in force" for code, count in pairs.items() if count}
    if sides.one.edition.table == "add_on":
        held = (ncci_as_of.add_on(table.rows_of(code), on, sides.one.edition) for code in {row.add_on for row in table})
        add_ons = [answer[0] for answer in held if answer is not None]
        primaries = {primary: f"a primary of {add_on.code}" for add_on in add_ons for primary in add_on.primaries}
        return primaries | {add_on.code: f"an add-on code of type {add_on.type}" for add_on in add_ons}
    return {row.code: _units(row) for row in table if row.value}


def _not_in_force(sides: Sides, code: str) -> str | None:
    """Why the HCPCS file or the fee schedule says a code is not in force; None if it is, or is unknown."""
    if "hcpcs" in (sides.other.edition.table, sides.one.edition.table):
        listed = sides.tables.hcpcs(code, sides.on)
        if not isinstance(listed, Found) or listed.value.active:
            return None
        ended = listed.value.terminated
        return f"begins on {listed.value.added}" if ended is None or ended > sides.on else f"ended on {ended}"
    if not declared.lists("fee_schedule", code):
        return None
    status = _status(sides.other, code)
    if status is None:
        return "not listed"
    return None if status.active else f"status {status.status}, deleted"


def _status(volume: Volume[object], code: str) -> FeeSchedule | None:
    rows = volume.table.rows_of(code)  # type: ignore[attr-defined]
    held = as_of.fee_schedule(rows, volume.edition.exact_from, volume.edition)
    return None if held is None else held[0]


def _units(row: object) -> str:
    value, mai = row.value, row.mai  # type: ignore[attr-defined]
    return f"{value} unit{'' if value == 1 else 's'}, adjudication indicator {mai}"
