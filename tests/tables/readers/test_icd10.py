"""The ICD-10 order files: which edition a zip is, what its addenda imply, and what an order file alone can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from claimcheck.errors import TableError
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import Reading, Refused, read
from claimcheck.tables.rows import DiagnosisRow

Only = Callable[..., Reading]
Named = Callable[[str], Path]
Edited = Callable[..., Path]
Zipped = Callable[..., Path]

ORDER, ADDENDA = "icd10cm_order_2023.txt", "icd10cm_order_addenda_2023.txt"

APRIL = {"A00": False, "A000": True, "A009": True, "Z591": False, "Z5910": True, "Z5911": True}
OCTOBER = {"A00": False, "A000": True, "A009": True, "Z591": True}


def codes(reading: Reading) -> dict[str, bool]:
    return {row.code: row.billable for row in reading.rows() if isinstance(row, DiagnosisRow)}


def edition(name: str, first: str, through: str, table: str = "icd10cm") -> Edition:
    return Edition("medicare", table, name, date.fromisoformat(first), date.fromisoformat(through))


def test_headers_are_told_from_billable_leaves(only: Only, fixture: Named):
    assert list(only(fixture("icd10pcs_order_2026.txt")).rows()) == [
        DiagnosisRow("001", billable=False),
        DiagnosisRow("0016070", billable=True),
        DiagnosisRow("0016071", billable=True),
    ]


def test_an_update_gives_its_own_state_and_the_one_before(fixture: Named, zipped: Zipped):
    april, october = read(zipped("cms_2023_dx.zip", ORDER, ADDENDA))
    assert april.edition == edition("2023-04-01", "2023-04-01", "2023-09-30")
    assert october.edition == edition("2023", "2022-10-01", "2023-03-31")
    assert codes(april) == APRIL
    assert codes(october) == OCTOBER
    assert list(codes(october)) == sorted(OCTOBER)


def test_addenda_against_the_year_before_are_those_of_october(only: Only, zipped: Zipped):
    reading = only(zipped("cms_2024_dx.zip", "icd10cm_order_2024.txt", "icd10cm_order_addenda_2024.txt"))
    assert reading.edition == edition("2024", "2023-10-01", "2024-03-31")


def test_the_name_tells_an_update_without_addenda(only: Only, edited: Edited):
    reading = only(edited("icd10cm_order_2024.txt", to="icd10cm-order-April-2025.txt"))
    assert reading.edition == edition("2025-04-01", "2025-04-01", "2025-09-30")


def test_a_named_update_whose_addenda_are_of_another_year_gives_no_october(only: Only, zipped: Zipped, fixture: Named):
    path = zipped(
        "cdc.zip",
        **{
            "icd10cm-order-April-2024.txt": fixture("icd10cm_order_2024.txt").read_bytes(),
            "icd10cm-order-addenda-April-2024.txt": fixture("icd10cm_order_addenda_2024.txt").read_bytes(),
        },
    )
    assert only(path).edition.name == "2024-04-01"


def test_an_order_file_alone_is_octobers_unless_it_holds_what_only_the_update_brought(only: Only, edited: Edited):
    assert only(edited(ORDER)).edition == edition("2023", "2022-10-01", "2023-03-31")
    told = only(edited(ORDER, (b"Z591   ", b"T74A   ")))
    assert told.edition == edition("2023-04-01", "2023-04-01", "2023-09-30")


def test_the_update_of_fiscal_2021_was_in_january(only: Only, edited: Edited):
    before = only(edited(ORDER, to="icd10cm_order_2021.txt"))
    assert before.edition == edition("2021", "2020-10-01", "2020-12-31")
    after = only(edited(ORDER, (b"Z5911 ", b"J1282 "), to="icd10cm_order_2021.txt"))
    assert after.edition == edition("2021-01-01", "2021-01-01", "2021-09-30")


def test_the_caller_may_say_which(only: Only, edited: Edited):
    path = edited(ORDER, to="order.txt")
    with pytest.raises(TableError, match=r"order.txt: does not say of which fiscal year it is.*icd10cm_order_2025.txt"):
        only(path)
    assert only(path, effective=date(2022, 10, 1)).edition.name == "2023"
    assert only(path, effective=date(2023, 4, 1)).edition.name == "2023-04-01"


@pytest.mark.parametrize(
    ("name", "changes", "table"),
    [
        ("icd10pcs_order_2026.txt", (), "icd10pcs"),
        (ORDER, (), "icd10cm"),
        (
            "icd10pcs_order_2026.txt",
            ((b"001    ", b"B00    "), (b"0016070", b"B016070"), (b"0016071", b"B016071")),
            "icd10pcs",
        ),
    ],
)
def test_diagnoses_are_told_from_procedures(
    only: Only, edited: Edited, name: str, changes: tuple[tuple[bytes, bytes], ...], table: str
):
    assert only(edited(name, *changes)).table == table


def test_procedures_have_their_own_addenda_form(only: Only, zipped: Zipped):
    reading = only(zipped("cms_2026_pr.zip", "icd10pcs_order_2026.txt", "order_addenda_2026.txt"))
    assert reading.edition == edition("2026", "2025-10-01", "2026-03-31", "icd10pcs")
    assert len(codes(reading)) == 3


def test_an_update_of_procedures_is_undone_too(zipped: Zipped, fixture: Named):
    order = fixture("icd10pcs_order_2026.txt").read_bytes()
    addenda = fixture("order_addenda_2026.txt").read_bytes().replace(b"order_2025", b"order_2026")
    april, october = read(zipped("pr.zip", **{"icd10pcs_order_2026.txt": order, "order_addenda_2026.txt": addenda}))
    assert april.edition.exact_from == date(2026, 4, 1)
    assert codes(october) == {"001": False, "0016070": True}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"00005 Z5910   1", b"00005 Z5910   2", "not a line of an order file"),
        (b"00005 Z5910   1", b"0000  Z5910   1", "not a line of an order file"),
        (b"00005 Z5910   1", b"00005 Z59-10  1", "the code: text of 6: A99-99, where an ICD-10-CM code is expected"),
    ],
)
def test_an_odd_line_is_refused(only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
    reading = only(edited(ORDER, (old, b"\r\n" + new)))
    assert len(list(reading.rows())) == 5
    [refused] = reading.refused
    assert refused.row == 6
    assert refused.reason.startswith(reason)
    assert list(reading.rows())
    assert len(reading.refused) == 1, "counted anew each time"


def test_an_odd_procedure_is_refused(only: Only, edited: Edited):
    reading = only(edited("icd10pcs_order_2026.txt", (b"0016071", b"00160I1")))
    assert len(list(reading.rows())) == 2
    assert reading.refused == [Refused(3, "the code: text of 7: 99999A9, where an ICD-10-PCS code is expected")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"      4 codes", b"      5 codes", "holds 4 codes where its addenda say 5"),
        (b"      2 headers", b"      3 headers", "holds 2 headers where its addenda say 3"),
        (b"Add:         1 Z5911 ", b"Add:         1 Z5919 ", "its addenda add Z5919, which it does not hold so"),
        (b"Add:         1 Z5911 ", b"Add:         0 Z5911 ", "its addenda add Z5911, which it does not hold so"),
        (b"      3 codes", b"      2 codes", "undoing its addenda gives 3 codes where they say 2"),
        (b"Add:         1 Z5911 ", b"Add:         ? Z5911 ", "not the addenda of an order file as published"),
        (b"Codes\r\n      3 codes", b"Codes\r\n      3 kodes", "not the addenda of an order file as published"),
    ],
)
def test_addenda_that_disagree_with_the_order_file_are_an_error(
    zipped: Zipped, fixture: Named, old: bytes, new: bytes, reason: str
):
    addenda = fixture(ADDENDA).read_bytes()
    assert old in addenda
    path = zipped("dx.zip", **{ORDER: fixture(ORDER).read_bytes(), ADDENDA: addenda.replace(old, new)})
    with pytest.raises(TableError, match=reason):
        [list(reading.rows()) for reading in read(path)]


def test_addenda_may_tell_the_fiscal_year(zipped: Zipped, fixture: Named):
    path = zipped("dx.zip", **{"order.txt": fixture(ORDER).read_bytes(), ADDENDA: fixture(ADDENDA).read_bytes()})
    assert [reading.edition.name for reading in read(path)] == ["2023-04-01", "2023"]
