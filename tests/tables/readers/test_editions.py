"""Editions from names, and days in their spellings, against the calendar."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.tables.readers import days
from claimcheck.tables.readers.editions import quarter_named


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("ccipra-v302r0-f1.TXT", "2024-07-01"),
        ("ccioph-v322r0-f4.txt.gz", "2026-07-01"),
        ("medicare-ncci-2024q3-practitioner-ptp-edits.zip", "2024-07-01"),
        ("medicaid-ncci-q1-2026-mue-edits-practitioner-services.zip", "2026-01-01"),
        ("MCD_MUE_OutpatientHospitalServices_Eff_10-01-2025.xlsx", "2025-10-01"),
        ("add-code-edits-replacement-file-medicare-effective-01012026.zip", "2026-01-01"),
        ("AOC_V2025Q4_01-MCR.txt", "2025-10-01"),
        ("AOC_V2024Q2-MCR.xlsx", "2024-04-01"),
        ("HCPC2026_OCT_ANWEB.xlsx", "2026-10-01"),
        ("january-2025-alpha-numeric-hcpcs-file.zip", "2025-01-01"),
        ("PPRRVU2026_Jul_nonQPP.csv", "2026-07-01"),
        ("PPRRVU24_JAN.xlsx", "2024-01-01"),
        ("pprrvu24c_jul_no_descriptions.csv", "2024-07-01"),
        ("rvu24c.zip", "2024-07-01"),
        ("2024_July_Addendum_B.07162024.csv", "2024-07-01"),
        ("January 2020 Addendum B CORRECTION.02042020.xlsx", "2020-01-01"),
        ("508 Version of April 2026 Web Addendum B.csv", "2026-04-01"),
        ("carc_2024-06.csv", "2024-06-01"),
        ("age_sex_2024-02-29.csv", "2024-02-29"),
        ("2024 National Physician Fee Schedule Relative Value File October Release", "2024-10-01"),
    ],
)
def test_names_as_published(name: str, first: str):
    assert quarter_named(name) == date.fromisoformat(first)


@pytest.mark.parametrize(
    "name", ["edits.txt", "icd10cm_order_2025.txt", "v399.txt", "age_sex_2023-02-29.csv", "2024.csv", ""]
)
def test_names_that_say_nothing(name: str):
    assert quarter_named(name) is None


@given(st.text(max_size=60))
def test_any_name_gives_a_day_or_none(name: str):
    assert isinstance(quarter_named(name), date | None)


@given(st.dates())
def test_every_day_is_read_in_every_spelling(day: date):
    first = date(day.year, 1, 1)
    assert days.compact()[f"{day.year:04}{day:%m%d}"] == day
    assert days.julian()[f"{day.year:04}{(day - first).days + 1:03}"] == day
    assert days.iso()[day.isoformat()] == days.iso()[f"{day.month}/{day.day}/{day.year:04}"] == day


@given(st.text(alphabet="0123456789/-*٣ ", max_size=11))
def test_what_is_read_is_the_day_that_was_written(text: str):
    for spelling, written in (
        (days.compact(), lambda day: f"{day.year:04}{day:%m%d}"),
        (days.julian(), lambda day: f"{day.year:04}{day.timetuple().tm_yday:03}"),
    ):
        with suppress(ValueError):
            assert written(spelling[text]) == text


@pytest.mark.parametrize("text", ["2023366", "2024367", "2024000", "0000001", "9999999", "24001", "20240101"])
def test_days_that_no_year_has(text: str):
    with pytest.raises(ValueError, match="where a day written YYYYDDD is expected"):
        days.julian()[text]


def test_a_blank_is_no_day():
    assert days.compact().optional("   ") is None
    assert days.compact().optional(" 20240701 ") == date(2024, 7, 1)


def test_what_is_remembered_stays_small(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(days, "_MOST", 3)
    spelling = days.compact()
    for ahead in range(10):
        day = date(2024, 1, 1) + timedelta(ahead)
        assert spelling[f"{day:%Y%m%d}"] == day
    assert len(spelling) == 3
