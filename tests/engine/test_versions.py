"""Versions of one bill are one bill: what is superseded is not paid, not counted, and held against nobody."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Validator, validate_claim
from claimcheck.engine.replaying import replay
from claimcheck.rules.registry import all_rules
from support.cases import line

VALIDATOR = Validator()
WITHOUT_THE_RULE = Validator(rules=[rule for rule in all_rules() if rule.id != "STR507"])
VISIT = line("99213", charge="125.00")
EVER = date.min, date.max


def a_claim(claim_id: str | None, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    common = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "place_of_service": "11"}
    own = lines or (VISIT,)
    charges = sum(Decimal(one["charge"]) for one in own)
    return {**common, "claim_id": claim_id, "lines": list(own), "total_charge": str(charges), **fields}


def replacing(claim_id: str, original: str, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return a_claim(claim_id, *lines, **{"frequency_code": "7", "original_claim_id": original, **fields})


def voiding(claim_id: str, original: str, *lines: dict[str, Any]) -> dict[str, Any]:
    return replacing(claim_id, original, *lines, frequency_code="8")


def judged(claims: list[dict[str, Any]], validator: Validator = VALIDATOR) -> list[ClaimResult]:
    return list(validator.validate_many(claims, sort=True))


def state(results: list[ClaimResult]) -> list[tuple[object, ...]]:
    """What became of every claim, in whatever order they came."""
    said = [
        (
            result.claim_id,
            str(result.disposition),
            result.superseded_by,
            tuple(str(one.disposition) for one in result.lines),
            tuple(found.rule_id for found in result.findings),
        )
        for result in results
    ]
    return sorted(said, key=str)


def money(results: list[ClaimResult]) -> dict[str, Decimal]:
    """The charges, by what becomes of their lines."""
    sums: dict[str, Decimal] = Counter()  # type: ignore[assignment]
    for result in results:
        for one in result.lines:
            sums[str(one.disposition)] += one.charge or Decimal(0)
    return dict(sums)


def found(results: list[ClaimResult], *rules: str) -> list[tuple[str | None, str]]:
    return sorted(
        (one.claim_id or "", said.rule_id) for one in results for said in one.findings if said.rule_id in rules
    )


OTHER_CLAIMS = ("FRQ101", "NCCI101", "NCCI201", "STR603")
A1C = line("3044F", charge="0.00")
EARLIER = a_claim("E", line("99213", charge="80.00", day="2024-07-01"))

CASES = {
    "a replacement": ([a_claim("A"), replacing("B", "A")], {"A": "B"}, {"payable": 125, "superseded": 125}),
    "a first claim that names an original": (
        [a_claim("A"), replacing("B", "A", frequency_code="1")],
        {"A": "B"},
        {"payable": 125, "superseded": 125},
    ),
    "no frequency": (
        [a_claim("A"), replacing("B", "A", frequency_code=None)],
        {"A": "B"},
        {"payable": 125, "superseded": 125},
    ),
    "a void": ([a_claim("A"), voiding("V", "A")], {"A": "V"}, {"report_only": 125, "superseded": 125}),
    "a void of its own id, by the payer's number": (
        [a_claim("A"), voiding("A", "ICN1")],
        {"A": "A"},
        {"report_only": 125, "superseded": 125},
    ),
    "original, replacement, void": (
        [a_claim("A"), replacing("B", "A"), voiding("V", "B")],
        {"A": "B", "B": "V"},
        {"report_only": 125, "superseded": 250},
    ),
    "the payer's record": (
        [a_claim("A"), a_claim("P", submitted_claim_id="A")],
        {"A": "P"},
        {"payable": 125, "superseded": 125},
    ),
    "a replaced use of a yearly service": (
        [a_claim("A", A1C), replacing("B", "A", A1C)],
        {"A": "B"},
        {"report_only": 0, "superseded": 0},
    ),
    "what stood in the way is gone": (
        [a_claim("A", line("45380")), a_claim("C", line("45378")), voiding("V", "A", line("45380"))],
        {"A": "V"},
        {"payable": 100, "report_only": 100, "superseded": 100},
    ),
    "units of two versions do not add up": (
        [a_claim("A", line("99213")), replacing("B", "A", line("99213")), replacing("C", "B", line("99213"))],
        {"A": "B", "B": "C"},
        {"payable": 100, "superseded": 200},
    ),
    "another bill beside them": (
        [EARLIER, a_claim("A"), replacing("B", "A")],
        {"A": "B"},
        {"payable": 205, "superseded": 125},
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("history", [False, True], ids=["alone", "over a history"])
def test_one_bill_in_whatever_order_it_comes(name, history):
    claims, superseded, sums = CASES[name]
    validator = VALIDATOR.beside(MemoryHistory() if history else None)
    expected = state(judged(claims, validator))
    for order in permutations(claims):
        results = judged(list(order), validator)
        assert state(results) == expected
        assert money(results) == sums
        fallen = {one.claim_id: one.superseded_by for one in results if one.disposition == "superseded"}
        assert fallen == superseded
        assert found(results, *OTHER_CLAIMS) == []


def test_a_superseded_claim_says_so_and_nothing_else():
    first, _ = judged([a_claim("A", line("nonsense"), line("99213")), replacing("B", "A")])
    assert [(said.rule_id, str(said.severity), said.position) for said in first.findings] == [("STR507", "info", None)]
    assert [(one.allowed_amount, one.adjustments, one.findings, one.deciding) for one in first.lines] == [
        (None, (), (), first.findings[0])
    ] * 2
    assert (first.ok, first.complete, first.clean) == (True, True, False)
    assert ClaimResult.from_dict(first.to_dict()) == first
    assert str(first).startswith("claim: superseded (not checked)")
    assert "B" not in str(first)


def test_its_receipt_gives_it_again():
    first, _ = judged([a_claim("A"), replacing("B", "A")])
    again = replay(first.receipt, VALIDATOR)
    assert (again.disposition, again.lines, again.findings) == (first.disposition, first.lines, first.findings)


def test_without_its_rule_it_is_superseded_all_the_same():
    first, second = judged([a_claim("A"), replacing("B", "A")], WITHOUT_THE_RULE)
    assert (first.disposition, first.superseded_by, first.findings) == ("superseded", "B", ())
    assert [str(one.disposition) for one in first.lines] == ["superseded"]
    assert second.disposition == "payable"


def test_a_replacement_that_is_returned_replaces_nothing():
    returned = replacing("B", "A", billing_npi="1234567890")
    first, second = judged([a_claim("A"), returned])
    assert (first.disposition, second.disposition) == ("payable", "rejected")


def test_a_claim_alone_says_that_it_was_replaced():
    result = validate_claim(a_claim("A", replaced_by_claim_id="B"))
    assert (result.disposition, result.superseded_by) == ("superseded", "B")


def test_interim_bills_of_one_account_stand_beside_each_other():
    first, second, third = (f"2024-0{month}-15" for month in (5, 6, 7))
    bills = [
        a_claim("ACCT", line("97110", day=first), frequency_code="2"),
        a_claim("ACCT", line("97110", day=second), frequency_code="3", original_claim_id="ACCT"),
        a_claim("ACCT", line("97110", day=third), frequency_code="4", original_claim_id="ACCT"),
    ]
    assert all(result.disposition != "superseded" for result in judged(bills))


def test_what_is_superseded_is_not_recorded():
    history = MemoryHistory()
    claims = [a_claim("A", A1C), replacing("B", "A", A1C)]
    for claim, result in zip(claims, judged(claims, VALIDATOR.beside(history)), strict=True):
        history.record(Claim.from_dict(claim), result)
    (kept,) = history.lines("M1", *EVER)
    assert kept.claim == "B"
    third = VALIDATOR.beside(history).validate(a_claim("C", A1C))
    assert [said.rule_id for said in third.findings if said.rule_id == "FRQ101"] == ["FRQ101"]


def test_a_void_is_held_against_nobody_and_nobody_against_it():
    history = MemoryHistory()
    before = a_claim("A", line("45380"))
    history.record(Claim.from_dict(before), VALIDATOR.validate(before))
    void = VALIDATOR.beside(history).validate(voiding("V", "X", line("45378")))
    assert (void.disposition, void.overturned) == ("report_only", ())
    assert found([void], *OTHER_CLAIMS) == []


def test_a_void_pays_nothing_whatever_it_bills():
    result = VALIDATOR.validate(voiding("V", "A", A1C, VISIT, line("99213", charge="-1.00")))
    assert [str(one.disposition) for one in result.lines][:2] == ["report_only", "report_only"]
    assert result.lines[1].deciding.rule_id == "STR507"
    assert (result.lines[1].allowed_amount, result.lines[1].adjustments) == (None, ())


BILLS = st.sampled_from("ABCD")
VERSIONS = st.builds(
    lambda claim_id, code, original, codes: a_claim(
        claim_id, *(line(one, charge="10.00") for one in codes), frequency_code=code, original_claim_id=original
    ),
    BILLS,
    st.sampled_from([None, "1", "7", "8"]),
    st.none() | BILLS,
    st.lists(st.sampled_from(["99213", "45378", "45380", "3044F", "71046"]), min_size=1, max_size=2),
)


@given(st.lists(VERSIONS, max_size=5, unique_by=lambda one: one["claim_id"]), st.randoms(use_true_random=False))
def test_any_versions_in_any_order(claims, random):
    """The same state and the same sums; and every claim that stands is judged as if no superseded one were there."""
    results = judged(claims)
    shuffled = random.sample(claims, len(claims))
    assert state(judged(shuffled)) == state(results)
    assert money(judged(shuffled)) == money(results)
    stand = {one.claim_id for one in results if one.disposition != "superseded"}
    alone = judged([one for one in claims if one["claim_id"] in stand])
    # What names a claim that was taken out is looked at beside those that are alike (`claimcheck.history.originals`).
    unknown = [one for one in alone if "unknown_original" in [entry.reason for entry in one.not_checked]]
    assume(not unknown and not any(one.supersedes for one in alone))
    assert state(alone) == state([one for one in results if one.claim_id in stand])
