"""Readers of fields: each takes anything and returns the value, None if missing, or `Unreadable`.

Every field of a claim passes through one of these or of the modules `amount_fields`, `code_fields`, `code_list_fields`,
`date_fields`, `list_fields`, and `word_fields`, whether the claim comes from its constructor, a mapping, a row of a
file, or a frame, so that these cannot differ. A value read from a spelling other than claimcheck's own comes as a
`ReadAs`, which says how; `value_of` gives the value alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import regex

from claimcheck.claims import scalars
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = [
    "Reader",
    "digits_of",
    "flag",
    "identifier",
    "is_blank",
    "member_text",
    "problems",
    "text",
    "unreadable",
    "value_of",
]

Reader = Callable[[object], Any]


def unreadable(value: object, expected: str) -> Unreadable:
    """The placeholder for an unreadable value; one that was already unreadable stays as it was."""
    return value if type(value) is Unreadable else Unreadable.of(value, expected=expected)


def is_blank(value: object) -> bool:
    """Whether a value is blank: None or blank text. Words that tables use for a missing value are text anywhere else.

    >>> [is_blank(value) for value in (None, "  ", "NA", 0, "0")]
    [True, True, False, False, False]
    """
    return value is None or (type(value) is str and not value.strip())


def text(value: str | Any | None) -> str | Unreadable | None:
    """Stripped text; blank is missing. A number is refused, because it may have lost leading zeros.

    >>> text(" professional "), text("  "), text(99213)
    ('professional', None, Unreadable(expected='text', shape='a number'))
    """
    if type(value) is not str:
        if value is None:
            return None
        value = scalars.plain(value)
        if type(value) is not str:
            return None if value is None else unreadable(value, "text")
    return value.strip() or None


EXPONENT = r"^[0-9]+(\.[0-9]+[eE]\+?|[eE]\+)[0-9]{1,3}$"
"""A number with an exponent, which is what a spreadsheet and pandas make of a long identifier: its last digits are
lost, and it is the same text for many of them."""
_EXPONENT = regex.compile(EXPONENT, regex.ASCII)


def identifier(value: str | Any | None) -> str | Unreadable | None:
    """Text that identifies a claim, a payer, or a permit. An integer is its digits, which have no meaning of their own.

    >>> identifier("C-1"), identifier(1001), identifier(1001.5)
    ('C-1', '1001', Unreadable(expected='text', shape='a number'))
    >>> identifier("2.02407E+17")
    Unreadable(expected='text, not a number that lost digits', shape='text of 11: 9.99999A+99')
    """
    if type(value) is not str:
        value = scalars.plain(value)
        digits = digits_of(value)
        if digits is not None:
            return digits
    read = text(value)
    if type(read) is str and _EXPONENT.match(read):
        return unreadable(read, "text, not a number that lost digits")
    return read


def member_text(value: str | Any | None) -> str | Unreadable | None:
    """Like `identifier`, for a member field: not even the shape of an unreadable value is kept."""
    read = identifier(value)
    return Unreadable(read.expected) if type(read) is Unreadable else read


_LAST_EXACT = 2.0**53  #: from here on a float is not each integer


def digits_of(value: object) -> str | None:
    """The digits of a nonnegative integer; None for anything else, as for a float so large that it has lost some."""
    if type(value) is float:
        value = int(value) if value.is_integer() and value < _LAST_EXACT else None
    elif type(value) is Decimal and value.is_finite() and value.adjusted() < 40 and value == value.to_integral_value():
        value = int(value)
    return str(value) if type(value) is int and 0 <= value < 10**40 else None


_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "n", "f", "0"), False),
}


def flag(value: bool | str | Any | None) -> Any:
    """True or false, from words and numbers that mean one of them.

    >>> flag(True), flag(None), flag("true"), flag("yes").how, flag("maybe")
    (True, None, True, 'a word for true or false', Unreadable(expected='true or false', shape='text of 5: aaaaa'))
    """
    if value is None or type(value) is bool:
        return value
    plain: Any = scalars.plain(value)
    kind: Any = type(plain)
    if plain is None or kind is bool:
        return plain
    if kind is str:
        word = plain.strip().lower()
        if not word:
            return None
        if word in ("true", "false"):
            return word == "true"
        return (
            ReadAs(_FLAGS[word], "a word for true or false") if word in _FLAGS else unreadable(plain, "true or false")
        )
    if kind in (int, float, Decimal) and plain in (0, 1):
        return ReadAs(bool(plain), "a number")
    return unreadable(plain, "true or false")


def problems(given: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with the form of a value."""
    return tuple(given)
