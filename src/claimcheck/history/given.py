"""A history of recorded lines that are given as they are: it is read, and never written to.

>>> from claimcheck import Validator
>>> from claimcheck.claims import Disposition
>>> day = date(2024, 2, 1)
>>> had = RecordedLine("A", 1, day, day, "3044F", frozenset(), None, Disposition.REPORT_ONLY, "professional")
>>> history = RecordedHistory({"M1": [had]}, known_from=date(2024, 1, 1))
>>> line = {"procedure_code": "3046F", "units": 1, "charge": "0.00", "service_date": "2024-08-01"}
>>> claim = {"claim_id": "B", "claim_type": "professional", "member_id": "M1", "lines": [line]}
>>> [finding.rule_id for finding in Validator(history=history).validate(claim).findings if finding.carc == "119"]
['FRQ101']
>>> history.lines("M2", date.min, date.max)
()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from claimcheck.claims import Claim
from claimcheck.history.memory import left_out
from claimcheck.history.recorded import RecordedLine, by_date

__all__ = ["RecordedHistory"]


class RecordedHistory:
    """What members already had, as the lines that were recorded of each: none that was voided or replaced.

    `known_from` is the first service day of which the lines are all that members had; None where some may be missing,
    so that what hangs on them is not checked. `digest_key` is the key of their billing digests, that of the history
    which gave them: without it no line is known to be an exact duplicate. Holds member identifiers as given:
    keep it no longer than the run.
    """

    def __init__(
        self, lines: Mapping[str, Iterable[RecordedLine]], known_from: date | None, *, digest_key: bytes = b""
    ) -> None:
        self._lines = {member: tuple(sorted(given, key=by_date)) for member, given in lines.items()}
        self._known_from = known_from
        self.digest_key = digest_key

    @property
    def known_from(self) -> date | None:
        """As it was given; see `LookUp.known_from`."""
        return self._known_from

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines with a service day from `first` to `through`; see `LookUp.lines`."""
        lines = self._lines.get(member_id)
        if lines is None:
            return ()
        leave_out = left_out(other_than, self.digest_key)
        return tuple(
            line
            for line in lines
            if line.service_date <= through and line.service_date_end >= first and line.claim not in leave_out
        )
