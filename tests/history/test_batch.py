"""A batch over a history: what it adds, what it hides, and what it leaves out."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import MemoryHistory, SqliteHistory
from claimcheck.claims import Disposition
from claimcheck.history import Batch
from history.made import claim, line, result, use
from history.own import KEY

EVER = date.min, date.max


def record(batch, *claims):
    for one in claims:
        uses = [use(place) for place, billed in enumerate(one.lines, 1) if str(billed.procedure_code).endswith("F")]
        batch.record(one, result(one, *uses))


def served(batch, member="M1", other_than=None):
    return [(found.claim, found.position) for found in batch.lines(member, *EVER, other_than=other_than)]


def undo(name, code, original, *lines, **fields):
    return claim(name, *lines, frequency_code=code, original_claim_id=original, **fields)


@pytest.mark.parametrize(("below", "known_from"), [(None, None), (MemoryHistory(), date.min)])
def test_it_keeps_every_line(below, known_from):
    batch = Batch(below)
    record(batch, claim("A", line("99213"), line("3044F")), claim("B", line("99213")))
    assert served(batch) == [("A", 1), ("A", 2), ("B", 1)]
    assert batch.known_from == known_from


def test_a_line_is_given_back_whole():
    below = MemoryHistory()
    one = claim(
        "A",
        line(
            "3044F",
            modifiers=["59", "8P"],
            units="2.50",
            service_date_end="2024-02-03",
            rendering_npi="1003000126",
            rendering_taxonomy="207R00000X",
            line_number=7,
        ),
        line("99213", units=None, line_number=-1),
        line("99214", line_number=10**12),
        received_date="2024-02-09",
        delivery_date="2024-05-05",
        billing_tax_id="123456789",
        bill_type="0131",
    )
    batch = Batch(MemoryHistory())
    record(batch, one)
    below.record(one, result(one))
    expected = [*below.lines("M1", *EVER)]
    got = batch.lines("M1", *EVER)
    assert got[0] == expected[0]
    assert [(found.code, found.units, found.line_number) for found in got[1:]] == [
        ("99213", None, None),
        ("99214", 1, None),
    ]
    assert got[0].disposition is Disposition.PAYABLE


def test_days_and_the_claim_itself_are_left_out():
    batch = Batch(None)
    one, other = claim("A", line(day="2024-02-01")), claim("B", line(day="2024-03-01"))
    record(batch, one, other)
    assert [found.claim for found in batch.lines("M1", date(2024, 2, 1), date(2024, 2, 28))] == ["A"]
    assert served(batch, other_than=one) == [("B", 1)]
    assert served(batch, other_than=undo("C", "7", "A")) == [("B", 1)]
    assert served(batch, member="M2") == []


@pytest.mark.parametrize("below", [None, MemoryHistory()], ids=["alone", "over a history"])
@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("A"), undo("V", "8", "A")], []),
        ([claim("A"), undo("B", "7", "A")], [("B", 1)]),
        ([claim("A"), undo("B", "7", "A"), undo("C", "7", "B")], [("C", 1)]),
        ([claim("A"), undo("A", "7", None, line("3046F"))], [("A", 1)]),
        ([claim("A"), undo("A", "8", None)], []),
        ([claim("A"), claim("B"), undo("V", "8", "A")], [("B", 1)]),
        ([claim("A", received_date="2024-03-01"), claim("A", line(), line(), received_date="2024-02-01")], [("A", 1)]),
        ([claim("A"), undo("V", "8", "A", line("99213"))], []),
    ],
)
def test_what_stands_is_the_same_in_whatever_order_it_came(below, claims, expected):
    for order in permutations(claims):
        batch = Batch(below)
        record(batch, *order)
        assert served(batch) == expected


def test_a_claim_of_the_batch_hides_what_the_history_holds_of_it():
    below = MemoryHistory()
    record(below, claim("A", line("3044F"), line("3046F")), claim("B"))
    batch = Batch(below)
    assert served(batch) == [("A", 1), ("A", 2), ("B", 1)]
    record(batch, undo("A", "7", None, line("3051F")))
    assert served(batch) == [("A", 1), ("B", 1)]
    record(batch, undo("V", "8", "B"))
    assert served(batch) == [("A", 1)]


def test_a_claim_without_an_id_is_one_claim_before_and_after_it_is_recorded(tmp_path):
    below = SqliteHistory(tmp_path / "history.db", KEY)
    batch = Batch(below)
    one = claim(None)
    record(batch, one)
    record(below, one)
    assert len(served(batch)) == 1
    assert served(batch, other_than=one) == []
    below.close()


def test_a_rejected_claim_and_one_of_nobody_are_not_kept():
    batch = Batch(None)
    batch.record(claim("A"), result(claim("A"), use(), disposition="rejected"))
    batch.record(claim("B", member_id=None), result(claim("B"), use()))
    assert served(batch) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from("1178"), st.sampled_from("ABCD"), st.integers(1, 28)),
        max_size=8,
    )
)
def test_it_keeps_what_a_history_would(events):
    """A claim that comes again unchanged aside: a batch keeps no versions, and takes it for a correction."""
    batch, history = Batch(MemoryHistory()), MemoryHistory()
    seen = set()
    for name, code, original, day in events:
        one = undo(name, code, original, line(day=f"2024-02-{day:02d}", service_date_end="2024-02-28"))
        said = name, code == "8", day, original  # 1 and 7 are the same of what names an original
        if said not in seen:
            record(batch, one)
            record(history, one)
        seen.add(said)
    assert batch.lines("M1", *EVER) == history.lines("M1", *EVER)


def test_of_a_member_that_the_batch_has_not_the_history_answers():
    below = MemoryHistory()
    record(below, claim("A"))
    assert served(Batch(below)) == [("A", 1)]


@pytest.mark.parametrize(
    ("number", "kept"), [(1, 1), (2**32 - 1, 2**32 - 1), (2**32, None), (2**33 - 1, None), (-1, None), (None, None)]
)
def test_a_number_that_no_line_has_is_not_kept(number, kept):
    batch = Batch(None)
    record(batch, claim("A", line(line_number=number)))
    (found,) = batch.lines("M1", *EVER)
    assert found.line_number == kept
