"""Readers of single values: each takes anything and gives the value, None where it is missing, or `Unreadable`.

Every field of a claim passes through one of these, whether the claim is built by its constructor or from a
mapping, so that the two cannot differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Set
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from claimcheck import dates, money
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = [
    "amount",
    "civil_date",
    "fields",
    "flag",
    "items",
    "known_keys",
    "member_date",
    "member_text",
    "pointers",
    "readers_of",
    "text",
    "texts",
    "whole",
]

T = TypeVar("T")

_NONE: tuple[Any, ...] = ()
_MEMBER_TEXT = Unreadable("text")
_MEMBER_DATE = Unreadable("a date as YYYY-MM-DD or YYYYMMDD")


def unreadable(value: object, expected: str) -> Unreadable:
    """What stands for a value that cannot be read; what was found unreadable before stays as it was found."""
    return value if isinstance(value, Unreadable) else Unreadable.of(value, expected=expected)


def text(value: object) -> str | Unreadable | None:
    """Text without the space around it; blank is missing. A number is refused: it may have lost leading zeros.

    >>> text(" 99213 "), text("  "), text(99213)
    ('99213', None, Unreadable(expected='text', shape='a number'))
    """
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    return unreadable(value, "text")


def member_text(value: object) -> str | Unreadable | None:
    """As `text`, for a field of the member: not even the shape of what cannot be read is kept."""
    read = text(value)
    return _MEMBER_TEXT if isinstance(read, Unreadable) else read


def amount(value: object) -> Decimal | Unreadable | None:
    """An exact number of dollars or units.

    >>> amount("40.00"), amount(""), amount("abc")
    (Decimal('40.00'), None, Unreadable(expected='a number', shape='text of 3: aaa'))
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _amount_of_text(value)
    if value.__class__ is int:  # and no bool, which equals 0 or 1
        return _amount_of_whole(value)
    return _amount(value)


@lru_cache(maxsize=4_096)
def _amount_of_whole(value: object) -> Decimal | Unreadable | None:
    """Units are mostly small whole numbers."""
    return _amount(value)


def _amount(value: object) -> Decimal | Unreadable | None:
    read = money.read(value)
    return unreadable(value, "a number") if read is None else read


@lru_cache(maxsize=16_384)
def _amount_of_text(value: str) -> Decimal | Unreadable | None:
    """Amounts recur: a claim file holds far more of them than different ones."""
    text = value.strip()
    if not text:
        return None
    read = money.read(text)
    return Unreadable.of(text, expected="a number") if read is None else read


def whole(value: object) -> int | Unreadable | None:
    """A whole number, such as a line number.

    >>> whole("12"), whole(3.0), whole("1.5")
    (12, 3, Unreadable(expected='a whole number', shape='text of 3: 9.9'))
    """
    if value.__class__ is int and -money.LARGEST <= value <= money.LARGEST:
        return value
    read = amount(value)
    if isinstance(read, Decimal) and read == read.to_integral_value():
        return int(read)
    return None if read is None else unreadable(value, "a whole number")


def civil_date(value: object) -> datetime.date | Unreadable | None:
    """A day. A moment is read only where it is midnight without a time zone: a claim knows no hours.

    >>> civil_date("20240701"), civil_date("2024-13-01")
    (datetime.date(2024, 7, 1), Unreadable(expected='a date as YYYY-MM-DD or YYYYMMDD', shape='text of 10: 9999-99-99'))
    """
    if value is None or value.__class__ is datetime.date:
        return value
    if isinstance(value, str):
        value = value.strip()
        if not value:
            return None
        read = dates.read(value)
        if read is not None:
            return read
    elif isinstance(value, datetime.datetime):
        if value.tzinfo is None and value.time() == datetime.time.min:
            return value.date()
    elif isinstance(value, datetime.date):
        return datetime.date(value.year, value.month, value.day)
    return unreadable(value, _MEMBER_DATE.expected)


def member_date(value: object) -> datetime.date | Unreadable | None:
    """As `civil_date`, for a date of the member: not even the shape of what cannot be read is kept."""
    read = civil_date(value)
    return _MEMBER_DATE if isinstance(read, Unreadable) else read


def flag(value: object) -> bool | Unreadable | None:
    """True or false, and nothing that merely looks like it.

    >>> flag(True), flag(None), flag("yes")
    (True, None, Unreadable(expected='true or false', shape='text of 3: aaa'))
    """
    if value is None or isinstance(value, bool):
        return value
    return unreadable(value, "true or false")


def items(value: object, read: Callable[[object], T | None]) -> tuple[T | Unreadable, ...]:
    """The items of a list, each read by `read`; missing ones are left out, and a single value is a list of one.

    What is no list where one is expected becomes one `Unreadable`.
    """
    if value is None or value is _NONE:
        return _NONE
    if not isinstance(value, (list, tuple)):
        value = (value,)
    return tuple([item for item in map(read, value) if item is not None])


def texts(value: object) -> tuple[str | Unreadable, ...]:
    """A list of texts, such as modifiers.

    >>> texts(["25", None, ""]), texts("59"), texts([25])
    (('25',), ('59',), (Unreadable(expected='text', shape='a number'),))
    """
    return _NONE if value is None or value is _NONE else items(value, text)


def pointers(value: object) -> tuple[int | Unreadable, ...]:
    """Diagnosis pointers: numbers from 1, or the letters A to L of the paper form (CMS-1500 item 24E).

    >>> pointers([1, "2", "C"]), pointers(["?"])
    ((1, 2, 3), (Unreadable(expected='a whole number', shape='text of 1: ?'),))
    """
    return _NONE if value is None or value is _NONE else items(value, _pointer)


def _pointer(value: object) -> int | Unreadable | None:
    if isinstance(value, str):
        return _pointer_of_text(value)
    return whole(value)


@lru_cache(maxsize=1_024)
def _pointer_of_text(value: str) -> int | Unreadable | None:
    if len(value) == 1 and value.isascii() and "A" <= value.upper() <= "L":
        return ord(value.upper()) - ord("A") + 1
    return whole(value)


def known_keys(mapping: Mapping[Any, object], names: Set[str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The entries of a mapping whose keys are among `names`, and a `Problem` for each other key.

    A problem names the field that was probably meant, never the key itself: a key can hold anything.
    """
    if mapping.keys() <= names:
        return dict(mapping), ()
    known = {name: value for name, value in mapping.items() if isinstance(name, str) and name in names}
    return known, tuple(_unknown_key(key, names) for key in mapping if not (isinstance(key, str) and key in names))


Readers = Mapping[str, Callable[[Any], Any]]


def readers_of(kind: type[Any], *, beside: Set[str]) -> Readers:
    """How each field of an attrs class is read, by its name; `beside` are fields that no mapping gives."""
    return {field.name: field.converter for field in attrs.fields(kind) if field.name not in beside}


def fields(mapping: Mapping[Any, object], readers: Readers) -> dict[str, Any]:
    """The fields that a mapping gives, each read by its reader; a `Problem` for each other key is among them."""
    given = {}
    for name, value in mapping.items():
        reader = readers.get(name) if name.__class__ is str else None
        if reader is None:
            return _fields_with_problems(mapping, readers)
        if value is not None:
            given[name] = reader(value)
    return given


def _fields_with_problems(mapping: Mapping[Any, object], readers: Readers) -> dict[str, Any]:
    known, problems = known_keys(mapping, readers.keys())
    given: dict[str, Any] = {name: readers[name](value) for name, value in known.items()}
    return {**given, "problems": problems}


def _unknown_key(key: object, names: Set[str]) -> Problem:
    near = get_close_matches(key[:64].lower(), sorted(names), n=1) if isinstance(key, str) else []
    return Problem("unknown_key", field=near[0] if near else None)
