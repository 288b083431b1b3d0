"""The way in: what may be given, and what is said of what cannot be used."""

from __future__ import annotations

import gc
import pickle
import tracemalloc
import weakref
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from claimcheck import (
    Claim,
    InputError,
    MemoryHistory,
    Policy,
    PolicyError,
    ServiceLine,
    TableError,
    Tables,
    Validator,
    validate_claim,
    validate_claims,
)
from claimcheck.claims import Reason, Source
from support.cases import line

CLAIM = {"claim_id": "A", "claim_type": "professional", "lines": [line("45385"), line("45380")]}


def test_a_mapping_and_a_claim_are_one():
    assert validate_claim(CLAIM) == validate_claim(Claim.from_dict(CLAIM))


@pytest.mark.parametrize("claim", [[], None, 7, "a claim", {"lines": 3}, {"lines": [None, []]}, {1: 2}])
def test_anything_at_all_is_a_claim(claim):
    result = validate_claim(claim)
    assert not result.ok
    assert len(result.lines) == len(Claim.from_dict(claim).lines)


@pytest.mark.parametrize("as_of", [date(2024, 8, 1), "2024-08-01", "20240801", datetime(2024, 8, 1)])
def test_as_of_is_a_day_or_its_text(as_of):
    assert validate_claim(CLAIM, as_of=as_of).receipt.as_of == date(2024, 8, 1)


@pytest.mark.parametrize("as_of", ["08/01/2024", 20240801, datetime(2024, 8, 1, 12)])
def test_as_of_is_a_day_in_any_spelling_of_days(as_of):
    assert validate_claim(CLAIM, as_of=as_of).receipt.as_of == date(2024, 8, 1)


def test_as_of_wins_over_receipt_and_either_may_be_missing():
    received = {**CLAIM, "received_date": "2024-07-20"}
    assert validate_claim(received, as_of="2024-08-01").receipt.as_of == date(2024, 8, 1)
    assert validate_claim(received).receipt.as_of == date(2024, 7, 20)
    result = validate_claim(CLAIM)
    assert result.receipt.as_of is None
    assert Reason.NO_REFERENCE_DATE in {entry.reason for entry in result.not_checked}


@pytest.mark.parametrize("as_of", ["yesterday", "2024-02-30", 20240832, [date(2024, 8, 1)]])
def test_a_bad_as_of_is_a_bad_call(as_of):
    with pytest.raises(InputError, match=r"as_of is no date: give a datetime\.date, or text as YYYY-MM-DD"):
        validate_claim(CLAIM, as_of=as_of)
    with pytest.raises(InputError):
        next(validate_claims([CLAIM], as_of=as_of))


def test_a_policy_is_a_name_a_path_or_itself(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('extends = "zero"\n')
    names = [validate_claim(CLAIM, policy=policy).receipt.policy for policy in ("zero", own, Policy.load("zero"))]
    assert names == ["zero", "own", "zero"]
    with pytest.raises(PolicyError, match="nowhere"):
        Validator("nowhere")


def test_tables_are_starter_tables_or_opened(tmp_path):
    assert validate_claim(CLAIM, tables=Tables.starter()) == validate_claim(CLAIM)
    with pytest.raises(TableError):
        Validator(tables=tmp_path / "nowhere")


def test_the_receipt_says_what_the_verdict_rests_on():
    receipt = validate_claim(CLAIM, tables=Tables.starter()).receipt
    assert receipt.policy_hash == Policy.load("default").hash
    assert Validator().validate(CLAIM).receipt is not receipt


def test_receipts_of_one_day_differ_in_what_was_read_alone():
    validator = Validator()
    one, other = (validator.validate(claim, as_of="2024-08-01").receipt.to_dict() for claim in (CLAIM, {}))
    assert one.pop("reads") != other.pop("reads")
    assert one == other


def test_only_the_rules_that_are_given_run():
    rules = [rule for rule in Validator().rules if rule.id == "NCCI101"]
    result = Validator(rules=rules).validate(CLAIM)
    assert {finding.rule_id for finding in result.findings} == {"NCCI101"}


def test_accepted_tables_follow_the_policy():
    lenient = Policy.load("default").replace(tables__accepted={"staleness_days": 400})
    late = {"claim_type": "professional", "lines": [line("45385", day="2025-01-02"), line("45380", day="2025-01-02")]}
    bundled = [finding for finding in validate_claim(late, policy=lenient).findings if finding.rule_id == "NCCI101"]
    assert len(bundled) == 1
    assert not any(finding.rule_id == "NCCI101" for finding in validate_claim(late).findings)


def report(claim_id: str, day: str, code: str = "3044F", member: str = "M1") -> dict:
    return {
        "claim_id": claim_id,
        "claim_type": "professional",
        "member_id": member,
        "lines": [line(code, day=day, charge="0.00")],
    }


def carcs(result) -> set[str | None]:
    return {finding.carc for finding in result.findings if finding.rule_id.startswith("FRQ")}


def test_claims_come_one_by_one():
    pulled = []

    def source() -> Iterator[dict]:
        for number in range(3):
            pulled.append(number)
            yield report(str(number), "2024-02-01", member=f"M{number}")

    results = Validator().validate_many(source())
    assert pulled == []
    next(results)
    assert pulled == [0]
    assert len(list(results)) == 2


def test_sorted_claims_are_read_first_and_judged_by_date():
    batch = [report("B", "2024-08-01", "3046F"), report("A", "2024-02-01")]
    streamed = {result.claim_id: carcs(result) for result in validate_claims(iter(batch))}
    in_order = {result.claim_id: carcs(result) for result in validate_claims(batch, sort=True)}
    assert streamed == {"B": set(), "A": set()}  # B was judged before the claim that comes before it
    assert in_order == {"A": set(), "B": {"119"}}


def test_a_batch_sees_its_history_and_writes_nothing_to_it():
    history = MemoryHistory()
    validator = Validator(history=history)
    first = Claim.from_dict(report("A", "2024-02-01"))
    history.record(first, validator.validate(first))
    again = list(validator.validate_many([report("B", "2024-08-01", "3046F")]))
    assert carcs(again[0]) == {"119"}
    assert carcs(validator.validate(report("C", "2024-03-01"))) == {"119"}
    assert carcs(validator.validate(report("D", "2024-08-02", member="M2"))) == set()


def test_claims_without_lines_sort_last():
    batch = [{"claim_id": "E"}, report("A", "2024-02-01")]
    assert [result.claim_id for result in validate_claims(batch, sort=True)] == ["A", "E"]


def test_a_batch_keeps_no_claim():
    made = []

    def source() -> Iterator[Claim]:
        for claim_id in "AB":
            place = Source("a file", 1)  # lives as long as the claim that was read there
            made.append(weakref.ref(place))
            lines = [ServiceLine("99213", units=1)]
            yield Claim(claim_id=claim_id, claim_type="professional", lines=lines, source=place)
            del place

    for result in Validator().validate_many(source()):
        del result
    gc.collect()
    assert [gone() for gone in made] == [None, None]


def test_a_batch_of_lines_without_limits_takes_no_memory():
    validator = Validator()

    def source(number: int) -> Iterator[dict]:
        for place in range(number):
            yield {**CLAIM, "claim_id": f"C{place}", "member_id": f"M{place}"}

    for _ in validator.validate_many(source(400)):
        pass
    tracemalloc.start()
    for _ in validator.validate_many(source(400)):
        pass
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 100_000


def test_results_are_values():
    result = validate_claim(CLAIM)
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_call_is_ready_for_the_next_of_the_same_policy_and_tables():
    tables = Tables.starter()
    same = [validate_claim(CLAIM, policy="zero", tables=tables) for _ in range(2)]
    other = validate_claim(CLAIM, policy=Policy.load("zero"), tables=Tables.starter())
    assert same[0] == same[1] == other
    assert same[0].receipt.tables_hash == other.receipt.tables_hash


def test_a_policy_file_is_read_anew_at_each_call(tmp_path):
    file = tmp_path / "own.toml"
    for title in ("one", "two"):
        file.write_text(f'title = "{title}"\nextends = "zero"\n')
        assert validate_claim(CLAIM, policy=file).receipt.policy == "own"
    file.write_text("title = 3")
    with pytest.raises(PolicyError):
        validate_claim(CLAIM, policy=file)
