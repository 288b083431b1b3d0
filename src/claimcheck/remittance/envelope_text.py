"""An X12 interchange with one transaction set as text: what the 835 and the 277CA share.

Sender and receiver are literally named so, and every date of the envelope is the same: the output is for tests.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from claimcheck.errors import InputError

__all__ = ["COMPONENT", "SOME_DAY", "day_text", "interchange", "number_text"]

SOME_DAY = datetime.date(2024, 1, 1)
"""The date of what is written, if none is given."""

_ELEMENT, COMPONENT, _TERMINATOR = "*", ":", "~"
_SENDER, _RECEIVER, _NOTHING = "SENDER".ljust(15), "RECEIVER".ljust(15), " " * 10
_ISA = (
    f"ISA*00*{_NOTHING}*00*{_NOTHING}*ZZ*{_SENDER}*ZZ*{_RECEIVER}*240101*0000*^*00501*000000001*0*T*"
    f"{COMPONENT}{_TERMINATOR}"
)
#: Segments whose elements may have several components.
_COMPOSITE = ("SVC", "PLB", "STC")


def interchange(kind: str, guide: str, head: list[str], body: Sequence[list[str]]) -> bytes:
    """The interchange with a functional group of this `kind`, whose transaction set starts with `head` and has this
    body.

    Raises:
        InputError: an element holds a delimiter.

    >>> interchange("HP", "005010X221A1", ["ST", "835", "1"], [["TRN", "1", "C7"]])[106:].decode()
    'GS*HP*SENDER*RECEIVER*20240101*0000*1*X*005010X221A1~ST*835*1~TRN*1*C7~SE*3*1~GE*1*1~IEA*1*000000001~'
    """
    segments = [["GS", kind, "SENDER", "RECEIVER", "20240101", "0000", "1", "X", guide], head, *body]
    segments += [["SE", str(len(body) + 2), head[2]], ["GE", "1", "1"], ["IEA", "1", "000000001"]]
    return (_ISA + "".join(map(_text, segments))).encode()


def _text(segment: list[str]) -> str:
    for place, element in enumerate(segment):
        parts = element.split(COMPONENT) if segment[0] in _COMPOSITE else [element]
        if any(mark in part for part in parts for mark in (_ELEMENT, _TERMINATOR, COMPONENT)):
            raise InputError(f"{segment[0]}{place:02} holds a delimiter: one without * : ~ is expected")
    return _ELEMENT.join(segment).rstrip(_ELEMENT) + _TERMINATOR


def number_text(value: Decimal | None) -> str:
    """An amount or a quantity, with two decimals or as many as it needs; empty if there is none.

    >>> number_text(Decimal("240.0000")), number_text(Decimal("0.125")), number_text(Decimal(3)), number_text(None)
    ('240.00', '0.125', '3', '')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    more = len(text.partition(".")[2]) - 2
    return text if more <= 0 else text[:-more] + text[-more:].rstrip("0")


def day_text(value: datetime.date | None) -> str:
    """A date as CCYYMMDD; empty if there is none."""
    return "" if value is None else value.strftime("%Y%m%d")
