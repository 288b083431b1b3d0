from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.tables.declared import lists, may_hold
from claimcheck.tables.families import is_category_ii


@pytest.mark.parametrize(
    ("table", "listed", "unlisted"),
    [
        ("fee_schedule", ["99213", "3044F", "0042T", "0001A"], ["0001U", "0002M", "J1885", "D0120", "X1234", "", "99"]),
        ("hcpcs", ["J1885", "C1713", "G0463"], ["99213", "D0120", "W1234", "3044F", "LT", ""]),
        ("opps", ["99213", "J1885", "0001U"], ["D0120", "W1234"]),
        ("modifier", ["LT", "GY", "ZZ"], ["59", "P1", "1P", "RH", "DR", "", "LTX"]),
        ("mue_practitioner", ["99213", "anything"], []),
    ],
)
def test_what_a_table_lists(table: str, listed: list[str], unlisted: list[str]) -> None:
    assert [code for code in listed if not lists(table, code)] == []
    assert [code for code in unlisted if lists(table, code)] == []


@given(st.sampled_from(["fee_schedule", "hcpcs", "opps", "modifier", "icd10cm", "carc"]), st.text(max_size=6))
def test_any_text_has_an_answer(table: str, text: str) -> None:
    assert isinstance(lists(table, text), bool)
    assert isinstance(may_hold(table, text), bool)


def test_category_ii_is_a_form_not_a_list() -> None:
    assert [is_category_ii(code) for code in ("3044F", "9999F", "3044f", "F3044", "99213", "")] == [
        True,
        True,
        *[False] * 4,
    ]


def test_of_the_fee_schedule_every_cpt_row_is_of_a_family_it_lists(reference_data: Path) -> None:
    with gzip.open(reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz", "rt") as file:
        codes = {row["hcpcs"] for row in csv.DictReader(file)}
    assert sorted(code for code in codes if code[0].isdigit() and not lists("fee_schedule", code)) == []
