"""What a rule declares that it says where it cannot judge is what it says."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, Validator
from claimcheck.claims import Disposition
from claimcheck.engine.judgement import Judgement
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Open, Rule, Scope, unchecked
from frames.agreement import agree
from frames.tables_of import frame_of

DECLARING = [rule for rule in all_rules() if rule.needs is not None and rule.needs.open is not None]
VALIDATOR = Validator()


@st.composite
def outpatient(draw: st.DrawFn) -> dict[str, Any]:
    line = st.fixed_dictionaries(
        {
            "procedure_code": st.sampled_from(["99283", "99284", "99213", "G0463", "71046", "36415", "3044F"]),
            "revenue_code": st.sampled_from(["0450", "0510", "0320", None]),
            "units": st.sampled_from(["1", "2", "0.5", "0", None]),
            "charge": st.just("100.00"),
            "service_date": st.sampled_from(["2024-07-15", "2024-07-16"]),
            "modifiers": st.sampled_from([[], ["25"]]),
        }
    )
    return {
        "claim_type": "institutional",
        "bill_type": draw(st.sampled_from(["0131", "0711", "0111", "0851"])),
        "condition_codes": draw(st.sampled_from([[], ["G0"], ["G0", "41"]])),
        "billing_npi": "1234567893",
        "received_date": "2024-08-01",
        "lines": draw(st.lists(line, min_size=1, max_size=5)),
    }


def declared(opened: Open, day: Any) -> Any:
    """What the declaration says of a day; None where it says nothing of it."""
    why = [opened.why(line.facts) for line in day.lines]
    if why[0] is None or any(one != why[0] for one in why) or len(day.codes) < len(day.lines):
        return None
    groups: dict[Any, list[Any]] = defaultdict(list)
    for line in day.lines:
        if (group := opened.group(line)) is not None:
            groups[group].append(line)
    several = [
        line.position
        for lines in groups.values()
        for line in lines
        if (sum((one.units or Decimal(0) for one in lines), Decimal(0)) if opened.units else len(lines)) > 1
    ]
    return [unchecked(why[0], lines=tuple(sorted(several)))] if several else []


@pytest.mark.parametrize("rule", DECLARING, ids=lambda rule: rule.id)
@given(given_claim=outpatient(), stands=st.lists(st.sampled_from(list(Disposition)), min_size=5, max_size=5))
@settings(deadline=None)
def test_the_rule_says_what_it_declares(rule: Rule, given_claim: dict[str, Any], stands: list[Disposition]) -> None:
    claim = Claim.from_dict(given_claim)
    judgement = Judgement(claim, VALIDATOR.workshop, claim.received_date, None)
    for day in judgement.views(Scope.DAY, tuple(stands[: len(claim.lines)])):
        wanted = declared(rule.needs.open, day)  # type: ignore[union-attr,arg-type]
        if wanted is not None:
            assert [*rule.check(day)] == wanted


def test_a_declaration_is_met_that_says_something() -> None:
    line = {"revenue_code": "0450", "units": 2, "service_date": "2024-07-15"}
    lines = [{**line, "procedure_code": code} for code in ("99283", "71046")]
    claim = Claim.from_dict({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
    (day,) = Judgement(claim, VALIDATOR.workshop, None, None).views(Scope.DAY, (Disposition.PAYABLE,) * 2)
    assert [len(declared(rule.needs.open, day)) for rule in DECLARING] == [1] * len(DECLARING)  # type: ignore[union-attr,arg-type]


@given(st.lists(outpatient(), min_size=1, max_size=8))
@settings(deadline=None, max_examples=25)
def test_frames_say_what_the_engine_says(claims: list[dict[str, Any]]) -> None:
    agree(frame_of(claims))
