"""Readers of lists, and of texts that hold several values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import regex

from claimcheck.claims import records
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import text

__all__ = [
    "NONE",
    "SEPARATOR",
    "SEPARATORS",
    "SEPARATOR_OR_HYPHEN",
    "SEVERAL",
    "is_list",
    "is_several",
    "items",
    "split",
    "texts",
]


T = TypeVar("T")

NONE: tuple[Any, ...] = ()

SEPARATORS = r"\s,;:|/~"
"""The characters between several codes in one text: in a spreadsheet cell, a box of a paper form, an X12 composite, or
between the repetitions of an HL7 v2 field (`~`, the repetition separator that HL7 v2.5 recommends in chapter 2.5.4)."""
SEPARATOR = regex.compile(f"[{SEPARATORS}]+")
SEPARATOR_OR_HYPHEN = regex.compile(f"[{SEPARATORS}-]+")
SEVERAL = "several values in one text"


def items(value: object, read: Callable[[object], T | None]) -> Any:
    """The items of a list, each read by `read`; missing ones are dropped, and a single value is a list of one.

    Anything that cannot be a list becomes one `Unreadable`. An item may hold several, as `split` separates them.
    """
    if value is None or value is NONE:
        return NONE
    given: Iterable[object]
    if type(value) is list or type(value) is tuple:
        given = value
    else:
        found = records.listed(value)
        given = (value,) if found is None else found
    found_items = [item for item in map(read, given) if item is not None]
    return _joined(found_items) if ReadAs in map(type, found_items) else tuple(found_items)


def _joined(given: list[Any]) -> ReadAs:
    """The items, split where one text held several, and how they were read."""
    values: list[Any] = []
    told: dict[str, None] = {}
    for item in given:
        if type(item) is not ReadAs:
            values.append(item)
            continue
        told.update(dict.fromkeys(item.how.split("; ")))
        values += item.value if item.several else [item.value]
    return ReadAs(tuple(values), "; ".join(told))


_BRACKETS = ("[]", "{}", "()")
"""Around a list that another library wrote as text: JSON, Python (`['25', '59']`, as pandas writes it into a CSV file),
or a PostgreSQL array (`{25,59}`)."""
_QUOTES = "'\""
_NO_ITEM = frozenset({"", "null", "NULL", "None", "nan"})


def is_list(text: str) -> bool:
    """Whether a text is a list of another library.

    >>> is_list("[]"), is_list("{25,59}"), is_list("25, 59")
    (True, True, False)
    """
    return _in_brackets(text) is not None


def is_several(text: str, separator: Any = SEPARATOR) -> bool:
    """Whether a text is a list, or holds several values.

    >>> is_several("25"), is_several("25, 59"), is_several("[]")
    (False, True, True)
    """
    return separator.search(text.strip()) is not None or is_list(text)


def split(text: str, separator: Any = SEPARATOR) -> list[str]:
    """The codes in one text.

    >>> split("25, 59"), split("25"), split("['25', None]"), split("[]")
    (['25', '59'], ['25'], ['25'], [])
    """
    found = _in_brackets(text)
    if found is None:
        return [part for part in separator.split(text) if part]
    return [part for part in (one.strip(_QUOTES) for one in separator.split(found)) if part not in _NO_ITEM]


def _in_brackets(text: str) -> str | None:
    """What is between the brackets of a list; None if the text is not a list."""
    whole = text.strip()
    return whole[1:-1] if len(whole) > 1 and whole[0] + whole[-1] in _BRACKETS else None


def texts(value: object) -> Any:
    """A list of texts.

    >>> texts(["25", None, ""]), texts("59"), texts([25])
    (('25',), ('59',), (Unreadable(expected='text', shape='a number'),))
    """
    return NONE if value is None or value is NONE else items(value, text)
