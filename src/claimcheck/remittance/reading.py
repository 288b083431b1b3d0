"""The state of reading an 835: the open loops, what was read of them so far, and their errors."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from claimcheck.claims import Severity, Source
from claimcheck.claims.quick import drafter
from claimcheck.errors import InputError
from claimcheck.money import ZERO
from claimcheck.remittance import balances
from claimcheck.remittance.elements import AMOUNTS, DAYS, UnreadableElementError
from claimcheck.remittance.values import (
    ProviderAdjustment,
    Remittance,
    RemittanceFinding,
    RemittanceHeader,
    RemittedClaim,
    RemittedLine,
)

__all__ = ["Handler", "Item", "Reading", "claim_draft", "line_draft"]

Item = RemittedClaim | Remittance
Handler = Callable[["Reading", list[str]], Sequence[Item] | None]
"""Takes a segment, as elements with enough empty ones appended; returns what it completes."""

line_draft, _line = drafter(RemittedLine)
claim_draft, _claim = drafter(RemittedClaim)


class Reading:
    """The position in the file, and what was read of the open loops so far."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.place = 0
        self.component = ":"
        self.expects = "ISA"  #: the trailer that closes the open envelope; ISA between interchanges
        self.is_inside = False  #: whether a transaction set 835 is open
        self.other_set: str | None = None
        self.sets = 0
        self.header: dict[str, Any] = {}
        self.claim: Any = None
        self.line: Any = None
        self.party = ""
        self.built: RemittanceHeader | None = None
        self.claims = 0
        self.paid = ZERO
        self.provider_adjustments: list[ProviderAdjustment] = []
        self.findings: list[RemittanceFinding] = []  #: of the transaction set
        self.of_claim: list[RemittanceFinding] = []  #: of the open claim
        self.before: list[RemittanceFinding] = []  #: of the next transaction set, or the last one if none follows
        self.opened_at = 0

    def open_set(self, header: dict[str, Any]) -> None:
        """A transaction set 835 starts."""
        self.is_inside = True
        self.sets += 1
        self.header, self.built, self.party = header, None, ""
        self.claim = self.line = None
        self.claims, self.paid, self.provider_adjustments = 0, ZERO, []
        self.findings, self.of_claim, self.before = self.before, [], []
        self.opened_at = self.place

    def note_before(self, rule_id: str, message: str) -> None:
        """Reports an error between transaction sets, which the next one tells, or else the last."""
        self.before.append(RemittanceFinding(rule_id, Severity.WARNING, message, self.place))

    def error(self, reason: str) -> InputError:
        """The file is broken at this segment."""
        return InputError(reason, file=self.file, place=self.place)

    def source(self) -> Source:
        """The position of the segment."""
        return Source(file=self.file, place=self.place)

    def note(self, rule_id: str, message: str, severity: Severity = Severity.WARNING) -> None:
        """Reports an error in the open claim or, without one, in the transaction set."""
        findings = self.findings if self.claim is None else self.of_claim
        findings.append(RemittanceFinding(rule_id, severity, message, self.place))

    def amount(self, segment: Sequence[str], number: int) -> Decimal | None:
        """An element as an amount; None and a finding if it cannot be read."""
        try:
            return AMOUNTS[segment[number]]
        except UnreadableElementError as error:
            self._unreadable(segment, number, error)
            return None

    def day(self, segment: list[str], number: int) -> datetime.date | None:
        """An element as a date; None and a finding if it cannot be read."""
        try:
            return DAYS[segment[number]]
        except UnreadableElementError as error:
            self._unreadable(segment, number, error)
            return None

    def _unreadable(self, segment: Sequence[str], number: int, error: UnreadableElementError) -> None:
        self.note("REM201", f"{segment[0]}{number:02} cannot be read: {error}", Severity.ERROR)

    def required(self, segment: list[str], number: int) -> Decimal | None:
        """An amount that the guide requires; a finding if it is missing."""
        if not segment[number]:
            self.note("REM201", f"{segment[0]}{number:02} is missing: an amount is required", Severity.ERROR)
        return self.amount(segment, number)

    def closed_line(self) -> None:
        """The open line is complete."""
        if self.line is not None:
            self.claim.lines.append(_line(self.line))
            self.line = None

    def closed_claim(self) -> tuple[RemittedClaim, ...]:
        """The open claim, which is complete; nothing if none is open."""
        draft = self.claim
        if draft is None:
            return ()
        self.closed_line()
        draft.lines = lines = tuple(draft.lines)
        of_claim = self.of_claim
        of_claim += balances.of_claim(draft.charge, draft.paid, draft.adjustments, lines, draft.source.place)
        draft.findings = tuple(of_claim)
        draft.remittance = self.the_header()
        self.claim, self.of_claim = None, []
        self.claims += 1
        if draft.paid is not None:
            self.paid += draft.paid
        return (_claim(draft),)

    def the_header(self) -> RemittanceHeader:
        """The header, once it is complete: the same value for all claims of the remittance."""
        if self.built is None:
            self.built = RemittanceHeader(**self.header)
        return self.built
