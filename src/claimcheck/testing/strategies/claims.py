"""Strategies for service lines and claims without errors.

They generate what is common rather than all that is possible: an adult's visit, with a few services and reports, on a
day that the starter tables cover. Vary what a test is about with `attrs.evolve`, or break it with `broken`.

>>> from hypothesis import given
>>> from claimcheck import validate_claim
>>> @given(claims())
... def no_error_is_found(claim):
...     assert validate_claim(claim).ok
>>> no_error_is_found()
>>> claims("dental")
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: a claim is professional or institutional
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from claimcheck.claims import Claim, Diagnosis, ServiceLine
from claimcheck.errors import InputError
from claimcheck.testing.builders import a_claim, a_line, an_institutional_claim
from claimcheck.testing.strategies.codes import npis
from claimcheck.testing.warming import warm_up

__all__ = ["DAYS", "claims", "service_lines"]

DAYS: Final = st.dates(datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
"""Service dates on which every starter table answers exactly."""

VISITS: Final = ("99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215")
#: Laboratory services that no NCCI table pairs with each other or with a visit (CMS, July 2024).
SERVICES: Final = ("36415", "80061", "81001", "83036")
#: Reports, each in a different service group, with any result.
REPORTS: Final = ("1111F", "1170F", "2022F", "3044F", "3062F", "3074F", "3078F", "4004F")
#: Revenue codes, with a procedure for each.
DEPARTMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {"0300": "36415", "0301": "83036", "0305": "80061", "0307": "81001", "0324": "71046", "0510": "G0463"}
)
DIAGNOSES: Final = ("E11.65", "E11.9", "E78.5", "I10", "J45.909", "K21.9", "M17.11", "N39.0", "R53.83", "Z79.4")

_CHARGES = st.decimals(Decimal("1.01"), Decimal("5000.00"), places=2)
_TOKENS = st.sampled_from([Decimal("0.00"), Decimal("0.01")])


@st.composite
def service_lines(draw: st.DrawFn, days: st.SearchStrategy[datetime.date] = DAYS) -> ServiceLine:
    """A line on a professional claim: a visit, a laboratory service, or a Category II report at its token charge."""
    code = draw(st.sampled_from((*VISITS, *SERVICES, *REPORTS)))
    return _line(code, draw(days), draw(_charge_of(code)))


def claims(claim_type: str | None = None, *, days: st.SearchStrategy[datetime.date] = DAYS) -> st.SearchStrategy[Claim]:
    """Claims of one type, "professional" or "institutional" (hospital outpatient), or of either."""
    if claim_type is None:
        return st.one_of(_professional(days), _institutional(days))
    if claim_type not in ("professional", "institutional"):
        raise InputError("a claim is professional or institutional")
    return _professional(days) if claim_type == "professional" else _institutional(days)


@st.composite
def _professional(draw: st.DrawFn, days: st.SearchStrategy[datetime.date]) -> Claim:
    day = draw(days)
    codes = [
        draw(st.sampled_from(VISITS)),
        *draw(st.lists(st.sampled_from(SERVICES), unique=True, max_size=3)),
        *draw(st.lists(st.sampled_from(REPORTS), unique=True, max_size=3)),
    ]
    common = _common(draw, day)
    lines = [_line(code, day, draw(_charge_of(code)), _pointers(draw, common)) for code in codes]
    return a_claim(*lines, **common, place_of_service=draw(st.sampled_from(["02", "10", "11", "22", "50"])))


@st.composite
def _institutional(draw: st.DrawFn, days: st.SearchStrategy[datetime.date]) -> Claim:
    day = draw(days)
    departments = draw(st.lists(st.sampled_from(sorted(DEPARTMENTS)), unique=True, min_size=1, max_size=4))
    lines = [attrs.evolve(_line(DEPARTMENTS[code], day, draw(_CHARGES), ()), revenue_code=code) for code in departments]
    return an_institutional_claim(*lines, **_common(draw, day))


def _common(draw: st.DrawFn, day: datetime.date) -> dict[str, Any]:
    """What claims of both types have: identifiers that belong to no one, an adult member, diagnoses."""
    warm_up()
    codes = draw(st.lists(st.sampled_from(DIAGNOSES), unique=True, min_size=1, max_size=4))
    return {
        "claim_id": draw(st.integers(1, 999_999).map("CLAIM-{}".format)),
        "member_id": draw(st.integers(1, 999_999).map("MEMBER-{}".format)),
        "birth_date": draw(st.dates(datetime.date(1930, 1, 1), datetime.date(2005, 12, 31))),
        "sex": draw(st.sampled_from("FM")),
        "billing_npi": draw(npis()),
        "received_date": day + datetime.timedelta(draw(st.integers(0, 90))),
        "diagnoses": [Diagnosis(code, role="other" if place else "principal") for place, code in enumerate(codes)],
    }


def _pointers(draw: st.DrawFn, common: Mapping[str, Sequence[Any]]) -> tuple[int, ...]:
    places = range(1, len(common["diagnoses"]) + 1)
    return tuple(draw(st.lists(st.sampled_from(places), unique=True, min_size=1, max_size=4)))


def _line(code: str, day: datetime.date, charge: Decimal, pointers: tuple[int, ...] = (1,)) -> ServiceLine:
    return a_line(code, day=day, charge=charge, diagnosis_pointers=pointers)


def _charge_of(code: str) -> st.SearchStrategy[Decimal]:
    return _TOKENS if code.endswith("F") else _CHARGES
