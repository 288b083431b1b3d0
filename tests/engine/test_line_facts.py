"""What results and findings say of the line they are upon: what it bills, where that is well formed, and no more."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, ServiceLine, Validator, validate_claim

JULY = datetime.date(2024, 7, 15)
LINE = {"procedure_code": "3044F", "units": 1, "charge": "80.00", "service_date": "2024-07-15"}
CLAIM = {"claim_type": "professional", "member_id": "M1"}


def facts(of):
    return of.procedure_code, of.modifiers, of.revenue_code, of.service_date


def judged(**line):
    return validate_claim({**CLAIM, "lines": [{**LINE, **line}]})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, ("3044F", (), None, JULY)),
        ({"procedure_code": " 3044f ", "modifiers": ["8p"]}, ("3044F", ("8P",), None, JULY)),
        ({"modifiers": ["25", "MARY", "59"]}, ("3044F", ("25", "59"), None, JULY)),
        ({"revenue_code": "510"}, ("3044F", (), "0510", JULY)),
        ({"procedure_code": "SMITH", "revenue_code": "JOHN", "service_date": "last July"}, (None, (), None, None)),
        ({"procedure_code": 7.5, "modifiers": [{}], "revenue_code": []}, (None, (), None, JULY)),
        ({"procedure_code": "2AAA0", "revenue_code": "0022"}, ("2AAA0", (), "0022", JULY)),
        ({"procedure_code": "2AAA0", "code_qualifier": "HP"}, ("2AAA0", (), None, JULY)),
        ({"procedure_code": "99213", "code_qualifier": "IV"}, (None, (), None, JULY)),  # a code of another set
        ({"procedure_code": None, "service_date": None}, (None, (), None, None)),
    ],
)
def test_a_line_and_its_findings_say_what_it_bills(line, expected):
    result = judged(**line, units=0)  # of which there is something to be said on every line
    assert facts(result.lines[0]) == expected
    of_lines = [finding for finding in result.findings if finding.position is not None]
    assert of_lines
    assert {facts(finding) for finding in of_lines} == {expected}


def test_a_finding_on_the_claim_says_nothing_of_a_line():
    result = judged()
    of_claim = [finding for finding in result.findings if finding.position is None]
    assert of_claim
    assert {facts(finding) for finding in of_claim} == {(None, (), None, None)}


day = st.dates(datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
billed_line = st.builds(
    lambda code, modifiers, on, number: ServiceLine(
        code, modifiers=modifiers, units=1, charge="80.00", service_date=on, line_number=number
    ),
    st.sampled_from(["3044F", "3044f", "99213", "45378", "45380", "SMITH", None]),
    st.lists(st.sampled_from(["25", "59", "8P", "no"]), max_size=2),
    day,
    st.none() | st.integers(1, 3),
)


@settings(max_examples=30)
@given(st.lists(st.lists(billed_line, min_size=1, max_size=4), min_size=1, max_size=4))
def test_alike_lines_keep_their_own_days_whatever_was_judged_before(claims):
    """The engine keeps what it found of alike lines: the verdict on a later one is as if it were the first."""
    given_claims = [Claim(**CLAIM | {"member_id": f"M{n}"}, lines=lines) for n, lines in enumerate(claims)]
    validator = Validator()
    for claim in given_claims:
        result = validator.validate(claim)
        fresh = Validator().validate(claim)
        assert (result.lines, result.findings) == (fresh.lines, fresh.findings)
        for line, verdict in zip(claim.lines, result.lines, strict=True):
            assert verdict.service_date == line.service_date
            for finding in verdict.findings:
                assert facts(finding) == facts(verdict)


def test_a_finding_upon_an_earlier_claim_says_what_that_claim_billed():
    history = MemoryHistory()
    validator = Validator(history=history)
    provider = {"billing_npi": "1234567893"}
    column_two = {**LINE, "procedure_code": "45378", "modifiers": ["GA"]}
    earlier = Claim(**CLAIM, **provider, claim_id="A", lines=[column_two])
    history.record(earlier, validator.validate(earlier))
    later = Claim(**CLAIM, **provider, claim_id="B", lines=[{**LINE, "procedure_code": "45380"}])
    (overturned,) = validator.validate(later).overturned
    assert (overturned.finding.rule_id, facts(overturned.finding)) == ("NCCI101", ("45378", ("GA",), None, JULY))


def test_a_verdict_comes_back_from_json_with_what_its_lines_bill():
    result = judged(modifiers=["8P"], revenue_code="0510")
    plain = result.to_dict()
    assert plain["lines"][0]["procedure_code"] == "3044F"
    assert plain["lines"][0]["modifiers"] == ["8P"]
    assert plain["lines"][0]["service_date"] == "2024-07-15"
    assert ClaimResult.from_dict(plain) == result
    assert ClaimResult.from_json(result.to_json()) == result


def test_a_verdict_that_was_kept_before_lines_said_what_they_bill_is_read():
    plain = judged().to_dict()
    for entry in (*plain["lines"], *plain["findings"]):
        for name in ("procedure_code", "modifiers", "revenue_code", "service_date"):
            del entry[name]
    kept = ClaimResult.from_dict(plain)
    assert facts(kept.lines[0]) == (None, (), None, None)
    assert kept.disposition == judged().disposition
