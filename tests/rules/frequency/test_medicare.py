"""Medicare's preventive services by full months, as 42 CFR 410 says of each, and chronic care management by month."""

import pytest

from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limits, months_of
from support.cases import Case, line, of_rule

SOURCES = ("42 CFR 410", "National Coverage Determination 210.")
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
        ("81528", "2021-07-31", "2024-06-30", "2024-07-01"),
        ("G0476", "2019-07-31", "2024-06-30", "2024-07-01"),
        ("G0442", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("G0444", "2023-07-31", "2024-06-30", "2024-07-01"),
        ("71271", "2023-07-31", "2024-06-30", "2024-07-01"),
    ],
)
def test_the_last_day_that_is_taken_and_the_first_that_is_free(code, last, taken, free):
    (found,) = findings(code, taken, (code, last))
    assert (str(found.disposition), found.carc) == ("denied", "119")
    assert any(source in found.source for source in SOURCES)
    assert findings(code, free, (code, last)) == []


@pytest.mark.parametrize(
    ("code", "earlier", "last", "taken", "free"),
    [
        ("G0121", "G0104", "2020-07-15", "2024-06-30", "2024-07-01"),
        ("G0104", "G0121", "2014-07-15", "2024-06-30", "2024-07-01"),
        ("G0121", "G0105", "2014-07-15", "2024-06-30", "2024-07-01"),
        ("G0105", "G0121", "2022-07-15", "2024-06-30", "2024-07-01"),
        ("G0104", "G0106", "2020-07-15", "2024-06-30", "2024-07-01"),
        ("G0106", "G0104", "2020-07-15", "2024-06-30", "2024-07-01"),
        ("G0120", "G0105", "2022-07-15", "2024-06-30", "2024-07-01"),
    ],
)
def test_after_another_service(code, earlier, last, taken, free):
    (found,) = findings(code, taken, (earlier, last))
    assert (str(found.disposition), found.carc, found.evidence["on_another_claim"]) == ("denied", "119", True)
    assert findings(code, free, (earlier, last)) == []


def test_it_is_said_after_which():
    (found,) = findings("G0121", "2024-06-30", ("G0104", "2020-07-15"))
    assert found.message == (
        "Frequency limit exceeded: G0121 within 47 full months after the month of G0104; "
        "rebill only if an earlier line was not paid"
    )


def test_of_two_on_one_claim_the_later_is_denied():
    lines = [line("G0121", day="2024-07-15"), line("G0104", day="2022-07-15")]
    found = of_rule(Case(lines, MEMBER, policy="medicare").judge(), "FRQ101")
    assert [(one.position, one.evidence["limit"]) for one in found] == [(1, "colonoscopy after a sigmoidoscopy")]


def test_what_was_denied_holds_nothing_off():
    before = ("G0104", "2020-01-02"), ("G0104", "2023-01-02")
    (found,) = findings("G0121", "2023-12-31", *before)
    assert found.evidence["limit"] == "colonoscopy after a sigmoidoscopy"
    assert findings("G0121", "2024-01-01", *before) == []


def test_counseling_four_times_a_year():
    before = [("G0443", f"2024-0{month}-02") for month in (1, 2, 3, 4)]
    assert len(findings("G0443", "2024-07-15", *before)) == 1
    assert findings("G0443", "2024-07-15", *before[1:]) == []


@pytest.mark.parametrize("code", ["G0402", "G0438", "76706"])
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
        ("G0104", ("G0105", "2024-01-02"), ()),
        ("G0121", ("G0104", "2024-01-02"), ("KX",)),
        ("G0104", ("G0121", "2024-01-02", "53"), ()),
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
        of_care = limit.name.endswith("care management")
        assert any(source in limit.reference for source in (["MLN90"] if of_care else SOURCES))
        assert of_care or limit.window == "lifetime" or months_of(limit.window).full


def test_transitional_care_management_is_of_thirty_days():
    assert [one.carc for one in findings("99496", "2024-07-30", ("99495", "2024-07-01"))] == ["119"]
    assert findings("99496", "2024-07-31", ("99495", "2024-07-01")) == []


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
