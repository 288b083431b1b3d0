"""Which lines of a claim bill exactly what a line of another claim bills, and which came first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claimcheck.claims import Claim
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.engine.compiled import CompiledLine
from claimcheck.history import LookUp
from claimcheck.history.batch_lines import Beside
from claimcheck.history.entry import identity
from claimcheck.history.exactness import billing_digest
from claimcheck.history.recorded import RecordedLine

__all__ = ["NO_TWINS", "Duplicates", "Twins"]


class Twins(NamedTuple):
    """The lines of a claim (positions from 1) that bill exactly what one line of another claim bills.

    `first` says whether that line came before the claim, so that the claim's lines are the duplicates.
    """

    own: frozenset[int]
    first: bool


NO_TWINS: Mapping[int, Twins] = {}


_NO_CLAIM = Claim()


class Duplicates:
    """The lines of a claim that bill exactly what lines of `others` bill.

    Only those of the claim's `lines` are compared for which other claims may matter to a `rule`, given as its bit.
    """

    __slots__ = ("_claim", "_compared", "_history", "_key", "_others", "_own", "_twins")

    def __init__(
        self,
        claim: Claim,
        lines: Iterable[CompiledLine],
        others: Sequence[RecordedLine],
        history: LookUp | None,
        rule: int,
    ) -> None:
        self._claim, self._others = claim, others
        # Lines of a batch know which came first; what is kept with a result must not keep the batch.
        self._history = None if isinstance(others, Beside) else history
        self._key: bytes = getattr(history, "digest_key", b"")
        self._compared = [position for position, line in enumerate(lines, 1) if others and line.other_claims & rule]
        self._own: dict[int, list[int]] | None = None
        self._twins: Mapping[int, Twins] | None = None

    @classmethod
    def among(cls, others: Sequence[RecordedLine], twins: Mapping[int, Twins]) -> Duplicates:
        """Those that are known."""
        made = cls(_NO_CLAIM, (), others, None, 0)
        made._twins = twins
        return made

    def key(self, *, denied: bool) -> Hashable:
        """All that findings can depend on here: which lines are duplicates, and which others are duplicates of them.

        `denied`: a line that is the duplicate of an accepted line of an earlier claim is denied, so that it does not
        matter how many more there are.
        """
        others = self._others
        if not self._compared or not isinstance(others, Beside) or not denied:
            return tuple(self.twins.items())
        duplicates: list[int] = []
        unlike = set()
        for digest, positions in self._of_digests.items():
            for disposition, first in others.of_digest(digest, self._order):
                if first and disposition not in NOT_ACCEPTED:
                    duplicates += positions
                    unlike.discard(digest)
                    break
                unlike.add(digest)
        if not unlike:
            return tuple(duplicates)
        more = {position for digest in unlike for position in self._of_digests[digest]}
        return tuple(duplicates), tuple([(place, two) for place, two in self.twins.items() if two.own <= more])

    @property
    def twins(self) -> Mapping[int, Twins]:
        """The duplicates of each line of other claims that has any, by its position among the others."""
        if self._twins is None:
            self._twins = self._found() if self._compared else NO_TWINS
        return self._twins

    def by_line(self) -> dict[tuple[str, int], Twins]:
        """The same, by the line's claim and position."""
        return {(self._others[place].claim, self._others[place].position): two for place, two in self.twins.items()}

    @property
    def to_read(self) -> Callable[[], Mapping[tuple[str, int], Twins]]:
        """What gives them by line later, without keeping a history."""
        if not self._compared:
            return dict
        if isinstance(self._others, Beside):
            return self.by_line
        found = self.by_line()
        return lambda: found

    def _found(self) -> Mapping[int, Twins]:
        others, history = self._others, self._history
        told: Mapping[tuple[str, int], Twins] | None = getattr(history, "twins", None)
        if told is not None:
            return _as_told(told, others, frozenset(self._compared))
        digests = others.billing_digests if isinstance(others, Beside) else [line.billing_digest for line in others]
        own = self._of_digests if any(digests) else {}
        if own.keys().isdisjoint(digests):
            return NO_TWINS
        first = others.came_first(self._order) if isinstance(others, Beside) else None
        return {
            place: Twins(
                frozenset(own[digest]),
                _came_first(others[place], self._claim, history, self._key) if first is None else first[place],
            )
            for place, digest in enumerate(digests)
            if digest is not None and digest in own
        }

    @property
    def _order(self) -> tuple[int, str]:
        """The received date of the claim, as in rows, and its name."""
        received = self._claim.received_date
        day = received if isinstance(received, date) else date.max
        return day.toordinal(), identity(self._claim, self._key)

    @property
    def _of_digests(self) -> dict[int, list[int]]:
        """The positions of the compared lines by billing digest."""
        if self._own is None:
            self._own = {}
            for position in self._compared:
                digest = billing_digest(self._claim, self._claim.lines[position - 1], self._key)
                if digest is not None:
                    self._own.setdefault(digest, []).append(position)
        return self._own


def _as_told(
    told: Mapping[tuple[str, int], Twins], others: Sequence[RecordedLine], compared: frozenset[int]
) -> Mapping[int, Twins]:
    """The duplicates that a history without digests knows, such as that of a receipt."""
    found = ((place, told.get((line.claim, line.position))) for place, line in enumerate(others))
    return {place: Twins(two.own & compared, two.first) for place, two in found if two is not None}


def _came_first(line: RecordedLine, claim: Claim, history: LookUp | None, key: bytes) -> bool:
    """Whether the line's claim came first: claims of a history did; within a batch, receipt date and claim id
    decide."""
    together = getattr(history, "validated_with", None)
    if together is None or not together(claim.member_id, line.claim):
        return True
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    return (line.received_date or date.max, line.claim) < (received, identity(claim, key))
