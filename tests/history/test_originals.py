"""Which earlier claim a replacement or void means whose original is named by a number that no claim has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from claimcheck import Claim, MemoryHistory, Reason, SqliteHistory, Validator
from claimcheck.history.given import RecordedHistory
from claimcheck.history.originals import (
    NOTHING_MEANT,
    Alike,
    Meant,
    may_mean,
    means_another,
    meant_by,
    surely_means,
)
from history.made import claim, line
from history.own import KEY

BILLED = {"charge": "125.00", "diagnosis_pointers": (1,)}
OFFICE, X_RAY = line("99213", "2024-07-15", **BILLED), line("71046", "2024-07-15", **BILLED)
NEXT_DAY = line("99213", "2024-07-16", **BILLED)
ANOTHER_NPI = "1003000126"
VALIDATOR = Validator()


def a_claim(name: str | None, *lines: Any, **fields: Any) -> Claim:
    common = {"place_of_service": "11", "diagnoses": ["I10"], "received_date": "2024-07-25"}
    return claim(name, *(lines or (OFFICE,)), **common | fields)


def replacement(name: str = "R", *lines: Any, **fields: Any) -> Claim:
    return a_claim(name, *lines, **{"frequency_code": "7", "original_claim_id": "ICN1", **fields})


def original(name: str = "A", *lines: Any, **fields: Any) -> Claim:
    return a_claim(name, *lines, **fields)


#: An earlier claim, and whether the replacement of an office visit may mean it, and does where it is the only one.
LIKE: dict[str, tuple[Claim, bool, bool]] = {
    "the same": (original(), True, True),
    "another code of the same provider": (original("A", X_RAY), True, False),
    "another code beside the same": (original("A", X_RAY, OFFICE), True, True),
    "another day": (original("A", NEXT_DAY), False, False),
    "that day and another": (original("A", OFFICE, NEXT_DAY), True, False),
    "another biller": (original(billing_npi=ANOTHER_NPI), False, False),
    "a biller who is not known": (original(billing_npi=None), True, False),
    "another type": (original(claim_type="dental"), False, False),
    "a type that is not known": (original(claim_type=None), True, False),
    "no day": (original("A", line("99213", None)), False, False),
    "another doctor's other service": (original("A", X_RAY, rendering_npi=ANOTHER_NPI), False, False),
    "another doctor's same service": (original(rendering_npi=ANOTHER_NPI), True, True),
    "received before": (original(received_date="2024-07-20"), True, True),
    "received after": (original(received_date="2024-09-01"), False, False),
}


@pytest.mark.parametrize("name", LIKE)
def test_what_it_may_mean(name: str) -> None:
    """The same of two claims at hand as of what a history keeps of the earlier one."""
    earlier, may, surely = LIKE[name]
    later = replacement(received_date="2024-08-01")
    own, other = Alike.of(later, None), Alike.of(earlier, None)
    assert (may_mean(own, other), surely_means(own, other)) == (may, surely)
    held = recorded([earlier], MemoryHistory()).lines("M1", own.kept[0], own.kept[1].replace(year=2025))
    if held:  # a history keeps nothing of what is rejected, or lies on no day
        kept = Alike.recorded(held)
        assert (may_mean(own, kept), surely_means(own, kept)) == (may, surely)


def test_a_facility_bills_a_day_on_one_claim() -> None:
    stay = {"claim_type": "institutional", "bill_type": "0131"}
    later = Alike.of(replacement(**stay), None)
    assert may_mean(later, Alike.of(original("A", X_RAY, rendering_npi=ANOTHER_NPI, **stay), None))
    assert surely_means(later, Alike.of(original("A", X_RAY, OFFICE, **stay), None))
    assert not may_mean(later, Alike.of(original("A", X_RAY, **{**stay, "bill_type": "0141"}), None))


def test_billers_are_told_by_their_tax_ids_where_an_npi_is_missing() -> None:
    later = Alike.of(replacement(billing_npi=None, billing_tax_id="123456789"), None)
    assert surely_means(later, Alike.of(original(billing_tax_id="123456789"), None))
    assert not may_mean(later, Alike.of(original(billing_tax_id="987654321"), None))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"frequency_code": "8"}, True),
        ({"frequency_code": None, "bill_type": "0137"}, True),
        ({"frequency_code": None}, False),
        ({"frequency_code": "1"}, False),
        ({"frequency_code": "5"}, False),
        ({"original_claim_id": None}, False),
        ({"original_claim_id": []}, False),
    ],
)
def test_only_what_says_that_it_replaces_or_voids_a_claim_is_looked_for(fields: dict[str, Any], expected: bool) -> None:
    assert means_another(Claim.from_dict({**attrs.asdict(replacement(), recurse=False), **fields})) is expected


def test_without_a_history_or_a_member_nothing_is_meant() -> None:
    assert meant_by(replacement(), None) is NOTHING_MEANT
    assert meant_by(replacement(member_id=None), recorded([original()], MemoryHistory())) is NOTHING_MEANT


def recorded(claims: list[Claim], history: Any) -> Any:
    """Each judged over what was recorded before it, and recorded."""
    for one in claims:
        history.record(one, VALIDATOR.beside(history).validate(one))
    return history


def on_sql(_: Any) -> Any:
    sqlalchemy = pytest.importorskip("sqlalchemy", reason="needs the extra: pip install 'claimcheck[sql]'")
    del sqlalchemy
    from claimcheck.history.sql import SqlHistory

    return SqlHistory("sqlite://", KEY)


MAKE: dict[str, Callable[[Any], Any]] = {
    "memory": lambda _: MemoryHistory(),
    "SQLite": lambda folder: SqliteHistory(folder / "history.db"),
    "SQL": on_sql,
}


@pytest.fixture(params=MAKE)
def history(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    with MAKE[request.param](tmp_path) as made:
        yield made


#: Claims in the order in which they come, and those whose lines stand when all are recorded.
RECORDED: dict[str, tuple[list[Claim], set[str]]] = {
    "the one that is alike": ([original(), replacement()], {"R"}),
    "a void": ([original(), replacement("V", frequency_code="8")], set()),
    "a void of the replacement": (
        [original(), replacement(), replacement("V", frequency_code="8", original_claim_id="ICN2")],
        set(),
    ),
    "a second replacement": ([original(), replacement(), replacement("S", original_claim_id="ICN2")], {"S"}),
    "two of one number": ([original(), replacement(), replacement("S")], {"S"}),
    "one of two": ([original(), original("B"), replacement()], {"A", "B", "R"}),
    "one of another service": ([original("A", X_RAY), replacement()], {"A", "R"}),
    "one of other days": ([original("A", OFFICE, NEXT_DAY), replacement()], {"A", "R"}),
    "one that is named": ([original(), original("B"), replacement(original_claim_id="A")], {"B", "R"}),
    "one that is named, of other days": (
        [original("A", NEXT_DAY), original("B", OFFICE), replacement(original_claim_id="A")],
        {"B", "R"},
    ),
    "one that is named, and was voided": (
        [original(), replacement("V", frequency_code="8", original_claim_id="A"), original("B"), replacement()],
        {"R"},
    ),
    "one without a claim id": ([original(None), replacement()], {"R"}),
    "one with a long claim id": ([original("A" * 200), replacement()], {"R"}),
    "again": ([original(), replacement(), original(), replacement()], {"R"}),
}


@pytest.mark.parametrize("name", RECORDED)
def test_what_stands_in_a_history(name: str, history: Any) -> None:
    claims, standing = RECORDED[name]
    recorded(claims, history)
    day = OFFICE.service_date
    assert {found.claim for found in history.lines("M1", day, day)} == standing


@pytest.mark.parametrize("name", RECORDED)
def test_in_a_batch_the_same_stands(name: str) -> None:
    claims, standing = RECORDED[name]
    of_batch = zip(claims, VALIDATOR.validate_many(claims), strict=True)
    fallen = {"superseded", "rejected", "report_only"}  # the second of two duplicates is denied, and stands
    assert {one.claim_id for one, result in of_batch if str(result.disposition) not in fallen} == standing


def test_a_history_that_is_given_tells_it_too() -> None:
    lines = recorded([original()], MemoryHistory()).lines("M1", OFFICE.service_date, OFFICE.service_date)
    assert meant_by(replacement(), RecordedHistory({"M1": lines}, None)) == Meant(frozenset({"A"}))


def test_what_is_named_is_known_by_its_name_alone(history: Any) -> None:
    """Of whatever days it is, and whatever became of it: another one of the day is not meant."""
    voided = [original("A", NEXT_DAY), replacement("V", NEXT_DAY, frequency_code="8", original_claim_id="A")]
    for earlier in ([original("A", NEXT_DAY), original("B")], [*voided, original("B")]):
        history.forget("M1")
        named = replacement(original_claim_id="A")
        assert meant_by(named, recorded(earlier, history)) == NOTHING_MEANT
        *_, result = VALIDATOR.validate_many(iter([*earlier, named]))
        assert result.supersedes == ()
        *_, result = VALIDATOR.beside(history).validate_many(iter([named]))
        assert result.supersedes == ()


def test_what_was_rejected_before_in_the_batch_is_known(history: Any) -> None:
    claims = [original("A"), original("B", line("99213", None)), replacement(original_claim_id="B")]
    for given in (claims, iter(claims)):
        first, _, last = VALIDATOR.beside(history).validate_many(given)
        assert (str(first.disposition), last.supersedes) == ("payable", ())


def test_a_void_and_what_was_undone_before_it_came_are_known(history: Any) -> None:
    void = replacement("V", frequency_code="8", original_claim_id="A")
    for earlier in ([original(), void], [void, original()]):
        for name in ("A", "V"):
            claims = [*earlier, original("B"), original("C"), replacement(original_claim_id=name)]
            for given in (claims, iter(claims)):
                *_, last = VALIDATOR.beside(history).validate_many(given)
                assert last.supersedes == ()
                assert Reason.UNKNOWN_ORIGINAL not in {entry.reason for entry in last.not_checked}


def test_of_two_in_a_history_neither_is_held_against_it(history: Any) -> None:
    recorded([original(), original("B", X_RAY, OFFICE)], history)
    result = VALIDATOR.beside(history).validate(replacement())
    assert "STR603" not in {found.rule_id for found in result.findings}
    (entry,) = [entry for entry in result.not_checked if entry.reason is Reason.UNKNOWN_ORIGINAL]
    assert {"STR507", "STR603", "NCCI101"} <= {*entry.rules}
    assert result.supersedes == ()


def test_one_in_the_batch_and_one_in_the_history_are_two(history: Any) -> None:
    recorded([original()], history)
    first, second = VALIDATOR.beside(history).validate_many([original("B", X_RAY, OFFICE), replacement()])
    for result in (first, second):
        assert str(result.disposition) != "superseded"
        assert Reason.UNKNOWN_ORIGINAL in {entry.reason for entry in result.not_checked}


def test_the_same_claim_in_the_batch_and_in_the_history_is_one(history: Any) -> None:
    recorded([original()], history)
    first, second = VALIDATOR.beside(history).validate_many([original(), replacement()])
    assert (str(first.disposition), first.superseded_by, second.supersedes) == ("superseded", "R", ("A",))


def test_what_a_chain_took_leaves_a_history(history: Any) -> None:
    """The second replacement names the first, which alone could tell what it means; only the second is recorded."""
    recorded([original()], history)
    claims = [original(), replacement(), replacement("S", original_claim_id="R")]
    for one, result in zip(claims, list(VALIDATOR.beside(history).validate_many(claims)), strict=True):
        history.record(one, result)
    assert {found.claim for found in history.lines("M1", OFFICE.service_date, OFFICE.service_date)} == {"S"}


def test_what_it_takes_the_place_of_is_in_the_result_as_written() -> None:
    _, result = VALIDATOR.validate_many([original(), replacement()])
    assert result.to_dict()["supersedes"] == ["A"]
    assert type(result).from_dict(result.to_dict()) == result
