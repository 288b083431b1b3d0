"""A reader of codes of digits, which restores the zeros that numbers lose."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import regex

from claimcheck import dates
from claimcheck.claims import scalars
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import Reader, digits_of, text

__all__ = ["code"]


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
