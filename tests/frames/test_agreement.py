"""Every way of judging says the same: the engine's own verdicts, and those of frames, field by field."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.testing.strategies import broken, claims
from engine import generated
from frames.agreement import agree
from frames.directed import COPIES, Directed, directed
from frames.tables_of import frame_of
from rules.test_registry import RULES

NOT_IN_TABLES = {
    "STR103": "a claim without lines has no row",
    "COD105": "",
}
"""Rules of which a table of lines can hold no hit, and why."""


@given(st.lists(generated.claims(), max_size=12))
@settings(max_examples=50, deadline=None)
def test_of_claims_with_much_that_is_wrong(some: list[dict[str, Any]]) -> None:
    agree(frame_of(some))


@given(st.lists(st.one_of(claims(), broken().map(lambda wrong: wrong.claim)), max_size=8))
@settings(max_examples=25, deadline=None)
def test_of_claims_of_the_kind_that_users_test_with(some: list[Any]) -> None:
    agree(frame_of(some))


HITS: Counter[str] = Counter()


@pytest.mark.parametrize("table", directed(), ids=lambda table: table.name)
def test_of_the_hits_and_misses_of_every_rule(table: Directed) -> None:
    wanted = agree(table.frame, **table.options)
    HITS.update(wanted["findings"]["rule_id"].to_list())


def test_every_rule_was_hit() -> None:
    if not HITS:
        pytest.skip("the tables above were not judged")
    lacking = {rule.id: HITS[rule.id] for rule in RULES if HITS[rule.id] < COPIES}
    assert lacking.keys() == NOT_IN_TABLES.keys(), lacking
