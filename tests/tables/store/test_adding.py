from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables import Found, Tables
from claimcheck.tables.packed.keys import LONGEST
from claimcheck.tables.readers import Reading, Refused, Row
from claimcheck.tables.rows import AddOnRow, MueRow, OppsRow, PtpRow
from claimcheck.tables.store import Added, add, add_readings, directory, list_editions, verify
from tables.making import PTP, ptp_rows, reading

PAIR = PtpRow("20610", "99213", date(2020, 1, 1), None, 1, "Misuse")
MUES = [MueRow("97110", 6, 3, "Clinical"), MueRow("11720", 1, 2, "Anatomic")]
PARTS = tuple(
    reading(PTP, [PAIR._replace(column_one=code)], part=part, notice=f"notice {part}")
    for part, code in (("f1", "00100"), ("f2", "20610"), ("f3", "29580"), ("f4", "99213"))
)
MUE = reading("mue_practitioner", MUES, notice="CPT only copyright")


def content(store: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in store.iterdir()}


def names(added: Added) -> tuple[list[str], list[str]]:
    return [str(edition) for edition in added.editions], [str(edition) for edition in added.unchanged]


def test_what_is_added_is_listed_with_where_it_is_from(tmp_path: Path) -> None:
    refused = Refused(7, "no code")
    given_reading = reading("mue_practitioner", MUES, notice="CPT only copyright", refused=[refused])
    added = add_readings([given_reading], tmp_path / "new" / "store")
    assert names(added) == (["medicare mue_practitioner 2024-07-01 (partial)"], [])
    assert (added.rows, added.refused) == (2, ((given_reading.source, refused),))
    [entry] = list_editions(tmp_path / "new" / "store")
    assert (entry.rows, entry.refused, entry.notices) == (2, 1, ("CPT only copyright",))
    [source] = entry.sources
    assert (source.name, source.sha256, source.rows) == (given_reading.source, given_reading.sha256, 2)
    missing = (f"1 row was not taken of {given_reading.source}",)
    assert entry.edition == attrs.evolve(given_reading.edition, missing=missing)
    assert (tmp_path / "new" / "store" / entry.file).stat().st_size == entry.size
    assert verify(tmp_path / "new" / "store") == ()


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    add_readings([MUE, *PARTS], tmp_path)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.iterdir()}
    renamed = reading("mue_practitioner", MUES, source="the same in another file.xlsx")
    for again in ([MUE, *PARTS], [PARTS[2]], [renamed], [MUE, renamed]):
        added = add_readings(again, tmp_path)
        assert (added.editions, added.rows) == ((), 0)
        assert added.unchanged
    assert before == {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.iterdir()}


def test_the_store_does_not_depend_on_the_order_or_on_how_many_adds(tmp_path: Path) -> None:
    stores = []
    for number, order in enumerate(permutations([MUE, *PARTS[:3]])):
        stores.append(tmp_path / str(number))
        if number % 2:
            add_readings(order, stores[-1])
        else:
            for one in order:
                add_readings([one], stores[-1])
    contents = [content(store) for store in stores]
    assert all(other == contents[0] for other in contents)


@given(st.lists(ptp_rows, min_size=1, max_size=12), st.lists(ptp_rows, min_size=1, max_size=12))
def test_parts_added_one_after_the_other_are_one_table(
    tmp_path_factory: pytest.TempPathFactory, one: list[PtpRow], two: list[PtpRow]
) -> None:
    together, apart = tmp_path_factory.mktemp("together"), tmp_path_factory.mktemp("apart")
    parts = [reading(PTP, one, part="f1"), reading(PTP, two, part="f2")]
    add_readings(parts, together)
    for part in reversed(parts):
        add_readings([part], apart)
    assert content(together) == content(apart)
    [volume] = Tables.open(apart)._shelves["medicare", PTP].volumes
    assert sorted(map(repr, volume.table)) == sorted(map(repr, one + two))


def test_an_edition_is_partial_until_every_part_is_there(tmp_path: Path) -> None:
    for number, part in enumerate(PARTS, start=1):
        add_readings([part], tmp_path)
        [entry] = list_editions(tmp_path)
        assert entry.parts == {f"f{n}" for n in range(1, number + 1)}
        assert entry.edition.partial == (number < 4)
        assert entry.notices == tuple(f"notice f{n}" for n in range(1, number + 1))


def test_a_new_release_of_an_edition_takes_its_place(tmp_path: Path) -> None:
    add_readings([MUE, *PARTS], tmp_path)
    corrected = [reading("mue_practitioner", [MUES[0]], source="corrected.csv")]
    corrected += [reading(PTP, [PAIR], part=part.part, source=f"{part.part}.new") for part in PARTS]
    added = add_readings(corrected, tmp_path)
    assert [edition.table for edition in added.editions] == ["mue_practitioner", PTP]
    assert {source.name for entry in list_editions(tmp_path) for source in entry.sources} == {
        r.source for r in corrected
    }
    assert len(list(tmp_path.glob("*.packed"))) == 2
    assert verify(tmp_path) == ()


def test_editions_stand_side_by_side(tmp_path: Path) -> None:
    later = reading("mue_practitioner", MUES, first=date(2024, 10, 1), last=date(2024, 12, 31))
    medicaid = reading("mue_practitioner", MUES, program="medicaid")
    add_readings([MUE], tmp_path)
    add_readings([later, medicaid], tmp_path)
    assert [str(entry.edition) for entry in list_editions(tmp_path)] == [
        "medicaid mue_practitioner 2024-07-01",
        "medicare mue_practitioner 2024-07-01",
        "medicare mue_practitioner 2024-10-01",
    ]


OTHER_F1 = reading(PTP, [PAIR._replace(indicator=0)], part="f1", source="other-f1.txt")
TOO_LONG = "1" * (LONGEST + 1)
ADD_ON = AddOnRow(1, "11045", "11042", date(2013, 4, 1), None)


@pytest.mark.parametrize(
    ("readings", "reason", "file"),
    [
        ([OTHER_F1], "part f1 differs from the one in the store; give all parts", "other-f1.txt"),
        ([OTHER_F1, PARTS[0], PARTS[1]], "it holds other rows than other-f1.txt", PARTS[0].source),
        ([reading(PTP, [PAIR], source="whole.txt")], "in parts and elsewhere in one piece", "whole.txt"),
        ([reading(PTP, [PAIR], part="f4", last=date(2024, 12, 31), source="z")], "other dates for the edition", "z"),
        ([reading("hcpcs", [], source="empty.txt")], "no row that could be taken", "empty.txt"),
        ([reading("opps", [OppsRow(TOO_LONG, "", "")], source="b.csv")], "a code of 1 to 8", "b.csv"),
        ([reading("ptp_dme", [PAIR._replace(column_two="")], source="d.txt")], "a code of 1 to 8", "d.txt"),
    ],
)
def test_what_cannot_be_added_leaves_the_store_as_it_was(
    tmp_path: Path, readings: list[Reading], reason: str, file: str
) -> None:
    add_readings([PARTS[0], PARTS[1], MUE], tmp_path)
    before = content(tmp_path)
    with pytest.raises(TableError, match=reason) as error:
        add_readings([reading("add_on", [ADD_ON]), *readings], tmp_path)
    assert error.value.file == file
    assert content(tmp_path) == before


def test_a_file_that_proves_damaged_while_it_is_read_adds_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Row]:
        yield MUES[0]
        raise TableError("cut short", file="x.csv", place=9)

    good = reading("mue_dme", MUES)
    bad = Reading(MUE.edition, "", "x.csv", "0" * 64, None, broken)
    with pytest.raises(TableError, match=r"x\.csv, row 9: cut short"):
        add_readings([good, bad], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [".lock"]


def test_what_a_killed_add_left_is_swept_and_other_files_are_not(tmp_path: Path) -> None:
    add_readings([MUE], tmp_path)
    before = content(tmp_path)
    for name in ("medicare.left.packed", "manifest.json.tmp", "medicare.left.packed.tmp"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("mine")
    assert isinstance(Tables.open(tmp_path), Tables)
    add_readings([MUE], tmp_path)
    assert content(tmp_path) == before | {"notes.txt": b"mine"}


def test_two_do_not_add_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        directory.locked(tmp_path),
        pytest.raises(TableError, match="another process is adding"),
        directory.locked(tmp_path, 0),
    ):
        pytest.fail("the lock was given twice")
    with directory.locked(tmp_path):
        pass


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="the store cannot be written") as error:
        add_readings([MUE], tmp_path / "file")
    assert error.value.file == str(tmp_path / "file")


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    add_readings([MUE, *PARTS], tmp_path, lambda *step: told.append(step))
    reading_steps = [step for step in told if step[0] == "reading"]
    assert reading_steps == sorted(reading_steps)
    assert (reading_steps[0], reading_steps[-1]) == (("reading", 0, 5), ("reading", 5, 5))
    assert told[-1] == ("packing", 2, 2)


def test_official_files_are_added_by_their_names(tmp_path: Path) -> None:
    file = tmp_path / "carc_2024-06.csv"
    file.write_text("code,start_date,end_date\n1,1995-01-01,\n15,1995-01-01,2018-05-01\n")
    added = add([file], tmp_path / "store")
    assert added.rows == 2
    assert [entry.table for entry in list_editions(tmp_path / "store")] == ["carc"]
    assert isinstance(Tables.open(tmp_path / "store").carc("15", date(2024, 6, 1)), Found)


def test_the_files_of_a_name_that_no_file_system_likes(tmp_path: Path) -> None:
    add_readings([reading("mue_dme", MUES, name="../ä b:c")], tmp_path)
    [entry] = list_editions(tmp_path)
    assert os.sep not in entry.file
    assert entry.file.isascii()
    assert "../ä b:c" in {edition.name for edition in Tables.open(tmp_path).editions}
