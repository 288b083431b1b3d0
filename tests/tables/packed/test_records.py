from __future__ import annotations

import json
from array import array
from datetime import date
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables.packed.container import pack, unpack
from claimcheck.tables.packed.records import RecordTable, pack_records
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
    Record,
    ServiceGroupRow,
)

codes = st.text("0123456789ABF", min_size=1, max_size=3)
texts = st.text(max_size=5)
days = st.dates()
ROW_TYPES = {
    MueRow: (codes, st.integers(0, 9999), st.integers(1, 3), texts),
    AddOnRow: (st.integers(1, 3), codes, st.none() | codes, days, st.none() | days),
    HcpcsRow: (codes, st.none() | days, st.none() | days, st.none() | days, texts, texts),
    DiagnosisRow: (codes, st.booleans()),
    FeeScheduleRow: (codes, *(texts,) * 19),
    OppsRow: (codes, texts, texts),
    CarcRow: (codes, st.none() | days, st.none() | days),
    RarcRow: (codes, st.booleans(), st.none() | days, st.none() | days),
    CodeListRow: (codes, st.none() | days, st.none() | days, st.lists(st.tuples(texts, texts), max_size=3).map(tuple)),
    CategoryIIRow: (codes, texts, st.none() | days, st.none() | days),
    PlaceOfServiceRow: (codes, st.none() | days, st.booleans()),
    ServiceGroupRow: (codes, texts, texts, st.booleans()),
}
tables = st.sampled_from(list(ROW_TYPES)).flatmap(
    lambda row_type: st.lists(st.builds(row_type, *ROW_TYPES[row_type]), min_size=1, max_size=12)
)


def code_of(row: Record) -> str:
    return row.add_on if isinstance(row, AddOnRow) else row.code


@given(tables, codes, st.randoms())
def test_a_packed_table_holds_every_row_and_finds_those_of_a_code(
    rows: list[Record], asked: str, random: Random
) -> None:
    packed = pack_records(rows)
    table = RecordTable.over(memoryview(packed), "file")
    assert sorted(map(repr, table)) == sorted(map(repr, rows))
    assert len(table) == len(rows)
    for code in {asked, *map(code_of, rows)}:
        assert sorted(map(repr, table.rows_of(code))) == sorted(repr(row) for row in rows if code_of(row) == code)
    assert {day for row in rows for day in row if isinstance(day, date)} <= set(table.days())
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert pack_records(shuffled) == packed


def test_a_table_that_was_packed_before_its_rows_had_a_field_is_read_without_it(monkeypatch) -> None:
    row = FeeScheduleRow("71046", "26", "A", "XXX", "0.26", "0.26", "0", "0", pctc="1")
    sections = unpack(memoryview(pack_records([row])), "new")
    about = json.loads(bytes(sections["about"]))
    about["values"] = about["values"][:7]
    kept = {name: sections[name] for name in ("keys", *(f"column{number}" for number in range(1, 8)))}
    old = {"about": json.dumps(about).encode(), **{name: array(part.format, part) for name, part in kept.items()}}
    table = RecordTable.over(memoryview(pack(old)), "old")
    assert table.rows_of("71046") == (row._replace(pctc=""),)
    assert table.values("pctc", [0]) == [""]
    about["values"] = about["values"][:6]
    damaged = {**old, "about": json.dumps(about).encode()}
    with pytest.raises(TableError, match="lacks a part"):
        RecordTable.over(memoryview(pack(damaged)), "old")


@given(tables, st.text())
def test_any_text_may_be_asked_for(rows: list[Record], text: str) -> None:
    table = RecordTable.over(memoryview(pack_records(rows)), "file")
    assert all(code_of(row) == text for row in table.rows_of(text))


def changed(**replaced: object) -> memoryview:
    """A packed table in which some sections, or what it says of itself, are other than they should be."""
    held = unpack(memoryview(pack_records([MueRow("1", 1, 1, "")])), "f")
    sections: dict[str, array[int] | bytes] = {name: bytes(view) for name, view in held.items()}
    sections["keys"] = array("Q", held["keys"].tolist())
    about = json.loads(sections["about"])
    for name, value in replaced.items():
        if name in about:
            about[name] = value
        elif value is None:
            del sections[name]
        else:
            sections[name] = cast("bytes", value)
    if "about" not in replaced:
        sections["about"] = json.dumps(about).encode()
    return memoryview(pack(sections))


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (changed(kind="pairs"), "does not hold records"),
        (changed(about=b"[]"), "does not hold records"),
        (changed(about=b"{"), "does not hold records"),
        (changed(row="NoRow"), "lacks a part"),
        (changed(keys=None), "lacks a part"),
        (changed(values=[[1]]), "lacks a part"),
        (changed(column1=b"\0\0"), "differ in length"),
        (changed(column1=None), "differ in length"),
    ],
)
def test_a_packed_table_that_contradicts_itself_is_refused(view: memoryview, reason: str) -> None:
    with pytest.raises(TableError, match=reason) as error:
        RecordTable.over(view, "the.packed")
    assert error.value.file == "the.packed"
