"""Accounts for every row of a source: rows in the source = rows given + rows refused, each with a reason.

A malformed row is refused and counted. A file in which more than a small share is refused is damaged or not what its
name says, and raises `TableError`. So does a file whose last row was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from claimcheck.tables.readers.reading import Account, Refused, Row
from claimcheck.tables.readers.source import Source

__all__ = ["FEW", "SHARE", "taken"]

SHARE = 0.01  #: share of refused rows above which the file is considered damaged
FEW = 5  #: refused rows that a short file may have, as long as more rows are given
_CHECK = 10_000  #: refused rows after which reading stops

R = TypeVar("R")
T = TypeVar("T", bound=Row)


def taken(
    source: Source,
    account: Account,
    records: Iterable[tuple[int, R]],
    parse: Callable[[R], T | str | None],
    cut: Callable[[], bool],
) -> Iterator[T]:
    """The rows that `parse` makes of the numbered records.

    `parse` returns a row, a reason to refuse it (text), or None if it is not a row (a blank line, the continuation of
    the previous record). `cut` says whether the file ends without a line end. `account` starts empty and fills. Raises
    `TableError` for a damaged file.
    """
    account.begin()
    refused = account.refused
    given = place = 0
    for place, record in records:
        row = parse(record)
        if row is None:
            continue
        if isinstance(row, str):
            refused.append(Refused(place, row))
            if len(refused) >= _CHECK:
                _check(source, refused, given)
        else:
            given += 1
            yield row
    if refused and refused[-1].row == place and cut():
        reason = f"ends in the middle of a row ({refused[-1].reason}): the download broke off, fetch it again"
        raise source.error(reason, place)
    _check(source, refused, given)


def _check(source: Source, refused: list[Refused], given: int) -> None:
    rows = given + len(refused)
    if not rows:
        raise source.error("holds a header and no row after it: fetch the file again from its publisher")
    tolerable = len(refused) <= FEW and len(refused) < given
    if not tolerable and len(refused) > rows * SHARE:
        first = refused[0]
        reason = f"{first.reason} (and so in {len(refused):,} of {rows:,} rows): the file is damaged, fetch it again"
        raise source.error(reason, first.row)
