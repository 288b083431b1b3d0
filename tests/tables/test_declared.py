"""A table is declared once: whatever reads, holds or asks a table knows it by its declaration."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from claimcheck.explaining.unchecked import table_words
from claimcheck.rules.registry import all_rules
from claimcheck.tables import Tables, starter
from claimcheck.tables.declared import DECLARED, of
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.readers import TABLES
from claimcheck.tables.rows import OppsRow, Record

ASKED = {table for rule in all_rules() for table in rule.tables}
HINT = "declare it in src/claimcheck/tables/declared.py: see 'Add a table' in CONTRIBUTING.md"


@pytest.mark.parametrize("table", sorted({*TABLES, *starter.TABLES, *ASKED}))
def test_every_table_that_is_read_held_or_asked_is_declared(table: str) -> None:
    assert table in DECLARED, HINT
    assert table_words(table) == DECLARED[table].title


def test_what_is_declared_is_read_or_held_or_told_of() -> None:
    assert {*DECLARED} - {*TABLES, *starter.TABLES, *ASKED} <= {"icd9cm"}


def test_titles_tell_tables_apart() -> None:
    assert len({declared.title for declared in DECLARED.values()}) == len(DECLARED)


def test_a_table_that_is_described_answers_for_what_has_its_form() -> None:
    codes = {"hcpcs": "J1885", "modifier": "LT", "icd10cm": "I10", "icd10pcs": "0DTJ4ZZ", "place_of_service": "11"}
    codes |= {"carc": "16", "rarc": "N56", "category_ii": "3044F", "service_group": "3044F", "anesthesia_base": "00810"}
    described = {table for table, declared in DECLARED.items() if declared.described}
    found = {
        table for code in (*codes.values(), "99213") for table in Tables.starter().describe(code, date(2024, 7, 1))
    }
    assert found == described


def test_a_list_of_ones_own_needs_no_declaration() -> None:
    assert of("my_list").title == "list my_list"


@pytest.mark.parametrize("row", get_args(Record), ids=lambda row: row.__name__)
def test_rows_of_every_type_can_be_packed(row: type[Record]) -> None:
    one = row(*["1"] * len(row._fields))
    [back] = RecordTable.over(memoryview(pack_records([one, one][:1])), "file")
    assert type(back) is row
    assert OppsRow in get_args(Record)
