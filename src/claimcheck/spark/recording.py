"""Members' lines after the claims of a run have been recorded: the history for the next run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import attrs
import polars as pl

from claimcheck.claims import Claim, ClaimResult, Overturned
from claimcheck.claims.verdict import strongest
from claimcheck.engine.namesakes import Namesakes
from claimcheck.frames.recorded import WITHOUT_DIGESTS, recorded_frame
from claimcheck.history import Batch, LookUp, RecordedLine, entry_of
from claimcheck.history.accounts import plain
from claimcheck.history.given import by_bill
from claimcheck.history.standing import speaks_of

__all__ = ["Recorder"]

_Place = tuple[str, int]  #: a claim by its name, and the position of a line


class Recorder:
    """Records the claims of some members as they are validated together.

    >>> from claimcheck import Claim, Validator
    >>> from claimcheck.history import RecordedHistory
    >>> recorder = Recorder(RecordedHistory({}, date.min))
    >>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
    >>> claim = Claim(claim_id="A", claim_type="professional", member_id="M1", lines=[line])
    >>> recorder.note(claim, Validator().validate(claim))
    >>> [(member, line.claim, line.code) for member, lines in recorder.lines().items() for line in lines]
    [('M1', 'A', '99213')]
    """

    def __init__(self, below: LookUp) -> None:
        self._batch = Batch(below)
        self._namesakes = Namesakes(self._batch)
        self._members: dict[str, None] = {}
        self._said: dict[str, dict[_Place, list[tuple[str, Overturned]]]] = defaultdict(lambda: defaultdict(list))

    def note(self, claim: Claim, result: ClaimResult) -> None:
        """Records a claim with its final result, and what that says about lines of other claims."""
        entry = entry_of(claim, result)
        if entry is None:
            return
        self._batch.record(self._namesakes.apart(claim), result)
        self._members[entry.member] = None
        for overturned in entry.overturned:
            said = self._said[entry.member][overturned.claim, overturned.finding.position or 0]
            said.append((entry.claim, overturned))

    @property
    def members(self) -> list[str]:
        """The members with a recorded claim."""
        return [*self._members]

    def lines(self) -> dict[str, Iterable[RecordedLine]]:
        """All lines of these members that are in force: earlier ones, and those recorded since."""
        return {member: by_bill(self._of(member)) for member in self._members}

    def frame(self) -> pl.DataFrame:
        """The same as a frame."""
        return recorded_frame(self.lines()).select(list(WITHOUT_DIGESTS))

    def _of(self, member: str) -> list[RecordedLine]:
        lines = self._batch.lines(member, date.min, date.max)
        standing = {plain(line.claim) for line in lines}
        said = self._said.get(member, {})
        told = []
        for line in lines:
            against = [
                overturned.finding.disposition
                for by, overturned in said.get((plain(line.claim), line.position), ())
                if by in standing and speaks_of(overturned, line)
            ]
            told.append(attrs.evolve(line, disposition=strongest([line.disposition, *against])) if against else line)
        return told
