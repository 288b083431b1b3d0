"""A history of recorded lines says what the one says that recorded them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory, SqliteHistory
from claimcheck.history import Batch, RecordedHistory, entry_of
from claimcheck.history.accounts import name_of
from claimcheck.history.standing import standing as in_force_at
from history.made import claim, line, result
from history.own import KEY

EVER = date.min, date.max
FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 40).map(lambda days: FIRST + timedelta(days))


@st.composite
def recorded(draw: st.DrawFn) -> Claim:
    """A claim of one of two members, which may replace or void another."""
    days = draw(st.sampled_from([DAYS, st.sampled_from([FIRST, FIRST + timedelta(1)])]))
    spans = [sorted(ends) for ends in draw(st.lists(st.tuples(days, days), max_size=4))]
    lines = [
        line(draw(st.sampled_from(["3044F", "99213"])), day=first.isoformat(), service_date_end=last)
        for first, last in spans
    ]
    return claim(
        draw(st.sampled_from("AABC")),
        *lines,
        member_id=draw(st.sampled_from(["M1", "M1", "M2"])),
        frequency_code=draw(st.sampled_from(["1", "1", "1", "7", "8", "2", None])),
        original_claim_id=draw(st.sampled_from(["A", "B", None, None])),
        submitted_claim_id=draw(st.sampled_from([None, None, "X"])),
        received_date=draw(st.none() | DAYS),
    )


@given(st.lists(recorded(), max_size=5), DAYS, DAYS, st.none() | recorded())
def test_it_answers_as_the_history_that_it_was_taken_from(
    claims: list[Claim], first: date, through: date, other_than: Claim | None
) -> None:
    """Lines tell nothing of what was replaced or voided, so none of these claims is."""
    kept = MemoryHistory()
    for one in _all_in_force(claims):
        kept.record(one, result(one))
    lines = {member: kept.lines(member, date.min, date.max) for member in ("M1", "M2")}
    told = RecordedHistory({member: reversed(some) for member, some in lines.items()}, kept.known_from)
    assert told.known_from == date.min
    for member in ("M1", "M2", "M3"):
        asked = (member, first, through)
        for other in (other_than, *claims):
            assert told.lines(*asked, other_than=other) == kept.lines(*asked, other_than=other)


def _all_in_force(claims: list[Claim]) -> list[Claim]:
    """Those of the claims that stay in force if nothing else is recorded."""
    while True:
        entries = [(one, entry) for one in claims if (entry := entry_of(one, result(one))) is not None]
        standing = [entries[place][0] for place, _ in in_force_at([entry for _, entry in entries])]
        if len(standing) == len(claims):
            return claims
        claims = standing


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


def test_two_first_claims_of_one_account_and_day_are_two_bills() -> None:
    first, second, third = (
        claim("ACCT", line(code, "2024-02-01"), frequency_code="1") for code in ("99213", "97110", "36415")
    )
    kept = MemoryHistory()
    for one in (first, second):
        kept.record(one, result(one))
    told = RecordedHistory({"M1": kept.lines("M1", date.min, date.max)}, kept.known_from)
    replaced = attrs.evolve(first, frequency_code="7")
    for history in (kept, told):
        beside = {
            other.lines[0].procedure_code: [one.code for one in history.lines("M1", *EVER, other_than=other)]
            for other in (first, second, third)
        }
        assert beside == {"99213": ["97110"], "97110": ["99213"], "36415": ["99213", "97110"]}
        assert history.lines("M1", *EVER, other_than=replaced) == ()  # of one day, both may be meant


@pytest.mark.parametrize(
    ("fields", "frequency", "is_record"),
    [
        ({}, None, False),
        ({"frequency_code": "1"}, "1", False),
        ({"claim_type": "institutional", "bill_type": "0131"}, "1", False),
        ({"frequency_code": "7"}, "7", False),
        ({"original_claim_id": "B"}, "7", False),  # as in FHIR
        ({"frequency_code": "1", "original_claim_id": "B"}, "7", False),
        ({"submitted_claim_id": "B"}, None, True),
    ],
)
def test_lines_say_what_bill_they_are_of(
    fields: dict[str, Any], frequency: str | None, is_record: bool, tmp_path: Path
) -> None:
    one = claim("A", line(), **fields)
    with SqliteHistory(tmp_path / "history.db", KEY) as stored:
        for history in (MemoryHistory(), stored, Batch(None)):
            history.record(one, result(one))
            (found,) = history.lines("M1", *EVER)
            assert (found.frequency_code, found.is_record) == (frequency, is_record)
