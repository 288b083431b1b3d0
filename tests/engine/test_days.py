"""Which lines lie together: against a naive reading of the dates, and bounded for claims made to be slow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory, Validator
from claimcheck.claims import Disposition, Reason
from claimcheck.engine import days as engine_days
from claimcheck.engine.judgement import Judgement
from claimcheck.policies import Policy
from claimcheck.rules.facts import Day
from claimcheck.rules.rule import Scope
from claimcheck.tables import Found, NotCovered
from support.cases import line

FIRST = date(2024, 7, 1)
VALIDATOR = Validator()
NPIS = ["1234567893", "1003000126"]


def judgement(claim: dict[str, Any], history: Any = None, validator: Validator = VALIDATOR) -> Judgement:
    return Judgement(Claim.from_dict(claim), validator._workshop, None, history)


def days(judged: Judgement) -> list[Day]:
    standing = (Disposition.PAYABLE,) * len(judged.lines)
    return list(judged.views(Scope.DAY, standing))


spans = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from(NPIS)), min_size=1, max_size=8)


@given(spans=spans)
def test_a_day_holds_the_lines_that_lie_on_it(spans):
    lines = [
        line(
            "99213",
            day=str(FIRST + timedelta(days=start)),
            service_date_end=str(FIRST + timedelta(days=start + length)),
            rendering_npi=npi,
        )
        for start, length, npi in spans
    ]
    found = days(judgement({"claim_type": "professional", "lines": lines}))
    together = set()
    for day in found:
        assert day.day is not None
        offset = (day.day - FIRST).days
        provider = spans[day.own[0] - 1][2]
        on_it = tuple(
            position
            for position, (start, length, npi) in enumerate(spans, 1)
            if npi == provider and start <= offset <= start + length
        )
        assert day.own == on_it
        before = tuple(
            position
            for position, (start, length, npi) in enumerate(spans, 1)
            if npi == provider and start + length == offset - 1
        )
        assert tuple(sorted(entry.position for entry in day.before)) == before
        together |= {(one, two) for one in day.own for two in day.own}
    for one, (start, length, npi) in enumerate(spans, 1):
        for two, (other, longer, who) in enumerate(spans, 1):
            meet = npi == who and start <= other + longer and other <= start + length
            assert ((one, two) in together) is meet, "two lines that share a day share one that is looked at"


def test_days_come_in_their_order_and_lines_in_that_of_the_claim():
    lines = [line("99213", day="2024-07-16"), line("99213", day="2024-07-15"), line("99214", day="2024-07-16")]
    found = days(judgement({"claim_type": "professional", "lines": lines}))
    assert [(str(day.day), day.own, sorted(day.codes)) for day in found] == [
        ("2024-07-15", (2,), ["99213"]),
        ("2024-07-16", (1, 3), ["99213", "99214"]),
    ]


def test_each_line_without_a_day_is_alone():
    found = days(judgement({"claim_type": "professional", "lines": [line("99213", day=None)] * 2}))
    assert [(day.day, day.own, day.before) for day in found] == [(None, (1,), ()), (None, (2,), ())]


def test_the_first_day_of_time_has_no_day_before():
    (day,) = days(judgement({"claim_type": "professional", "lines": [line("99213", day="0001-01-01")]}))
    assert day.before == ()


def test_a_line_without_a_code_lies_on_no_day():
    assert days(judgement({"claim_type": "professional", "lines": [line("9921"), line(None, day=None)]})) == []


def test_inpatient_days_ask_the_tables_as_of_the_discharge():
    claim = {"claim_type": "institutional", "bill_type": "0111", "discharge_date": "2024-07-20"}
    (day,) = days(judgement({**claim, "lines": [line("99213", day="2024-06-30")]}))
    assert day.day == date(2024, 6, 30)
    assert isinstance(day.tables.mue("mue_practitioner", "97110"), Found)  # by the edition of the third quarter
    (day,) = days(judgement({"claim_type": "professional", "lines": [line("99213", day="2024-06-30")]}))
    assert isinstance(day.tables.mue("mue_practitioner", "97110"), NotCovered)


def test_a_spanning_line_is_judged_by_the_policy_of_each_day():
    claim = {"claim_type": "professional", "lines": [line("99213", day="2019-06-30", service_date_end="2019-07-02")]}
    claim["lines"].append(line("99214", day="2019-07-01"))
    june, july = days(judgement(claim))
    assert june.policy is VALIDATOR.policy.on(date(2019, 6, 30))
    assert july.policy is VALIDATOR.policy.on(date(2019, 7, 1))
    assert june.policy is not july.policy


def test_codes_of_the_claim_are_those_that_were_accepted():
    judged = judgement({"claim_type": "professional", "lines": [line("99213"), line("99214", day="2024-07-16")]})
    first, second = judged.views(Scope.DAY, (Disposition.DENIED, Disposition.PAYABLE))
    assert first.claim_codes == second.claim_codes == {"99214"}


@pytest.mark.parametrize(
    ("same_provider", "mine", "theirs", "met"),
    [
        ("npi", {"rendering_npi": NPIS[0]}, {"rendering_npi": NPIS[0], "billing_npi": NPIS[1]}, True),
        ("npi", {"billing_npi": NPIS[0]}, {"billing_npi": NPIS[0]}, True),
        ("npi", {"rendering_npi": NPIS[0]}, {"rendering_npi": NPIS[1]}, False),
        (
            "npi",
            {"bill_type": "0131", "billing_npi": NPIS[0], "rendering_npi": NPIS[0]},
            {"bill_type": "0131", "billing_npi": NPIS[0], "rendering_npi": NPIS[1]},
            True,
        ),
        ("tax_id", {"billing_tax_id": "123456789"}, {"billing_tax_id": "123456789", "billing_npi": NPIS[1]}, True),
        (
            "group_and_specialty",
            {"billing_npi": NPIS[0], "rendering_taxonomy": "207Q00000X"},
            {"billing_npi": NPIS[0], "rendering_taxonomy": "207Q00000X", "rendering_npi": NPIS[1]},
            True,
        ),
        (
            "group_and_specialty",
            {"billing_npi": NPIS[0], "rendering_taxonomy": "207Q00000X"},
            {"billing_npi": NPIS[0], "rendering_taxonomy": "207RG0100X"},
            False,
        ),
    ],
)
def test_other_claims_of_one_provider(same_provider, mine, theirs, met):
    validator = Validator(Policy.load("default").replace(ncci__settings={"same_provider": same_provider}))
    history = MemoryHistory()
    fields = {"claim_type": "professional", "member_id": "M1"}
    if "bill_type" in mine:
        fields["claim_type"] = "institutional"
    earlier = Claim.from_dict({**fields, **theirs, "claim_id": "A", "lines": [line("99214", revenue_code="0510")]})
    history.record(earlier, validator.validate(earlier))
    claim = {**fields, **mine, "claim_id": "B", "lines": [line("99213", revenue_code="0510")]}
    (day,) = days(judgement(claim, history, validator))
    assert day.codes == ({"99213", "99214"} if met else {"99213"})
    assert [entry.other_claim for entry in day.lines] == ([False, True] if met else [False])


def test_an_unknown_provider_and_other_claims_of_the_day_are_not_checked():
    history = MemoryHistory()
    fields = {"claim_type": "professional", "member_id": "M1"}
    earlier = Claim.from_dict({**fields, "claim_id": "A", "billing_npi": NPIS[0], "lines": [line("99214")]})
    history.record(earlier, VALIDATOR.validate(earlier))
    lines = [line("99213"), line("99212"), line("99213", day="2024-07-16"), line("99213", rendering_npi=NPIS[1])]
    result = Validator(history=history).validate({**fields, "claim_id": "B", "lines": lines})
    (entry,) = [
        entry for entry in result.not_checked if entry.rule_id == "NCCI101" and entry.reason is Reason.MISSING_FIELD
    ]
    assert entry.lines == (1, 2)


def spanning(number: int) -> list[dict[str, Any]]:
    return [
        line(
            "99213",
            day=str(FIRST + timedelta(days=place)),
            service_date_end=str(FIRST + timedelta(days=place + 364)),
            line_number=place + 1,
        )
        for place in range(number)
    ]


def test_fifty_lines_that_each_span_a_year_are_all_looked_at():
    judged = judgement({"claim_type": "professional", "lines": spanning(50)})
    assert judged.calendar.unspread == ()
    assert len(days(judged)[-1].lines) == 50


@pytest.mark.exhaustive
def test_a_claim_made_to_be_slow_is_told_to_be_unchecked():
    claim = {"claim_type": "professional", "lines": [*spanning(3000), line("99214", line_number=3001)]}
    result = VALIDATOR.validate(claim)
    not_seen = [entry for entry in result.not_checked if entry.reason is Reason.TOO_MANY]
    of_facilities = {"FAC204", "FAC205", "FAC206", "FAC210"}  # which no professional claim concerns
    day_rules = {rule.id for rule in VALIDATOR.rules if rule.scope is Scope.DAY}
    assert {entry.rule_id for entry in not_seen} == day_rules - of_facilities
    assert all(entry.lines == tuple(range(1, 3001)) for entry in not_seen)


def test_what_is_too_much_does_not_hang_on_the_order_of_lines(monkeypatch):
    monkeypatch.setattr(engine_days, "MOST_SPREAD", 3)
    lines = spanning(4)
    one = judgement({"claim_type": "professional", "lines": lines})
    other = judgement({"claim_type": "professional", "lines": lines[::-1]})
    assert one.calendar.unspread == other.calendar.unspread == (1, 2, 3, 4)
    monkeypatch.setattr(engine_days, "MOST_SPREAD", 6)
    assert judgement({"claim_type": "professional", "lines": lines}).calendar.unspread == ()


def test_very_many_lines_of_one_day_name_few_of_each_other():
    lines = [line("45385", "76"), line("45380", "76")] * 5000  # repeated procedures: a duplicate is no column one
    result = VALIDATOR.validate({"claim_type": "professional", "lines": lines})
    bundled = [finding for finding in result.findings if finding.rule_id == "NCCI101"]
    assert len(bundled) == 5000
    assert max(len(finding.related_lines) for finding in bundled) == 20
