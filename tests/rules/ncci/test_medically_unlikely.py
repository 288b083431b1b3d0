from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import validate_claim
from claimcheck.policies import Policy
from claimcheck.rules.ncci.medically_unlikely import DENIED, LEFT_TO_REVIEW
from claimcheck.tables.rows import MueRow
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.made_tables import made_tables

SUPPLIES = made_tables("mue_practitioner", [MueRow("E1390", 0, 2, "")])
NPI = {"billing_npi": "1234567893"}
REVIEW = Policy.load("default").replace(ncci__medically_unlikely={"clinical": "review"})
OFF = Policy.load("default").replace(ncci__medically_unlikely={"applies": False})
MUES = made_tables(
    "mue_practitioner",
    [MueRow("97110", 6, 3, ""), MueRow("17003", 13, 2, ""), MueRow("A0425", 250, 1, "")],
    first=date(2013, 1, 1),
)


def span(code: str, units: object, last: str, **fields: object) -> dict:
    return line(code, units=units, service_date_end=last, **fields)


HITS = {
    "indicator 1: all units of the line": Case([line("A0425", units=251)], line=1, outcome=DENIED),
    "indicator 2: the sum of the day": Case(
        [line("11720"), line("11720", "59")], line=2, outcome=DENIED, evidence={"units": "2", "most": 1}
    ),
    "indicator 2: on every line of the code": Case([line("11720"), line("11720", "59")], line=1, outcome=DENIED),
    "indicator 2: no modifier helps": Case([line("11720", "76"), line("11720", "91")], line=1, outcome=DENIED),
    "indicator 3: denied": Case([line("97110", units=7)], line=1, outcome=DENIED),
    "indicator 3: left to review where the policy says so": Case(
        [line("97110", units=7)], policy=REVIEW, line=1, outcome=LEFT_TO_REVIEW
    ),
    "an edit of 0": Case([line("G0463")], line=1, outcome=DENIED, evidence={"most": 0}),
    "the hospital's edit on a hospital's bill": Case(
        [line("96372", units=6, revenue_code="0510")], institutional(), line=1, outcome=DENIED, evidence={"most": 5}
    ),
    "a span is divided by its days": Case(
        [span("97110", 13, "2024-07-16")], line=1, outcome=DENIED, evidence={"units": "7"}
    ),
    "a span counts on each of its days": Case(
        [span("97110", 8, "2024-07-16"), line("97110", "59", day="2024-07-16", units=3)], line=2, outcome=DENIED
    ),
    "fractions of a unit on one day are not rounded": Case(
        [line("97110", units="6.4")], line=1, outcome=DENIED, evidence={"units": "6.4"}
    ),
    "every edit was a line edit before 2013-04-01": Case(
        [line("97110", units=7, day="2013-03-31"), line("97110", "59", units=6, day="2013-03-31")],
        tables=MUES,
        line=1,
        outcome=DENIED,
        evidence={"units": "7"},
    ),
    "of the day from 2013-04-01": Case(
        [line("97110", units=4, day="2013-04-01"), line("97110", "59", units=3, day="2013-04-01")],
        tables=MUES,
        line=1,
        outcome=DENIED,
        evidence={"units": "7"},
    ),
    "with the units of another claim": Case(
        [line("97110", units=4)],
        {"member_id": "M1", "claim_id": "B", **NPI},
        before=[{"member_id": "M1", "claim_id": "A", **NPI, "lines": [line("97110", units=4)]}],
        line=1,
        evidence={"units": "8"},
    ),
    "enough units beside a line whose units are missing": Case(
        [line("97110", units=7), line("97110", "59", units=None)], line=2, outcome=DENIED
    ),
    "units that are missing": Case([line("97110", units=None)], unchecked="missing_field"),
    "units that are missing, under indicator 1": Case([line("A0425", units=None)], unchecked="missing_field"),
    "a code that the starter table does not hold": Case([line("99214")], unchecked="starter_table"),
    "supplies by a practitioner": Case(
        [line("E1390")], {"provider_kind": "practitioner"}, tables=SUPPLIES, line=1, outcome=DENIED
    ),
    "supplies by nobody knows whom": Case([line("E1390")], tables=SUPPLIES, unchecked="missing_field"),
    "a line without a day": Case([line("97110", day=None)], unchecked="no_service_date"),
    "a claim that does not say its type": Case([line("97110")], {"claim_type": None}, unchecked="missing_field"),
    "another program's table": Case(
        [line("97110")],
        policy=Policy.load("default").replace(ncci__settings={"program": "medicaid"}),
        unchecked="no_table",
    ),
}
MISSES = {
    "at the edit": Case([line("97110", units=6)]),
    "indicator 1: each line by itself": Case([line("A0425", units=250), line("A0425", "76", units=250)]),
    "another day": Case([line("11720"), line("11720", day="2024-07-16")]),
    "another provider": Case([line("11720", rendering_npi="1234567893"), line("11720", rendering_npi="1003000126")]),
    "an edit of 0 elsewhere": Case([line("G0463", revenue_code="0510")], institutional()),
    "no published edit": Case([line("99214", units=50)], tables=MUES),
    "a span within the edit": Case([span("97110", 12, "2024-07-16")]),
    "a span, half a unit below": Case([span("97110", "12.9", "2024-07-16")]),
    "indicator 1 on the later days of a span": Case(
        [span("A0425", 500, "2024-07-16"), line("A0425", day="2024-07-16")]
    ),
    "minutes": Case([line("97110", units=60, unit_basis="MJ")]),
    "an inpatient bill": Case([line("97110", units=50)], institutional("0111", discharge_date="2024-07-15")),
    "a bill that the policy does not name": Case([line("97110", units=50)], institutional("0721")),
    "a payer that does not apply the edits": Case([line("97110", units=50)], policy=OFF),
    "lines that the payer exempts": Case(
        [line("11720"), line("11720", "GX")],
        policy=Policy.load("default").replace(ncci__settings={"exempt_modifiers": ["GX"]}),
    ),
    "indicator 1 with the units of another claim": Case(
        [line("A0425", units=200)],
        {"member_id": "M1", "claim_id": "B", **NPI},
        before=[{"member_id": "M1", "claim_id": "A", **NPI, "lines": [line("A0425", units=200)]}],
    ),
    "units of another claim that was denied": Case(
        [line("97110", units=4)],
        {"member_id": "M1", "claim_id": "B", **NPI},
        before=[{"member_id": "M1", "claim_id": "A", **NPI, "lines": [line("97110", units=7)]}],
    ),
    "professional lines of a critical access hospital apart from the others": Case(
        [line("11720", revenue_code="0981"), line("11720", revenue_code="0510")], institutional("0851")
    ),
}
test_hits, test_misses = rule_tests("NCCI201", HITS, MISSES)


def test_an_earlier_claim_that_now_exceeds_the_edit_is_overturned():
    from claimcheck import MemoryHistory, Validator

    history = MemoryHistory()
    validator = Validator(history=history)
    fields = {"claim_type": "professional", "member_id": "M1", **NPI}
    from claimcheck import Claim

    first = Claim(claim_id="A", **fields, lines=[line("97110", units=4)])
    history.record(first, validator.validate(first))
    later = validator.validate(Claim(claim_id="B", **fields, lines=[line("97110", units=4, charge="99.00")]))
    assert [(entry.finding.rule_id, entry.finding.line_number) for entry in later.overturned] == [("NCCI201", 1)]
    assert "exceed" not in str(later.overturned[0].finding.evidence)


@given(
    units=st.lists(st.integers(0, 9), min_size=1, max_size=6), limit=st.integers(0, 12), mai=st.sampled_from([1, 2, 3])
)
def test_lines_fall_together_or_alone_by_indicator(units, limit, mai):
    tables = made_tables("mue_practitioner", [MueRow("97110", limit, mai, "")])
    lines = [line("97110", "59", units=number, line_number=number_of) for number_of, number in enumerate(units, 1)]
    result = validate_claim({"claim_type": "professional", "lines": lines}, tables=tables)
    denied = {finding.line_number for finding in of_rule(result, "NCCI201")}
    if mai == 1:
        expected = {place for place, number in enumerate(units, 1) if number > limit}
    else:
        expected = set(range(1, len(units) + 1)) if sum(units) > limit else set()
    assert denied == expected


@pytest.mark.parametrize(("units", "days", "per_day"), [("13", 2, "7"), ("5", 2, "3"), ("1", 3, "0"), ("2", 3, "1")])
def test_units_of_a_day_are_rounded_half_up(units, days, per_day):
    from claimcheck.rules.facts.day import units_per_day

    assert units_per_day(Decimal(units), days) == Decimal(per_day)
    assert units_per_day(Decimal(-1), days) is None


@pytest.mark.parametrize(
    ("clause", "advice"),
    [
        ("indicator 1: all units of the line", "Correct the units, or bill the others on a line with a modifier"),
        ("indicator 2: the sum of the day", "Correct the units: the limit is absolute"),
        ("indicator 3: denied", "Correct the units; if they are right, appeal with the medical record"),
        ("an edit of 0", "Correct the code or the claim type"),
    ],
)
def test_what_to_do_depends_on_the_indicator(clause: str, advice: str) -> None:
    [found] = {finding.remedy for finding in of_rule(HITS[clause].judge(), "NCCI201")}
    assert found is not None
    assert found.text.startswith(advice)
