"""Of each kind of table: what rows say on a day, and whether their own dates prove it beyond the edition."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.tables import as_of, ncci_as_of
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
from claimcheck.tables.asking import Say
from claimcheck.tables.lookup import Edition
from claimcheck.tables.ncci_answers import AddOn, Mue
from claimcheck.tables.rows import (
    AddOnRow,
    CarcRow,
    CategoryIIRow,
    CodeListRow,
    DiagnosisRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    OppsRow,
    PlaceOfServiceRow,
    RarcRow,
    ServiceGroupRow,
)

Q3 = Edition("medicare", "t", "2024-07-01", date(2024, 7, 1), date(2024, 9, 30))
OCTOBER = Edition("medicare", "icd10cm", "2025", date(2024, 10, 1), date(2025, 3, 31))
IN, BEFORE, AFTER = date(2024, 8, 1), date(2022, 8, 1), date(2025, 1, 1)
Y20, Y21, Y23, Y24 = (date(year, 1, 1) for year in (2020, 2021, 2023, 2024))
END21, END24 = date(2021, 12, 31), date(2024, 12, 31)


def hcpcs(added: date | None, terminated: date | None) -> list[HcpcsRow]:
    return [HcpcsRow("J1885", added, added, terminated, "D", "N")]


def code(active: bool, added: date | None, terminated: date | None) -> HcpcsCode:
    return HcpcsCode("J1885", active, added, terminated, "D", "N")


@pytest.mark.parametrize(
    ("rows", "on", "said"),
    [
        ([], IN, None),
        (hcpcs(Y20, None), IN, (code(True, Y20, None), False)),
        (hcpcs(Y20, None), BEFORE, (code(True, Y20, None), True)),  # in the past since it was added
        (hcpcs(Y23, None), BEFORE, (code(False, Y23, None), True)),  # not yet effective
        (hcpcs(Y20, END21), BEFORE, (code(False, Y20, END21), True)),  # terminated before
        (hcpcs(None, None), BEFORE, (code(True, None, None), False)),  # since when is not known
        (hcpcs(Y20, None), AFTER, (code(True, Y20, None), False)),  # may have ended meanwhile
        (hcpcs(Y20, END21), AFTER, (code(False, Y20, END21), True)),  # has ended
        (hcpcs(Y20, END24), AFTER, (code(False, Y20, END24), True)),
        (hcpcs(Y20, date(2025, 1, 1)), AFTER, (code(True, Y20, date(2025, 1, 1)), False)),
        (hcpcs(Y20, END21) + hcpcs(Y24, None), IN, (code(True, Y24, None), False)),  # used again
        (hcpcs(Y20, END21) + hcpcs(Y24, None), END21, (code(True, Y20, END21), True)),
    ],
)
def test_hcpcs(rows: list[HcpcsRow], on: date, said: object) -> None:
    assert as_of.hcpcs(rows, on, Q3) == said


@pytest.mark.parametrize("on", [date(2024, 9, 30), date(2024, 10, 1), date(2025, 4, 1), date(2025, 10, 1)])
def test_a_diagnosis_proves_nothing_beyond_its_edition(on: date) -> None:
    assert as_of.diagnosis([DiagnosisRow("E11", False)], on, OCTOBER) == (DiagnosisCode("E11", False), False)
    assert as_of.diagnosis([], on, OCTOBER) is None


def test_the_listing_of_a_physical_status_is_not_its_beginning() -> None:
    listed = HcpcsRow("P1", date(2006, 1, 1), date(2006, 1, 1), None, "C", "N")
    answer = as_of.hcpcs([listed], date(2005, 3, 1), OCTOBER)
    assert answer is not None
    value, is_proven = answer
    assert (value.active, value.added, is_proven) == (True, None, False)


def test_add_on_gathers_the_rows_in_force() -> None:
    rows = [
        AddOnRow(1, "11045", "11042", Y20, None),
        AddOnRow(1, "11045", "97597", Y20, END21),
        AddOnRow(3, "11045", None, Y24, None),
    ]
    assert ncci_as_of.add_on(rows, IN, Q3) == (AddOn("11045", 3, frozenset({"11042"}), contractor_defined=True), False)
    both = frozenset({"11042", "97597"})
    assert ncci_as_of.add_on(rows, END21, Q3) == (AddOn("11045", 1, both, contractor_defined=False), False)
    assert ncci_as_of.add_on(rows, date(2019, 12, 31), Q3) is None


def test_the_fee_schedule_gives_the_row_without_modifier() -> None:
    of_26 = FeeScheduleRow("93000", "26", "A", "XXX", "0.25", "0.25", "0", "0")
    whole = FeeScheduleRow("93000", "", "A", "XXX", "0.00", "0", "0", "6")
    split = {"components": frozenset({"26"})}
    said = FeeSchedule("93000", "A", "XXX", has_rvu=True, bilateral="0", multiple="0", modifier="26", **split)
    assert as_of.fee_schedule([of_26], IN, Q3) == (said, False)
    said = FeeSchedule("93000", "A", "XXX", has_rvu=False, bilateral="0", multiple="6", **split)
    assert as_of.fee_schedule([of_26, whole], IN, Q3) == (said, False)
    said = FeeSchedule("93000", "A", "XXX", has_rvu=True, bilateral="0", multiple="0", modifier="26", **split)
    assert as_of.fee_schedule([whole, of_26], IN, Q3, "26") == (said, False)
    assert as_of.fee_schedule([whole, of_26], IN, Q3, "TC") == as_of.fee_schedule([whole, of_26], IN, Q3)
    assert as_of.category_ii_on_schedule([whole], IN, Q3) == (CategoryII("93000", "A"), False)
    assert as_of.fee_schedule([], IN, Q3) is as_of.category_ii_on_schedule([], IN, Q3) is None


@pytest.mark.parametrize(
    ("say", "row", "in_use", "before"),
    [
        (ncci_as_of.mue, MueRow("1", 6, 3, "r"), Mue("1", 6, 3, "r"), False),
        (as_of.opps, OppsRow("1", "T", "5071"), Opps("1", "T", "5071"), False),
        (as_of.service_group, ServiceGroupRow("1", "g", "1 2", True), ServiceGroup("g", frozenset("12"), True), False),
        (as_of.category_ii, CategoryIIRow("1", "M", Y20, None), CategoryII("1", "M", True, Y20), True),
        (as_of.category_ii, CategoryIIRow("1", "M", None, None), CategoryII("1", "M"), False),
        (as_of.place_of_service, PlaceOfServiceRow("1", Y20, True), PlaceOfService("1", True, Y20, True), True),
        (as_of.carc, CarcRow("1", Y20, None), Carc("1", True, Y20), True),
        (as_of.rarc, RarcRow("1", True, Y20, None), Rarc("1", True, True, Y20), True),
        (as_of.code_list, CodeListRow("1", Y20, None, (("sex", "F"),)), CodeListEntry("1", ({"sex": "F"},)), False),
    ],
)
def test_a_row_in_use(say: Say[object], row: object, in_use: object, *, before: bool) -> None:
    assert say([row], IN, Q3) == (in_use, False)
    assert say([row], BEFORE, Q3) == (in_use, before)
    assert say([], IN, Q3) is None


def test_a_row_not_yet_or_no_longer_in_use() -> None:
    assert as_of.carc([CarcRow("15", Y20, END21)], IN, Q3) == (Carc("15", False, Y20, END21), True)
    assert as_of.rarc([RarcRow("M1", False, Y24, None)], BEFORE, Q3) == (Rarc("M1", False, False, Y24), True)
    assert as_of.place_of_service([PlaceOfServiceRow("27", Y24, False)], BEFORE, Q3) == (
        PlaceOfService("27", False, Y24, False),
        True,
    )
    assert as_of.category_ii([CategoryIIRow("3045F", "", None, END21)], AFTER, Q3) == (
        CategoryII("3045F", "", False, None, END21),
        True,
    )
    assert as_of.code_list([CodeListRow("1", Y20, END21, ())], IN, Q3) is None
