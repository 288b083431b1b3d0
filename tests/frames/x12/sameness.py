"""What the two readers of an 837 make of it, side by side: claim by claim, and in columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.frames.x12 import claims_at, claims_of, read_837
from claimcheck.io.x12 import read

Seen = tuple[list[Any], str | None]


def claim_by_claim(content: bytes) -> Seen:
    """The claims, and the error in which the reading ended."""
    return _until_error(map(_plain, read(content, name="a.837")))


def in_columns(content: bytes, at_once: int = 1 << 22) -> Seen:
    """The same of the columns, whose rows are read as those of a table are."""
    return _until_error(map(_plain, _all(content, at_once)))


def some_claims(content: bytes, places: set[int]) -> Seen:
    """The claims at some places."""
    return _until_error(map(_plain, claims_at(places, content, name="a.837")))


def rows_of(content: bytes, at_once: int = 1 << 22) -> int:
    """How many lines the columns hold."""
    found = 0
    try:
        for batch in read_837(content, at_once=at_once):
            found += len(batch.lines)
    except InputError:
        pass
    return found


def _until_error(claims: Iterator[Any]) -> Seen:
    found: list[Any] = []
    try:
        found.extend(claims)
    except InputError as error:
        return found, str(error)
    return found, None


def _all(content: bytes, at_once: int) -> Iterator[Claim]:
    for batch in read_837(content, name="a.837", at_once=at_once):
        claims = [*batch.claims, *claims_of(batch.lines, "a.837")]
        yield from sorted(claims, key=lambda claim: claim.source.place)


def _plain(claim: Claim) -> Any:
    return (
        attrs.asdict(claim, recurse=False, filter=lambda field, _: field.name != "lines"),
        [attrs.asdict(line, recurse=False) for line in claim.lines],
    )
