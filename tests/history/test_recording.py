"""The recording of one input: what is written, when, and how far it says the input is recorded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.history.recording import Recording


@given(start=st.integers(0, 70), chunk=st.integers(1, 9), claims=st.integers(0, 40))
def test_chunks_are_written_as_they_fill_and_the_rest_at_the_end(start, chunk, claims):
    written = []
    with Recording(
        start, chunk, lambda claim, _: claim, lambda some, position: written.append(([*some], position))
    ) as own:
        for number in range(claims):
            own.record(number, None)
            assert own.position == start + number + 1
    full = [[*range(first, first + chunk)] for first in range(0, claims - chunk + 1, chunk)]
    rest = [*range(len(full) * chunk, claims)]
    assert written == [(some, start + some[-1] + 1) for some in full] + [(rest, None)]


def test_an_error_leaves_out_the_chunk_that_was_begun():
    written = []

    def recorded():
        with Recording(0, 2, lambda claim, _: claim, lambda *said: written.append(said[1])) as own:
            for number in range(3):
                own.record(number, None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        recorded()
    assert written == [2]


def test_what_is_not_kept_counts_all_the_same():
    written = []
    with Recording(0, 2, lambda claim, _: None, lambda some, position: written.append(([*some], position))) as own:
        own.record("A", None)
        own.record("B", None)
    assert written == [([], 2), ([], None)]
