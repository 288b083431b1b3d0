"""What the rows of a code mean on a day, for each kind of table.

Each function takes the rows of one code, the day, and their edition. It returns the value and whether the rows' own
dates prove it on a day that the edition does not cover; or None if the rows say nothing for the day. Presence with its
own dates is proof; absence counts only within the exact range.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from claimcheck.codes.modifier import PHYSICAL_STATUS
from claimcheck.tables.answers import (
    Carc,
    CategoryII,
    CodeListEntry,
    DiagnosisCode,
    FeeSchedule,
    HcpcsCode,
    Opps,
    PlaceOfService,
    Rarc,
    ServiceGroup,
)
from claimcheck.tables.lookup import Edition
from claimcheck.tables.ncci_as_of import mue
from claimcheck.tables.periods import in_force, is_proven
from claimcheck.tables.rows import (
    CarcRow,
    CategoryIIRow,
    CodeListRow,
    DiagnosisRow,
    FeeScheduleRow,
    HcpcsRow,
    OppsRow,
    PlaceOfServiceRow,
    RarcRow,
    ServiceGroupRow,
)


def hcpcs(rows: Sequence[HcpcsRow], on: date, edition: Edition) -> tuple[HcpcsCode, bool] | None:
    """The code or modifier, active or not."""
    if not rows:
        return None
    row = next((row for row in rows if in_force(row.added, row.terminated, on)), rows[-1])
    if row.code in PHYSICAL_STATUS:
        # These are CPT's, and older: the file's added date is when they were listed.
        row = row._replace(added=None)
    active = in_force(row.added, row.terminated, on)
    value = HcpcsCode(row.code, active, row.added, row.terminated, row.coverage, row.action)
    return value, is_proven(row.added, row.terminated, on, edition)


def diagnosis(rows: Sequence[DiagnosisRow], _on: date, _edition: Edition) -> tuple[DiagnosisCode, bool] | None:
    """The code, header or leaf. The rows have no dates, so an edition proves nothing beyond its own.

    Codes of an October edition usually last until the next one, but not always: the April 2023 update turned seven
    codes into headers (CMS, 2023 ICD-10-CM addenda for April 1).
    """
    return (DiagnosisCode(*rows[0]), False) if rows else None


def fee_schedule(
    rows: Sequence[FeeScheduleRow], _on: date, _edition: Edition, component: str = ""
) -> tuple[FeeSchedule, bool] | None:
    """The row of the component, else of the code itself, else of its first modifier (26, TC, 53).

    The rows have no dates.
    """
    if not rows:
        return None
    row = min(rows, key=lambda row: (row.modifier != component, row.modifier))
    has_rvu = any(total.strip("0. ") for total in (row.total_nonfacility, row.total_facility))
    components = frozenset([row.modifier for row in rows if row.modifier])
    code, modifier, status, global_days, _, _, bilateral, multiple, *rest = row
    return FeeSchedule(code, status, global_days, has_rvu, bilateral, multiple, modifier, components, *rest), False


def category_ii_on_schedule(
    rows: Sequence[FeeScheduleRow], on: date, edition: Edition
) -> tuple[CategoryII, bool] | None:
    """A Category II code from the fee schedule."""
    held = fee_schedule(rows, on, edition)
    return None if held is None else (CategoryII(held[0].code, held[0].status), held[1])


def category_ii(rows: Sequence[CategoryIIRow], on: date, edition: Edition) -> tuple[CategoryII, bool] | None:
    """A Category II code from the starter table, active or not."""
    if not rows:
        return None
    code, status, first, last = rows[0]
    return CategoryII(code, status, in_force(first, last, on), first, last), is_proven(first, last, on, edition)


def service_group(rows: Sequence[ServiceGroupRow], _on: date, _edition: Edition) -> tuple[ServiceGroup, bool] | None:
    """The service group of the code. The rows have no dates."""
    return (ServiceGroup(rows[0].group, frozenset(rows[0].codes.split()), rows[0].confirmed), False) if rows else None


def opps(rows: Sequence[OppsRow], _on: date, _edition: Edition) -> tuple[Opps, bool] | None:
    """The status indicator. The rows have no dates."""
    return (Opps(*rows[0]), False) if rows else None


def opps_of_editor(rows: Sequence[CodeListRow], on: date, edition: Edition) -> tuple[Opps, bool] | None:
    """The status indicator from the outpatient code editor's own table."""
    held = code_list(rows, on, edition)
    return None if held is None else (Opps(held[0].code, held[0].get("status_indicator"), held[0].get("apc")), False)


def place_of_service(
    rows: Sequence[PlaceOfServiceRow], on: date, edition: Edition
) -> tuple[PlaceOfService, bool] | None:
    """The assigned code, active or not yet."""
    if not rows:
        return None
    code, effective, facility = rows[0]
    active = in_force(effective, None, on)
    return PlaceOfService(code, active, effective, facility), is_proven(effective, None, on, edition)


def carc(rows: Sequence[CarcRow], on: date, edition: Edition) -> tuple[Carc, bool] | None:
    """The reason code, active or not."""
    if not rows:
        return None
    code, start, end = rows[0]
    return Carc(code, in_force(start, end, on), start, end), is_proven(start, end, on, edition)


def rarc(rows: Sequence[RarcRow], on: date, edition: Edition) -> tuple[Rarc, bool] | None:
    """The remark code, active or not."""
    if not rows:
        return None
    code, is_alert, start, end = rows[0]
    return Rarc(code, is_alert, in_force(start, end, on), start, end), is_proven(start, end, on, edition)


def code_list(rows: Sequence[CodeListRow], on: date, _edition: Edition) -> tuple[CodeListEntry, bool] | None:
    """The rows of a user's own list that are in force on the day."""
    rows = [row for row in rows if in_force(row.effective, row.deletion, on)]
    return (CodeListEntry(rows[0].code, tuple(_on_day(dict(row.values), on) for row in rows)), False) if rows else None


def _on_day(values: dict[str, str], on: date) -> dict[str, str]:
    """A row with the code's approval or end date also says whether the day is `outside` of it."""
    day, approved, terminated = on.isoformat(), values.get("approved"), values.get("terminated")
    if approved and day < approved:
        values["outside"] = "before"
    elif terminated and day > terminated:
        values["outside"] = "after"
    return values


Say = Callable[[Sequence[Any], date, Edition], tuple[Any, bool] | None]  #: one of the functions above

AS_PRINTED: Final[frozenset[Say]] = frozenset({mue, diagnosis, fee_schedule, opps})
"""Functions that only return fields of a code's first row, whatever the day: for these a column of rows is a column of
values."""
