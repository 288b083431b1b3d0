"""The tables of a store: each lookup, which edition answers, and when the starter tables help."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.tables import (
    Absent,
    AddOn,
    CategoryII,
    CodeListEntry,
    DiagnosisCode,
    Found,
    HcpcsCode,
    Lookup,
    Mue,
    NotCovered,
    Opps,
    Reason,
    Tables,
    starter,
)
from claimcheck.tables.rows import (
    AddOnRow,
    CodeListRow,
    DiagnosisRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    OppsRow,
    PtpRow,
)
from claimcheck.tables.store import add_readings
from tables.making import CODES, DAY, PTP, days, in_force, opened, ptp_rows, reading

PLACEHOLDER = date(1996, 1, 1)
PAIRS = [
    PtpRow("20610", "99213", date(2020, 1, 1), None, 1, "Misuse"),
    PtpRow("20610", "99213", PLACEHOLDER, date(2019, 12, 31), 0, "Misuse"),
    PtpRow("11719", "11720", PLACEHOLDER, None, 1, ""),
    PtpRow("11055", "11720", date(2021, 1, 1), date(2024, 7, 31), 0, ""),
    PtpRow("92014", "99213", date(2024, 7, 1), date(2024, 7, 1), 9, ""),
]
MUES = ("mue_practitioner", "mue_outpatient_hospital", "mue_dme")
OCTOBER = {"name": "2025", "first": date(2024, 10, 1), "last": date(2025, 3, 31)}
APRIL = {"name": "2025-04-01", "first": date(2025, 4, 1), "last": date(2025, 9, 30)}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    added = date(2023, 1, 1)
    return opened(
        tmp_path_factory.mktemp("store"),
        *(reading(PTP, [row], part=f"f{place}") for place, row in enumerate(PAIRS[:4], start=1)),
        reading("ptp_dme", [PtpRow("A4216", "A4217", PLACEHOLDER, None, 0, "")], program="medicaid"),
        reading("mue_practitioner", [MueRow("97110", 7, 3, "")]),
        reading("mue_practitioner", [MueRow("97110", 4, 1, "")], program="medicaid"),
        reading("add_on", [AddOnRow(1, "11045", "11042", PLACEHOLDER, None)]),
        reading("hcpcs", [HcpcsRow("J1885", added, added, None, "D", "N")]),
        reading("modifier", [HcpcsRow("LT", added, added, None, "", "")]),
        reading("icd10cm", [DiagnosisRow("E11", False), DiagnosisRow("E119", True)], **OCTOBER),
        reading("icd10pcs", [DiagnosisRow("0DTJ4ZZ", True)], **OCTOBER),
        reading("fee_schedule", [FeeScheduleRow("3044F", "", "I", "XXX", "0.00", "0.00", "9", "9")]),
        reading("opps", [OppsRow("99213", "B", "")]),
        reading("age_sex", [CodeListRow("O80", None, None, (("sex", "F"),))], first=date(1900, 1, 1), last=date.max),
    )


EARLY, LATE = date(2022, 5, 5), date(2024, 10, 1)
SOME_DAY = date(2030, 2, 2)


@pytest.mark.parametrize(
    ("one", "two", "on", "expected"),
    [
        ("20610", "99213", DAY, PAIRS[0]),
        ("99213", "20610", DAY, Absent),
        ("11055", "11720", date(2024, 7, 31), PAIRS[3]),
        ("11055", "11720", date(2024, 8, 1), Absent),
        ("20610", "99213", EARLY, PAIRS[0]),
        ("11719", "11720", EARLY, Reason.OUTSIDE_EDITION),  # a placeholder proves nothing
        ("20610", "99213", date(2019, 12, 31), Reason.OUTSIDE_EDITION),
        ("99213", "20610", EARLY, Reason.OUTSIDE_EDITION),
        ("20610", "99213", LATE, Reason.STALE),
        ("٩٩٢١٣", "NOT A CODE", DAY, Absent),
    ],
)
def test_ptp(tables: Tables, one: str, two: str, on: date, expected: object) -> None:
    match tables.ptp(PTP, one, two, on):
        case Found(value, edition, exact):
            assert (value, edition.table, exact) == (expected, PTP, True)
        case NotCovered(reason, table):
            assert (reason, table) == (expected, PTP)
        case absent:
            assert type(absent) is expected


def test_ptp_within(tables: Tables) -> None:
    everything = {code for row in PAIRS for code in row[:2]}
    now = tables.ptp_within(PTP, everything, DAY)
    assert (now.edits, now.not_covered, now.exact) == ((PAIRS[3], PAIRS[2], PAIRS[0]), None, True)
    early = tables.ptp_within(PTP, everything, EARLY)
    assert early.edits == (PAIRS[3], PAIRS[0])
    assert early.not_covered == NotCovered(Reason.OUTSIDE_EDITION, PTP)
    allowing = tables.allowing(approximate_history=True).ptp_within(PTP, everything, EARLY)
    assert (allowing.edits, allowing.not_covered, allowing.exact) == ((PAIRS[3], PAIRS[2], PAIRS[0]), None, False)
    late = tables.ptp_within(PTP, everything, LATE)
    assert (late.edits, late.not_covered) == ((), NotCovered(Reason.STALE, PTP))
    assert tables.ptp_within("ptp_dme", ["A4216", "A4217"], DAY, "medicaid").edits
    assert tables.ptp_within("ptp_dme", ["A4216", "A4217"], DAY).not_covered == NotCovered(Reason.NO_TABLE, "ptp_dme")


def test_a_partial_edition_says_nothing_of_what_it_lacks(tmp_path: Path) -> None:
    tables = opened(tmp_path, reading(PTP, PAIRS[:1], part="f2"))
    assert isinstance(tables.ptp(PTP, "20610", "99213", DAY), Found)
    assert tables.ptp(PTP, "11102", "99214", DAY) == NotCovered(Reason.PARTIAL_TABLE, PTP)
    within = tables.ptp_within(PTP, ["20610", "99213", "99214"], DAY)
    assert (within.edits, within.not_covered) == (tuple(PAIRS[:1]), NotCovered(Reason.PARTIAL_TABLE, PTP))
    assert [str(edition) for edition in tables.editions if not edition.starter] == [
        f"medicare {PTP} 2024-07-01 (partial)"
    ]


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (lambda t: t.mue("mue_practitioner", "97110", DAY), Mue("97110", 7, 3)),
        (lambda t: t.mue("mue_practitioner", "97110", DAY, "medicaid"), Mue("97110", 4, 1)),
        (lambda t: t.mue("mue_practitioner", "99213", DAY), Absent),
        (lambda t: t.mue("mue_practitioner", "97110", EARLY), Reason.OUTSIDE_EDITION),
        (lambda t: t.mue("mue_dme", "97110", DAY), Reason.NO_TABLE),
        (lambda t: t.add_on("11045", DAY), AddOn("11045", 1, frozenset({"11042"}), contractor_defined=False)),
        (lambda t: t.add_on("11045", EARLY), Reason.OUTSIDE_EDITION),
        (lambda t: t.add_on("11042", DAY), Absent),
        (lambda t: t.hcpcs("J1885", DAY), HcpcsCode("J1885", True, date(2023, 1, 1), None, "D", "N")),
        (lambda t: t.hcpcs("J1885", EARLY), HcpcsCode("J1885", False, date(2023, 1, 1), None, "D", "N")),
        (lambda t: t.hcpcs("J1885", LATE), Reason.STALE),
        (lambda t: t.hcpcs("J9999", DAY), Absent),
        (lambda t: t.hcpcs("J9999", EARLY), Reason.OUTSIDE_EDITION),
        (lambda t: t.hcpcs("D0120", DAY), Reason.NOT_IN_TABLE),
        (lambda t: t.modifier("LT", DAY), HcpcsCode("LT", True, date(2023, 1, 1))),
        (lambda t: t.modifier("59", DAY), HcpcsCode("59", True)),  # the starter's: the official file has no CPT ones
        (lambda t: t.modifier("GY", DAY), Absent),
        (lambda t: t.modifier("RH", DAY), Reason.NOT_IN_TABLE),
        (lambda t: t.icd10cm("E11", date(2025, 1, 1)), DiagnosisCode("E11", False)),
        (lambda t: t.icd10cm("E119", date(2025, 9, 30)), Reason.STALE),  # an April update may have changed it
        (lambda t: t.icd10cm("E119", date(2025, 10, 1)), Reason.STALE),
        (lambda t: t.icd10cm("E118", date(2025, 3, 31)), Absent),
        (lambda t: t.icd10cm("E118", date(2025, 4, 1)), Reason.STALE),
        (lambda t: t.icd10pcs("0DTJ4ZZ", date(2025, 1, 1)), DiagnosisCode("0DTJ4ZZ", True)),
        (lambda t: t.category_ii("3044F", DAY), CategoryII("3044F", "I")),
        (lambda t: t.category_ii("3046F", DAY), Absent),
        (lambda t: t.category_ii("3046F", EARLY), CategoryII("3046F", "I")),  # the starter's
        (lambda t: t.fee_schedule("99213", DAY), Absent),
        (lambda t: t.fee_schedule("0001U", DAY), Reason.NOT_IN_TABLE),
        (lambda t: t.opps("99213", DAY), Opps("99213", "B", "")),
        (lambda t: t.opps("D0120", DAY), Reason.NOT_IN_TABLE),
        (lambda t: t.code_list("age_sex", "O80", SOME_DAY), CodeListEntry("O80", ({"sex": "F"},))),
        (lambda t: t.code_list("age_sex", "O81", SOME_DAY), Absent),
        (lambda t: t.code_list("manifestation", "O80", SOME_DAY), Reason.NO_TABLE),
    ],
)
def test_lookups(tables: Tables, ask: object, expected: object) -> None:
    match ask(tables):  # type: ignore[operator]
        case Found(value, _, exact):
            assert (value, exact) == (expected, True)
        case NotCovered(reason):
            assert reason == expected
        case absent:
            assert type(absent) is expected


def test_the_april_edition_settles_what_october_cannot(tmp_path: Path) -> None:
    tables = opened(
        tmp_path,
        reading("icd10cm", [DiagnosisRow("E11", True)], **OCTOBER),
        reading("icd10cm", [DiagnosisRow("E11", False), DiagnosisRow("E119", True)], **APRIL),
    )
    may = date(2025, 5, 1)
    assert tables.icd10cm("E11", may).value == DiagnosisCode("E11", False)  # type: ignore[union-attr]
    assert isinstance(tables.icd10cm("E118", may), Absent)
    assert isinstance(tables.icd10cm("E119", date(2025, 3, 31)), Absent)


def test_views_that_allow_more_say_that_they_are_not_exact(tables: Tables) -> None:
    back = tables.allowing(approximate_history=True)
    assert back.ptp(PTP, "11719", "11720", EARLY) == Found(
        PAIRS[2], tables.ptp(PTP, *PAIRS[0][:2], DAY).edition, exact=False
    )  # type: ignore[union-attr]
    assert back.ptp(PTP, "99213", "20610", EARLY).exact is False  # type: ignore[union-attr]
    assert back.ptp(PTP, "20610", "99213", EARLY).exact is True  # type: ignore[union-attr]
    assert back.mue("mue_practitioner", "97110", EARLY).exact is False  # type: ignore[union-attr]
    ahead = tables.allowing(staleness_days=1)
    assert ahead.mue("mue_practitioner", "97110", LATE).exact is False  # type: ignore[union-attr]
    assert isinstance(ahead.mue("mue_practitioner", "97110", LATE + timedelta(1)), NotCovered)
    assert tables == Tables.open(tables.path or "") != ahead


def test_the_pairs_of_a_code(tables: Tables) -> None:
    assert sorted(pair.edit for pair in tables.pairs("99213")) == sorted(PAIRS[:2])
    assert [pair.edit for pair in tables.pairs("99213", DAY)] == PAIRS[:1]
    assert [str(pair.edition) for pair in tables.pairs("A4217")] == ["medicaid ptp_dme 2024-07-01"]
    assert tables.pairs("ZZZZZ") == ()


@pytest.mark.parametrize(
    ("code", "tables_told"),
    [
        ("J1885", {"hcpcs", "opps", "add_on", "icd10cm", *MUES}),
        ("LT", {"modifier"}),
        ("3044F", {"fee_schedule", "category_ii", "service_group", "opps", "add_on", *MUES}),
        ("E11", {"icd10cm"}),
        ("0DTJ4ZZ", {"icd10pcs"}),
        ("11", {"modifier", "place_of_service", "carc"}),
        ("N620", {"icd10cm", "rarc"}),
        ("no code", set()),
    ],
)
def test_what_is_known_of_a_code(tables: Tables, code: str, tables_told: set[str]) -> None:
    assert set(tables.describe(code, DAY)) == tables_told


def test_editions_and_how_the_tables_print(tables: Tables) -> None:
    editions = tables.editions
    assert editions == tuple(sorted(editions, key=lambda e: (e.program, e.table, e.exact_from)))
    assert {edition.table for edition in editions if edition.starter} == set(starter.TABLES)
    assert str(tables.path) in repr(tables)
    assert "the starter" in repr(Tables.starter())


def test_pickled_tables_open_the_same_store(tables: Tables) -> None:
    for given_tables in (tables, tables.allowing(staleness_days=7), Tables.starter()):
        pickled = pickle.dumps(given_tables)
        assert len(pickled) < 500
        again = pickle.loads(pickled)
        assert again == given_tables
        assert again.ptp(PTP, "20610", "99213", DAY) == given_tables.ptp(PTP, "20610", "99213", DAY)


def everything(tables: Tables, on: date) -> list[Lookup[object]]:
    """Every kind of lookup, over every kind of code."""
    codes = (*CODES, "3045F", "J1885", "LT", "JZ", "E11", "E118", "27", "15", "M1", "O80", "11045", "97110")
    asked: list[Lookup[object]] = [answer for code in codes for answer in tables.describe(code, on).values()]
    asked += [tables.code_list("age_sex", code, on) for code in codes]
    return asked + [tables.ptp(PTP, one, two, on) for one in CODES for two in CODES]


@given(days, days, st.sampled_from([0, 45]))
def test_between_two_boundaries_nothing_changes(tables: Tables, one: date, other: date, staleness: int) -> None:
    view = tables.allowing(staleness_days=staleness)
    boundaries = view.boundaries
    assert list(boundaries) == sorted(set(boundaries))
    first = max((day for day in boundaries if day <= one), default=date.min)
    last = min((day for day in boundaries if day > one), default=date.max) - timedelta(1)
    other = min(max(other, first), last)
    assert everything(view, one) == everything(view, other)


def test_answers_change_on_the_day_after_a_last_day(tmp_path: Path) -> None:
    held = opened(tmp_path, reading("hcpcs", [HcpcsRow("J9999", date(1997, 1, 1), None, date(2024, 8, 15), "D", "D")]))
    ended = date(2024, 8, 16)
    assert ended in held.boundaries
    assert held.hcpcs("J9999", ended) != held.hcpcs("J9999", ended - timedelta(1))


@given(st.lists(ptp_rows, min_size=1, max_size=30), days)
def test_a_store_of_any_rows_answers_as_a_scan_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[PtpRow], on: date
) -> None:
    tables = opened(
        tmp_path_factory.mktemp("store"), reading(PTP, rows, first=date(2018, 1, 1), last=date(2026, 12, 31))
    )
    for one in CODES:
        for two in CODES:
            answer = tables.ptp(PTP, one, two, on)
            assert (answer.value if isinstance(answer, Found) else None) == in_force(rows, one, two, on)


def test_a_store_replaced_while_open_keeps_answering(tmp_path: Path) -> None:
    before = opened(tmp_path, reading("mue_dme", [MueRow("A0021", 1, 3, "")]))
    add_readings([reading("mue_dme", [MueRow("A0021", 2, 3, "")], source="corrected")], tmp_path)
    assert len(list(tmp_path.glob("*.packed"))) == 1
    assert before.mue("mue_dme", "A0021", DAY).value.value == 1  # type: ignore[union-attr]
    assert Tables.open(tmp_path).mue("mue_dme", "A0021", DAY).value.value == 2  # type: ignore[union-attr]


def test_the_fee_schedule_gives_the_row_of_the_component_that_is_asked_for(tmp_path: Path) -> None:
    rows = [
        FeeScheduleRow("83020", part, status, "XXX", "0", "0", "0", "0") for part, status in (("", "X"), ("26", "A"))
    ]
    tables = opened(tmp_path, reading("fee_schedule", rows))
    for part, said in (("", ("X", "")), ("26", ("A", "26")), ("TC", ("X", "")), ("53", ("X", ""))):
        answer = tables.fee_schedule("83020", DAY, part)
        assert isinstance(answer, Found)
        assert (answer.value.status, answer.value.modifier) == said
        assert answer.value.components == {"26"}
    for part in ("", "26"):
        assert isinstance(tables.fee_schedule("83021", DAY, part), Absent)
        assert tables.fee_schedule("99213", LATE, part) == tables.fee_schedule("99213", LATE)
        assert Tables.starter().fee_schedule("99213", DAY, part) == Tables.starter().fee_schedule("99213", DAY)
