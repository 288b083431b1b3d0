"""What a line bills, for results that are read without their claim: well-formed codes and the date.

>>> from claimcheck.claims import ServiceLine
>>> billed(ServiceLine(" 3044f", modifiers=["8P", "what"], revenue_code="510", service_date="2024-07-15"))
Billed(procedure_code='3044F', modifiers=('8P',), revenue_code='0510', service_date=datetime.date(2024, 7, 15))
>>> billed(ServiceLine("SMITH", service_date="in July"))  # it may be anything, also what no verdict may hold
Billed(procedure_code=None, modifiers=(), revenue_code=None, service_date=None)

A HIPPS rate code is in the procedure code field, as shown by its qualifier or the line's revenue code:

>>> billed(ServiceLine("2AAA0", revenue_code="0022")).procedure_code, billed(ServiceLine("2AAA0")).procedure_code
('2AAA0', None)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from claimcheck.claims.service_line import ServiceLine
from claimcheck.claims.unreadable import Unreadable
from claimcheck.codes import hipps, modifier, parse_procedure, revenue
from claimcheck.errors import CodeError

__all__ = ["NOT_BILLED", "Billed", "billed", "code_parser"]

Text = str | Unreadable | None

#: Qualifiers (X12 data element 235) of codes outside HCPCS: jurisdiction specific, home infusion, ABC codes.
_OTHER_CODES = frozenset({"ER", "IV", "WK"})


class Billed(NamedTuple):
    """The well-formed codes of a line (None or left out if malformed) and its first date."""

    procedure_code: str | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    service_date: datetime.date | None = None


NOT_BILLED = Billed()
"""For findings that are not about a line."""


def billed(line: ServiceLine) -> Billed:
    """What `line` bills."""
    return _billed(line.procedure_code, line.modifiers, line.revenue_code, line.code_qualifier, line.service_date)


@lru_cache(maxsize=16_384)
def _billed(
    procedure_code: Text,
    modifiers: tuple[str | Unreadable, ...],
    revenue_code: Text,
    qualifier: Text,
    day: datetime.date | Unreadable | None,
) -> Billed:
    codes = _codes(procedure_code, modifiers, revenue_code, qualifier)
    return Billed(*codes, day if day.__class__ is datetime.date else None)


def code_parser(qualifier: Text, revenue_code: Text) -> Callable[[object], Any] | None:
    """How to parse the procedure code: by its qualifier, or without one by the revenue code.

    None if the qualifier names a code set that claimcheck does not read.
    """
    if qualifier in _OTHER_CODES:
        return None
    rate = qualifier == "HP" or (qualifier is None and _carries_hipps(revenue_code))
    return hipps.parse if rate else parse_procedure


@lru_cache(maxsize=4_096)
def _carries_hipps(revenue_code: Text) -> bool:
    try:
        return revenue.parse(revenue_code).carries_hipps
    except CodeError:
        return False


@lru_cache(maxsize=16_384)
def _codes(
    procedure_code: Text, modifiers: tuple[str | Unreadable, ...], revenue_code: Text, qualifier: Text
) -> tuple[str | None, tuple[str, ...], str | None]:
    parse = code_parser(qualifier, revenue_code)
    known = [_text(modifier.parse, given) for given in modifiers]
    return (
        None if parse is None else _text(parse, procedure_code),
        tuple([text for text in known if text is not None]),
        _text(revenue.parse, revenue_code),
    )


def _text(parse: Callable[[object], Any], given: Text) -> str | None:
    try:
        text: str = parse(given).text
    except CodeError:
        return None
    return text
