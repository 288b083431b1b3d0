"""What a payer is expected to answer: group, reason and remark codes that it can send, and the right ones."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck import validate_claim
from claimcheck.claims import Disposition
from claimcheck.rules.facility.total_line import TOTAL
from claimcheck.rules.registry import all_rules, by_id
from claimcheck.rules.rule import Outcome
from claimcheck.rules.structure.claim_version import VOID
from claimcheck.tables import Found, Tables
from support.cases import institutional, line

LISTED = date(2024, 6, 18)  # the code lists that the starter tables hold
TABLES = Tables.starter()
NEEDS_REMARK = frozenset(["16", "96", "125", "129", "148", "226", "227", "234", "237", "251", "252", "A1"])
"""Reason codes whose text says that at least one remark code must be provided that is not an alert (X12, 2024-06)."""

OUTCOMES = [(rule.id, outcome) for rule in all_rules() for outcome in rule.outcomes]
every_outcome = pytest.mark.parametrize(
    ("rule_id", "outcome"), OUTCOMES, ids=[f"{rule_id}-{outcome.disposition}" for rule_id, outcome in OUTCOMES]
)


@every_outcome
def test_what_is_not_paid_says_why(rule_id: str, outcome: Outcome) -> None:
    if outcome.disposition in (Disposition.DENIED, Disposition.REJECTED, Disposition.REPORT_ONLY):
        # A void has no remittance of its own: that of the claim it takes back is reversed (835, CLP02 = 22).
        # A remittance adjusts service lines, and the total of the claim is none.
        assert outcome.carc is not None or outcome in (VOID, TOTAL)
    if outcome.carc is None:
        assert outcome.group_code is None
        assert outcome.rarcs == ()
    else:
        assert outcome.group_code in ("CO", "PR", "OA", "PI")


@every_outcome
def test_codes_are_on_the_lists_and_in_use(rule_id: str, outcome: Outcome) -> None:
    asked = [TABLES.carc(outcome.carc, LISTED)] if outcome.carc else []
    asked += [TABLES.rarc(code, LISTED) for code in outcome.rarcs]  # type: ignore[misc]
    assert all(isinstance(answer, Found) and answer.value.active for answer in asked)


@every_outcome
def test_a_reason_that_demands_a_remark_has_one_that_is_no_alert(rule_id: str, outcome: Outcome) -> None:
    if outcome.carc in NEEDS_REMARK:
        remarks = [TABLES.rarc(code, LISTED) for code in outcome.rarcs]
        assert any(isinstance(remark, Found) and not remark.value.is_alert for remark in remarks)


@pytest.mark.parametrize(("code", "is_alert"), [("N620", True), ("N362", False), ("N122", False), ("M20", False)])
def test_alerts_are_known_for_what_they_are(code, is_alert):
    answer = TABLES.rarc(code, LISTED)
    assert isinstance(answer, Found)
    assert answer.value.is_alert is is_alert


# X12's meanings of the codes: 236 NCCI pair, 151 units, 107 and B15 the qualifying service, 282 type of bill, 199
# revenue code and procedure, 4 modifier; M20 HCPCS, M50 revenue code, N362 units, N122 add-on, N822 modifier.
EXPECTED = {
    "NCCI101": {("CO", "236", ())},
    "NCCI201": {("CO", "151", ("N362",))},
    "NCCI301": {("CO", "107", ("N122",)), ("CO", "B15", ("N122",))},
    "FAC101": {("CO", "16", ("M20",))},
    "FAC102": {("CO", "16", ("M50",)), (None, None, ())},
    "FAC103": {("CO", "16", ("M50",))},
    "FAC104": {("CO", "16", ("M50",)), (None, None, ())},
    "STR508": {("CO", "16", ("MA130",))},
    "FAC105": {("CO", "282", ())},
    "FAC202": {("CO", "199", ()), ("CO", "282", ())},
    "FAC204": {("CO", "4", ("N822",))},
}


@pytest.mark.parametrize("rule_id", EXPECTED)
def test_the_adjustments_of_published_edits(rule_id):
    rule = by_id(rule_id)
    assert rule is not None
    given = {(outcome.group_code, outcome.carc, outcome.rarcs) for outcome in rule.outcomes}
    assert given == EXPECTED[rule_id]


def adjustments(claim: dict) -> list[tuple[str, ...]]:
    return [
        (adjustment.group_code, adjustment.carc, *adjustment.rarcs, str(adjustment.amount))
        for entry in validate_claim(claim).lines
        for adjustment in entry.adjustments
    ]


def test_a_denied_line_is_adjusted_by_its_whole_charge():
    claim = {"claim_type": "professional", "lines": [line("45378", charge="900.00"), line("45380", charge="950.00")]}
    assert adjustments(claim) == [("CO", "236", "900.00")]


def test_a_rejected_line_has_no_remittance():
    assert adjustments({**institutional(), "lines": [line(None, revenue_code="0450")]}) == []
