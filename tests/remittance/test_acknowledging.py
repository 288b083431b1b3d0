"""The status of claims that are returned: one for each, with the information that is wrong."""

from __future__ import annotations

import pytest

from claimcheck import validate_claim, validate_claims
from claimcheck.claims import Disposition
from claimcheck.remittance import acknowledged, answered
from claimcheck.remittance.acknowledging import _BY_REMARK
from claimcheck.rules.registry import all_rules
from remittance.payer import drawn

LINE = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
CLAIM = {"claim_id": "A1", "claim_type": "professional", "member_id": "M1", "diagnoses": ["E11.9"], "lines": [LINE]}


@pytest.mark.parametrize(
    ("changed", "claim", "line"),
    [
        ({"claim_type": "nonsense"}, ["A7:481"], []),
        ({"lines": []}, ["A7:481"], []),
        ({"billing_npi": "1234567890"}, ["A7:562:85"], []),
        ({"lines": [LINE | {"units": -1}]}, ["A7:247"], ["A7:476"]),
        ({"lines": [LINE | {"charge": -5}]}, ["A7:247"], ["A7:178"]),
        ({"lines": [LINE | {"service_date": "2024-13-01"}]}, ["A7:247"], ["A7:187"]),
    ],
)
def test_a_returned_claim_says_what_is_wrong(changed: dict, claim: list[str], line: list[str]) -> None:
    result = validate_claim(CLAIM | changed)
    assert result.disposition is Disposition.REJECTED
    [status] = acknowledged([result])
    assert not status.accepted
    assert list(map(str, status.statuses)) == claim
    assert [str(code) for each in status.lines for code in each.statuses] == line
    assert not list(answered([result]))


def test_every_claim_is_either_taken_or_returned() -> None:
    results = list(validate_claims([*drawn(50, 2), CLAIM | {"lines": []}]))
    statuses = list(acknowledged(results))
    assert [status.claim_id for status in statuses] == [result.claim_id for result in results]
    assert [status.accepted for status in statuses] == [
        result.disposition is not Disposition.REJECTED for result in results
    ]


def test_every_remark_of_a_returned_claim_has_a_status_or_is_known_to_have_none() -> None:
    remarks = {
        remark
        for rule in all_rules()
        for outcome in rule.outcomes
        if outcome.disposition is Disposition.REJECTED
        for remark in outcome.rarcs
    }
    #: a CLIA number, an indicator of presence on admission, and services and benefits that are no matter of one element
    assert remarks - _BY_REMARK.keys() == {"MA120", "N434", "M15", "N425", "N130"}
