import pytest

from claimcheck import validate_claim

EDITS = {"NCCI101", "NCCI201", "NCCI301"}


def line(code, day="2021-05-31"):
    return {"procedure_code": code, "units": 1, "charge": "0.00", "service_date": day}


def unchecked(result):
    return {(gap.rule_id, gap.lines) for gap in result.not_checked if gap.rule_id in EDITS}


@pytest.mark.parametrize("claim_type", ["professional", "institutional", None])
@pytest.mark.parametrize("day", ["2021-05-31", "2024-07-15", None])
def test_no_edit_is_missed_on_category_ii_lines(claim_type, day):
    claim = {"claim_type": claim_type, "lines": [line("3044F", day), line("3074F", day), line("3078F", day)]}
    assert unchecked(validate_claim(claim)) == set()


def test_a_date_that_no_edition_covers_is_told_of_the_other_lines():
    result = validate_claim({"claim_type": "professional", "lines": [line("3044F"), line("99213"), line("36415")]})
    assert unchecked(result) == {(rule, (2, 3)) for rule in EDITS}
    alone = validate_claim({"claim_type": "professional", "lines": [line("3044F"), line("99213")]})
    assert unchecked(alone) == {("NCCI201", (2,)), ("NCCI301", (2,))}
