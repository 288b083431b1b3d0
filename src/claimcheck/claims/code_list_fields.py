"""Readers of lists of codes, several of which may be in one text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from claimcheck.claims import scalars
from claimcheck.claims.amount_fields import whole
from claimcheck.claims.code_fields import any_code, two_digits
from claimcheck.claims.list_fields import (
    NONE,
    SEPARATOR,
    SEPARATOR_OR_HYPHEN,
    SEVERAL,
    is_list,
    is_several,
    items,
    split,
)
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.reading import Reader, text

__all__ = ["condition_codes", "modifiers", "oral_cavity", "pointers", "surfaces", "teeth"]


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


_modifier = _each(any_code, SEPARATOR_OR_HYPHEN)


def modifiers(value: Iterable[str] | str | Any | None) -> Any:
    """A list of modifiers; in one text they are separated by space, comma, semicolon, colon, pipe, slash, or hyphen.

    >>> modifiers(["25", None, ""]), modifiers("59"), value_of(modifiers("25,59")), value_of(modifiers([25.0]))
    (('25',), ('59',), ('25', '59'), ('25',))
    """
    return NONE if value is None or value is NONE else items(value, _modifier)


_condition_code = _each(two_digits)


def condition_codes(value: Iterable[str] | str | Any | None) -> Any:
    """A list of condition codes.

    >>> value_of(condition_codes(["44", 7])), value_of(condition_codes("44 07"))
    (('44', '07'), ('44', '07'))
    """
    return NONE if value is None or value is NONE else items(value, _condition_code)


_tooth = _each(any_code)
_area = _each(two_digits)
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
