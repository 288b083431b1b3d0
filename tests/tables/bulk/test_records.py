"""Many codes at once are answered as each is alone, whatever editions there are and whatever the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.tables import Absent, Found, NotCovered, Tables
from claimcheck.tables.bulk import Answers, ask
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import (
    AddOnRow,
    CodeListRow,
    DiagnosisRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    OppsRow,
    Record,
    ServiceGroupRow,
)
from claimcheck.tables.shelf import Volume, shelved

DAY = date(2024, 7, 15)
CODES = ("99213", "97110", "3044F", "J1885", "D0120", "0001U", "LT", "59", "17003", "")
NO_CODES = ("NINE-LONG", "٩٩٢١٣", "99213\0", "ZZZZZ")

codes = st.sampled_from(CODES[:-1])
steps = st.integers(-12, 14).map(lambda step: date(2024, 1, 1) + timedelta(45 * step))
bounds = st.none() | steps
letters = st.sampled_from(["A", "B", ""])
ROWS: dict[str, st.SearchStrategy[Record]] = {
    "mue_practitioner": st.builds(MueRow, codes, st.integers(0, 9), st.integers(1, 3), letters),
    "add_on": st.builds(AddOnRow, st.integers(1, 3), codes, st.none() | codes, steps, bounds),
    "hcpcs": st.builds(HcpcsRow, codes, bounds, bounds, bounds, letters, letters),
    "modifier": st.builds(HcpcsRow, codes, bounds, bounds, bounds, letters, letters),
    "icd10cm": st.builds(DiagnosisRow, codes, st.booleans()),
    "fee_schedule": st.builds(FeeScheduleRow, codes, st.sampled_from(["", "26"]), *[letters] * 6),
    "opps": st.builds(OppsRow, codes, letters, letters),
    "service_group": st.builds(ServiceGroupRow, codes, letters, letters, st.booleans()),
    "outpatient_procedure": st.builds(
        CodeListRow, codes, bounds, bounds, letters.map(lambda letter: (("status_indicator", letter), ("apc", "")))
    ),
    "age_sex": st.builds(CodeListRow, codes, bounds, bounds, st.just((("sex", "F"),))),
}


@st.composite
def made(draw: st.DrawFn) -> Tables:
    """Tables of some editions, whole and partial, with gaps between them and overlaps."""
    volumes = []
    for table in draw(st.lists(st.sampled_from(list(ROWS)), min_size=1, max_size=4)):
        first = draw(steps)
        through = first + timedelta(draw(st.integers(0, 200)))
        missing = draw(st.sampled_from([(), ("a row",)]))
        edition = Edition(draw(st.sampled_from(["medicare", "medicaid"])), table, first.isoformat(), first, through)
        rows = draw(st.lists(ROWS[table], min_size=1, max_size=6))
        packed = RecordTable.over(memoryview(pack_records(rows)), table)
        volumes.append(Volume(Edition(*_fields(edition), False, missing), packed))
    tables = Tables(None, shelved(volumes))
    return tables.allowing(
        approximate_history=draw(st.booleans()), staleness_days=draw(st.sampled_from([0, 0, 60, 2_000]))
    )


def _fields(edition: Edition) -> tuple[str, str, str, date, date]:
    return edition.program, edition.table, edition.name, edition.exact_from, edition.exact_through


def each(tables: Tables, table: str, on: date, program: str) -> list[object]:
    """The answers to all codes, asked one by one by the lookup of the table."""
    everything = (*CODES, *NO_CODES)
    if table.startswith("mue"):
        return [tables.mue(table, code, on, program) for code in everything]
    if table == "add_on":
        return [tables.add_on(code, on, program) for code in everything]
    if table in ("age_sex", "outpatient_procedure"):
        return [tables.code_list(table, code, on) for code in everything]
    return [getattr(tables, table)(code, on) for code in everything]


def prove(tables: Tables, table: str, on: date, program: str = "medicare") -> Answers:
    """The answers at once, which are those of asking one by one."""
    answers = ask(tables, table, (*CODES, *NO_CODES), on, program)
    wanted = each(tables, table, on, program)
    assert list(answers) == wanted
    assert answers.found.tolist() == [isinstance(answer, Found) for answer in wanted]
    assert answers.covered.tolist() == [isinstance(answer, Found | Absent) for answer in wanted]
    silent = {place: answer for answer, places in answers.silent for place in places.tolist()}
    assert silent == {place: answer for place, answer in enumerate(wanted) if not isinstance(answer, Found)}
    return answers


ASKED = (*ROWS, "category_ii", "place_of_service", "carc")


@given(made(), steps, st.sampled_from(["medicare", "medicaid"]))
def test_answers_to_many_codes_are_those_of_asking_each(tables: Tables, on: date, program: str) -> None:
    for table in ASKED:
        of_a_program = table in ("mue_practitioner", "add_on")
        prove(tables, table, on, program if of_a_program else "medicare")


FIELDS = {
    "mue_practitioner": {"value": -1, "mai": 0, "rationale": ""},
    "fee_schedule": {"status": "", "bilateral": "-", "has_rvu": False},
    "icd10cm": {"billable": False},
    "opps": {"status_indicator": "", "apc": ""},
    "hcpcs": {"active": False, "terminated": None},
    "add_on": {"type": 0, "primaries": None},
    "service_group": {"codes": None, "confirmed": False},
}


@given(made(), steps)
def test_a_field_is_that_of_what_is_found(tables: Tables, on: date) -> None:
    for table, fields in FIELDS.items():
        answers = ask(tables, table, CODES, on)
        for name, default in fields.items():
            values = [getattr(answer.value, name) if isinstance(answer, Found) else default for answer in answers]
            array = answers.field(name, default)
            assert array.tolist() == values
            assert array.dtype.kind == {str: "U", int: "i", bool: "b"}.get(type(default), "O")


def test_answers_are_a_sequence() -> None:
    answers = ask(Tables.starter(), "mue_practitioner", ["97110", "3044F"], DAY)
    assert len(answers) == 2
    assert answers[-1] == Absent(answers[0].edition)  # type: ignore[union-attr]
    assert answers[:1] == [answers[0]]
    with pytest.raises(IndexError):
        answers[2]


def test_no_codes_get_no_answers() -> None:
    answers = ask(Tables.starter(), "hcpcs", [], DAY)
    assert (list(answers), answers.silent, answers.field("active", default=False).tolist()) == ([], (), [])


def test_of_what_no_table_is_loaded_for_the_answer_says_so() -> None:
    [answer] = ask(Tables.starter(), "age_sex", ["O80"], DAY)
    assert isinstance(answer, NotCovered)
