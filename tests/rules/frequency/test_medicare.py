"""Medicare's preventive services by full months, as 42 CFR 410 says of each, and chronic care management by month."""

import pytest

from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limits, months_of
from support.cases import Case, line, of_rule

MEMBER = {"member_id": "1EG4TE5MK73", "claim_id": "B"}


def findings(code: str, day: str, *before: tuple[str, ...], modifiers: tuple[str, ...] = ()):
    earlier = [
        {**MEMBER, "claim_id": f"A{number}", "lines": [line(given, *more, day=on)]}
        for number, (given, on, *more) in enumerate(before)
    ]
    case = Case([line(code, *modifiers, day=day)], MEMBER, before=earlier, policy="medicare")
    return of_rule(case.judge(), "FRQ101")


@pytest.mark.parametrize(
    ("code", "last", "taken", "free"),
    [
        ("G0439", "2023-06-30", "2024-05-31", "2024-06-01"),
        ("82270", "2023-06-30", "2024-05-31", "2024-06-01"),
        ("G0104", "2020-03-01", "2024-02-29", "2024-03-01"),
        ("G0121", "2014-07-15", "2024-06-30", "2024-07-01"),
        ("G0105", "2022-07-15", "2024-06-30", "2024-07-01"),
        ("77067", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("G0101", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("G0102", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("G0103", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("G0117", "2023-07-31", "2024-06-30", "2024-07-01"),
    ],
)
def test_the_last_day_that_is_taken_and_the_first_that_is_free(code, last, taken, free):
    (found,) = findings(code, taken, (code, last))
    assert (str(found.disposition), found.carc) == ("denied", "119")
    assert "42 CFR 410" in found.source
    assert findings(code, free, (code, last)) == []


@pytest.mark.parametrize("code", ["G0402", "G0438"])
def test_once_in_a_lifetime(code):
    (found,) = findings(code, "2024-07-15", (code, "2010-01-02"))
    assert found.carc == "149"


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("G0439", ("G0402", "2024-01-02")),
        ("G0439", ("G0438", "2024-01-02")),
        ("G0438", ("G0402", "2024-01-02")),
        ("G0328", ("82270", "2024-01-02")),
        ("G0118", ("G0117", "2024-01-02")),
    ],
)
def test_services_that_share_one_count(code, before):
    assert [found.carc for found in findings(code, "2024-07-15", before)] == ["119"]


@pytest.mark.parametrize(
    ("code", "before", "modifiers"),
    [
        ("77067", ("77067", "2024-07-15", "26"), ("TC",)),
        ("G0121", ("G0121", "2024-07-15"), ()),
        ("G0121", ("G0121", "2024-01-02", "53"), ()),
        ("G0121", ("G0121", "2024-01-02"), ("KX",)),
        ("G0105", ("G0104", "2024-01-02"), ()),
        ("82272", ("82270", "2024-01-02"), ()),
    ],
)
def test_what_is_not_limited(code, before, modifiers):
    """Components and two bills of one day, a test that was broken off, one after a positive stool test, others."""
    assert findings(code, "2024-07-15", before, modifiers=modifiers) == []


def test_no_report_is_limited():
    assert findings("3044F", "2024-07-15", ("3044F", "2024-01-02")) == []


def test_every_limit_says_where_it_is_written():
    limits = Policy.load("medicare").on(None)[Limits].limits
    assert limits
    for limit in limits:
        of_a_month = limit.window == "calendar_month"
        assert ("MLN909188" if of_a_month else "42 CFR 410") in limit.reference
        assert of_a_month or limit.window == "lifetime" or months_of(limit.window).full


@pytest.mark.parametrize(
    ("code", "before", "group", "taken"),
    [
        ("99490", ("99490", "2024-07-01"), "1234567893", True),
        ("99487", ("99490", "2024-07-01"), "1234567893", True),
        ("99490", ("99490", "2024-06-30"), "1234567893", False),
        ("99490", ("99490", "2024-07-01"), "1003000126", False),
    ],
)
def test_chronic_care_management_is_of_a_month(code, before, group, taken):
    earlier = {**MEMBER, "claim_id": "A", "billing_npi": "1234567893", "lines": [line(before[0], day=before[1])]}
    claim = {**MEMBER, "billing_npi": group}
    found = of_rule(Case([line(code, day="2024-07-31")], claim, before=[earlier], policy="medicare").judge(), "FRQ101")
    assert [one.carc for one in found] == ["119"] * taken
