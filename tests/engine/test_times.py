"""What was made on one day stands for every other day on which policy and tables say the same of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Policy, Tables, Validator
from claimcheck.engine import times
from claimcheck.engine.times import Alike
from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.rules.facts.time import Time
from engine.generated import claims

STARTER = Tables.starter()
VALIDATOR = Validator()
#: The days before and of each change of a table of 2020 and later, and of the policy.
CHANGES = [day for day in (*STARTER.boundaries, *VALIDATOR.policy.boundaries) if date(2020, 1, 1) <= day]
DAYS = sorted({*CHANGES, *(day - timedelta(1) for day in CHANGES)})


def moved(claim: dict[str, Any], day: date) -> dict[str, Any]:
    """The claim with all lines on one day."""
    lines = [{**line, "service_date": day.isoformat(), "service_date_end": None} for line in claim["lines"]]
    return {**claim, "lines": lines, "received_date": (day + timedelta(30)).isoformat(), "discharge_date": None}


@given(claim=claims(min_lines=1, max_lines=3), days=st.lists(st.sampled_from(DAYS), min_size=2, max_size=5))
def test_a_claim_is_judged_on_each_day_as_if_there_were_no_other(claim: dict[str, Any], days: list[date]) -> None:
    used = Validator(VALIDATOR.policy)
    on_each_day = [moved(claim, day) for day in days]
    assert [used.validate(one) for one in on_each_day] == [
        Validator(VALIDATOR.policy).validate(one) for one in on_each_day
    ]


def test_a_line_is_compiled_once_for_all_days_on_which_the_tables_say_the_same_of_it() -> None:
    validator = Validator()
    line = {"procedure_code": "99213", "units": 1, "charge": "100.00", "line_number": 1}
    for day in (date(2024, 7, 15), date(2024, 8, 1), date(2024, 9, 1), date(2024, 10, 15)):
        claim = {"claim_type": "professional", "received_date": "2025-01-01", "lines": [{**line, "service_date": day}]}
        validator.validate(claim)
    (setting,) = validator._workshop._settings.values()
    (alike,) = setting.lines.values()
    assert len(alike.at) == 4  # in each time between two changes of any table
    assert len({id(line.own) for line in alike.at.values()}) == 2  # before October, and from then on: editions end


TABLES = TablesByDay(STARTER)


def time_of(day: date | None, policy: Policy = VALIDATOR.policy) -> Time:
    return Time(day, policy.on(day), TABLES.on(day))


class Making:
    """Makes a thing that asks of a place of service that was assigned in October 2023; each is another one."""

    def __init__(self) -> None:
        self.made: list[date | None] = []
        self.alike: Alike[int] = Alike()

    def on(self, day: date | None, policy: Policy = VALIDATOR.policy) -> int:
        return self.alike.make(len(self.alike.at), time_of(day, policy), self._make, lambda one, _: one)

    def _make(self, time: Time) -> int:
        time.tables.place_of_service("27")
        self.made.append(time.on)
        return len(self.made)


@pytest.mark.parametrize(
    ("made", "asked", "holds"),
    [
        (date(2024, 7, 15), date(2024, 9, 15), True),
        (date(2024, 7, 15), date(2023, 9, 30), False),
        (date(2024, 7, 15), None, False),
        (None, date(2024, 7, 15), False),
        (None, None, True),
    ],
)
def test_what_was_made_holds_where_the_answers_are_the_same(made: date | None, asked: date | None, holds: bool) -> None:
    making = Making()
    assert [making.on(made), making.on(asked)] == ([1, 1] if holds else [1, 2])


def test_what_asked_nothing_still_knows_whether_there_is_a_day() -> None:
    alike: Alike[object] = Alike()
    none, some = (
        alike.make(era, time_of(day), lambda _: object(), lambda one, _: one)
        for era, day in enumerate((None, date(2024, 7, 15)))
    )
    assert none is not some


def test_another_policy_makes_another_thing() -> None:
    policy, making = Policy.load("anthem_ohio_medicaid_2024"), Making()
    change = policy.boundaries[0]
    assert [making.on(day, policy) for day in (change - timedelta(2), change - timedelta(1), change)] == [1, 1, 2]


def test_what_is_kept_notes_no_more() -> None:
    alike: Alike[Time] = Alike()
    made = alike.make(0, time_of(date(2024, 7, 15)), lambda noting: noting, lambda _, time: time)
    assert made.tables is TABLES.on(date(2024, 7, 15))


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "_MOST_MADE", 2)
    making = Making()
    days = [date(2024, 7, 15), date(2023, 9, 30), None]
    assert [making.on(day) for day in days] == [1, 2, 3]
    assert [making.on(day) for day in days[1:]] == [2, 3]
    assert making.on(days[0]) == 4


def test_few_times_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "_MOST_ERAS", 2)
    alike: Alike[int] = Alike()
    for era in range(3):
        alike.make(era, time_of(None), lambda _: 1, lambda one, _: one)
    assert [*alike.at] == [2]
