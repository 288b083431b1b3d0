"""Claims for tests that spell out only what the test is about.

>>> claim = a_claim("99213", a_line("3046F", charge="0.00"), diagnoses=["E11.65"])
>>> [line.procedure_code for line in claim.lines], claim.total_charge
(['99213', '3046F'], Decimal('100.00'))

A field given as None is missing from the claim, and any other value is taken as is: a broken value may be what a test
is about.

>>> a_claim("99213", billing_npi=None).billing_npi is None
True
>>> a_line("99213", charge="abc").charge
Unreadable(expected='a number', shape='text of 3: aaa')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import claimcheck

if TYPE_CHECKING:
    from claimcheck import Claim, ServiceLine

__all__ = ["DAY", "NPI", "a_claim", "a_line", "an_institutional_claim"]

DAY: Final = "2024-07-15"
"""The service date of test claims: a day on which every starter table answers exactly."""

NPI: Final = "1234567893"
"""The example number in the NPI specification."""

_COMMON: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "claim_id": "TEST-1",
        "member_id": "TEST-MEMBER",
        "birth_date": "1970-01-01",
        "sex": "F",
        "billing_npi": NPI,
        "frequency_code": "1",
        "received_date": "2024-08-01",
        "diagnoses": ("I10",),
    }
)
_PROFESSIONAL: Final[Mapping[str, Any]] = MappingProxyType(
    {**_COMMON, "claim_type": "professional", "place_of_service": "11"}
)
_INSTITUTIONAL: Final[Mapping[str, Any]] = MappingProxyType(
    {
        **_COMMON,
        "claim_type": "institutional",
        "frequency_code": None,
        "bill_type": "0131",
        "admission_type": "3",
        "patient_status": "01",
    }
)


def a_line(procedure_code: str | None = None, /, *modifiers: str, day: Any = DAY, **fields: Any) -> ServiceLine:
    """A service line: one unit at $100.00 on `DAY`, pointing to the first diagnosis, unless `fields` say otherwise.

    >>> a_line("99213", "25", units=2).modifiers
    ('25',)
    """
    given = {"service_date": day, "units": 1, "charge": "100.00", "diagnosis_pointers": (1,), **fields}
    return claimcheck.ServiceLine(procedure_code, modifiers=modifiers, **given)


def a_claim(*lines: ServiceLine | str, **fields: Any) -> Claim:
    """A professional claim with these lines (or codes), complete by 837 requirements, unless `fields` say otherwise.

    Lines are numbered from 1, and the total charge is their sum, unless given. A charge that cannot be read adds
    nothing.
    """
    return _claim(_PROFESSIONAL, lines, fields)


def an_institutional_claim(*lines: ServiceLine | str, **fields: Any) -> Claim:
    """An institutional claim, hospital outpatient (bill type 0131) unless `fields` say otherwise.

    The statement period runs from the first service date to the last, unless given.

    >>> claim = an_institutional_claim(a_line("80053", revenue_code="0301"))
    >>> claim.bill_type, claim.statement_from.isoformat()
    ('0131', '2024-07-15')
    """
    read = _numbered(lines)
    days = [line.service_date for line in read if isinstance(line.service_date, date)]
    if days:
        fields = {"statement_from": min(days), "statement_through": max(days), **fields}
    return _claim(_INSTITUTIONAL, read, fields)


def _claim(defaults: Mapping[str, Any], lines: tuple[ServiceLine | str, ...], fields: Mapping[str, Any]) -> Claim:
    read = _numbered(lines)
    total = sum((line.charge for line in read if isinstance(line.charge, Decimal)), Decimal(0))
    return claimcheck.Claim(**{**defaults, "total_charge": total, "lines": read, **fields})


def _numbered(lines: tuple[ServiceLine | str, ...]) -> tuple[ServiceLine, ...]:
    import attrs

    read = [a_line(line) if isinstance(line, str) else line for line in lines]
    return tuple(
        attrs.evolve(line, line_number=place) if line.line_number is None else line
        for place, line in enumerate(read, 1)
    )
