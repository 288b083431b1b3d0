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
from claimcheck.history.accounts import Account, Held, plain
from claimcheck.history.standing import named, plan, touched
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
    return "#" if name.startswith("#") else plain(name)


@given(st.lists(judged(), max_size=10), st.integers(0, 3))
def test_a_plan_leads_to_what_stands(pairs, chunk):
    """Kept step by step, in chunks, as it is defined for all at once."""
    entries = [entry for entry in (entry_of(*pair) for pair in pairs) if entry is not None]
    accounts, standing, number = {}, {}, 0
    for start in range(0, len(entries), chunk + 1):
        part = entries[start : start + chunk + 1]
        wanted = touched(part)
        changes = plan(part, {name: found for name, found in accounts.items() if name in wanted}, number + 1)
        for gone in changes.fallen:
            standing.pop(gone, None)
        for version, entry in changes.kept:
            number += 1
            if version.stands:
                standing[version.number] = named(entry, version.visit)
        accounts |= {name: book.whole for name, book in changes.books.items()}
    assert sorted(map(repr, standing.values())) == sorted(map(repr, in_force(entries)))


@given(st.lists(judged(), max_size=6), st.randoms(use_true_random=False))
def test_what_stands_does_not_hang_on_the_order(pairs, chance):
    """Except between two versions that nothing tells apart but that one was recorded later.

    No days are known here, so that all claims under one claim id may be one bill.
    """
    entries = [entry_of(*pair) for pair in pairs]
    entries = [attrs.evolve(one, bill=attrs.evolve(one.bill, days=None)) for one in entries if one is not None]
    told_apart = {(entry.member, entry.claim, entry.rank, entry.received) for entry in entries}
    if len(told_apart) == len(entries):
        shuffled = chance.sample(entries, len(entries))
        assert sorted(map(_said, in_force(shuffled))) == sorted(map(_said, in_force(entries)))


VISITS = st.lists(
    st.tuples(st.sampled_from(["A", "B"]), st.sampled_from("11178"), st.integers(1, 3), st.sampled_from("ABX")),
    max_size=8,
    unique=True,
)


@given(VISITS, st.randoms(use_true_random=False))
def test_of_an_account_each_visit_stands_by_itself(visits, chance):
    """Replacements and voids, which come after what they mean, in whatever order those and these come."""
    claims = []
    for number, (name, code, month, other) in enumerate(visits):
        fields = {"frequency_code": code, "original_claim_id": None if code == "1" else other}
        billed = line("99213", f"2024-0{month}-01", charge=str(number))
        claims.append(claim(name, billed, received_date=date(2024, 6, 1 + number), **fields))
    firsts = [one for one in claims if one.frequency_code == "1"]
    later = [one for one in claims if one.frequency_code != "1"]
    known = {(one.claim_id, one.lines[0].service_date) for one in firsts}
    named = {one.claim_id for one in firsts}
    later = [
        one
        for one in later
        if (one.claim_id, one.lines[0].service_date) in known
        and (one.original_claim_id not in named or (one.original_claim_id, one.lines[0].service_date) in known)
    ]
    expected = [one for one in firsts if not any(_means(other, one) for other in later)]
    expected += [
        one
        for one in later
        if one.frequency_code == "7" and not any(_means(other, one) and _is_heavier(other, one) for other in later)
    ]
    entries = [
        entry_of(one, result(one)) for one in (*chance.sample(firsts, len(firsts)), *chance.sample(later, len(later)))
    ]
    assert sorted(entry.received.day - 1 for entry in in_force(entries)) == sorted(
        claims.index(one) for one in expected
    )


def _means(other, one):
    """Whether a replacement or void means a claim: by its own claim id or the one that it names, and by the day."""
    if other is one or other.lines[0].service_date != one.lines[0].service_date:
        return False
    return one.claim_id in (other.claim_id, other.original_claim_id)


def _is_heavier(other, one):
    """Of two replacements or voids of one visit: a claim that is named falls, whatever came first."""
    if one.claim_id != other.claim_id:
        return True
    return (other.frequency_code, other.received_date) > (one.frequency_code, one.received_date)


def _said(entry):
    """What an entry says, but for the number that its name has among the bills of its claim id."""
    lines = tuple([attrs.evolve(one, claim=plain(one.claim)) for one in entry.lines])
    return repr(attrs.evolve(entry, claim=plain(entry.claim), lines=lines))


def test_a_version_weighs_by_rank_before_receipt():
    early = claim("A", frequency_code="8", received_date="2024-01-01")
    late = claim("A", received_date="2024-06-01")
    void = entry_of(early, result(early))
    held = {("M1", "A"): Account([Held(1, void.rank, void.received, 5, void.bill, stands=False)])}
    changes = plan([entry_of(late, result(late))], held, 2)
    assert not any(version.stands for version, _ in changes.kept)
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
