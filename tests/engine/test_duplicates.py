"""Exact duplicates on claims that are validated together, after each other, or again from a receipt."""

import json
from datetime import date
from itertools import permutations

import attrs
import pytest

from claimcheck import Claim, MemoryHistory, Policy, SqliteHistory, Validator, validate_claims
from claimcheck.engine.replaying import replay
from claimcheck.history import RecordedHistory
from history.own import KEY

EVER = date.min, date.max
MEMBER = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "place_of_service": "11"}


def claim(name, code="97110", units=1, charge="60.00", *, modifiers=(), **fields):
    line = {
        "procedure_code": code,
        "units": units,
        "charge": charge,
        "modifiers": ["GP", *modifiers],
        "service_date": "2024-07-01",
    }
    return {**MEMBER, "claim_id": name, "lines": [line], **fields}


def rules(result, disposition="denied"):
    return {finding.rule_id for finding in result.findings if str(finding.disposition) == disposition}


def verdicts(results):
    return {result.claim_id: str(result.disposition) for result in results}


@pytest.mark.parametrize(
    ("claims", "denied"),
    [
        ([claim("A"), claim("B")], {"B"}),
        ([claim("A", received_date="2024-08-02"), claim("B", received_date="2024-08-01")], {"A"}),
        ([claim("A"), claim("B", received_date="2024-08-01")], {"A"}),
        ([claim("A"), claim("B"), claim("C")], {"B", "C"}),
        ([claim("A"), claim("B", charge="61.00"), claim("C")], {"C"}),
        ([claim("A"), claim("B", member_id="M2")], set()),
        ([claim("A", modifiers=["76"]), claim("B", modifiers=["76"])], set()),
        ([claim("A"), claim("B", frequency_code="7", original_claim_id="A")], set()),
    ],
)
def test_the_later_of_two_is_denied_in_any_order(claims, denied):
    for order in permutations(claims):
        found = [result for result in validate_claims(order, history=None) if "STR603" in rules(result)]
        assert {result.claim_id for result in found} == denied


def test_what_was_recorded_came_first():
    history = MemoryHistory()
    validator = Validator(history=history)
    earlier = claim("Z", received_date="2024-09-01")
    first = validator.validate(earlier)
    history.record(earlier, first)
    (second,) = validate_claims([claim("A", received_date="2024-08-01")], history=history)
    assert verdicts([first, second]) == {"Z": "payable", "A": "denied"}


def test_claims_as_they_come():
    results = validate_claims(iter([claim("Z"), claim("A")]))
    assert verdicts(results) == {"Z": "payable", "A": "denied"}


def test_a_duplicate_adds_no_units():
    """Six units are allowed a day: the first claim has four, and so has its duplicate."""
    results = validate_claims([claim("A", units=4), claim("B", units=4)])
    assert verdicts(results) == {"A": "payable", "B": "denied"}
    assert "NCCI201" in rules(next(iter(validate_claims([claim("A", units=4), claim("B", units=4, charge="1.00")]))))


def test_a_duplicate_takes_nothing_from_the_claim_that_it_repeats():
    """The units of both exceeded the MUE, and the history then listed the first claim as denied."""
    history = MemoryHistory()
    validator = Validator(history=history)
    for name in "AB":
        result = validator.validate(claim(name, units=4))
        history.record(claim(name, units=4), result)
        assert result.overturned == ()
    assert verdicts([result]) == {"B": "denied"}
    assert list(history.reconcile()) == []


@pytest.mark.parametrize("others", [("45378", "99213"), ("99213",)])
def test_what_another_claim_of_the_batch_replaces_has_no_duplicate(others):
    """N repeats H, which R replaces: N is then a first claim, and so it is for R."""
    history = MemoryHistory()
    first = claim("H", "45378")
    history.record(first, Validator(history=history).validate(first))
    lines = [claim("R", code)["lines"][0] for code in others]
    batch = [claim("N", "45378"), claim("R", frequency_code="7", original_claim_id="H") | {"lines": lines}]
    for order in permutations(batch):
        results = {result.claim_id: result for result in validate_claims(order, history=history)}
        assert verdicts(results.values()) == {"N": "payable", "R": "denied"}
        assert [line.deciding.rule_id for line in results["R"].lines] == [*(["STR603"] * (len(others) - 1)), "PRO206"]


@pytest.mark.parametrize("policy", ["default", "medicare"])
def test_a_denied_line_is_no_first_claim(policy):
    first = claim("A", code="97110", units=40)
    results = [*validate_claims([first, {**first, "claim_id": "B"}], policy=policy)]
    assert [rules(result) & {"STR603", "NCCI201"} for result in results] == [{"NCCI201"}, {"NCCI201"}]


def test_a_stored_history_tells_and_keeps_no_charge(tmp_path):
    path = tmp_path / "history.db"
    with SqliteHistory(path, KEY) as history:
        validator = Validator(history=history)
        for name, charge in (("A", "31415.93"), ("B", "31415.93"), ("C", "27182.82")):
            one = Claim.from_dict(claim(name, charge=charge))
            result = validator.validate(one)
            history.record(one, result)
            assert ("STR603" in rules(result)) is (name == "B")
            assert ("STR603" in rules(result, "payable")) is (name == "C")
        lines = {member: history.lines(member, *EVER) for member in ("M1",)}
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"31415" not in stored
    given = RecordedHistory(lines, EVER[0], digest_key=history.digest_key)
    assert "STR603" in rules(Validator(history=given).validate(claim("D", charge="31415.93")))
    without_key = Validator(history=RecordedHistory(lines, EVER[0])).validate(claim("D", charge="31415.93"))
    assert "STR603" in rules(without_key, "payable")


def test_a_receipt_gives_it_again():
    policy = Policy.load("default")
    for charge, disposition in (("60.00", "denied"), ("61.00", "payable")):
        history = MemoryHistory()
        validator = Validator(policy, history=history)
        one = Claim.from_dict(claim("A"))
        history.record(one, validator.validate(one))
        result = validator.validate(claim("B", charge=charge))
        assert "STR603" in rules(result, disposition)
        again = replay(attrs.evolve(result.receipt, reads=json.loads(json.dumps(result.receipt.reads))), validator)
        assert (again.lines, again.findings) == (result.lines, result.findings)
