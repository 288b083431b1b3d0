"""Every way of judging says the same: the engine's own verdicts, and those of frames, field by field."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Policy
from claimcheck.testing.strategies import broken, claims
from engine import generated
from frames.agreement import agree
from frames.directed import COPIES, Directed, directed
from frames.tables_of import frame_of
from frames.whole_tables import PAIRED, whole_tables
from rules.test_registry import RULES

pytestmark = pytest.mark.exhaustive

NOT_IN_TABLES = {
    "STR103": "a claim without lines has no row",
    "STR101": "what is wrong with the form of a table is tested below",
    **dict.fromkeys(("STR510", "STR511", "STR512", "STR513", "STR514"), "of X12 files: a table has no such elements"),
}
"""Rules of which a table of lines can hold no hit, and why."""


@pytest.mark.exhaustive
@given(st.lists(generated.claims(), max_size=12))
@settings(max_examples=50, deadline=None)
def test_of_claims_with_much_that_is_wrong(some: list[dict[str, Any]]) -> None:
    agree(frame_of(some))


@pytest.mark.exhaustive
@given(st.lists(st.one_of(claims(), broken().map(lambda wrong: wrong.claim)), max_size=8))
@settings(max_examples=25, deadline=None)
def test_of_claims_of_the_kind_that_users_test_with(some: list[Any]) -> None:
    agree(frame_of(some))


HITS: Counter[str] = Counter()


@pytest.mark.parametrize("table", directed(), ids=lambda table: table.name)
def test_of_the_hits_and_misses_of_every_rule(table: Directed) -> None:
    wanted = agree(table.frame, **table.options)
    HITS.update(wanted["findings"]["rule_id"].to_list())


@pytest.mark.exhaustive
@given(
    st.lists(st.one_of(generated.claims(PAIRED), claims(), broken().map(lambda wrong: wrong.claim)), max_size=15),
    st.sampled_from(["default", "medicare", "anthem_ohio_medicaid_2024", "empire_ny_medicaid_2023"]),
    st.sampled_from([None, "2024-08-01"]),
)
@settings(max_examples=25, deadline=None)
def test_where_a_table_lets_lines_fall_apart(some: list[Any], policy: str, as_of: str | None) -> None:
    agree(frame_of(some), policy=policy, tables=whole_tables(), as_of=as_of)


@given(st.lists(generated.claims(["3044F", "3046F", "99213", "80053"]), max_size=12))
@settings(max_examples=25, deadline=None)
def test_of_members_with_several_claims(some: list[dict[str, Any]]) -> None:
    agree(frame_of(some), tables=whole_tables())


def test_of_what_is_wrong_with_the_form_of_a_table() -> None:
    rows = {
        "claim_id": ["A", None, "A", "B", "", "C", "A"],
        "claim_type": ["professional"] * 6 + ["institutional"],
        "line_number": ["2", "1", "1", "x", None, "1", "3"],
        "procedure_code": ["99213", "80053", "36415", "99213", "99213", "99214", "80048"],
        "member_id": ["M1", "M1", "M1", None, "M2", "M2", "M3"],
        "units": ["1"] * 7,
        "charge": ["10.00"] * 7,
        "service_date": ["2024-07-15"] * 7,
        "procedure_cod": ["99213"] * 7,
    }
    for tables in (None, whole_tables()):
        wanted = agree(pl.DataFrame(rows), tables=tables)
        assert (wanted["findings"]["rule_id"] == "STR101").sum() > 7


def test_every_rule_was_hit() -> None:
    if not HITS:
        pytest.skip("the tables above were not judged")
    lacking = {rule.id: HITS[rule.id] for rule in RULES if HITS[rule.id] < COPIES}
    assert lacking.keys() == NOT_IN_TABLES.keys(), lacking


LIMITS = [
    {"name": "first", "codes": ["G0438"], "window": "lifetime", "excess": "denied"},
    {"name": "yearly", "codes": ["G0438-G0439"], "group": "wellness", "window": "11_full_months", "excess": "denied"},
    {"name": "reports", "codes": ["3044F", "3046F"], "window": "rolling_12_months"},
    {"name": "all reports", "codes": ["0001F-9007F"], "grouped": False, "most": 2},
    {"name": "tests", "codes": ["80053", "G0439"], "group": "tests", "window": "2_full_months", "by_day": True},
]


@given(st.lists(generated.claims(["3044F", "3046F", "G0438", "G0439", "80053"]), max_size=10))
@settings(max_examples=20, deadline=None)
def test_of_limits_that_share_codes_and_counts(some: list[dict[str, Any]]) -> None:
    limited = Policy.load("default").replace(frequency__limits={"limits": LIMITS})
    agree(frame_of(some), policy=limited, tables=whole_tables())


@given(st.lists(generated.claims(["27447", "17000", "99213", "99203", "20610"]), max_size=8))
@settings(max_examples=20, deadline=None)
def test_of_operations_and_the_days_around_them(some: list[dict[str, Any]]) -> None:
    for policy in ("default", "medicare"):
        agree(frame_of(some), policy=policy)


@given(st.lists(generated.claims(["99213", "80053"]), max_size=8), st.sampled_from([None, "2024-08-02"]))
@settings(max_examples=20, deadline=None)
def test_of_filing_limits(some: list[dict[str, Any]], as_of: str | None) -> None:
    limited = Policy.load("default").replace(structure__timely_filing={"days": 15})
    agree(frame_of(some), policy=limited, as_of=as_of)
