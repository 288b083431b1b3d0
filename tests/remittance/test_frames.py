"""The results of frames are compared as those of claims are."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("polars", reason="needs the extra: pip install '.[frames]'")

from claimcheck import validate_claims
from claimcheck.errors import InputError
from claimcheck.frames import validate_frame
from claimcheck.remittance import compare, read_remittances
from claimcheck.remittance.of_frames import compare_frame, compared_frame
from claimcheck.remittance.records import ComparedRecord, records
from frames.tables_of import frame_of
from remittance.test_recount import as_835, drawn_claims, drawn_files

pytestmark = pytest.mark.extended


def drawn(draw: random.Random) -> tuple[list[dict[str, Any]], list[Any]]:
    """Claims that have numbers of their own, and their answers."""
    claims = [claim | {"claim_id": f"A{number}"} for number, claim in enumerate(drawn_claims(draw))]
    return claims, [item for file in drawn_files(draw, claims) for item in read_remittances(as_835(file))]


@given(st.integers(0, 10**9).map(random.Random))
def test_a_frame_compares_as_its_claims_do(draw: random.Random) -> None:
    claims, answers = drawn(draw)
    frame = frame_of(claims)
    by_frame = compare_frame(validate_frame(frame), answers)
    by_claims = compare(list(validate_claims(claims, sort=True)), answers)
    assert by_frame.unmatched == by_claims.unmatched
    assert sorted(by_frame.lines, key=str) == sorted(by_claims.lines, key=str)


@pytest.mark.parametrize("backend", ["polars", "pyarrow"])
def test_the_lines_are_a_frame(backend: str) -> None:
    claims, answers = drawn(random.Random(3))
    comparison = compare(list(validate_claims(claims)), answers, claims)
    frame = compared_frame(comparison, backend=backend)
    rows = frame.to_dicts() if backend == "polars" else frame.to_pylist()
    assert list(rows[0]) == list(ComparedRecord._fields)
    assert [row["agreement"] for row in rows] == [record.agreement for record in records(comparison.lines)]
    assert [row["paid"] for row in rows] == [record.paid for record in records(comparison.lines)]


def test_what_is_no_result_of_a_frame_is_refused() -> None:
    with pytest.raises(InputError, match="the result of validate_frame is expected"):
        compare_frame([], [])
