"""The tables as of a day: asked once, and for all days on which they answer alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import Reason
from claimcheck.rules.facts import tables_by_day, tables_on
from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.tables import NotCovered, Tables
from support.made_tables import fee_schedule

STARTER = Tables.starter()


def test_days_between_two_boundaries_share_what_was_asked():
    by_day = TablesByDay(STARTER)
    assert by_day.on(date(2024, 7, 15)) is by_day.on(date(2024, 7, 16))
    assert by_day.on(date(2024, 7, 15)) is not by_day.on(date(2024, 6, 30))


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 1)])
def test_the_answer_is_that_of_the_tables(day):
    asked = TablesByDay(STARTER).on(day)
    for _ in range(2):
        assert asked.mue("mue_practitioner", "97110") == STARTER.mue("mue_practitioner", "97110", day)


def test_without_a_day_no_table_answers():
    assert TablesByDay(STARTER).on(None).fee_schedule("99213") == NotCovered(Reason.NO_SERVICE_DATE, "fee_schedule")


def test_a_full_memory_is_emptied_and_answers_stay_the_same(monkeypatch):
    for module in (tables_on, tables_by_day):
        monkeypatch.setattr(module, "MOST_KNOWN", 1)
    by_day = TablesByDay(STARTER)
    days = [date(2024, 7, day) for day in (1, 2, 3)]
    answers = [by_day.on(day).add_on(code) for day in days for code in ("17003", "99292")]
    assert answers == [STARTER.add_on(code, day) for day in days for code in ("17003", "99292")]


BOUNDARIES = [day for day in STARTER.boundaries if day.year >= 2019]
DAYS = sorted({*BOUNDARIES, *(day - timedelta(1) for day in BOUNDARIES)})
QUESTIONS = [
    *[("category_ii", code) for code in ("3044F", "3074F", "0001F")],
    *[("fee_schedule", code) for code in ("99213", "3044F")],
    *[("add_on", code) for code in ("99292", "17003")],
    *[("mue", "mue_practitioner", code) for code in ("97110", "99213")],
    *[(table, code) for table, code in (("modifier", "59"), ("place_of_service", "27"), ("service_group", "3044F"))],
    ("ptp_within", "ptp_practitioner", ("45378", "45385")),
]


@given(asked=st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(QUESTIONS)), max_size=20))
def test_what_was_asked_of_one_table_is_known_until_it_changes(asked):
    by_day = TablesByDay(STARTER)
    for day, (lookup, *key) in asked:
        assert getattr(by_day.on(day), lookup)(*key) == getattr(STARTER, lookup)(*key, day)


def test_one_answer_serves_all_days_between_two_changes_of_its_table():
    by_day = TablesByDay(STARTER)
    july, august = by_day.on(date(2024, 7, 15)), by_day.on(date(2024, 8, 15))  # a place of service began between them
    assert july is not august
    assert july.fee_schedule("99213") is august.fee_schedule("99213")


def test_notes_hold_each_question_with_its_answer():
    asked = TablesByDay(STARTER).on(date(2024, 7, 15))
    noting = asked.noting()
    answer = noting.mue("mue_practitioner", "97110")
    assert list(noting.answers.values()) == [answer]
    assert asked.repeats(noting.answers)
    assert noting.fee_schedule("99213") == asked.fee_schedule("99213")
    assert len(noting.answers) == 2


def test_a_question_of_a_component_is_another_question():
    day = date(2024, 7, 15)
    tables = fee_schedule(_83020="X", _83020_26="A")
    noting = TablesByDay(tables).on(day).noting()
    for component, status in (("26", "A"), ("", "X"), ("TC", "X"), ("26", "A")):
        answer = noting.fee_schedule("83020", component)
        assert answer == tables.fee_schedule("83020", day, component)
        assert answer.value.status == status
    assert len(noting.answers) == 3
    assert TablesByDay(fee_schedule(_83020="X", _83020_26="A")).on(day).repeats(noting.answers)
    assert not TablesByDay(fee_schedule(_83020="X", _83020_26="B")).on(day).repeats(noting.answers)
