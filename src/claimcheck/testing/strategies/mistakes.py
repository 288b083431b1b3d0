"""Plausible mistakes, each with the finding that it must cause.

>>> from hypothesis import given
>>> from claimcheck.testing import assert_finding
>>> @given(broken("NCCI101"))
... def the_pair_is_found(mistake):
...     assert_finding(mistake.claim, mistake.rule_id, line=mistake.line)
>>> the_pair_is_found()
>>> broken("no such mistake")
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: no such mistake: neither a mistake of MISTAKES nor a rule that one of them breaks
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from claimcheck.claims import Claim, Diagnosis, ServiceLine, Unreadable
from claimcheck.errors import InputError
from claimcheck.testing.builders import a_line
from claimcheck.testing.strategies.claims import claims

__all__ = ["MISTAKES", "Broken", "Mistake", "broken"]


@attrs.frozen
class Broken:
    """A claim with one mistake: what it is, the rule that finds it, and the line number (None: on the claim)."""

    claim: Claim
    mistake: str
    rule_id: str
    line: int | None


Made = tuple[list[ServiceLine], int | None, Mapping[str, Any]]


@attrs.frozen
class Mistake:
    """How to break a good claim of one type, and the rule that must find it.

    `make` returns the lines of the broken claim, the number of the wrong one, and other changed fields.
    """

    rule_id: str
    make: Callable[[st.DrawFn, Claim], Made]
    claim_type: str = "professional"


def broken(*mistakes: str) -> st.SearchStrategy[Broken]:
    """Claims with one mistake, among these (by their names in `MISTAKES`, or by the rule that finds them) or any."""
    for wanted in mistakes:
        if wanted not in MISTAKES and all(wanted != mistake.rule_id for mistake in MISTAKES.values()):
            raise InputError(f"{wanted}: neither a mistake of MISTAKES nor a rule that one of them breaks")
    names = [
        name for name, mistake in MISTAKES.items() if not mistakes or name in mistakes or mistake.rule_id in mistakes
    ]
    return st.sampled_from(names).flatmap(_broken)


@st.composite
def _broken(draw: st.DrawFn, name: str) -> Broken:
    mistake = MISTAKES[name]
    claim = draw(claims(mistake.claim_type))
    lines, number, changes = mistake.make(draw, claim)
    numbered = [attrs.evolve(line, line_number=place) for place, line in enumerate(lines, 1)]
    charges = [
        Decimal(0) if line.charge is None or isinstance(line.charge, Unreadable) else line.charge for line in lines
    ]
    fields = {"total_charge": sum(charges, Decimal(0)), "lines": numbered, **changes}
    return Broken(attrs.evolve(claim, **fields), name, mistake.rule_id, number)


def _on_a_line(
    rule_id: str, change: Callable[[ServiceLine], Mapping[str, Any]], claim_type: str = "professional"
) -> Mistake:
    """A mistake in one line, whichever it is."""

    def make(draw: st.DrawFn, claim: Claim) -> Made:
        place = draw(st.integers(0, len(claim.lines) - 1))
        lines = list(claim.lines)
        lines[place] = attrs.evolve(lines[place], **change(lines[place]))
        return lines, place + 1, {}

    return Mistake(rule_id, make, claim_type)


def _on_the_claim(rule_id: str, change: Callable[[Claim], Mapping[str, Any]]) -> Mistake:
    """A mistake in the claim's own fields."""
    return Mistake(rule_id, lambda _, claim: (list(claim.lines), None, change(claim)))


def _with_lines(rule_id: str, wrong: ServiceLine, *beside: ServiceLine) -> Mistake:
    """A mistake in a combination: the wrong line and its counterparts come last, in any order, on one day."""

    def make(draw: st.DrawFn, claim: Claim) -> Made:
        day = claim.lines[0].service_date
        added = [attrs.evolve(line, service_date=day) for line in draw(st.permutations([wrong, *beside]))]
        place = len(claim.lines) + 1 + [line.procedure_code for line in added].index(wrong.procedure_code)
        return [*claim.lines, *added], place, {}

    return Mistake(rule_id, make)


def _day_before(day: Any) -> datetime.date:
    before: datetime.date = day - datetime.timedelta(1)
    return before


def _twice(_draw: st.DrawFn, claim: Claim) -> Made:
    """The first line again, at the end."""
    return [*claim.lines, claim.lines[0]], len(claim.lines) + 1, {}


def _reported_again(_draw: st.DrawFn, claim: Claim) -> Made:
    """A report from the day before, and again on the day."""
    day = claim.lines[0].service_date
    reports = [a_line("3017F", charge="0.00", day=when) for when in (_day_before(day), day)]
    return [*claim.lines, *reports], len(claim.lines) + 2, {}


MISTAKES: Final[Mapping[str, Mistake]] = MappingProxyType(
    {
        "the procedure code lacks its last character": _on_a_line(
            "COD101", lambda line: {"procedure_code": str(line.procedure_code)[:-1]}
        ),
        "a diagnosis stands in the procedure code": _on_a_line("COD101", lambda _: {"procedure_code": "E11.65"}),
        "the procedure code is left out": _on_a_line("COD102", lambda _: {"procedure_code": None}),
        "the modifier is spelled with three characters": _on_a_line("COD301", lambda _: {"modifiers": ("25X",)}),
        "a modifier that was never assigned": _on_a_line("COD302", lambda _: {"modifiers": ("ZJ",)}),
        "a Category II modifier is on another code": _with_lines("COD305", a_line("99211", "1P")),
        "a place of service that was never assigned": _on_a_line("COD401", lambda _: {"place_of_service": "59"}),
        "a diagnosis is misspelled": _on_the_claim(
            "COD201", lambda claim: {"diagnoses": (*claim.diagnoses, Diagnosis("E1.19"))}
        ),
        "no units": _on_a_line("STR301", lambda _: {"units": None}),
        "zero units": _on_a_line("STR301", lambda _: {"units": 0}),
        "the charge is left blank": _on_a_line("STR201", lambda _: {"charge": ""}),
        "a negative charge": _on_a_line("STR201", lambda _: {"charge": "-1.00"}),
        "the line ends before it begins": _on_a_line(
            "STR401", lambda line: {"service_date_end": _day_before(line.service_date)}
        ),
        "no service date": _on_a_line("STR401", lambda _: {"service_date": None}),
        "the service is later than the receipt": _on_the_claim(
            "STR403", lambda claim: {"received_date": _day_before(claim.lines[0].service_date)}
        ),
        "a pointer beyond the diagnoses": _on_a_line("STR503", lambda _: {"diagnosis_pointers": (1, 12)}),
        "five modifiers": _on_a_line("STR504", lambda _: {"modifiers": ("GA", "GX", "GY", "GZ", "KX")}),
        "the total is not the sum": _on_the_claim("STR501", lambda _: {"total_charge": Decimal("99999.99")}),
        "a replacement that does not say of what": _on_the_claim("STR505", lambda _: {"frequency_code": "7"}),
        "a line is billed twice": Mistake("STR601", _twice),
        "the NPI's check digit is wrong": _on_the_claim(
            "STR701",
            lambda claim: {"billing_npi": f"{str(claim.billing_npi)[:9]}{(int(str(claim.billing_npi)[9]) + 1) % 10}"},
        ),
        "the component of a service is billed beside it": _with_lines("NCCI101", a_line("80048"), a_line("80053")),
        "a diagnostic colonoscopy beside one with a biopsy": _with_lines("NCCI101", a_line("45378"), a_line("45380")),
        "more units than are likely": _with_lines("NCCI201", a_line("97110", units=7)),
        "an add-on code without its primary": _with_lines("NCCI301", a_line("90472")),
        "a report is billed twice in a year": Mistake("FRQ101", _reported_again),
        "a Category II code is billed at the price of a service": _with_lines(
            "CAT101", a_line("3017F", charge="25.00")
        ),
        "a hospital line has no revenue code": _on_a_line("FAC102", lambda _: {"revenue_code": None}, "institutional"),
        "a department that needs a procedure has none": _on_a_line(
            "FAC101", lambda _: {"revenue_code": "0450", "procedure_code": None}, "institutional"
        ),
        "room and board on an outpatient bill": _on_a_line(
            "FAC105", lambda _: {"revenue_code": "0120", "procedure_code": None}, "institutional"
        ),
    }
)
"""Every mistake, by what it is."""
