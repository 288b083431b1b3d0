"""The tables as of a day: asked once, and for all days on which they answer alike."""

from datetime import date

import pytest

from claimcheck.claims import Reason
from claimcheck.rules.facts import tables_on
from claimcheck.rules.facts.tables_on import TablesByDay
from claimcheck.tables import NotCovered, Tables

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
    monkeypatch.setattr(tables_on, "_MOST_KNOWN", 1)
    by_day = TablesByDay(STARTER)
    days = [date(2024, 7, day) for day in (1, 2, 3)]
    answers = [by_day.on(day).add_on(code) for day in days for code in ("17003", "99292")]
    assert answers == [STARTER.add_on(code, day) for day in days for code in ("17003", "99292")]
