import pytest

from claimcheck.policies import Policy
from claimcheck.rules.facility.patient_status import CONTRADICTED, NOT_ASSIGNED
from support.cases import Case, institutional, line, of_rule, rule_tests

ROOM = [line(None, revenue_code="0120")]
ANY = Policy.load("default").replace(facility__patient_status={})


def bill(status: object, bill_type: str = "0111", day: str = "2024-07-15", **fields: object) -> Case:
    room = [{**ROOM[0], "service_date": day}]
    return Case(
        room, institutional(bill_type, patient_status=status, statement_from=day, statement_through=day), **fields
    )


HITS = {
    "reserved": bill("99", outcome=NOT_ASSIGNED, evidence={"patient_status": "99"}),
    "reserved, on an outpatient bill": bill("10", "0131", outcome=NOT_ASSIGNED),
    "not two digits": bill("1X", outcome=NOT_ASSIGNED, evidence={"patient_status": None}),
    "before it was assigned": bill("81", day="2013-09-30", outcome=NOT_ASSIGNED),
    "of outpatients": bill("09", outcome=NOT_ASSIGNED, evidence={"patient_status": "09"}),
    "of hospices": bill("40", outcome=NOT_ASSIGNED),
    "still a patient, through discharge": bill("30", outcome=CONTRADICTED),
    "still a patient, on the last bill": bill("30", "0114", outcome=CONTRADICTED),
    "discharged, on an interim bill": bill("01", "0112", outcome=CONTRADICTED),
    "the frequency beside the bill type": Case(
        ROOM, institutional("11", frequency_code="1", patient_status="30"), outcome=CONTRADICTED
    ),
}
MISSES = {
    "discharged home": bill("01"),
    "of hospices, on their bill": bill("40", "0811"),
    "of outpatients, on a bill of theirs": bill("09", "0131"),
    "still a patient, on an interim bill": bill("30", "0113"),
    "still a patient, on an outpatient bill": bill("30", "0131"),
    "from the day on which it was assigned": bill("81", day="2013-10-01"),
    "a replacement, which may be of an interim bill": bill("30", "0117"),
    "none": bill(None),
    "a professional claim": Case([line("99213")], {"patient_status": "99"}),
    "a payer that takes every status": bill("99", policy=ANY),
}
test_hits, test_misses = rule_tests("FAC301", HITS, MISSES)


@pytest.mark.parametrize("status", ["SMITH", "19600101", "Jane"])
def test_what_is_no_status_is_not_shown(status):
    (finding,) = of_rule(bill(status).judge(), "FAC301")
    assert status.lower() not in f"{finding.message} {dict(finding.evidence)}".lower()


def test_every_status_is_assigned_or_reserved():
    """CMS, Blue Button code system BENE-PTNT-STUS-CD (2026-08-22): of 99 codes 40 are assigned and have not ended."""
    taken = [f"{code:02}" for code in range(1, 100) if not of_rule(bill(f"{code:02}", "0131").judge(), "FAC301")]
    assert len(taken) == 40
    assert set(taken).isdisjoint({"08", "10", "19", "22", "44", "52", "60", "67", "71", "80", "96", "99"})
