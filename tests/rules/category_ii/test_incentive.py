import pytest

from claimcheck import Claim, MemoryHistory, Validator, validate_claim
from claimcheck.rules.category_ii.incentive import EARNED, EARNED_ABOVE_CHARGE, REPORTED, category_ii_incentive
from support.cases import Case, line, of_rule, rule_tests

OHIO = "anthem_ohio_medicaid_2024"
COPD = {"diagnoses": ["J44.9"], "member_id": "M1", "claim_id": "B"}
VISIT = line("99213")


def listed(charge: object = "20.00", *modifiers: str, **fields: object) -> dict:
    return line("3023F", *modifiers, charge=charge, **fields)


def case(*lines: dict, policy: str = OHIO, **expected: object) -> Case:
    return Case([*lines, VISIT], COPD, policy=policy, before=expected.pop("before", []), **expected)


HITS = {
    "all in order": case(listed(), line=1, outcome=EARNED, evidence={"incentive": "20.00", "code": "3023F"}),
    "a higher charge": case(listed("75.00"), line=1, outcome=EARNED),
    "a charge below the amount": case(
        listed("0.01"), line=1, outcome=EARNED_ABOVE_CHARGE, evidence={"incentive": "20.00"}
    ),
    "no charge to speak of": case(listed("0.00"), line=1, outcome=EARNED_ABOVE_CHARGE),
    "without a visit it is a report": Case([listed()], COPD, policy=OHIO, before=[], line=1, outcome=REPORTED),
    "a second time in the year it is a report": case(
        listed(day="2024-08-01"),
        before=[{**COPD, "claim_id": "A", "lines": [listed(), VISIT]}],
        line=1,
        outcome=REPORTED,
    ),
}
MISSES = {
    "a code that is not listed": case(line("3044F", charge="0.00")),
    "not performed": case(listed("20.00", "1P")),
    "no program": case(listed(), policy="default"),
    "no service date": case(listed(day=None)),
    "a blank charge": case(listed(None)),
    "a negative charge": case(listed("-20.00")),
    "returned": case(listed(units=-1)),
}
test_hits, test_misses = rule_tests("CAT501", HITS, MISSES)


@pytest.mark.parametrize(
    ("charge", "allowed"),
    [("0.00", "0.00"), ("0.01", "0.01"), ("19.99", "19.99"), ("20.00", "20.00"), ("99.00", "20.00")],
)
def test_a_line_is_allowed_the_lesser_of_its_charge_and_the_amount(charge, allowed):
    result = validate_claim({"claim_type": "professional", **COPD, "lines": [listed(charge), VISIT]}, policy=OHIO)
    assert (result.lines[0].disposition, str(result.lines[0].allowed_amount)) == ("payable", allowed)


@pytest.mark.parametrize("spoiled", ["visit", "diagnosis", "modifier", "limit"])
def test_each_condition_by_itself_stops_the_incentive_and_never_the_report(spoiled):
    history = MemoryHistory()
    judge = Validator(OHIO, history=history)
    first = {"claim_type": "professional", **COPD, "claim_id": "A", "lines": [listed(day="2024-02-01"), VISIT]}
    if spoiled == "limit":
        history.record(Claim.from_dict(first), judge.validate(first))
    lines = [listed("20.00", "8P") if spoiled == "modifier" else listed()] + [VISIT] * (spoiled != "visit")
    diagnoses = ["I10"] if spoiled == "diagnosis" else ["J44.9"]
    verdict = judge.validate({"claim_type": "professional", **COPD, "diagnoses": diagnoses, "lines": lines}).lines[0]
    assert (verdict.disposition, str(verdict.allowed_amount)) == ("report_only", "0.00")
    assert ("246", ("N620",)) in {(finding.carc, finding.rarcs) for finding in verdict.findings}


def test_a_line_that_earned_nothing_leaves_the_incentive_to_a_later_one():
    """The first is without its visit: it is not paid, and so does not use up the year."""
    history = MemoryHistory()
    judge = Validator(OHIO, history=history)
    claims = [
        {"claim_type": "professional", **COPD, "claim_id": "A", "lines": [listed(day="2024-02-01")]},
        {"claim_type": "professional", **COPD, "claim_id": "B", "lines": [listed(day="2024-03-01"), VISIT]},
        {"claim_type": "professional", **COPD, "claim_id": "C", "lines": [listed(day="2024-04-01"), VISIT]},
    ]
    said = []
    for claim in claims:
        result = judge.validate(claim)
        history.record(Claim.from_dict(claim), result)
        said.append((result.lines[0].disposition, result.lines[0].deciding and result.lines[0].deciding.rule_id))
    assert said == [("report_only", "CAT401"), ("payable", None), ("report_only", "FRQ101")]
    assert of_rule(judge.validate(claims[0]), "CAT501")[0].carc == "246"


@pytest.mark.parametrize("spoiled", [{"charge": None}, {"charge": "free"}, {"charge": "-20.00"}, {"day": None}])
def test_what_the_structure_rules_refuse_is_not_priced_where_they_do_not_run(spoiled):
    judge = Validator(OHIO, rules=[category_ii_incentive])
    result = judge.validate({"claim_type": "professional", **COPD, "lines": [listed(**spoiled)]})
    assert result.findings == ()
    assert result.lines[0].allowed_amount is None
