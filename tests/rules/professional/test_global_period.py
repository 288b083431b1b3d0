"""Days around an operation. 27447 and 47562 have global days 090, 17110 has 010, 20610 and 45378 have 000."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from claimcheck import Claim, MemoryHistory, Validator, validate_claims
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "1EG4TE5MK73", "billing_npi": "1234567893"}
SURGEON = {"rendering_npi": "1234567893", "rendering_taxonomy": "207X00000X"}
PARTNER = {"rendering_npi": "1003000126", "rendering_taxonomy": "207X00000X"}
INTERNIST = {"rendering_npi": "1003000126", "rendering_taxonomy": "207R00000X"}
VISIT, PROCEDURE = outcomes("97", "M144"), outcomes("97", "N525")
KNEE = line("27447", "RT", day="2024-07-08")
AFTER = "2024-07-22"


def then(**what: str) -> Policy:
    return Policy.load("default").replace(surgery__outside_package=what)


def earlier(*lines: dict[str, Any], **fields: Any) -> list[dict[str, Any]]:
    return [{**MEMBER, "claim_id": "A", **fields, "lines": list(lines)}]


HITS = {
    "a visit after it": Case([KNEE, line("99213", day=AFTER)], line=2, outcome=VISIT[Then.DENY]),
    "of an earlier claim": Case(
        [line("99213", day=AFTER)],
        MEMBER,
        before=earlier(KNEE),
        line=1,
        outcome=VISIT[Then.DENY],
        evidence={"procedure": "27447", "global_days": "090", "on_another_claim": True},
    ),
    "in the hospital": Case([KNEE, line("99232", day="2024-07-09")], line=2, outcome=VISIT[Then.DENY]),
    "25 is not for that": Case([KNEE, line("99213", "25", day=AFTER)], line=2, outcome=VISIT[Then.DENY]),
    "the day before a major one": Case(
        [line("99222", day="2024-07-07"), KNEE], line=1, outcome=VISIT[Then.DENY], evidence={"procedure": "27447"}
    ),
    "within ten days": Case([line("17110", day="2024-07-08"), line("99213", day="2024-07-18")], line=2),
    "another procedure": Case(
        [KNEE, line("47562", day=AFTER)], line=2, outcome=PROCEDURE[Then.DENY], evidence={"code": "47562"}
    ),
    "a minor one, which may be a test": Case(
        [KNEE, line("20610", "LT", day=AFTER)], line=2, outcome=PROCEDURE[Then.REVIEW]
    ),
    "a partner's visit": Case(
        [line("99213", day=AFTER, **PARTNER)],
        MEMBER,
        policy="medicare",
        before=earlier({**KNEE, **SURGEON}),
        line=1,
        outcome=VISIT[Then.DENY],
    ),
    "before care after it": Case(
        [line("27447", "55", day="2024-07-08"), line("99213", day=AFTER)], line=2, outcome=VISIT[Then.DENY]
    ),
    "another payer looks": Case(
        [KNEE, line("99213", day=AFTER)], policy="commercial", line=2, outcome=VISIT[Then.REVIEW]
    ),
    "a warning": Case([KNEE, line("99213", day=AFTER)], policy=then(visit="warn"), line=2, outcome=VISIT[Then.WARN]),
    "a warning of a procedure": Case(
        [KNEE, line("47562", day=AFTER)], policy=then(procedure="warn"), line=2, outcome=PROCEDURE[Then.WARN]
    ),
    "the schedule is not known": Case(
        [line("27130", day="2024-07-08"), line("99213", day=AFTER)], line=2, unchecked="starter_table"
    ),
    "no history": Case([line("99213", day=AFTER)], MEMBER, before=None, unchecked="no_history"),
    "it is not told who the provider is": Case(
        [line("99213", day=AFTER)],
        {**MEMBER, "billing_npi": None},
        before=earlier(KNEE),
        unchecked="missing_field",
    ),
    "it is not told whether the partner is of the specialty": Case(
        [line("99213", day=AFTER, rendering_npi="1003000126")],
        MEMBER,
        policy="medicare",
        before=earlier({**KNEE, **SURGEON}),
        unchecked="missing_field",
    ),
}
MISSES = {
    "24": Case([KNEE, line("99213", "24", day=AFTER)]),
    "critical care": Case([KNEE, line("99291", "FT", day=AFTER)]),
    "57 for another operation": Case([KNEE, line("99213", "57", day=AFTER)]),
    "57 on the day before": Case([line("99222", "57", day="2024-07-07"), KNEE]),
    "25 on the day before": Case([line("99213", "25", day="2024-07-07"), KNEE]),
    "the day before a minor one": Case([line("99213", day="2024-07-07"), line("17110", day="2024-07-08")]),
    "two days before": Case([line("99222", day="2024-07-06"), KNEE]),
    "after ten days": Case([line("17110", day="2024-07-08"), line("99213", day="2024-07-19")]),
    "after a procedure of one day": Case([line("20610", day="2024-07-08"), line("99213", day="2024-07-09")]),
    "staged": Case([KNEE, line("47562", "58", day=AFTER)]),
    "unrelated": Case([KNEE, line("47562", "79", day=AFTER)]),
    "a return to the operating room": Case([KNEE, line("47562", "78", day=AFTER)]),
    "which starts no period": Case(
        [line("99213", "24", day="2024-07-15"), line("47562", "78", day="2024-07-08"), line("99213", day=AFTER)]
    ),
    "care after it is another's": Case([line("27447", "54", day="2024-07-08"), line("99213", day=AFTER)]),
    "care before it alone": Case([line("27447", "56", day="2024-07-08"), line("99213", day=AFTER)]),
    "the assistant": Case([line("27447", "AS", day="2024-07-08"), line("99213", day=AFTER)]),
    "not completed": Case([line("27447", "53", day="2024-07-08"), line("99213", day=AFTER)]),
    "reported alone": Case([KNEE, line("99024", charge="0.00", day=AFTER)]),
    "a test": Case([KNEE, line("73560", day=AFTER)]),
    "an add-on code": Case([KNEE, line("17003", day=AFTER)]),
    "maternity care": Case([line("59400", day="2024-07-08"), line("99213", day=AFTER)]),
    "another provider": Case([{**KNEE, **SURGEON}, line("99213", day=AFTER, rendering_npi="1003000126")]),
    "another specialty": Case(
        [line("99213", day=AFTER, **INTERNIST)], MEMBER, policy="medicare", before=earlier({**KNEE, **SURGEON})
    ),
    "an operation that was denied": Case(
        [line("99213", day=AFTER)], MEMBER, before=earlier({**KNEE, "charge": "-1.00"})
    ),
    "of an earlier claim, too long ago": Case(
        [line("99213", day="2024-10-07")], MEMBER, before=earlier(KNEE), policy="default"
    ),
    "a facility's claim": Case([KNEE, line("99213", day=AFTER)], institutional()),
    "no codes": Case(
        [KNEE, line("99213", day=AFTER)], policy=Policy.load("default").replace(surgery__global_package={})
    ),
}
test_hits, test_misses = rule_tests("PRO207", HITS, MISSES)

OPERATED = date(2024, 7, 8)


def bill(claim_id: str, *lines: dict[str, Any]) -> dict[str, Any]:
    return {"claim_type": "professional", **MEMBER, "claim_id": claim_id, "lines": list(lines)}


def found(result: Any) -> list[str]:
    return [finding.procedure_code for finding in result.findings if finding.rule_id == "PRO207"]


@pytest.mark.parametrize(
    ("code", "first", "last"), [("27447", -1, 90), ("17110", 1, 10)], ids=["92 days", "eleven days"]
)
def test_the_window_to_the_day(code: str, first: int, last: int) -> None:
    """Attachment A: 090 is the day before, the day, and 90 days after it; 010 the day and ten days after it."""
    for gap in (first - 1, first, last, last + 1):
        visit = line("99213", day=(OPERATED + timedelta(days=gap)).isoformat())
        operation = line(code, day=OPERATED.isoformat())
        history = MemoryHistory()
        validator = Validator(Policy.load("default").replace(tables__accepted={"staleness_days": 400}), history=history)
        claims = [bill("A", operation), bill("B", visit)]
        together = bill("C", operation, visit)
        held = first <= gap <= last
        batch = Validator(validator.policy).validate_many(claims)
        assert [bool(found(result)) for result in batch] == [False, held], gap
        assert bool(found(Validator(validator.policy).validate(together))) is held
        one = validator.validate(claims[0])
        history.record(claims[0], one)
        assert bool(found(validator.validate(claims[1]))) is held


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("gap", [-1, 1, 14, 90])
def test_an_order_is_nothing_in_a_batch(gap: int, turned: bool) -> None:
    visit = bill("B", line("99213", day=(OPERATED + timedelta(days=gap)).isoformat()))
    batch = [bill("A", KNEE), visit, bill("C", line("99213", day="2022-01-05"))]
    batch = batch[::-1] if turned else batch
    tables = Policy.load("default").replace(tables__accepted={"staleness_days": 400, "approximate_history": True})
    results = {result.claim_id: result for result in validate_claims(batch, tables)}
    assert [name for name, result in results.items() if found(result)] == ["B"]


def test_an_operation_that_is_heard_of_later_overturns_the_visit() -> None:
    history = MemoryHistory()
    validator = Validator(history=history)
    visit = bill("B", line("99213", day=AFTER))
    history.record(visit, validator.validate(visit))
    result = validator.validate(bill("A", KNEE))
    assert [(one.claim, one.finding.rule_id, one.finding.carc) for one in result.overturned] == [("B", "PRO207", "97")]
    assert result.lines[0].disposition == "payable"


def test_a_receipt_gives_the_verdict_again() -> None:
    from claimcheck.engine.replaying import replay

    history = MemoryHistory()
    validator = Validator(history=history)
    history.record(bill("A", KNEE), validator.validate(bill("A", KNEE)))
    result = validator.validate(bill("B", line("99213", day=AFTER)))
    again = replay(result.receipt, Validator())
    assert found(again) == found(result) == ["99213"]
    assert (again.findings, again.not_checked) == (result.findings, result.not_checked)


@pytest.mark.parametrize(("visits", "all_seen"), [(200, True), (201, False)])
def test_of_very_many_lines_it_is_said_that_not_all_were_looked_at(visits: int, all_seen: bool) -> None:
    from claimcheck.engine.replaying import replay

    history = MemoryHistory()
    validator = Validator(history=history)
    seen = [line("99213", "24", day=(OPERATED + timedelta(days=1 + n % 80)).isoformat()) for n in range(visits)]
    for number, visit in enumerate(seen):
        history.record(Claim.from_dict(bill(f"B{number}", visit)), Validator().validate(bill(f"B{number}", visit)))
    result = validator.validate(bill("A", KNEE))
    for one in (result, replay(result.receipt, Validator())):
        assert ("too_many" in {entry.reason for entry in one.not_checked if entry.rule_id == "PRO207"}) is not all_seen
