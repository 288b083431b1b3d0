"""Recorded lines as a frame, and frames judged over what members already had."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.claims import Disposition
from claimcheck.errors import InputError
from claimcheck.frames import recorded_frame, recorded_lines
from claimcheck.frames.recorded import RECORDED, REQUIRED
from claimcheck.history import RecordedHistory, RecordedLine
from frames.agreement import agree
from frames.tables_of import frame_of

pytestmark = pytest.mark.exhaustive

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
TEXTS = st.none() | st.text(max_size=8)
UNITS = st.none() | st.decimals(0, 99_999, allow_nan=False, allow_infinity=False, places=3)
LINES = st.builds(
    RecordedLine,
    claim=st.text(min_size=1, max_size=8),
    position=st.integers(1, 999),
    service_date=DAYS,
    service_date_end=DAYS,
    code=st.sampled_from(["99213", "3044F"]),
    modifiers=st.frozensets(st.sampled_from(["25", "59", "1P"])),
    units=UNITS,
    disposition=st.sampled_from(Disposition),
    claim_type=TEXTS,
    received_date=st.none() | DAYS,
    delivery_date=st.none() | DAYS,
    rendering_npi=TEXTS,
    rendering_taxonomy=TEXTS,
    billing_npi=TEXTS,
    billing_tax_id=TEXTS,
    facility_type=TEXTS,
    line_number=st.none() | st.integers(1, 10**9),
    billing_digest=st.none() | st.integers(-(2**63), 2**63 - 1),
    frequency_code=TEXTS,
    is_record=st.booleans(),
)


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.lists(LINES, min_size=1, max_size=3), max_size=3))
def test_lines_come_back_as_they_were(lines: dict[str, list[RecordedLine]]) -> None:
    frame = recorded_frame(lines)
    assert frame.schema == RECORDED
    assert recorded_lines(frame) == lines


def a_line(claim: str = "A", day: date = date(2024, 2, 1), code: str = "3044F") -> RecordedLine:
    return RecordedLine(claim, 1, day, day, code, frozenset(), Decimal(1), Disposition.REPORT_ONLY, "professional")


@pytest.mark.parametrize("name", REQUIRED)
def test_a_row_that_says_nothing_where_each_line_does_is_refused(name: str) -> None:
    frame = recorded_frame({"M1": [a_line()]}).with_columns(pl.lit(None, dtype=RECORDED[name]).alias(name))
    with pytest.raises(InputError, match=f"nothing in {name},") as refused:
        recorded_lines(frame)
    assert "M1" not in str(refused.value)


def test_a_disposition_that_is_none_is_refused() -> None:
    frame = recorded_frame({"M1": [a_line()]}).with_columns(disposition=pl.lit("paid"))
    with pytest.raises(InputError, match="disposition is none of payable"):
        recorded_lines(frame)


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_frames_over_recorded_lines_whether_or_not_they_are_known_from_a_day_on(data: st.DataObject) -> None:
    """Claims without a member too, which lie before that day and after it."""
    pick = data.draw
    claims = [
        {
            "claim_type": "professional",
            "claim_id": f"C{number}",
            "member_id": pick(st.sampled_from(["M1", "M2", None])),
            "billing_npi": "1234567893",
            "lines": [
                {
                    "procedure_code": pick(st.sampled_from(["3044F", "3046F", "45378", "45380"])),
                    "units": 1,
                    "charge": "0.00",
                    "service_date": f"2024-07-{pick(st.integers(10, 20))}",
                }
                for _ in range(pick(st.integers(1, 2)))
            ],
        }
        for number in range(pick(st.integers(1, 6)))
    ]
    known_from = pick(st.none() | st.dates(date(2024, 7, 9), date(2024, 7, 21)) | st.just(date.min))
    held = {"M1": [a_line("A"), a_line("B", date(2024, 7, pick(st.integers(10, 20))), "45378")]}
    agree(frame_of(claims), history=RecordedHistory(held, known_from))
