"""What is written is read back equal, and balances."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import validate_claims
from claimcheck.claims import Disposition
from claimcheck.errors import InputError
from claimcheck.remittance import (
    Agreement,
    ProviderAdjustment,
    Remittance,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
    acknowledged,
    answered,
    compare,
    read_remittances,
    written,
)
from remittance.naive import naive
from remittance.payer import drawn

AMOUNT = st.decimals(-9_999, 9_999, places=2)
ID = st.none() | st.sampled_from(["A1", "00017", "B-2"])
DAY = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
NPI = st.none() | st.just("1234567893")
ADJUSTMENTS = st.lists(
    st.builds(
        RemittedAdjustment,
        st.sampled_from(["CO", "PR", "OA"]),
        st.sampled_from(["1", "45", "97", "253"]),
        AMOUNT,
        st.none() | st.decimals(1, 9, places=1),
    ),
    max_size=9,
).map(tuple)
REMARKS = st.lists(st.sampled_from(["N130", "MA01", "M15"]), max_size=5).map(tuple)
MODIFIERS = st.lists(st.sampled_from(["25", "59", "LT"]), max_size=4).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> RemittedLine:
    first = draw(DAY)
    billed = draw(st.sampled_from(["as paid", "another code", "a revenue code"]))
    is_changed = billed == "another code"
    by_revenue = draw(st.booleans())
    return RemittedLine(
        None if by_revenue else draw(st.sampled_from(["99213", "3044F"])),
        draw(AMOUNT),
        draw(AMOUNT),
        draw(MODIFIERS),
        code_qualifier="NU" if by_revenue else "HC",
        revenue_code="0450" if by_revenue else draw(st.sampled_from([None, "0450"])),
        units=draw(st.decimals(1, 99, places=1)),
        submitted_code="99214" if is_changed else None,
        submitted_modifiers=draw(MODIFIERS) if is_changed else (),
        submitted_units=draw(st.none() | st.decimals(1, 9, places=1)),
        service_date=first,
        service_date_end=None if first is None else draw(DAY),
        control_number=draw(ID),
        adjustments=draw(ADJUSTMENTS),
        remarks=draw(REMARKS),
        allowed=draw(st.none() | AMOUNT),
        rendering_npi=draw(NPI),
        submitted_revenue_code="0360" if billed == "a revenue code" else None,
    )


HEADER = RemittanceHeader(
    payer_name="A PAYER",
    payer_id="12345",
    payee_npi="1234567893",
    payee_tax_id="123456789",
    trace_number="C77",
    payment_method="CHK",
    payment_date=date(2024, 8, 2),
    production_date=date(2024, 8, 1),
    control_number="0001",
)
CLAIMS = st.lists(
    st.builds(
        RemittedClaim,
        st.just(HEADER),
        ID,
        st.sampled_from(["1", "2", "4", "22"]),
        AMOUNT,
        AMOUNT,
        patient_responsibility=st.none() | AMOUNT,
        filing_indicator=st.sampled_from([None, "12"]),
        payer_claim_id=ID,
        facility_type=st.sampled_from([None, "11"]),
        frequency=st.sampled_from([None, "1"]),
        statement_from=DAY,
        statement_through=DAY,
        received_date=DAY,
        rendering_npi=NPI,
        adjustments=ADJUSTMENTS,
        remarks=REMARKS,
        lines=st.lists(lines(), max_size=4).map(tuple),
    ),
    max_size=4,
)
PLB = st.lists(
    st.builds(
        ProviderAdjustment,
        st.just("1234567893"),
        st.just(date(2024, 12, 31)),
        st.sampled_from(["WO", "L6"]),
        AMOUNT,
        ID,
    ),
    max_size=3,
)


@given(CLAIMS, PLB)
def test_what_is_written_is_read_back_equal(claims: list[RemittedClaim], plb: list[ProviderAdjustment]) -> None:
    data = written(claims, HEADER, plb)
    *read, remittance = read_remittances(data)
    payment = sum((claim.paid for claim in claims), Decimal(0)) - sum((each.amount for each in plb), Decimal(0))
    header = attrs.evolve(HEADER, payment_amount=abs(payment), credit=payment >= 0)
    assert [
        attrs.evolve(claim, findings=(), lines=tuple(attrs.evolve(line, place=None) for line in claim.lines))
        for claim in read
    ] == [attrs.evolve(claim, remittance=header) for claim in claims]
    assert isinstance(remittance, Remittance)
    assert (remittance.header, remittance.provider_adjustments, remittance.findings) == (header, tuple(plb), ())


def test_verdicts_are_answered_by_an_835_that_balances_and_agrees() -> None:
    results = list(validate_claims(drawn(300, 7)))
    data = written(answered(results, HEADER), HEADER)
    items = list(read_remittances(data))
    assert not any(item.findings for item in items)
    [one] = naive(data)
    paid = sum((line["paid"] for claim in one["claims"] for line in claim["lines"]), Decimal(0))
    assert one["payment"] == paid == items[-1].paid
    comparison = compare(results, items)
    assert {line.agreement for line in comparison.lines} <= {Agreement.CAME_TRUE, Agreement.REPORT_ONLY}
    closed = (Disposition.REVIEW, Disposition.SUPERSEDED)
    unanswered = sum(result.returned or any(line.disposition in closed for line in result.lines) for result in results)
    assert comparison.unmatched.get("claim without a remittance", 0) == unanswered > 0


def test_an_answer_returns_units_and_numbers_of_the_claim_and_pays_whole_cents() -> None:
    day = {"service_date": "2024-07-15", "charge": "100.00"}
    claim = {
        "claim_id": "A1",
        "claim_type": "professional",
        "lines": [
            {**day, "procedure_code": "97110", "units": 2, "line_control_number": "X-9"},
            {**day, "procedure_code": "97010", "units": 3},
        ],
    }
    results = list(validate_claims([claim]))
    data = written(answered(results, price=lambda line: line.charge / 3, claims=[claim]))
    [read, _] = read_remittances(data)
    assert [(line.control_number, line.paid, line.units, line.billed_units) for line in read.lines] == [
        ("X-9", Decimal("33.33"), 2, 2),
        ("2", 0, 0, 3),
    ]
    assert b"*CHK************20240101~" in data  # the guide requires BPR16
    with pytest.raises(InputError, match="claims: those of the results are expected"):
        list(answered(results, claims=[]))


def test_a_rejected_line_is_answered_unless_it_returns_its_claim() -> None:
    day = {"service_date": "2024-07-15", "charge": "40.00", "units": 1}
    good, bad = day | {"procedure_code": "80053"}, day | {"procedure_code": "80051", "units": -1}
    office = {"claim_id": "A1", "claim_type": "professional", "lines": [good, bad]}
    hospital = {"claim_id": "A2", "claim_type": "institutional", "bill_type": "0131"}
    hospital |= {"lines": [good | {"revenue_code": "0300"}, bad | {"revenue_code": "0300"}]}
    results = list(validate_claims([office, hospital]))
    [claim] = answered(results)
    assert (claim.claim_id, claim.status) == ("A1", "1")
    assert [(line.paid, [each.carc for each in line.adjustments]) for line in claim.lines] == [(40, []), (0, ["16"])]
    taken, returned = acknowledged(results)
    assert (taken.accepted, returned.accepted) == (True, False)
    assert [(line.line_number, list(map(str, line.statuses))) for line in returned.lines] == [(2, ["A7:476"])]


@pytest.mark.parametrize("text", ["A*1", "A:1", "A~1"])
def test_a_delimiter_in_a_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="CLP01 holds a delimiter"):
        written([RemittedClaim(HEADER, text, "1", Decimal(1), Decimal(1))])


def test_a_dental_code_as_billed_keeps_its_qualifier() -> None:
    line = RemittedLine("D0120", Decimal(50), Decimal(50), code_qualifier="AD", submitted_code="D0150")
    claim = RemittedClaim(RemittanceHeader(), "A1", "1", Decimal(50), Decimal(50), lines=(line,))
    assert b"SVC*AD:D0120*50*50***AD:D0150~" in written([claim]).replace(b".00", b"")
