"""Readers of codes, which restore the zeros that numbers lose.

As in `claimcheck.claims.reading`, each takes anything and returns the value, None if missing, `Unreadable`, or a
`ReadAs` if it was read from a spelling other than claimcheck's own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

from claimcheck.claims import scalars
from claimcheck.claims.digit_codes import code
from claimcheck.claims.list_fields import SEPARATOR_OR_HYPHEN, SEPARATORS
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import text

__all__ = [
    "any_code",
    "bill_type",
    "delay_reason",
    "diagnosis_code",
    "ndc",
    "npi",
    "one_digit",
    "procedure_code",
    "revenue_code",
    "tax_id",
    "two_digits",
]


#: A code of any length, which may be given as a number.
any_code = code()

#: The fields with a fixed number of digits: with the zeros that numbers lose, and other notations in use.
_one_digit, _two_digits = code(1), code(2)
_npi, _tax_id = code(10, shortest=10), code(9, shortest=8)
_bill_type = code(4, shortest=3, also=frozenset({3}))  # 131, as editors write 0131
_revenue_code = code(4, also=frozenset({3}))  # 450, as policies write 0450
_ndc = code(11, shortest=8, also=frozenset({10}))  # ten digits are the FDA's, in one of three formats


def one_digit(value: str | Any | None) -> Any:
    """A code of one character: claim frequency, admission type or source, indicator."""
    return _one_digit(value)


def two_digits(value: str | Any | None) -> Any:
    """A code of two characters: place of service, patient status, occurrence or value code."""
    return _two_digits(value)


def delay_reason(value: str | Any | None) -> Any:
    """A delay reason code, one or two digits without a leading zero.

    >>> delay_reason("11"), delay_reason(1.0).value
    ('11', '1')
    """
    return any_code(value)


def npi(value: str | Any | None) -> Any:
    """An NPI, ten digits."""
    return _npi(value)


def tax_id(value: str | Any | None) -> Any:
    """A tax id, nine digits.

    >>> tax_id("12-3456789"), tax_id(12345678).value
    ('12-3456789', '012345678')
    """
    return _tax_id(value)


def bill_type(value: str | Any | None) -> Any:
    """A type of bill, four digits, or two or three in another notation.

    >>> bill_type("131"), bill_type(131).value, bill_type("13")
    ('131', '0131', '13')
    """
    return _bill_type(value)


def revenue_code(value: str | Any | None) -> Any:
    """A revenue code, four digits, or three without the leading zero.

    >>> revenue_code("450"), revenue_code(450).value, revenue_code("1").value
    ('450', '0450', '0001')
    """
    return _revenue_code(value)


def ndc(value: str | Any | None) -> Any:
    """An NDC, eleven digits on a claim.

    >>> ndc("00093-0150-01"), ndc(93015001).value, ndc("0093015001")
    ('00093-0150-01', '00093015001', '0093015001')
    """
    return _ndc(value)


_ANESTHESIA = regex.compile("00[1-9][0-9]{2}|01[0-9]{3}", regex.ASCII)
#: Among all-digit codes only anesthesia codes begin with zero, 00100 to 01999 (AMA, CPT). A text of four digits may
#: instead lack its last character: 1111 is 01111 without its zero, or 1111F without its letter.
_five_characters = code(5, shortest=3, also=frozenset({4}), restores=_ANESTHESIA.fullmatch)
_WITH_MODIFIERS = regex.compile(
    rf"(?P<code>[0-9A-Za-z]{{5}})[{SEPARATORS}-]+(?P<modifiers>[0-9A-Za-z]{{2}}([{SEPARATORS}-]+[0-9A-Za-z]{{2}})*)",
    regex.ASCII,
)


def procedure_code(value: str | Any | None) -> Any:
    """A procedure code. Modifiers that follow it in the same text become modifiers of the line.

    >>> procedure_code("99213"), procedure_code(99213).value, procedure_code("100").value, procedure_code("9921")
    ('99213', '99213', '00100', '9921')
    >>> read = procedure_code("99213-25")
    >>> read.value, read.modifiers, read.how
    ('99213', ('25',), 'a code and its modifiers in one text')
    """
    if type(value) is not str:
        value = scalars.plain(value)
    return _procedure_code_of_text(value) if type(value) is str else _five_characters(value)


@lru_cache(maxsize=16_384)
def _procedure_code_of_text(value: str) -> Any:
    read = _five_characters(value)
    match = _WITH_MODIFIERS.fullmatch(read) if type(read) is str and len(read) > 5 else None
    if match is None:
        return read
    behind = tuple(SEPARATOR_OR_HYPHEN.split(match["modifiers"]))
    return ReadAs(match["code"], "a code and its modifiers in one text", modifiers=behind)


_ENDS_WITH_DOT = regex.compile(r"([A-Za-z][0-9][0-9A-Za-z]|[0-9]{3}|[Ee][0-9]{3})\.", regex.ASCII)


def diagnosis_code(value: str | Any | None) -> Any:
    """A diagnosis code. A trailing dot is dropped. A number is refused: 250 may be 250, 250.0, or 025.0.

    >>> diagnosis_code("E11.9"), diagnosis_code("I10.").value, diagnosis_code(250)
    ('E11.9', 'I10', Unreadable(expected='text', shape='a number'))
    """
    read = text(value)
    if type(read) is str and read[-1] == "." and (match := _ENDS_WITH_DOT.fullmatch(read)):
        return ReadAs(match[1], "a code with nothing after its dot")
    return read
