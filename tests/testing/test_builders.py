"""Builders: what is not said is sound, and what is said stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

from claimcheck import Claim, ServiceLine, Unreadable, Validator
from claimcheck.testing import DAY, a_claim, a_line, an_institutional_claim

VALIDATOR = Validator()


def test_nothing_is_found_on_a_claim_that_says_nothing_special() -> None:
    assert VALIDATOR.validate(a_claim("99213")).findings == ()
    institutional = an_institutional_claim(a_line("83036", revenue_code="0301"))
    assert VALIDATOR.validate(institutional).findings == ()


def test_lines_are_numbered_and_summed() -> None:
    claim = a_claim("99213", a_line("3044F", charge="0.01"), a_line("36415", line_number=9))
    assert [line.line_number for line in claim.lines] == [1, 2, 9]
    assert claim.total_charge == Decimal("200.01")


@pytest.mark.parametrize("charge", [None, "abc"])
def test_a_charge_that_cannot_be_read_adds_nothing(charge: object) -> None:
    assert a_claim("99213", a_line("36415", charge=charge)).total_charge == Decimal("100.00")


def test_whatever_is_given_stands() -> None:
    fields = {"total_charge": "1.00", "place_of_service": "99", "member_id": None, "claim_type": "dental"}
    claim = a_claim("99213", **fields)
    assert {name: getattr(claim, name) for name in fields} == {**fields, "total_charge": Decimal("1.00")}
    line = a_line("99213", "25", "GT", day=None, units="x", diagnosis_pointers=())
    assert (line.modifiers, line.service_date, line.diagnosis_pointers) == (("25", "GT"), None, ())
    assert isinstance(line.units, Unreadable)


@pytest.mark.parametrize("name", sorted(field.name for field in attrs.fields(Claim)))
def test_every_field_of_a_claim_can_be_left_out(name: str) -> None:
    if name in ("lines", "problems"):
        assert a_claim().lines == ()
    else:
        assert getattr(a_claim("99213", **{name: None}), name) in (None, ())


def test_a_statement_spans_the_lines() -> None:
    days = ["2024-07-16", DAY, None, "nonsense"]
    lines = [a_line("83036", revenue_code="0301", day=day) for day in days]
    claim = an_institutional_claim(*lines)
    assert (claim.statement_from, claim.statement_through) == (date(2024, 7, 15), date(2024, 7, 16))
    assert an_institutional_claim(a_line("83036", day=None)).statement_from is None
    assert an_institutional_claim(*lines, statement_from="2024-07-01").statement_from == date(2024, 7, 1)


def test_lines_may_be_lines_or_codes() -> None:
    line = ServiceLine("99213")
    assert a_claim(line).lines == (attrs.evolve(line, line_number=1),)
    assert a_claim("99213").lines[0] == attrs.evolve(a_line("99213"), line_number=1)
