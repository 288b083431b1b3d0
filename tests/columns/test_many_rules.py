"""A frame's results are those of its claims, however many rules of several lines there are."""

import attrs
import polars as pl
import pytest

from claimcheck import Validator
from claimcheck.columns.rule_sets import RuleSets
from claimcheck.engine import validator as validator_module
from claimcheck.engine.rulebook import Rulebook
from claimcheck.frames import validate_frame, validating
from claimcheck.rules.registry import all_rules

LINES = [
    {
        "claim_id": claim,
        "claim_type": kind,
        "member_id": "M1",
        "billing_npi": "1234567893",
        "service_date": "2024-07-15",
    }
    | {"procedure_code": code, "units": 1, "charge": "60.00", "line_number": number, "bill_type": bill}
    for claim, kind, bill in (
        ("A", "professional", None),
        ("B", "institutional", "0131"),
        ("C", "institutional", "0111"),
    )
    for number, code in enumerate(("99396", "99213", "71046", "71046"), 1)
]


def more(count: int) -> list:
    """claimcheck's rules, and so many copies of one of scope day under ids of their own."""
    one = next(rule for rule in all_rules() if rule.id == "PRO402")
    return [*all_rules(), *(attrs.evolve(one, id=f"ACME-{number}", name=f"acme-{number}") for number in range(count))]


@pytest.mark.parametrize("count", [0, 1, 10, 70])
def test_a_frame_takes_any_number_of_rules(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = more(count)
    for module in (validator_module, validating):
        monkeypatch.setattr(module, "all_rules", lambda: rules)
    validator = Validator(policy="commercial")
    found = validate_frame(pl.DataFrame(LINES), policy="commercial", workers=1).lines
    claims = [
        {key: LINES[4 * at][key] for key in ("claim_id", "claim_type", "member_id", "billing_npi", "bill_type")}
        | {"lines": LINES[4 * at : 4 * at + 4]}
        for at in range(3)
    ]
    assert len(validator.rules) == len(rules)
    expected = [str(line.disposition) for result in validator.validate_many(claims) for line in result.lines]
    assert [str(one) for one in found["disposition"]] == expected


def test_sets_in_columns_are_plain_numbers_without_rules_of_a_users_own() -> None:
    rulebook = Rulebook.of(all_rules())
    in_columns = rulebook.without_stays().wide
    assert RuleSets(len(in_columns)).none(1).dtype == "int64"
    assert rulebook.wide[: len(in_columns)] == in_columns
