"""Every history says the same of the same claims, in whatever order they come."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, SqliteHistory
from claimcheck.history import entry_of, in_force
from claimcheck.history.standing import Version, plan, touched
from history.made import against, claim, line, result, use
from history.own import KEY, ListHistory

sql = pytest.importorskip("claimcheck.history.sql", reason="needs the extra: pip install '.[test-sql]'")
pytestmark = pytest.mark.exhaustive

NAMES = st.sampled_from(["A", "B", "C", "D", None])
DAYS = st.integers(0, 500).map(lambda days: date(2023, 6, 1) + timedelta(days=days))
EVER = date.min, date.max
WINDOWS = st.sampled_from(["calendar_year", "policy_year", "rolling_12_months", "lifetime", "pregnancy"])


@st.composite
def judged(draw: st.DrawFn) -> tuple[Claim, ClaimResult]:
    """A claim, and a verdict on it that may be any."""
    lines = []
    for code in draw(st.lists(st.sampled_from(["3044F", "3046F", "99213"]), min_size=1, max_size=2)):
        first = draw(DAYS)
        lines.append(line(code, first, service_date_end=first + timedelta(days=draw(st.sampled_from([0, 0, 3])))))
    code = draw(st.sampled_from(["1", "1", "2", None, "7", "8"]))
    of = claim(
        draw(NAMES),
        *lines,
        member_id=draw(st.sampled_from(["M1", "M1", "M2"])),
        frequency_code=code,
        original_claim_id=draw(st.none() | NAMES),
        submitted_claim_id=draw(st.none() | st.none() | NAMES),
        replaced_by_claim_id=draw(st.sampled_from([None, None, None, "Z"])),
        received_date=draw(st.none() | DAYS),
        delivery_date=draw(st.sampled_from([None, date(2024, 1, 1)])),
    )
    uses = [
        use(
            place,
            draw(st.sampled_from(["a1c", "bp"])),
            window=draw(WINDOWS),
            most=draw(st.sampled_from([1, 1, 2])),
            year_starts="07-01",
            counts=draw(st.booleans() | st.just(True)),
            excess=draw(st.booleans()),
            rank=draw(st.sampled_from([0, 0, 1, 2])),
        )
        for place in range(1, len(lines) + 1)
        if draw(st.booleans())
    ]
    overturned = tuple(
        against(name, draw(st.sampled_from([1, 2, 3])), draw(st.sampled_from(["NCCI101", "NCCI201"])))
        for name in draw(st.lists(st.sampled_from("ABC"), max_size=2))
    )
    superseded = of.replaced_by_claim_id is not None or draw(st.integers(0, 9)) == 1
    verdict = "superseded" if superseded else "rejected" if draw(st.integers(0, 9)) == 0 else "payable"
    if superseded:
        return of, result(of, disposition=verdict)
    return of, result(of, *uses, overturned=overturned, disposition=verdict)


EVENTS = st.lists(
    st.one_of(judged(), judged(), judged(), st.just("reconcile"), st.sampled_from(["M1", "M2"]), DAYS),
    max_size=12,
)


@given(EVENTS)
def test_memory_file_and_database_agree_with_the_definition(events):
    with tempfile.TemporaryDirectory() as folder:
        histories = [
            ListHistory(),
            MemoryHistory(),
            SqliteHistory(Path(folder) / "history.db", KEY),
            sql.SqlHistory("sqlite://", KEY),
        ]
        try:
            for event in [*events, "reconcile"]:
                said = [_happens(history, event) for history in histories]
                assert said[1:] == said[:-1], event
        finally:
            for history in histories[2:]:
                history.close()


def _happens(history, event):
    """What a history answers to an event: all its lines, and what it yields."""
    yielded = []
    if event == "reconcile":
        yielded = sorted(map(_named, history.reconcile()))
        assert list(history.reconcile()) == []
    elif isinstance(event, str):
        history.forget(event)
    elif isinstance(event, date):
        list(history.reconcile())
        history.purge(event)
    else:
        history.record(*event)
    lines = [
        sorted(repr(attrs.evolve(found, claim=_text(found.claim))) for found in history.lines(member, *EVER))
        for member in ("M1", "M2")
    ]
    return lines, yielded, history.known_from


def _named(verdict):
    return _text(verdict.claim_id), repr(verdict)


def _text(name):
    """The digests of claims without an id are keyed, and so differ from one history to another."""
    return "#" if name.startswith("#") else name


@given(st.lists(judged(), max_size=10), st.integers(0, 3))
def test_a_plan_leads_to_what_stands(pairs, chunk):
    """Kept step by step, in chunks, as it is defined for all at once."""
    entries = [entry for entry in (entry_of(*pair) for pair in pairs) if entry is not None]
    versions, undone, standing, number = {}, set(), {}, 0
    for start in range(0, len(entries), chunk + 1):
        part = entries[start : start + chunk + 1]
        wanted = touched(part)
        held = {name: found for name, found in versions.items() if name in wanted}
        changes = plan(part, held, undone & wanted, number)
        for gone in changes.fallen:
            standing.pop(gone, None)
        for version, entry in changes.kept:
            number += 1
            versions.setdefault((entry.member, entry.claim), []).append(version)
            if version.number in changes.stands.values():
                standing[version.number] = entry
        undone |= changes.undone
    assert sorted(map(repr, standing.values())) == sorted(map(repr, in_force(entries)))


@given(st.lists(judged(), max_size=6), st.randoms(use_true_random=False))
def test_what_stands_does_not_hang_on_the_order(pairs, chance):
    """Except between two versions that nothing tells apart but that one was recorded later."""
    entries = [entry for entry in (entry_of(*pair) for pair in pairs) if entry is not None]
    told_apart = {(entry.member, entry.claim, entry.rank, entry.received) for entry in entries}
    if len(told_apart) == len(entries):
        shuffled = chance.sample(entries, len(entries))
        assert sorted(map(repr, in_force(shuffled))) == sorted(map(repr, in_force(entries)))


def test_a_version_weighs_by_rank_before_receipt():
    early = claim("A", frequency_code="8", received_date="2024-01-01")
    late = claim("A", received_date="2024-06-01")
    void = entry_of(early, result(early))
    changes = plan([entry_of(late, result(late))], {("M1", "A"): [Version(1, void.rank, void.received, 5)]}, set(), 2)
    assert not changes.stands
    assert [version.number for version, _ in changes.kept] == [2]


@pytest.mark.slow
@settings(max_examples=5000)
@given(EVENTS)
def test_agreement_at_length(events):
    test_memory_file_and_database_agree_with_the_definition.hypothesis.inner_test(events)


def test_a_claim_that_comes_again_is_one_claim():
    one = claim("A")
    entry = entry_of(one, result(one))
    assert in_force([entry, entry]) == [entry]
