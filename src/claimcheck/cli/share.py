"""Which claims one of several processes judges: all those of its members, so that it sees every earlier claim of each.

>>> share = Share(0, 2)
>>> [share.wanted(member) for member in ("M4", "M1", "M4", None, None)]
[True, False, True, False, True]
>>> share.place(), share.place(), share.place()
(0, 2, 4)
"""

from __future__ import annotations

from collections import deque
from zlib import crc32

import attrs

__all__ = ["Share"]


@attrs.define
class Share:
    """The share `number` of `of`. It counts all claims of a run, so that its own can be put in their place again."""

    number: int
    of: int
    _seen: int = 0
    _asked: deque[int] = attrs.field(factory=deque)

    def wanted(self, member_id: object) -> bool:
        """Whether the next claim belongs to it: by its member, or where it has none that can be read, in turn."""
        place = self._seen
        self._seen += 1
        if isinstance(member_id, str):
            mine = crc32(member_id.encode("utf-8", "surrogatepass")) % self.of == self.number
        else:
            mine = place % self.of == self.number
        if mine:
            self._asked.append(place)
        return mine

    def place(self) -> int:
        """The place among all claims of the next one that is read."""
        return self._asked.popleft()

    def begin(self) -> None:
        """Another file begins: what it was asked of and has not been read was cut off, and will not come."""
        self._asked.clear()
