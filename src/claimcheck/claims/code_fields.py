"""Readers of codes and lists of codes: they restore zeros that numbers lose, and split several codes in one text.

As in `claimcheck.claims.reading`, each takes anything and returns the value, None if missing, `Unreadable`, or a
`ReadAs` if it was read from a spelling other than claimcheck's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import regex

from claimcheck import dates
from claimcheck.claims import scalars
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.reading import (
    NONE,
    SEPARATOR,
    SEPARATORS,
    SEVERAL,
    Reader,
    digits_of,
    is_list,
    is_several,
    items,
    split,
    text,
    whole,
)

__all__ = [
    "bill_type",
    "code",
    "condition_codes",
    "delay_reason",
    "diagnosis_code",
    "modifiers",
    "ndc",
    "npi",
    "one_digit",
    "oral_cavity",
    "pointers",
    "procedure_code",
    "revenue_code",
    "surfaces",
    "tax_id",
    "teeth",
    "two_digits",
]

_WITH_HYPHEN = regex.compile(f"[{SEPARATORS}-]+")

_NUMBER_AS_TEXT = regex.compile(r"([0-9]{1,18})\.0*", regex.ASCII)
_RESTORED = ", its leading zeros restored"


def code(
    width: int | None = None,
    shortest: int = 1,
    *,
    also: frozenset[int] = frozenset(),
    restores: Callable[[str], object] = bool,
) -> Reader:
    """A reader for codes of `width` digits, which also takes numbers and restores the leading zeros they have lost.

    Digit strings that do not start with 0, and 0 itself, are also padded, from `shortest` on, if `restores` says that
    there is such a code; texts whose length is in `also` are codes in another notation, and stay as they are.

    >>> place_of_service = code(2)
    >>> place_of_service(11), place_of_service("2")
    (ReadAs(value='11', how='a number', several=False, modifiers=()), ReadAs(value='02', how='digits, its leading zeros restored', several=False, modifiers=()))
    >>> place_of_service("11"), place_of_service("office"), place_of_service(11.5)
    ('11', 'office', Unreadable(expected='text', shape='a number'))
    """  # noqa: E501

    def filled(digits: str) -> str:
        if width is None or not shortest <= len(digits) < width:
            return digits
        # Eight digits that spell a date may be a birth date: they are not turned into a valid code, which would be
        # shown.
        if dates.read(digits) is not None or not restores(digits.zfill(width)):
            return digits
        return digits.zfill(width)

    @lru_cache(maxsize=16_384)
    def of_text(value: str) -> Any:
        stripped = value.strip()
        if not stripped.isdigit() or not stripped.isascii():
            if not stripped:
                return None
            number = _NUMBER_AS_TEXT.fullmatch(stripped)
            return stripped if number is None else of_digits(number[1])
        padded = stripped[0] == "0" and stripped != "0"
        whole = stripped if padded or len(stripped) in also else filled(stripped)
        return stripped if whole == stripped else ReadAs(whole, f"digits{_RESTORED}")

    def of_digits(digits: str) -> ReadAs:
        whole = filled(digits)
        return ReadAs(whole, "a number" if whole == digits else f"a number{_RESTORED}")

    def read(value: object) -> Any:
        if type(value) is str:
            return of_text(value)
        if value is None:
            return None
        value = scalars.plain(value)
        if type(value) is str:
            return of_text(value)
        digits = digits_of(value)
        return text(value) if digits is None else of_digits(digits)

    return read


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
    return _code(value)


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
    behind = tuple(_WITH_HYPHEN.split(match["modifiers"]))
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


# ---------------------------------------------------------------------- lists of codes


def _each(read: Reader, separator: Any = SEPARATOR) -> Reader:
    """A reader of items, several of which may be in one text."""

    @lru_cache(maxsize=4_096)
    def of_text(value: str) -> Any:
        if not is_several(value, separator):
            return read(value)
        parts = items(split(value, separator), read)
        if value_of(parts) == ():
            return None if is_list(value) else read(value)
        also = f"; {parts.how}" if type(parts) is ReadAs else ""
        return ReadAs(value_of(parts), f"{SEVERAL}{also}", several=True)

    def of_item(value: object) -> Any:
        if type(value) is str:
            return of_text(value)
        value = scalars.plain(value)
        return of_text(value) if type(value) is str else read(value)

    return of_item


_code = code()
_modifier = _each(_code, _WITH_HYPHEN)


def modifiers(value: Iterable[str] | str | Any | None) -> Any:
    """A list of modifiers; in one text they are separated by space, comma, semicolon, colon, pipe, slash, or hyphen.

    >>> modifiers(["25", None, ""]), modifiers("59"), value_of(modifiers("25,59")), value_of(modifiers([25.0]))
    (('25',), ('59',), ('25', '59'), ('25',))
    """
    return NONE if value is None or value is NONE else items(value, _modifier)


_condition_code = _each(_two_digits)


def condition_codes(value: Iterable[str] | str | Any | None) -> Any:
    """A list of condition codes.

    >>> value_of(condition_codes(["44", 7])), value_of(condition_codes("44 07"))
    (('44', '07'), ('44', '07'))
    """
    return NONE if value is None or value is NONE else items(value, _condition_code)


_tooth = _each(_code)
_area = _each(_two_digits)
_surfaces = _each(text)


def teeth(value: Iterable[str] | str | Any | None) -> Any:
    """A list of tooth numbers.

    >>> teeth(["14", "A"]), value_of(teeth("3, 14")), value_of(teeth([3.0]))
    (('14', 'A'), ('3', '14'), ('3',))
    """
    return NONE if value is None or value is NONE else items(value, _tooth)


def surfaces(value: Iterable[str] | str | Any | None) -> Any:
    """Tooth surfaces, listed or written together, as is customary.

    >>> surfaces("MOD"), surfaces(["m", "O"]), surfaces(["MX"])
    (('M', 'O', 'D'), ('M', 'O'), ('MX',))
    """
    if value is None or value is NONE:
        return NONE
    from claimcheck.codes import tooth_surface  # few claims need it, and code formats are slow to import

    letters: list[Any] = []
    for item in value_of(items(value, _surfaces)):
        letters += tooth_surface.split(item) if type(item) is str else (item,)
    return tuple(letters)


def oral_cavity(value: Iterable[str] | str | Any | None) -> Any:
    """A list of areas of the oral cavity, two digits each.

    >>> oral_cavity("10"), value_of(oral_cavity([1, "20"]))
    (('10',), ('01', '20'))
    """
    return NONE if value is None or value is NONE else items(value, _area)


def pointers(value: Iterable[int] | int | str | Any | None) -> Any:
    """Diagnosis pointers: numbers from 1, or the letters A to L of the paper form (CMS-1500 item 24E).

    In one text they are separated like modifiers, and letters need no separator. 12 is twelve: on paper the pointers
    are letters, and an 837 separates numbers (SV107).

    >>> pointers([1, "2", "C"]), pointers(["?"])
    ((1, 2, 3), (Unreadable(expected='a whole number', shape='text of 1: ?'),))
    >>> value_of(pointers("AB")), value_of(pointers("1:2")), pointers("12")
    ((1, 2), (1, 2), (12,))
    """
    return NONE if value is None or value is NONE else items(value, _several_pointers)


def _pointer(value: object) -> Any:
    if type(value) is str:
        return _pointer_of_text(value)
    return whole(value)


@lru_cache(maxsize=1_024)
def _pointer_of_text(value: str) -> Any:
    text = value.strip()
    if text.isascii() and text.isalpha() and all("A" <= one <= "L" for one in text.upper()):
        numbers = tuple(ord(one) - ord("A") + 1 for one in text.upper())
        return numbers[0] if len(numbers) == 1 else ReadAs(numbers, SEVERAL, several=True)
    return whole(text)


_pointer_or_several = _each(_pointer)


def _several_pointers(value: object) -> Any:
    return value if type(value) is int and 0 < value < 100 else _pointer_or_several(value)
