"""The diagnosis pointers of a line as rules read them."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from claimcheck.claims import Unreadable

__all__ = ["PointerFlag", "pointer_flags"]


class PointerFlag(StrEnum):
    """Flags for the pointers of a line."""

    UNREADABLE = "unreadable"
    ZERO = "zero"  #: pointers count from 1
    BEYOND = "beyond"  #: points past the claim's last diagnosis
    DUPLICATE = "duplicate"
    TOO_MANY = "too_many"  #: more than four


_NONE: frozenset[PointerFlag] = frozenset()


@lru_cache(maxsize=16_384)
def pointer_flags(pointers: tuple[int | Unreadable, ...], diagnoses: int) -> frozenset[PointerFlag]:
    """Flags for `pointers` on a claim with so many diagnoses.

    >>> sorted(pointer_flags((1, 1, 3), 2)), sorted(pointer_flags((1, 2), 2))
    ([<PointerFlag.BEYOND: 'beyond'>, <PointerFlag.DUPLICATE: 'duplicate'>], [])
    """
    found = set()
    numbers = [pointer for pointer in pointers if not isinstance(pointer, Unreadable)]
    if len(numbers) < len(pointers):
        found.add(PointerFlag.UNREADABLE)
    if any(number < 1 for number in numbers):
        found.add(PointerFlag.ZERO)
    if any(number > diagnoses for number in numbers):
        found.add(PointerFlag.BEYOND)
    if len(set(numbers)) < len(numbers):
        found.add(PointerFlag.DUPLICATE)
    if len(pointers) > 4:
        found.add(PointerFlag.TOO_MANY)
    return frozenset(found) if found else _NONE
