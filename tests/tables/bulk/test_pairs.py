"""Many pairs at once are answered as each is alone, whatever editions there are and whatever the days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.tables import Absent, Found, Tables
from claimcheck.tables.bulk import NO_EDIT, UNKNOWN, Pairs, pairs, times
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.shelf import Volume, shelved
from tables.making import PTP, ptp_rows

#: of the rows that are made, of the starter tables, and of none
CODES = ("11055", "11720", "99213", "3044F", "A0021", "20610", "97530", "97140", "45378", "45380", "", "NINE-LONG")
DAY = date(2024, 7, 15)
near_days = st.integers(-4, 24).map(lambda step: date(2023, 12, 31) + timedelta(step * 15))


@st.composite
def made(draw: st.DrawFn) -> Tables:
    """Tables of some editions, whole and partial, with gaps between them and overlaps."""
    volumes = []
    for program in draw(st.lists(st.sampled_from(["medicare", "medicaid"]), max_size=3)):
        first = draw(near_days)
        missing = draw(st.sampled_from([(), ("f2",)]))
        edition = Edition(program, PTP, first.isoformat(), first, first + timedelta(120), missing=missing)
        rows = draw(st.lists(ptp_rows, max_size=12))
        volumes.append(Volume(edition, PairTable.over(memoryview(pack_pairs([PairPart.of(rows)])), PTP)))
    tables = Tables(None, shelved(volumes))
    return tables.allowing(
        approximate_history=draw(st.booleans()), staleness_days=draw(st.sampled_from([0, 0, 60, 2_000]))
    )


def alone(tables: Tables, one: str, two: str, on: date, program: str) -> int:
    answer = tables.ptp(PTP, one, two, on, program)
    return answer.value.indicator if isinstance(answer, Found) else NO_EDIT if isinstance(answer, Absent) else UNKNOWN


def prove(tables: Tables, days: list[date], program: str = "medicare") -> None:
    """Every pair on every day, all at once: as each alone."""
    table = Pairs(tables, PTP, program)
    table.meet(CODES[:6])
    table.indicators(*np.array([*product(range(6), repeat=2)]).T, days[0])  # some codes are met later
    numbers = table.meet(CODES).tolist()
    everything = [*product(numbers, numbers, days)]
    ones, twos = np.array([pair[:2] for pair in everything]).T
    found = table.indicators(ones, twos, [day for *_, day in everything])
    wanted = [alone(tables, CODES[one], CODES[two], day, program) for one, two, day in everything]
    assert found.tolist() == wanted
    for day in days:
        of_day = [place for place, (*_, on) in enumerate(everything) if on == day]
        one, two = ones[of_day], twos[of_day]
        assert table.indicators(one, two, day).tolist() == found[of_day].tolist()
        back = table.indicators(two, one, day)
        assert table.either(one, two, day).tolist() == ((found[of_day] != NO_EDIT) | (back != NO_EDIT)).tolist()


@pytest.fixture(params=[-1, 10**9], ids=["by matrix", "one by one"], scope="module", autouse=True)
def few(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways of answering."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_FEW", request.param)
        yield


@given(made(), st.lists(near_days, min_size=1, max_size=3), st.sampled_from(["medicare", "medicaid"]))
def test_many_pairs_are_answered_as_each_alone(tables: Tables, days: list[date], program: str) -> None:
    prove(tables, days, program)


@pytest.mark.parametrize("day", [DAY, date(2019, 3, 1), date(2030, 1, 1)])
def test_the_starter_tables_answer_as_for_each_alone(day: date) -> None:
    prove(Tables.starter(), [day])


def test_codes_keep_their_numbers() -> None:
    table = Pairs(Tables.starter(), PTP)
    assert table.meet(["20610", "99213", "20610"]).tolist() == [0, 1, 0]
    assert table.meet(["11055", "99213"]).tolist() == [2, 1]


def test_no_pairs_get_no_answers() -> None:
    table = Pairs(Tables.starter(), PTP)
    none = np.empty(0, np.intp)
    assert table.indicators(none, none, DAY).tolist() == table.indicators(none, none, []).tolist() == []


def test_a_time_is_one_in_which_a_table_answers_alike() -> None:
    tables = Tables.starter()
    days = [date(2024, 6, 30), DAY, date(2024, 9, 30), date(2024, 10, 1)]
    first, second, third, fourth = times(tables, {PTP}, days).tolist()
    assert first < second == third < fourth
    assert times(tables, {"no such table"}, days).tolist() == [0, 0, 0, 0]
