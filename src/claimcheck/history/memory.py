"""A history in memory: for a notebook, a test, or one run.

>>> from claimcheck import Claim, MemoryHistory, ServiceLine, Validator
>>> history = MemoryHistory()
>>> def claim(claim_id, day, code):
...     line = ServiceLine(code, units=1, charge="0.00", service_date=day)
...     return Claim(claim_id=claim_id, claim_type="professional", member_id="M1", lines=[line])
>>> validator = Validator(history=history)
>>> first = claim("A", "2024-02-01", "3044F")
>>> history.record(first, validator.validate(first))
>>> later = validator.validate(claim("B", "2024-08-01", "3046F"))
>>> [finding.rule_id for finding in later.findings if finding.carc == "119"]
['FRQ101']
"""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Claim, ClaimResult
from claimcheck.history.recorded import LookUp, RecordedLine, lines_of

__all__ = ["Batch", "MemoryHistory"]

_VOID, _REPLACE = "8", "7"


class MemoryHistory:
    """What members already had, in memory. Holds member identifiers as given: keep it no longer than the run."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, tuple[RecordedLine, ...]]] = {}  # by member, then claim
        self._undone: dict[str, set[str]] = {}  # by member: the claims that a later one voids or replaces

    @property
    def known_from(self) -> date:
        """Always: what was not recorded did not happen."""
        return date.min

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines in force with a service day from `first` to `through`; see `LookUp.lines`."""
        leave_out = set(self._undone.get(member_id, ()))
        if other_than is not None:
            leave_out |= {other_than.claim_id, other_than.original_claim_id}  # type: ignore[arg-type]
        found = [
            line
            for claim_id, lines in self._lines.get(member_id, {}).items()
            if claim_id not in leave_out
            for line in lines
            if line.service_date <= through and line.service_date_end >= first
        ]
        return tuple(sorted(found, key=_when))

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the lines of a claim with their verdict. Recording a claim again changes nothing."""
        if not isinstance(claim.member_id, str) or not isinstance(claim.claim_id, str):
            return
        frequency = claim.frequency_code
        if frequency in (_VOID, _REPLACE) and isinstance(claim.original_claim_id, str):
            self._undone.setdefault(claim.member_id, set()).add(claim.original_claim_id)
        lines = () if frequency == _VOID else lines_of(claim, result)
        self._lines.setdefault(claim.member_id, {})[claim.claim_id] = lines


class Batch:
    """A history, and the claims of the running batch over it: a batch sees its own earlier claims."""

    def __init__(self, below: LookUp | None) -> None:
        self._below = below
        self._own = MemoryHistory()

    @property
    def known_from(self) -> date | None:
        """As of the history below; None without one."""
        return None if self._below is None else self._below.known_from

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The lines of both; see `LookUp.lines`."""
        own = self._own.lines(member_id, first, through, other_than=other_than)
        if self._below is None:
            return own
        below = self._below.lines(member_id, first, through, other_than=other_than)
        return tuple(sorted({(line.claim, line.position): line for line in (*below, *own)}.values(), key=_when))

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the claim for the rest of the batch."""
        self._own.record(claim, result)


def _when(line: RecordedLine) -> tuple[date, date, str, int]:
    return line.service_date, line.received_date or date.max, line.claim, line.position
