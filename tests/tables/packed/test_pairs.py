from __future__ import annotations

import json
from array import array
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables.packed import pairs
from claimcheck.tables.packed.container import pack, unpack
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.rows import PtpRow
from tables.making import CODES, DAY, in_force, near_days, ptp_rows

tables = st.lists(ptp_rows, max_size=40)
ROW = PtpRow("11719", "11720", date(2020, 1, 1), None, 1, "")


def table_of(*parts: list[PtpRow]) -> PairTable:
    return PairTable.over(memoryview(pack_pairs([PairPart.of(part) for part in parts])), "file")


@given(tables, near_days)
def test_every_lookup_is_what_a_scan_of_the_rows_gives(rows: list[PtpRow], on: date) -> None:
    table = table_of(rows)
    assert sorted(map(repr, table)) == sorted(map(repr, rows))
    assert len(table) == len(rows)
    for one, two in permutations(CODES, 2):
        assert table.in_force(one, two, on) == in_force(rows, one, two, on)
    for code in CODES:
        of_code = [row for row in rows if code in row[:2]]
        assert sorted(map(repr, table.rows_of(code))) == sorted(map(repr, of_code))


@given(tables, near_days, st.lists(st.sampled_from((*CODES, "ZZZZZ", "", "NINE-LONG", "٩"))), st.sampled_from([0, 20]))
def test_the_pairs_within_a_set_are_those_of_asking_each(
    rows: list[PtpRow], on: date, codes: list[str], scan: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_SCAN_PER_BISECT", scan)  # both ways of going through a column-one code's rows
        within = table_of(rows).within(codes, on)
    each = [in_force(rows, one, two, on) for one, two in permutations(sorted(set(codes)), 2)]
    assert within == [edit for edit in each if edit is not None]


@given(tables, st.lists(near_days, min_size=2, max_size=12))
def test_windows_in_force_are_those_that_began_and_are_not_over(rows: list[PtpRow], days: list[date]) -> None:
    table = table_of(rows)
    for on in (date.min, *days, date.max):  # of one table, as what one day answers is cached for others
        expected = [
            begins <= on and (ends is None or on <= ends) and indicator != 9
            for begins, ends, indicator, _ in table.windows
        ]
        assert list(map(bool, table.windows_in_force(on))) == expected


@given(tables, tables, tables)
def test_parts_in_any_order_or_in_one_give_the_same_bytes(
    one: list[PtpRow], two: list[PtpRow], three: list[PtpRow]
) -> None:
    packed = {pack_pairs([PairPart.of(part) for part in parts]) for parts in permutations([one, two, three])}
    assert packed == {pack_pairs([PairPart.of([*three, *one, *two])])}


@given(tables)
def test_the_dates_of_the_table_are_those_of_its_rows(rows: list[PtpRow]) -> None:
    dates = {day for row in rows for day in (row.effective, row.deletion) if day is not None}
    assert set(table_of(rows).days()) == dates


def test_the_digest_is_of_the_rows_and_of_nothing_else() -> None:
    other = ROW._replace(indicator=0)
    assert PairPart.of([ROW]).digest() == PairPart.of(iter([ROW])).digest()
    assert len({PairPart.of(rows).digest() for rows in ([ROW], [other], [ROW, other], [ROW, ROW])}) == 4


def test_more_codes_than_any_file_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimcheck.tables.packed.pair_packing._MOST", 1)
    with pytest.raises(TableError, match="more than 1 different codes"):
        PairPart.of([ROW])


def changed(**replaced: object) -> memoryview:
    """A packed table in which one section is other than it should be; None leaves it out."""
    held = unpack(memoryview(pack_pairs([PairPart.of([ROW])])), "f")
    sections: dict[str, array[int] | bytes] = {
        name: bytes(view) if view.format == "B" else array(view.format, list(view)) for name, view in held.items()
    }
    about = json.loads(sections["about"]) | {name: replaced.pop(name) for name in list(replaced) if name == "kind"}
    sections["about"] = json.dumps(about).encode()
    sections |= replaced  # type: ignore[operator]
    return memoryview(pack({name: section for name, section in sections.items() if section is not None}))


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (changed(kind="records"), "does not hold pairs"),
        (changed(starts=None), "lacks a part"),
        (changed(twos=None), "lacks a part"),
        (changed(starts=array("I", [0, 1])), "differ in length"),
        (changed(starts=array("I", [0, 1, 7])), "differ in length"),
        (changed(windows=b"\0\0"), "differ in length"),
    ],
)
def test_a_packed_table_that_contradicts_itself_is_refused(view: memoryview, reason: str) -> None:
    with pytest.raises(TableError, match=reason) as error:
        PairTable.over(view, "the.packed")
    assert error.value.file == "the.packed"


def test_a_pair_on_the_day_it_ends_and_on_the_day_it_begins() -> None:
    ended = [ROW._replace(effective=date(2020, 1, 1), deletion=DAY), ROW._replace(column_two="11055", effective=DAY)]
    table = table_of(ended)
    assert table.in_force("11719", "11720", DAY) == ended[0]
    assert table.in_force("11719", "11055", DAY) == ended[1]
    assert table.in_force("11719", "11720", date(2024, 7, 16)) is None
    assert table.in_force("11719", "11055", date(2024, 7, 14)) is None
    assert table.within(["11719", "11720", "11055"], DAY) == [ended[1], ended[0]]
    assert table.within(["11719", "11720"], DAY + timedelta(1)) == []


def test_of_windows_that_overlap_the_one_that_began_last_counts() -> None:
    first = ROW._replace(effective=date(2020, 1, 1), indicator=0)
    last = ROW._replace(effective=date(2023, 1, 1), indicator=1)
    never = ROW._replace(effective=date(2024, 1, 1), indicator=9)
    table = table_of([last, never, first])
    assert table.in_force("11719", "11720", DAY) == last
    assert table.within(["11719", "11720"], DAY) == [last]
    assert table.within(["11719", "11720"], date(2022, 12, 31)) == [first]


def test_pairs_of_two_codes_with_one_code_are_both_within() -> None:
    rows = [ROW._replace(column_one=one, column_two="99213") for one in ("11055", "11719", "11720")]
    assert table_of(rows).within(["11055", "11719", "11720", "99213"], DAY) == rows
