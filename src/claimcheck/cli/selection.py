"""Selects which claims of a run are read, and tracks the place of each among all of them.

>>> share = MemberShare(0, 2)
>>> [share.wanted(member) for member in ("M4", "M1", "M4", None, None)]
[True, False, True, False, True]
>>> share.place(), share.place(), share.place()
(0, 2, 4)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from zlib import crc32

import attrs

__all__ = ["AllClaims", "MemberShare", "SelectedClaims"]


@attrs.define
class AllClaims:
    """All claims. It counts them as they are asked for, so that each is known by its place, whatever else is read."""

    _seen: int = attrs.field(default=0, init=False)
    _asked: deque[int] = attrs.field(factory=deque, init=False)

    def chooses(self, place: int, member_id: object) -> bool:  # noqa: ARG002 - for those that choose
        """Whether to select the claim of a member at a place."""
        return True

    def wanted(self, member_id: object) -> bool:
        """Whether to read the next claim; see `claimcheck.io.sharing`."""
        place = self._seen
        self._seen += 1
        chosen = self.chooses(place, member_id)
        if chosen:
            self._asked.append(place)
        return chosen

    def place(self) -> int:
        """The place among all claims of the next one that is read."""
        return self._asked.popleft()

    def begin(self) -> None:
        """Starts another file: a claim that was selected and not read was truncated, and will not come."""
        self._asked.clear()


@attrs.define
class SelectedClaims(AllClaims):
    """Claims selected by place or member."""

    choose: Callable[[int, object], bool]

    def chooses(self, place: int, member_id: object) -> bool:
        return self.choose(place, member_id)


@attrs.define
class MemberShare(AllClaims):
    """Share `number` of `of`: all claims of its members, so that it sees every earlier claim of each."""

    number: int
    of: int

    def chooses(self, place: int, member_id: object) -> bool:
        """By member, or round-robin if the claim has no readable one."""
        if isinstance(member_id, str):
            return crc32(member_id.encode("utf-8", "surrogatepass")) % self.of == self.number
        return place % self.of == self.number
