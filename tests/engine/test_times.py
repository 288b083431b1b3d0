"""What was made on one day stands for every other day on which policy and tables say the same of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, Policy, Tables, Validator
from claimcheck.engine import times
from claimcheck.engine.times import Made, made_alike
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesByDay
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
    (made,) = [made for (what, *_), made in setting.made.items() if what == "line"]
    assert len(setting.lines) == 4  # in each time between two changes of any table
    assert len(made) == 2  # before October, and from then on, when editions end


SETTING = Setting.of(Claim(), VALIDATOR.policy, TablesByDay(STARTER), has_reference=False)


def made_on(day: date | None, value: str = "made") -> Made[str]:
    """What asked of a place of service that was assigned in October 2023."""
    time, tables = Time.of(SETTING, day).noting()
    tables.place_of_service("27")
    return Made(value, time, tables.answers)


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
    assert made_on(made).holds_at(Time.of(SETTING, asked)) is holds


def test_what_asked_nothing_still_knows_whether_there_is_a_day() -> None:
    made = Made("made", Time.of(SETTING, None), {})
    assert not made.holds_at(Time.of(SETTING, date(2024, 7, 15)))


def test_another_policy_makes_another_thing() -> None:
    policy = Policy.load("anthem_ohio_medicaid_2024")
    before, after = policy.boundaries[0] - timedelta(1), policy.boundaries[0]
    setting = Setting.of(Claim(), policy, TablesByDay(STARTER), has_reference=False)
    assert not Made("made", Time.of(setting, before), {}).holds_at(Time.of(setting, after))


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "_MOST_TIMES", 2)
    made = [made_on(date(2024, 7, 15), value) for value in ("one", "two", "three")]
    assert made_alike(made, Time.of(SETTING, date(2023, 9, 30))) is None
    assert [one.value for one in made] == ["two", "three"]
    assert made_alike(made, Time.of(SETTING, date(2024, 8, 15))) == "two"
