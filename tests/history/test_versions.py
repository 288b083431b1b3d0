"""Which claims of a batch are versions of one bill: what is superseded, and by which claim."""

from datetime import date
from itertools import permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory
from claimcheck.history.versions import BillVersion, superseded, superseded_among
from history.made import claim, line, result

EARLY, LATE = "2024-03-01", "2024-04-01"
JANUARY, FEBRUARY = line(day="2024-01-15"), line(day="2024-02-15")
JANUARY_31 = line(day="2024-01-31")


def replaces(name, original, *lines, **fields):
    return claim(name, *lines, **{"frequency_code": "7", "original_claim_id": original, **fields})


#: Claims, and the superseded among them, each with the claim that took its place.
CASES = {
    "a replacement": ([claim("A"), replaces("B", "A")], {"A": "B"}),
    "one that says nothing of its frequency": ([claim("A"), replaces("B", "A", frequency_code=None)], {"A": "B"}),
    "one that calls itself a first claim": ([claim("A"), replaces("B", "A", frequency_code="1")], {"A": "B"}),
    "by the bill type": ([claim("A"), replaces("B", "A", frequency_code=None, bill_type="0137")], {"A": "B"}),
    "late charges": ([claim("A"), replaces("B", "A", frequency_code="5")], {}),
    "an interim bill": ([claim("A"), replaces("B", "A", frequency_code=None, bill_type="0113")], {}),
    "a void": ([claim("A"), replaces("V", "A", frequency_code="8")], {"A": "V"}),
    "a chain": ([claim("A"), replaces("B", "A"), replaces("C", "B")], {"A": "B", "B": "C"}),
    "a void of a replacement brings nothing back": (
        [claim("A"), replaces("B", "A"), replaces("V", "B", frequency_code="8")],
        {"A": "B", "B": "V"},
    ),
    "a void, and a replacement of the same": (
        [claim("A"), replaces("V", "A", frequency_code="8"), replaces("B", "A")],
        {"A": "V"},
    ),
    "two replacements of one claim": (
        [claim("A"), replaces("B", "A", received_date=LATE), replaces("C", "A", received_date=EARLY)],
        {"A": "B", "C": "B"},
    ),
    "two replacements of a claim that is not here": ([replaces("B", "X"), replaces("C", "X")], {"B": "C"}),
    "a column of original ids that says nothing": (
        [replaces("B", "0", frequency_code="1"), replaces("C", "0", frequency_code="1")],
        {},
    ),
    "what it replaces is not here": ([claim("A", JANUARY), replaces("B", "X", JANUARY_31)], {}),
    "by a number that none has, one is alike": ([claim("A"), replaces("B", "X")], {"A": "B"}),
    "a void by such a number": ([claim("A"), replaces("V", "X", frequency_code="8")], {"A": "V"}),
    "two that name one such number": ([claim("A"), replaces("B", "X"), replaces("C", "X")], {"A": "B", "B": "C"}),
    "each by another number": (
        [claim("A"), replaces("B", "X", received_date=EARLY), replaces("C", "Y", received_date=LATE)],
        {"A": "B", "B": "C"},
    ),
    "a replacement, and a void of that": (
        [claim("A"), replaces("B", "X", received_date=EARLY), replaces("V", "Y", frequency_code="8")],
        {"A": "B", "B": "V"},
    ),
    "one that is named by name is not looked for": ([claim("A"), claim("B"), replaces("C", "A")], {"A": "C"}),
    "of two that are alike none": ([claim("A"), claim("B"), replaces("C", "X")], {}),
    "one that says nothing of its frequency is not looked for": (
        [claim("A"), replaces("B", "X", frequency_code=None)],
        {},
    ),
    "nor is one that calls itself a first claim": ([claim("A"), replaces("B", "X", frequency_code="1")], {}),
    "what is alike came later": ([claim("A", received_date=LATE), replaces("B", "X", received_date=EARLY)], {}),
    "what is alike is replaced by name": (
        [claim("A"), replaces("B", "A", received_date=EARLY), replaces("C", "X", received_date=LATE)],
        {"A": "B", "B": "C"},
    ),
    "what replaced it by likeness is replaced by name": (
        [claim("A"), replaces("B", "X"), replaces("C", "B")],
        {"A": "B", "B": "C"},
    ),
    "itself": ([replaces("A", "A")], {}),
    "each other": ([replaces("A", "B"), replaces("B", "A")], {"A": "B"}),
    "a circle of three": (
        [replaces("A", "C", received_date=EARLY), replaces("B", "A"), replaces("C", "B", received_date=LATE)],
        {"A": "C", "B": "C"},
    ),
    "another member's claim": ([claim("A"), replaces("B", "A", member_id="M2")], {}),
    "a claim of nobody": ([claim("A", member_id=None), replaces("B", "A", member_id=None)], {}),
    "by the payer's number": (
        [claim("A", other_claim_id="ICN1"), replaces("V", "ICN1", frequency_code="8")],
        {"A": "V"},
    ),
    "the payer's record of it": ([claim("A"), claim("P", submitted_claim_id="A")], {"A": "P"}),
    "the payer's record, by a reference": (
        [claim("A", other_claim_id="Claim/a"), claim("P", submitted_claim_id="Claim/a")],
        {"A": "P"},
    ),
    "two records of one claim": (
        [claim("A"), claim("P", submitted_claim_id="A"), claim("Q", submitted_claim_id="A", received_date=LATE)],
        {"A": "Q", "P": "Q"},
    ),
    "claims and records, of which the claims say which is prior": (
        [claim("A"), claim("P", submitted_claim_id="A"), replaces("B", "A"), claim("Q", submitted_claim_id="B")],
        {"A": "B", "P": "B", "B": "Q"},
    ),
    "claims and records, of which the records say which is prior": (
        [claim("A"), claim("P", submitted_claim_id="A"), claim("B"), replaces("Q", "P", submitted_claim_id="B")],
        {"A": "P", "P": "Q", "B": "Q"},
    ),
    "it says that it was replaced": ([claim("A", replaced_by_claim_id="B"), claim("B")], {"A": "B"}),
    "by one that is not here": ([claim("A", replaced_by_claim_id="B")], {"A": "B"}),
    "accounts that are billed for month by month": ([claim("A", JANUARY), claim("A", FEBRUARY)], {}),
    "providers with numbers of their own": ([claim("A"), claim("A", billing_npi="1003000126")], {}),
    "types of claim with numbers of their own": ([claim("A"), claim("A", claim_type="institutional")], {}),
    "first claims under one id": ([claim("A", frequency_code="1"), claim("A", frequency_code="1")], {}),
    "first claims under one id, and a replacement of it": (
        [claim("A", frequency_code="1"), claim("A", frequency_code="1"), replaces("B", "A")],
        {"A": "B"},
    ),
    "the payer's records of one claim, all of which say first": (
        [
            claim("P", frequency_code="1", submitted_claim_id="A"),
            claim("P", frequency_code="1", submitted_claim_id="A"),
        ],
        {"P": "P"},
    ),
    "interim bills under one id": (
        [claim("A", frequency_code="2"), claim("A", frequency_code="3"), claim("A", frequency_code="4")],
        {},
    ),
}


def fallen(claims):
    places = superseded(map(BillVersion.of, claims, range(len(claims))))
    assert superseded_among(claims) == places
    return {claims[place].claim_id: by for place, by in places.items()}


@pytest.mark.parametrize("name", CASES)
def test_what_is_superseded_is_the_same_in_whatever_order_it_came(name):
    claims, expected = CASES[name]
    for order in permutations(claims):
        assert fallen(order) == expected


#: Versions under one id, by what tells them apart (the charge), and the one that stands.
SAME_ID = {
    "a void over all": ([claim("A"), claim("A", frequency_code="7"), claim("A", frequency_code="8")], 2),
    "a replacement over the first": ([claim("A", received_date=LATE), claim("A", frequency_code="7")], 1),
    "the one received last": ([claim("A", received_date=LATE), claim("A", received_date=EARLY)], 0),
    "a void, whatever day it says": ([claim("A", JANUARY), claim("A", FEBRUARY, frequency_code="8")], 1),
}


@pytest.mark.parametrize("name", SAME_ID)
def test_of_one_claim_id_one_version_stands(name):
    claims, stands = SAME_ID[name]
    for order in permutations(range(len(claims))):
        some = [claims[place] for place in order]
        assert superseded_among(some) == {at: "A" for at, place in enumerate(order) if place != stands}


def test_a_void_of_an_account_takes_back_the_bill_of_its_days():
    claims = [
        claim("A", JANUARY),
        claim("A", FEBRUARY),
        claim("V", FEBRUARY, frequency_code="8", original_claim_id="A"),
    ]
    assert superseded_among(claims) == {1: "V"}


def test_of_equals_the_last_stands():
    assert superseded_among([claim("A"), claim("A", line("99213")), claim("A")]) == {0: "A", 1: "A"}


def test_a_successor_without_an_id_is_none():
    assert superseded_among([claim("A"), replaces(None, "A")]) == {0: None}


def test_what_was_returned_supersedes_nothing():
    claims = [claim("A"), replaces("B", "A"), claim("A", line("99213")), replaces("C", "A")]
    asked = []

    def returned(place):
        asked.append(place)
        return place in (1, 2, 3)

    assert superseded_among(claims, returned) == {}
    assert superseded_among(claims, lambda place: place == 3) == {0: "B", 2: "B"}
    assert 0 not in asked


def test_a_claim_that_names_none_is_not_asked_of():
    def returned(place):
        raise AssertionError(place)

    assert superseded_among([claim("A"), claim("B"), replaces("C", "X", FEBRUARY)], returned) == {}


NAMES = st.sampled_from([None, "A", "B", "C", "D"])
VERSIONS = st.builds(
    claim,
    st.sampled_from("ABCD"),
    member_id=st.sampled_from(["M1", "M1", "M2"]),
    frequency_code=st.sampled_from([None, "1", "5", "7", "8"]),
    original_claim_id=NAMES,
    submitted_claim_id=st.none() | NAMES,
    replaced_by_claim_id=st.none() | st.none() | NAMES,
    received_date=st.sampled_from([EARLY, LATE, None]),
)


@given(st.lists(VERSIONS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_is_nothing_where_something_tells_versions_apart(claims, random):
    """All but versions of one id, rank and receipt: of those the last stands."""
    told = {(one.member_id, BillVersion.of(one, 0).order): one for one in claims}
    claims = list(told.values())
    shuffled = random.sample(range(len(claims)), len(claims))
    got = superseded_among([claims[place] for place in shuffled])
    assert {shuffled[place]: by for place, by in got.items()} == superseded_among(claims)


@given(st.lists(VERSIONS, max_size=6))
def test_of_one_claim_id_and_of_one_original_at_most_one_stands(claims):
    fallen = superseded_among(claims)
    standing = [one for place, one in enumerate(claims) if place not in fallen]
    adds = [one for one in standing if one.frequency_code in ("1", "5")]
    by_id = [(one.member_id, one.claim_id) for one in standing if one not in adds]
    assert len(set(by_id)) == len(by_id)
    for place, by in fallen.items():
        assert by is not None
        assert claims[place].replaced_by_claim_id or any(
            other.claim_id == by and other.member_id == claims[place].member_id for other in claims
        )


@given(st.lists(VERSIONS, max_size=6))
def test_what_a_standing_claim_names_does_not_stand(claims):
    fallen = superseded_among(claims)
    standing = [one for place, one in enumerate(claims) if place not in fallen]
    for one in standing:
        version = BillVersion.of(one, 0)
        for other in standing:
            if other is not one and other.member_id == one.member_id and other.claim_id != one.claim_id:
                assert other.claim_id != version.replaces


OF_IDS_OF_THEIR_OWN = st.lists(
    VERSIONS.filter(lambda one: one.claim_id not in (one.original_claim_id, one.submitted_claim_id)),
    max_size=5,
    unique_by=lambda one: (one.member_id, one.claim_id),
)


@given(OF_IDS_OF_THEIR_OWN, st.randoms(use_true_random=False))
def test_a_history_of_the_verdicts_leaves_the_same_standing(claims, random):
    """In whatever order they are recorded, circles of claims that name each other among them."""
    fallen = superseded_among(claims)
    history = MemoryHistory()
    for place in random.sample(range(len(claims)), len(claims)):
        verdict = "superseded" if place in fallen else "payable"
        said = attrs.evolve(result(claims[place], disposition=verdict), superseded_by=fallen.get(place))
        history.record(claims[place], said)
    standing = {(one.member_id, one.claim_id) for place, one in enumerate(claims) if place not in fallen}
    voids = {(one.member_id, one.claim_id) for one in claims if one.frequency_code == "8"}
    held = [(member, found.claim) for member in ("M1", "M2") for found in history.lines(member, date.min, date.max)]
    assert set(held) == standing - voids


def test_of_a_circle_the_last_alone_stands():
    """A and B name each other, and B comes again as a replacement: A does not stand beside what it names."""
    day = {"member_id": "M1", "claim_type": "professional", "lines": [{"service_date": "2024-02-01"}]}
    claims = [
        {"claim_id": "A", "original_claim_id": "B", "received_date": "2024-04-01", **day},
        {"claim_id": "B", "original_claim_id": "A", "received_date": "2024-03-01", **day},
        {"claim_id": "B", "frequency_code": "7", "received_date": "2024-04-01", **day},
    ]
    assert superseded_among([Claim.from_dict(claim) for claim in claims]) == {0: "B", 1: "B"}


def test_every_claim_is_read():
    assert (
        BillVersion.of(Claim.from_dict({"claim_id": [], "member_id": [5, 6], "lines": [{"service_date": {}}]}), 0).names
        == ()
    )
