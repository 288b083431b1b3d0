"""The loops of an 837, and what handles their segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from claimcheck.claims import Claim

if TYPE_CHECKING:
    from claimcheck.io.x12.draft import Draft

__all__ = ["DEPTHS", "PAD", "PADDING", "SCOPES", "Handler", "Heads", "Level", "Loop", "Loops", "Passed", "Segments"]


class Loop(StrEnum):
    """The reader's current loop, which decides what a segment means."""

    FILE = "outside an interchange"
    INTERCHANGE = "in an interchange"
    GROUP = "in a functional group"
    OTHER_SET = "in another transaction set"
    HEADER = "1000"
    PROVIDER = "2000A"
    SUBSCRIBER = "2000B"
    PATIENT = "2000C"
    CLAIM = "2300"
    OTHER_SUBSCRIBER = "2320"
    LINE = "2400"


_MOST_HEADS = 4_096


class Segments:
    """The handler of each segment of a loop, by id, and of any `other` id; None does nothing."""

    def __init__(self, handlers: Mapping[str, Handler | None], *, other: Handler | None) -> None:
        self.of_id = handlers
        self._other = other
        self._by_head: dict[str, Heads] = {}

    def separated_by(self, element: str) -> Heads:
        """The same by first characters of segments, see `Heads`."""
        heads = self._by_head.get(element)
        if heads is None:
            heads = self._by_head[element] = Heads(self.of_id, self._other, element)
        return heads


class Heads(dict[str, "Handler | None"]):
    """Handlers by the first four characters of a segment: an id of two or three characters, followed by a separator or
    the end. A skipped segment need not be split."""

    def __init__(self, handlers: Mapping[str, Handler | None], other: Handler | None, element: str) -> None:
        super().__init__()
        self._handlers, self._other, self._element = handlers, other, element

    def __missing__(self, head: str) -> Handler | None:
        handler = self._handlers.get(head.partition(self._element)[0], self._other)
        if len(self) < _MOST_HEADS:
            self[head] = handler
        return handler


@attrs.frozen
class Passed:
    """A loop of a skipped claim: only segments whose ids begin with one of `stops` are examined."""

    segments: Segments
    stops: frozenset[str]


@attrs.frozen
class Loops:
    """The handlers of each loop: for claims that are read, and for those that are skipped."""

    read: Mapping[Loop, Segments]
    passed: Mapping[Loop, Passed]


@attrs.define
class Level:
    """An envelope level: its control number, how many items it has held so far, and whether they are claim transaction
    sets or others."""

    control: str = ""
    holds: int = 0
    of_claims: bool = False
    of_others: bool = False


SCOPES = (Loop.INTERCHANGE, Loop.HEADER, Loop.PROVIDER, Loop.SUBSCRIBER, Loop.PATIENT, Loop.CLAIM)
DEPTHS = {loop: depth for depth, loop in enumerate(SCOPES)}
Handler = Callable[["Draft", str], Claim | None]
"""Handles a segment. Returns a claim if the segment completes one."""

PAD = ("",) * 9
"""Padding after the elements of every segment and the components of every composite: only ISA goes further."""
PADDING = [*PAD]
