"""Tally, phases, roll-up, allowed amounts and adjustments, by rules made for the purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from claimcheck import Validator, validate_claim
from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.engine.digest import NOTHING_SAID
from claimcheck.engine.tally import Tally
from claimcheck.rules.rule import Outcome, Phase, Rule, Scope, rule, unchecked
from support.cases import line

DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236")
REJECTED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",))
REPORTED = Outcome(Severity.INFO, Disposition.REPORT_ONLY, "CO", "246", ("N620",))
REVIEWED = Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "151", ("N362",))
PRICED = Outcome(Severity.INFO, Disposition.PAYABLE)
NOTED = Outcome(Severity.INFO, Disposition.PAYABLE)


def made(
    check: Callable[[Any], Iterator[Any]],
    rule_id: str = "TST101",
    phase: Phase = Phase.PRICE,
    scope: Scope = Scope.CLAIM,
) -> Rule:
    declare = rule(
        id=rule_id,
        name=rule_id.lower(),
        scope=scope,
        phase=phase,
        reads=("claim",),
        outcomes=(DENIED,),
        sources=("a source for tests",),
    )
    return declare(check)


def says(*said: tuple[int | None, Outcome], rule_id: str = "TST101", phase: Phase = Phase.PRICE) -> Rule:
    """A rule that says this of the lines at these positions (None: of the claim)."""

    def check(_: Any) -> Iterator[Any]:
        for position, outcome in said:
            yield outcome("said", line=position)

    return made(check, rule_id, phase)


def validate(*rules: Rule, charges: tuple[str | None, ...] = ("100.00", "100.00")) -> Any:
    claim = {"claim_type": "professional", "lines": [line("99213", charge=charge) for charge in charges]}
    return Validator(rules=rules).validate(claim)


@pytest.mark.parametrize(
    ("said", "claim", "lines"),
    [
        ([], "payable", ["payable", "payable"]),
        ([(1, DENIED)], "payable", ["denied", "payable"]),
        ([(1, DENIED), (2, DENIED)], "denied", ["denied", "denied"]),
        ([(1, DENIED), (2, REJECTED)], "denied", ["denied", "rejected"]),
        ([(1, REJECTED), (2, REJECTED)], "rejected", ["rejected", "rejected"]),
        ([(1, DENIED), (2, REPORTED)], "report_only", ["denied", "report_only"]),
        ([(1, DENIED), (2, REVIEWED)], "review", ["denied", "review"]),
        ([(1, REVIEWED), (1, DENIED)], "payable", ["denied", "payable"]),
        ([(None, REJECTED)], "rejected", ["payable", "payable"]),
        ([(None, DENIED)], "denied", ["payable", "payable"]),
        ([(None, REVIEWED)], "review", ["payable", "payable"]),
        ([(None, NOTED), (1, REPORTED), (2, REPORTED)], "report_only", ["report_only", "report_only"]),
    ],
)
def test_dispositions_of_a_claim_and_its_lines(said, claim, lines):
    result = validate(says(*said))
    assert (result.disposition, [entry.disposition for entry in result.lines]) == (claim, lines)


def test_the_deciding_finding_is_the_first_of_its_disposition_by_phase_and_id():
    late = says((1, DENIED), rule_id="TST101", phase=Phase.UNITS)
    early = says((1, DENIED), rule_id="TST901", phase=Phase.BUNDLING)
    stronger = says((1, REVIEWED), rule_id="TST001", phase=Phase.STRUCTURE)
    (first, second) = validate(late, early, stronger).lines
    assert first.deciding.rule_id == "TST901"
    assert [finding.rule_id for finding in first.findings] == ["TST001", "TST901", "TST101"]
    assert second.deciding is None


def standings() -> tuple[Callable[[Phase], Rule], dict[Phase, tuple[Disposition, ...]]]:
    seen: dict[Phase, tuple[Disposition, ...]] = {}

    def look(phase: Phase) -> Rule:
        def check(view: Any) -> Iterator[Any]:
            seen[phase] = view.standing
            yield from ()

        return made(check, f"TST{phase}00", phase)

    return look, seen


def test_a_phase_sees_what_earlier_ones_left_and_nothing_of_its_own():
    look, seen = standings()
    validate(
        says((1, DENIED), rule_id="TST001", phase=Phase.UNITS),
        *map(look, Phase),
        says((2, REVIEWED), rule_id="TST999", phase=Phase.FREQUENCY),
    )
    nothing, denied = (Disposition.PAYABLE,) * 2, (Disposition.DENIED, Disposition.PAYABLE)
    assert seen == {
        Phase.STRUCTURE: nothing,
        Phase.ACTIVITY: nothing,
        Phase.STATUS: nothing,
        Phase.BUNDLING: nothing,
        Phase.UNITS: nothing,
        Phase.ADD_ON: denied,
        Phase.FREQUENCY: denied,
        Phase.PRICE: (Disposition.DENIED, Disposition.REVIEW),
    }


@pytest.mark.parametrize(
    ("outcome", "charge", "allowed", "adjusted"),
    [
        (PRICED, "0.01", "0.01", None),
        (PRICED, "0.00", "0.00", None),
        (PRICED, "5.00", "0.01", None),
        (PRICED, None, "0.01", None),
        (REPORTED, "0.01", "0.00", "0.01"),
        (DENIED, "5.00", "0.00", "5.00"),
        (REVIEWED, "5.00", None, None),
        (REJECTED, "5.00", None, None),
    ],
)
def test_allowed_amounts_of_a_scheduled_line(outcome, charge, allowed, adjusted):
    def check(_: Any) -> Iterator[Any]:
        yield PRICED("on the schedule", line=1, scheduled=Decimal("0.01"))
        yield outcome("said", line=1)

    (entry,) = validate(made(check), charges=(charge,)).lines
    assert entry.allowed_amount == (None if allowed is None else Decimal(allowed))
    amounts = [adjustment.amount for adjustment in entry.adjustments]
    assert amounts == ([] if adjusted is None else [Decimal(adjusted)])


def test_what_is_not_scheduled_has_no_price():
    assert [entry.allowed_amount for entry in validate(says((1, DENIED))).lines] == [None, None]


def test_an_adjustment_of_a_charge_that_cannot_be_read_has_no_amount():
    (entry,) = validate(says((1, DENIED)), charges=("abc",)).lines
    assert [(adjustment.carc, adjustment.amount) for adjustment in entry.adjustments] == [("236", None)]


def test_a_reason_without_an_adjustment_code_adjusts_nothing():
    plain = Outcome(Severity.ERROR, Disposition.DENIED)
    (entry,) = validate(says((1, plain)), charges=("5.00",)).lines
    assert entry.adjustments == ()


def test_line_numbers_are_as_billed_and_places_tell_equal_ones_apart():
    lines = [line("99213", line_number=7), line("99214", line_number=7), line("99215")]
    claim = {"claim_type": "professional", "lines": lines}

    def check(_: Any) -> Iterator[Any]:
        yield DENIED("said", line=2, related=(1, 3))
        yield unchecked(Reason.NO_HISTORY, lines=(2, 3))
        yield unchecked(Reason.NO_TABLE)

    result = Validator(rules=[made(check)]).validate(claim)
    (finding,) = result.findings
    assert (finding.line_number, finding.position, finding.related_lines) == (7, 2, (7, 3))
    assert [(str(entry.reason), entry.lines) for entry in result.not_checked] == [
        ("no_history", (7, 3)),
        ("no_table", ()),
    ]


def test_a_day_rule_that_finds_the_same_twice_says_it_once():
    tally = Tally([NOTHING_SAID])
    of_day, of_claim = made(lambda _: iter(()), scope=Scope.DAY), made(lambda _: iter(()))
    for _ in range(2):
        tally.add((of_day, DENIED("twice", line=1, code="99213")))
        tally.add((of_claim, DENIED("twice", line=1)))
    assert len(tally.of_lines[0].raised) == 3
    assert tally.standing == (Disposition.DENIED,)


def test_the_starter_line_of_a_claim_without_lines():
    result = validate_claim({"claim_type": "professional"})
    assert result.lines == ()
    assert result.disposition == "rejected"
