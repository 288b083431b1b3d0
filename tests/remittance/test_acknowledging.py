"""The status of claims that are returned: one for each, with the information that is wrong."""

from __future__ import annotations

import pytest

from claimcheck import validate_claim, validate_claims
from claimcheck.claims import Disposition
from claimcheck.remittance import acknowledged, answered
from claimcheck.remittance.acknowledging import _BY_REASON, _BY_REMARK
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
        ({"lines": [LINE | {"modifiers": ["21"]}]}, ["A7:247"], ["A7:453"]),  # told by its reason alone, CARC 182
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


def test_every_reason_of_a_returned_claim_has_a_status_or_is_known_to_have_none() -> None:
    unnamed = {
        (outcome.carc, *outcome.rarcs)
        for rule in all_rules()
        for outcome in rule.outcomes
        if outcome.disposition is Disposition.REJECTED and _BY_REMARK.keys().isdisjoint(outcome.rarcs)
    }
    #: services that are not covered at all, and one that treats a condition acquired in the hospital
    assert {reasons for reasons in unnamed if reasons[0] not in _BY_REASON} == {
        ("96", "N425"),
        ("96", "N130"),
        ("233",),
    }


def test_no_status_is_one_that_x12_ended() -> None:
    """Lists of the statuses in force (code list 508, after 2017) have no 461, 462 and 463, but 719 to 722, 725, 726."""
    statuses = {*(status for status, _ in _BY_REMARK.values()), *(status for _, status in _BY_REASON.values())}
    assert statuses.isdisjoint(("461", "462", "463"))
    assert (_BY_REMARK["M45"], _BY_REMARK["M49"], _BY_REMARK["N300"]) == (("719", None), ("725", None), ("722", None))
