"""What is asked of a claim: of most, no rule of several lines at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claimcheck import Claim, MemoryHistory, Policy, Validator
from claimcheck.engine.judgement import Judgement
from claimcheck.rules.rule import Scope
from support.cases import line

VALIDATOR = Validator()
RULEBOOK = VALIDATOR._workshop.rulebook
NPI = "1234567893"


def judgement(*lines: dict[str, Any], history: Any = None, **fields: Any) -> Judgement:
    claim = {"claim_type": "professional", "billing_npi": NPI, "member_id": "M1", "lines": lines, **fields}
    return Judgement(Claim.from_dict(claim), VALIDATOR._workshop, None, history)


def asked(*lines: dict[str, Any], **fields: Any) -> set[str]:
    """The rules of several lines that are asked of a claim, but for add-on codes: the starter tables know too few."""
    which = judgement(*lines, **fields).asked()
    return {rule.id for place, rule in enumerate(RULEBOOK.wide) if which >> place & 1} - {"NCCI301"}


VISIT, SCOPE, BIOPSY, HBA1C = line("99213"), line("45378"), line("45380"), line("3044F", charge="0.00")
ANOTHER_DAY = {"service_date": "2024-07-20"}
OF_FACILITIES = {"FAC204", "FAC205", "FAC206", "FAC210"}
OF_DAYS = {rule.id for rule in RULEBOOK.wide if rule.scope is Scope.DAY} - OF_FACILITIES - {"NCCI301"}


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        ([], set()),
        ([VISIT], set()),
        ([VISIT, line("36415")], set()),
        ([SCOPE, BIOPSY], {"NCCI101"}),
        ([SCOPE, {**BIOPSY, **ANOTHER_DAY}], set()),
        ([{**BIOPSY, "modifiers": ["59"]}, SCOPE], {"NCCI101"}),  # a pair that no modifier sets apart
        ([VISIT, {**SCOPE, **ANOTHER_DAY}, {**BIOPSY, **ANOTHER_DAY}], {"NCCI101"}),
        ([VISIT, VISIT], {"STR601", "NCCI201", "PRO104"}),
        ([VISIT, {**VISIT, **ANOTHER_DAY}], set()),
        ([VISIT, {**VISIT, **ANOTHER_DAY}, {**VISIT, **ANOTHER_DAY}], {"STR601", "NCCI201", "PRO104"}),
        ([{**VISIT, "service_date": None}], OF_DAYS),
        ([{**VISIT, "service_date_end": "2024-07-16"}], OF_DAYS),
    ],
)
def test_rules_are_asked_where_they_may_have_something_to_say(lines: list[dict[str, Any]], rules: set[str]) -> None:
    assert asked(*lines) == rules


def test_many_lines_are_not_looked_at_pair_by_pair() -> None:
    assert "NCCI101" not in asked(*[VISIT] * 12)
    assert "NCCI101" in asked(*[VISIT] * 13)


@pytest.mark.parametrize(
    ("lines", "fields", "plain"),
    [
        ([VISIT], {}, True),
        ([VISIT, SCOPE], {}, True),
        ([VISIT, SCOPE], {"delivery_date": "2024-12-01"}, True),
        ([VISIT, HBA1C], {}, True),
        ([VISIT, HBA1C], {"delivery_date": "2024-12-01"}, False),
        ([VISIT, {**SCOPE, **ANOTHER_DAY}], {}, False),
        ([VISIT, {**SCOPE, "rendering_npi": NPI}], {}, False),
        ([{**VISIT, "service_date_end": "2024-07-16"}], {}, False),
        ([VISIT] * 12, {}, True),
        ([VISIT] * 13, {}, False),
    ],
)
def test_a_plain_claim_is_one_of_one_day_and_one_provider(
    lines: list[dict[str, Any]], fields: dict[str, Any], plain: bool
) -> None:
    assert judgement(*lines, **fields).is_plain is plain


def test_a_claim_beside_others_is_not_plain() -> None:
    history = MemoryHistory()
    other = Claim.from_dict(
        {"claim_id": "A", "claim_type": "professional", "billing_npi": NPI, "member_id": "M1", "lines": [VISIT]}
    )
    history.record(other, VALIDATOR.validate(other))
    assert not judgement(SCOPE, history=history).is_plain
    assert judgement(SCOPE, history=history).since is not None
    alone = judgement({**SCOPE, "service_date": str(date(2020, 1, 2))}, history=history)
    assert alone.is_plain


def test_what_is_said_of_each_code_by_itself_waits_for_its_phase() -> None:
    """Too many units of column one are found after the pair: they do not make column two payable."""
    result = VALIDATOR.validate({"claim_type": "professional", "lines": [SCOPE, {**BIOPSY, "units": 999}]})
    assert [line.deciding.rule_id for line in result.lines if line.deciding] == ["NCCI101", "NCCI201"]


def test_a_limit_by_provider_counts_each_line_for_who_rendered_it() -> None:
    limits = {"limits": [{"name": "n", "codes": ["3044F"], "per": "member_and_provider"}]}
    validator = Validator(Policy.load("default").replace(frequency__limits=limits))
    npis = ["1234567893", "1003000126", "1245319599", NPI]
    result = validator.validate(
        {"claim_type": "professional", "member_id": "M1", "lines": [{**HBA1C, "rendering_npi": npi} for npi in npis]}
    )
    assert [(use.position, use.whose) for use in sorted(result.services, key=lambda use: use.position)] == [
        *enumerate(npis, 1)
    ]


def test_each_rule_that_judges_codes_by_themselves_is_heard_once_in_its_phase() -> None:
    heard = [(phase, rule) for phase, _, apart in RULEBOOK.asked(0) for rule in apart]
    assert heard == [(rule.phase, rule) for rule in sorted(RULEBOOK.by_code, key=lambda rule: rule.phase)]
    everything = (1 << len(RULEBOOK.wide)) - 1
    assert not any(apart for _, _, apart in RULEBOOK.asked(everything))
