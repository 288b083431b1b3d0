"""What the member's other claims may change is said wherever they are not known; claims of a batch see each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Reason, Validator, validate_claim, validate_claims
from claimcheck.history import RecordedHistory
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Scope
from claimcheck.tables.rows import AddOnRow
from engine.generated import claims
from support.cases import line
from support.made_tables import made_tables

READING = [rule for rule in all_rules() if rule.scope in (Scope.DAY, Scope.MEMBER)]
ALONE = {rule.id: Validator(rules=[rule]) for rule in READING}
VALIDATOR = Validator()
OF_TABLES = {Reason.NO_TABLE, Reason.STARTER_TABLE, Reason.NOT_IN_TABLE, Reason.OUTSIDE_EDITION, Reason.STALE}
OF_TABLES |= {Reason.NO_REFERENCE_DATE}


def bill(claim_id: str, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    common = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893"}
    return {**common, "claim_id": claim_id, **fields, "lines": list(lines)}


FOUR = [bill(name, line(code)) for name, code in zip("ABCD", ("99213", "99213", "45380", "45378"), strict=True)]


def found(result: ClaimResult) -> set[tuple[str, int | None]]:
    return {(one.rule_id, one.position) for one in result.findings}


def open_for(result: ClaimResult, reason: Reason) -> list[tuple[str, ...]]:
    return [entry.rules for entry in result.not_checked if entry.reason is reason]


def clean(result: ClaimResult) -> bool:
    """Whether the result would be clean if all tables were there."""
    return result.ok and all(entry.reason in OF_TABLES for entry in result.not_checked)


def holding(batch: list[dict[str, Any]], but: int) -> MemoryHistory:
    """A history that knows everything, and holds all claims of a batch but one."""
    history = MemoryHistory()
    for place, one in enumerate(batch):
        if place != but:
            claim = Claim.from_dict(one)
            history.record(claim, VALIDATOR.beside(MemoryHistory()).validate(claim))
    return history


@pytest.mark.parametrize("sort", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_four_claims_of_a_day(sort: bool, turned: bool) -> None:
    batch = FOUR[::-1] if turned else FOUR
    results = {result.claim_id: result for result in validate_claims(batch, sort=sort)}
    assert [result.claim_id for result in validate_claims(batch)] == [one["claim_id"] for one in batch]
    assert ("STR603", 1) in found(results["B"])
    assert (results["D"].disposition, results["D"].lines[0].deciding.rule_id) == ("denied", "NCCI101")
    assert ("NCCI101", 1) not in found(results["C"])
    assert not any(result.clean for result in results.values())


def test_units_of_several_claims_fall_together() -> None:
    """As on one claim: 97110 at 4 units each, of which 6 a day are likely."""
    batch = [bill(name, line("97110", units=4, charge=charge)) for name, charge in (("A", "90.00"), ("B", "91.00"))]
    assert [result.disposition for result in validate_claims(batch)] == ["denied", "denied"]


def test_a_primary_that_another_claim_denies_bears_no_add_on() -> None:
    """So on one claim: 45378, which 45380 denies, is here the one primary of 17003."""
    tables = made_tables("add_on", [AddOnRow(1, "17003", "45378", date(1996, 1, 1), None)])
    one = validate_claim(bill("A", line("45380"), line("45378"), line("17003")), tables=tables)
    batch = [bill("A", line("45380")), bill("B", line("45378")), bill("C", line("17003"))]
    several = [result.lines[0] for result in validate_claims(batch, tables=tables)]
    for lines in (one.lines, several):
        decided = [line.deciding and (line.deciding.rule_id, line.deciding.carc) for line in lines]
        assert decided == [None, ("NCCI101", "236"), ("NCCI301", "B15")]


@given(batch=st.lists(claims(max_lines=2), min_size=2, max_size=4))
def test_an_order_is_nothing(batch: list[dict[str, Any]]) -> None:
    batch = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    given_order = list(validate_claims(batch))
    turned = list(validate_claims(batch[::-1]))[::-1]
    by_day = {result.claim_id: result for result in validate_claims(iter(batch), sort=True)}
    assert given_order == turned == [by_day[claim["claim_id"]] for claim in batch]


@given(batch=st.lists(claims(max_lines=2), min_size=2, max_size=4))
def test_nothing_is_clean_that_another_claim_could_change(batch: list[dict[str, Any]]) -> None:
    batch = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    streamed = list(VALIDATOR.beside(MemoryHistory()).validate_many(iter(batch)))
    known = list(VALIDATOR.beside(MemoryHistory()).validate_many(batch))
    unknown = list(VALIDATOR.validate_many(batch))
    for place, claim in enumerate(batch):
        whole = VALIDATOR.beside(holding(batch, place)).validate(claim)
        for result in (streamed[place], known[place], unknown[place]):
            assert not clean(result) or (result.lines, result.findings) == (whole.lines, whole.findings)


@given(batch=st.lists(claims(max_lines=2), min_size=2, max_size=3))
def test_a_rule_that_other_claims_change_is_named(batch: list[dict[str, Any]]) -> None:
    batch = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    full = holding(batch, 0)
    for rule_id, validator in ALONE.items():
        alone, beside = (validator.beside(one).validate(batch[0]) for one in (MemoryHistory(), full))
        if (alone.lines, alone.not_checked) != (beside.lines, beside.not_checked):
            unknown = validator.validate(batch[0])
            reason = Reason.NO_HISTORY if isinstance(batch[0].get("member_id"), str) else Reason.MISSING_FIELD
            assert [entry.rules for entry in unknown.not_checked if entry.reason is reason and rule_id in entry.rules]


def test_one_entry_names_every_rule() -> None:
    claim = bill("A", line("99213"), line("3044F", charge="0.00"))
    visits = ("PRO206", "PRO207", "PRO401", "PRO402", "PRO403", "PRO405")
    rules = ("CAT301", "FRQ101", "NCCI101", "NCCI201", "PRO104", *visits, "STR603")
    assert open_for(validate_claim(claim), Reason.NO_HISTORY) == [rules]
    assert open_for(validate_claim(claim, history=MemoryHistory()), Reason.NO_HISTORY) == []
    (streamed,) = validate_claims(iter([claim]))
    assert open_for(streamed, Reason.NO_HISTORY) == open_for(streamed, Reason.LATER_CLAIMS) == [rules]
    (streamed,) = validate_claims(iter([claim]), history=MemoryHistory())
    assert open_for(streamed, Reason.LATER_CLAIMS) == [rules]
    assert not streamed.complete


@pytest.mark.parametrize(
    ("known_from", "rules"),
    [
        (None, [("FRQ101", "NCCI101", "PRO104", "STR603")]),
        (date(2024, 7, 16), [("FRQ101", "NCCI101", "PRO104", "STR603")]),
        (date(2024, 7, 15), [("NCCI101", "PRO104", "STR603")]),  # of the line before that day alone
        (date(2024, 7, 1), []),
    ],
)
def test_a_history_says_from_when_it_knows_all(known_from: date | None, rules: list[tuple[str, ...]]) -> None:
    claim = bill("A", line("71046", day="2024-07-14"), line("1170F", charge="0.00"))
    result = validate_claim(claim, history=RecordedHistory({}, known_from))
    named = [tuple(rule for rule in entry if rule != "NCCI201") for entry in open_for(result, Reason.NO_HISTORY)]
    assert named == rules


def test_a_claim_without_a_member_has_no_other_claims_to_be_seen() -> None:
    claim = bill("A", line("99213"), member_id=None)
    for history in (None, MemoryHistory()):
        for result in (validate_claim(claim, history=history), *validate_claims([claim] * 2, history=history)):
            assert open_for(result, Reason.NO_HISTORY) == []
            named = open_for(result, Reason.MISSING_FIELD)
            assert any({"NCCI101", "NCCI201", "STR603"} <= set(rules) for rules in named)


def test_a_claim_without_codes_reads_no_other_claim() -> None:
    assert open_for(validate_claim(bill("A", line(None))), Reason.NO_HISTORY) == []
