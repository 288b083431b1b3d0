"""A history of recorded lines says what the one says that recorded them."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory
from claimcheck.history import RecordedHistory
from claimcheck.history.accounts import name_of
from history.made import claim, line, result

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 40).map(lambda days: FIRST + timedelta(days))


@st.composite
def recorded(draw: st.DrawFn) -> Claim:
    """A claim of one of two members, which may replace or void another."""
    lines = [line(day=day.isoformat(), service_date_end=end) for day, end in draw(st.lists(st.tuples(DAYS, DAYS)))]
    return claim(
        draw(st.sampled_from("ABC")),
        *lines,
        member_id=draw(st.sampled_from(["M1", "M2"])),
        frequency_code=draw(st.sampled_from("1178")),
        original_claim_id=draw(st.sampled_from(["A", "B", None])),
        received_date=draw(st.none() | DAYS),
    )


@given(st.lists(recorded(), max_size=5), DAYS, DAYS, st.none() | recorded())
def test_it_answers_as_the_history_that_it_was_taken_from(
    claims: list[Claim], first: date, through: date, other_than: Claim | None
) -> None:
    kept = MemoryHistory()
    for one in claims:
        kept.record(one, result(one))
    told = RecordedHistory(
        {member: reversed(kept.lines(member, date.min, date.max)) for member in ("M1", "M2")}, kept.known_from
    )
    assert told.known_from == date.min
    for member in ("M1", "M2", "M3"):
        asked = (member, first, through)
        assert told.lines(*asked, other_than=other_than) == kept.lines(*asked, other_than=other_than)


def test_what_may_be_missing_is_said() -> None:
    assert RecordedHistory({}, None).known_from is None


def test_bills_keep_the_numbers_of_the_history_that_they_come_from() -> None:
    kept = MemoryHistory()
    for day in ("2024-03-01", "2024-02-01", "2024-01-01"):  # the later visits came first
        one = claim("A", line(day=day), member_id="M1", frequency_code="1")
        kept.record(one, result(one))
    lines = kept.lines("M1", date.min, date.max)
    assert len({one.claim for one in lines}) == 3
    for some in (lines, lines[:2], lines[1:], [lines[0]], [lines[2]]):
        told = RecordedHistory({"M1": reversed(some)}, kept.known_from)
        assert told.lines("M1", date.min, date.max) == tuple(some)


def test_lines_without_a_bill_number_take_those_that_are_left() -> None:
    kept = MemoryHistory()
    one = claim("A", line(), member_id="M1")
    kept.record(one, result(one))
    (first,) = kept.lines("M1", date.min, date.max)
    may, june = date(2024, 5, 1), date(2024, 6, 1)
    numbered = attrs.evolve(first, claim=name_of("A", 2), service_date=may, service_date_end=may)
    plain = attrs.evolve(first, service_date=june, service_date_end=june)
    told = RecordedHistory({"M1": [plain, numbered, first]}, None).lines("M1", date.min, date.max)
    assert {one.claim: one.service_date for one in told} == {
        "A": min(first.service_date, june),
        name_of("A", 2): may,
        name_of("A", 3): max(first.service_date, june),
    }
