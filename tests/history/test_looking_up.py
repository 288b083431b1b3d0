"""What a history finds by codes and by providers is what a look through all lines finds, however it looks."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck import MemoryHistory, SqliteHistory
from claimcheck.history import Batch
from claimcheck.history.neighbours import Group, Neighbours, beside
from claimcheck.history.uses import uses
from claimcheck.policies.parameters.ncci import SameProvider
from history.made import against, claim, line, result
from history.own import KEY

FIRST = date(2024, 2, 1)
EVER = date.min, date.max
NPIS = ("1234567893", "1003000126", None)
DAYS = st.integers(0, 3)
LINES = st.tuples(st.sampled_from(["3044F", "3046F", "99213"]), DAYS, st.integers(0, 9), st.sampled_from(NPIS))
CLAIMS = st.lists(st.tuples(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(NPIS)), min_size=1, max_size=60)
CODES = (frozenset({"3044F"}), frozenset({"3044F", "3046F"}), frozenset({"99999"}))


def day(number):
    return FIRST + timedelta(days=number)


def a_line(code, first, more, npi):
    end = day(first + more) if more > 7 else None
    return line(code, day=day(first).isoformat(), service_date_end=end, rendering_npi=npi, units=1 + more % 2)


def recorded(history, claims):
    for number, (lines, npi) in enumerate(claims):
        received = day(9 - number % 3)
        one = claim(f"C{number:02}", *[a_line(*given) for given in lines], billing_npi=npi, received_date=received)
        overturned = (against(f"C{number - 1:02}"),) if number % 7 == 6 else ()
        history.record(one, result(one, overturned=overturned))
    return history


@pytest.fixture(params=["memory", "sqlite", "batch", "batch over sqlite"])
def new_history(request, tmp_path_factory):
    """Makes an empty history."""

    def make():
        if request.param == "memory":
            return MemoryHistory()
        below = None
        if "sqlite" in request.param:
            below = SqliteHistory(tmp_path_factory.mktemp("history") / "history.db", KEY)
        return below if request.param == "sqlite" else Batch(below)

    return make


@given(claims=CLAIMS, first=DAYS, last=DAYS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_found_is_what_is_there(new_history, claims, first, last):
    history = recorded(new_history(), claims)
    everything = history.lines("M1", *EVER)
    days = day(first), day(max(first, last))
    for codes in CODES:
        found = [*uses(history, "M1", codes, *days)]
        assert found == [one for one in everything if one.code in codes and days[0] <= one.service_date <= days[1]]
    for same in SameProvider:
        for providers in ((NPIS[0],), NPIS[:2]):
            groups = frozenset(Group("professional", False, (npi,)) for npi in providers)
            neighbours = Neighbours(same, groups)
            there = [one for one in history.lines("M1", *days) if neighbours.has(one)]
            assert [*beside(history, "M1", *days, neighbours)] == there
