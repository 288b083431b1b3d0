"""The claims of the clinic, held against the payer's rules."""

from datetime import date
from decimal import Decimal

import pytest
from clinic_billing.billing import claim_of
from clinic_billing.visits import Visit
from hypothesis import given
from hypothesis import strategies as st

ADULT = {"member_id": "M-1", "birth_date": date(1961, 4, 5), "sex": "F", "diagnoses": ("E11.65", "I10"), "minutes": 25}
VISIT = Visit(number=1, day=date(2024, 7, 15), **ADULT)


def visit(**changes):
    return Visit(**{**vars(VISIT), **changes})


def test_a_plain_visit_is_clean(assert_clean):
    result = assert_clean(claim_of(VISIT))
    assert [line.disposition for line in result.lines] == ["payable"]


def test_an_injection_is_paid_beside_the_visit(assert_no_finding):
    assert_no_finding(claim_of(visit(injection=True)), "procedure-to-procedure")


@pytest.mark.parametrize("hba1c", ["5.0", "6.9", "7.0", "7.9", "8.0", "9.0", "9.1", "14.0"])
def test_the_code_of_an_hba1c_is_that_of_its_result(hba1c, assert_ok, assert_no_finding):
    claim = claim_of(visit(labs=("83036",), hba1c=Decimal(hba1c)))
    assert assert_ok(claim).lines[2].disposition == "report_only"
    assert_no_finding(claim, "result-band", line=3)


@pytest.mark.parametrize("pressure", [(118, 76), (130, 80), (139, 89), (140, 90)])
def test_both_halves_of_a_blood_pressure_are_reported(pressure, assert_clean, assert_no_finding):
    claim = claim_of(visit(pressure=pressure))
    assert_clean(claim)
    for rule in ("result-band", "both-halves"):
        assert_no_finding(claim, rule)


VISITS = st.builds(
    Visit,
    number=st.integers(1, 9999),
    member_id=st.integers(1, 9999).map("M-{}".format),
    birth_date=st.dates(date(1930, 1, 1), date(2005, 12, 31)),
    sex=st.sampled_from("FM"),
    day=st.dates(date(2024, 7, 1), date(2024, 9, 30)),
    diagnoses=st.lists(st.sampled_from(["E11.65", "I10", "E78.5"]), min_size=1, unique=True).map(tuple),
    minutes=st.integers(10, 60),
    injection=st.booleans(),
    hba1c=st.none() | st.decimals("4.0", "14.0", places=1),
    pressure=st.none() | st.tuples(st.integers(80, 220), st.integers(40, 130)),
    labs=st.sets(st.sampled_from(["36415", "83036", "80061"])).map(sorted).map(tuple),
)


@pytest.fixture(scope="module")
def judge(claimcheck_validator):
    return claimcheck_validator.validate


@given(visit=VISITS)
def test_no_visit_makes_a_claim_with_an_error(visit, judge):
    judge(claim_of(visit)).raise_for_findings()


def test_a_mistake_would_be_found(assert_finding):
    claim = claim_of(visit(injection=True))
    claim["lines"][0]["modifiers"] = []
    assert_finding(claim, "NCCI101", line=1, carc="236")
