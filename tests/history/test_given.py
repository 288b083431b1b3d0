"""A history of recorded lines says what the one says that recorded them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory
from claimcheck.history import RecordedHistory
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
