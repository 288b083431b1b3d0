"""Claims of one member are judged as their days come, and what decides is remembered: which changes no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Policy, Validator
from claimcheck.engine import batches as engine_batches
from claimcheck.engine import judgement, meeting
from claimcheck.engine.judgement import Judgement
from claimcheck.history import Batch

TAX_ID = Policy.load("default").replace(ncci__settings={"same_provider": "tax_id"})
POLICIES: dict[str, str | Policy] = {name: name for name in ("default", "zero", "medicare")} | {"tax id": TAX_ID}
VALIDATORS = {name: Validator(policy) for name, policy in POLICIES.items()}
NPIS = ("1234567893", "1003000126")
CODES = (
    *("99213", "99213", "36415", "20610", "20611", "45378", "45380", "3044F", "3044F", "3046F", "G0439", "G0438"),
    *("77067", "27447", "99203", "64494"),
)
DAYS = [date(2024, 7, 1) + timedelta(days=number) for number in (0, 0, 0, 1, 2, 40, 200, 366)]

LINES = st.fixed_dictionaries(
    {
        "procedure_code": st.sampled_from(CODES),
        "units": st.sampled_from(["1", "1", "3"]),
        "charge": st.sampled_from(["0.00", "100.00"]),
    },
    optional={
        "modifiers": st.sampled_from([["25"], ["59"], ["8P"], ["RT"]]),
        "rendering_npi": st.sampled_from(NPIS),
        "service_date_end": st.sampled_from(["2024-07-03", "2025-08-01"]),
    },
)


@st.composite
def batches(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims of one member, in no order, most with an id of their own."""
    made = []
    for number in range(draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(["professional"] * 3 + ["institutional"]))
        day = draw(st.sampled_from(DAYS)).isoformat()
        claim: dict[str, Any] = {
            "claim_id": f"C{draw(st.sampled_from([number, number, number, number, 0]))}",
            "claim_type": kind,
            "member_id": "M1",
            "billing_npi": draw(st.sampled_from([*NPIS, *NPIS, *NPIS, None])),
            "rendering_npi": draw(st.sampled_from([None, None, *NPIS])),
            "rendering_taxonomy": draw(st.sampled_from([None, None, "207Q00000X", "208600000X"])),
            "billing_tax_id": draw(st.sampled_from([None, "123456789", "987654321"])),
            "received_date": draw(st.sampled_from(["2025-08-10", "2025-08-11"])),
            "lines": [{**line, "service_date": day} for line in draw(st.lists(LINES, min_size=1, max_size=3))],
        }
        if kind == "institutional":
            claim |= {"bill_type": draw(st.sampled_from(["0131", "0111"])), "statement_from": day}
        if draw(st.integers(0, 9)) == 0:
            claim |= {"frequency_code": draw(st.sampled_from("78")), "original_claim_id": "C1"}
        made.append(claim)
    return made


def said(results: Iterator[ClaimResult]) -> list[object]:
    """All but which lines of other claims were looked at, of which a shortcut looks at fewer."""
    found: list[object] = []
    for result in results:
        told = result.to_dict()
        reads = {**told["receipt"]["reads"], "history": None}
        reads["claim"] = {name: value for name, value in reads["claim"].items() if name != "claim_id"}
        found.append(({**told, "receipt": {**told["receipt"], "reads": reads}}, result.overturned, result.services))
    return found


def without_shortcuts(patch: pytest.MonkeyPatch) -> None:
    """All of a member at once, nothing remembered beside others, every use of a limit counted, every line read."""
    patch.setattr(engine_batches, "related", lambda claims: [[*claims]] if len(claims) > 1 else [])
    patch.setattr(engine_batches, "met_alike", lambda *_: None)
    patch.setattr(meeting._Meeting, "of", lambda self, left, **_: self._all_at_once(left))
    patch.setattr(judgement, "counted_in_short", lambda *_: None)
    patch.setattr(Judgement, "is_beside_others", property(lambda _: False))
    patch.setattr(Batch, "found", lambda self, *given, below=None, **named: self.beside(*given, **named))


def assert_alike(validator: Validator, policy: str, claims: list[dict[str, Any]]) -> None:
    listed, read = said(validator.validate_many(claims)), said(validator.validate_many(iter(claims)))
    with pytest.MonkeyPatch.context() as patch:
        without_shortcuts(patch)
        fresh = Validator(POLICIES[policy], history=validator.history)
        assert listed == said(fresh.validate_many(claims))
        assert read == said(fresh.validate_many(iter(claims)))


@settings(max_examples=20, deadline=None)
@given(claims=batches(), policy=st.sampled_from([*VALIDATORS]), over=st.booleans())
def test_shortcuts_change_no_verdict(claims: list[dict[str, Any]], policy: str, over: bool) -> None:
    validator = VALIDATORS[policy]
    if over:
        history, some = MemoryHistory(), claims[: len(claims) // 2]
        for claim, result in zip(some, validator.validate_many(some), strict=True):
            history.record(claim, result)
        validator, claims = validator.beside(history), claims[len(claims) // 2 :]
    assert_alike(validator, policy, claims)


def visit(number: int) -> dict[str, Any]:
    day = date(2024, 7, 5) + timedelta(days=number)
    line = {"procedure_code": "80053", "units": 1, "charge": "100.00", "service_date": day.isoformat()}
    return {
        "claim_id": f"C{number:03}",
        "claim_type": "professional",
        "member_id": "M1",
        "billing_npi": NPIS[0],
        "received_date": "2025-12-01",
        "lines": [line],
    }


def on(number: int, code: str, day: int, **more: Any) -> dict[str, Any]:
    claim = visit(day)
    return {**claim, "claim_id": f"C{number}", "lines": [{**claim["lines"][0], "procedure_code": code, **more}]}


ORDERS = (7, 3, 0, 9, 1, 5, 11, 2, 8, 4, 10, 6)
KNOWN = {
    "more reports in a year than are all looked at, in no order": [on(at, "3044F", at) for at in ORDERS],
    "several reports of each day, and some that do not count": [
        on(at, "3044F", at // 3, **({"modifiers": ["8P"]} if at % 2 == 0 else {})) for at in ORDERS
    ],
    "an operation some days after a visit": [
        on(0, "99213", 10), on(1, "27447", 11), *[on(2 + at, "80053", 30 + at) for at in ORDERS]
    ],
    "a denial by a claim of the day, after others were given": [
        *[on(at, "80053", at) for at in ORDERS], on(20, "45378", 10), on(21, "45380", 10), on(22, "3044F", 11)
    ],
    "the same code of one day in different units": [on(at, "36415", 0, units=at % 3) for at in ORDERS],
}  # fmt: skip


@pytest.mark.parametrize("claims", KNOWN)
def test_what_hangs_on_many_claims(claims: str) -> None:
    assert_alike(Validator(), "default", KNOWN[claims])


def test_reports_beyond_a_limit_are_told_in_whatever_order_they_come() -> None:
    results = list(Validator().validate_many(KNOWN["more reports in a year than are all looked at, in no order"]))
    beyond = {result.claim_id for result in results if any(found.rule_id == "FRQ101" for found in result.findings)}
    assert beyond == {f"C{at}" for at in ORDERS if at > 0}


def opened(monkeypatch: pytest.MonkeyPatch) -> list[Claim]:
    """The claims that are told by themselves from now on."""
    found: list[Claim] = []
    own = Validator._opened

    def noted(self: Validator, claim: Claim, as_of: date | None) -> Any:
        found.append(claim)
        return own(self, claim, as_of)

    monkeypatch.setattr(Validator, "_opened", noted)
    return found


def test_a_verdict_waits_for_the_claims_of_its_days_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = opened(monkeypatch)
    results = Validator().validate_many([on(number, "3044F", number) for number in range(300)])
    next(results)
    assert len(told) < 10


def test_from_what_has_to_be_settled_on_all_are_taken_together(monkeypatch: pytest.MonkeyPatch) -> None:
    told = opened(monkeypatch)
    claims = [on(number, "3044F", number) for number in range(60)]
    both = [on(60 + number, code, 10) for number, code in enumerate(("45378", "45380"))]
    results = list(Validator().validate_many([*claims, *both]))
    assert [result.disposition for result in results[60:]] == ["denied", "payable"]
    assert len(told) == 62


def test_each_claim_is_told_by_itself_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = opened(monkeypatch)
    list(Validator().validate_many([on(number, "80053", 0) for number in (3, 1, 2, 0)]))
    assert len(told) == 4


def test_claims_that_are_not_related_are_evaluated_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = opened(monkeypatch)
    others = [{**on(4, "80053", 0), "billing_npi": NPIS[1]}, {**on(5, "80053", 0), "claim_type": "institutional"}]
    list(Validator().validate_many([*[on(number, "80053", number) for number in range(4)], *others]))
    assert not told


def test_claims_of_one_day_are_taken_in_the_order_of_their_receipt() -> None:
    first = {"claim_type": "professional", "member_id": "M1", "billing_npi": NPIS[0], "received_date": "2025-08-10"}
    line = {"procedure_code": "99213", "units": "1", "charge": "0.00", "service_date": "2024-07-01"}
    spanning = {**line, "modifiers": ["25"], "service_date_end": "2024-07-03"}
    other = {**first, "claim_id": "C1", "claim_type": "institutional", "bill_type": "0131", "lines": [line]}
    replacing = {"claim_id": "C2", "frequency_code": "7", "original_claim_id": "C1", "lines": [line, spanning]}
    recorded = [{**first, "claim_id": "C0", "lines": [spanning]}, other]
    batch = [{**first, **replacing}, {**first, "claim_id": "C0", "received_date": "2025-08-11", "lines": [line]}]
    history = MemoryHistory()
    for claim, result in zip(recorded, VALIDATORS["default"].validate_many(recorded), strict=True):
        history.record(claim, result)
    validator = VALIDATORS["default"].beside(history)
    for claims in (batch, iter(batch)):
        assert [result.supersedes for result in validator.validate_many(claims)] == [("C0",), ()]
