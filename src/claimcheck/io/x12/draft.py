"""The claim being read, and the loops around it.

The loops of an 837 nest: transaction set, billing provider (2000A), subscriber (2000B), patient (2000C), claim (2300),
service line (2400). Opening a loop closes those within it; a finished claim takes what it needs from all loops around
it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from claimcheck.claims import Claim, ServiceLine, Source, reading
from claimcheck.claims.date_fields import civil_date
from claimcheck.io.sharing import Wanted
from claimcheck.io.x12.held import HeldClaim
from claimcheck.io.x12.loop import DEPTHS, Level, Loop, Loops
from claimcheck.io.x12.making import made_line
from claimcheck.io.x12.member import member
from claimcheck.io.x12.position import Position
from claimcheck.io.x12.problems import Problems, fault, problem

__all__ = ["Draft"]

Fields = dict[str, Any]

_NEVER = "99999999"


class Draft(Position):
    """A claim under construction, which the segment handlers fill.

    `transaction`, `provider`, `subscriber`, `patient`, `claim`, and `line` hold arguments for `Claim` and
    `ServiceLine`, as text; None if there is no such loop.

    `wanted` is called for every claim with its member identifier, whether it is read or skipped.
    """

    def __init__(self, file: str | None, loops: Loops, wanted: Wanted | None = None) -> None:
        super().__init__(file, loops)
        self._wanted = wanted
        self._unwanted = False  #: whether the current claim is
        self.interchange, self.group, self.transaction_set = Level(), Level(), Level()
        self.guide = ""  #: the implementation guide, from GS08
        self.type_is_settled = False  #: whether the set's guide, or a service segment, gives the claim type
        self.version_is_told = False  #: whether a note says that the guide is of another version
        self.holds_claims = False  #: whether any transaction set of the file is an 837
        self.passed_over = ""  #: the first skipped transaction set, by its common name
        self.asks = False  #: whether a claim must have what providers must send
        self.asks_for_all = False  #: whether that is by the 005010 guides, which require more
        self.created = _NEVER  #: creation date of the set (BHT04), as in X12
        self.gaps: tuple[int, ...] = ()  #: numbers of the empty elements among the claim's diagnoses
        #: first and last service date of a dental claim's lines that give none of their own
        self.days_of_lines: tuple[str, str | None] | None = None
        self.transaction: Fields = {}
        self.provider: Fields = {}
        self.subscriber: Fields = {}
        self.patient: Fields | None = None
        self.claim: Fields | None = None
        self.line: Fields | None = None
        self.fields: Fields = {}  #: those of the line, or else of the claim, whichever loop is inner
        self.entity = ""  #: the party in the last NM1 of the loop
        self.parties: set[str] = set()  #: the parties in all NM1 of the loop
        self.held = HeldClaim()
        self._lines: list[ServiceLine] = []
        self._problems = Problems()

    @property
    def is_plain(self) -> bool:
        """Whether a claim is open in a 005010 set of known type, with nothing to report."""
        settled = self.claim is not None and self.type_is_settled and self.asks_for_all
        return settled and self.stops is None and not self._problems.around_providers

    def open(self, loop: Loop) -> None:
        """Opens a loop: the previous one, and everything within it, is discarded."""
        self.enter(loop)
        self.entity, self.parties = "", set()
        depth = DEPTHS[loop]
        self._problems.close(depth)
        if depth <= 1:
            self.transaction = {}
            self.type_is_settled, self.version_is_told, self.created = False, False, _NEVER
        if depth <= 2:
            self.provider = {}
        if depth <= 3:
            self.subscriber = {}
        if depth <= 4:
            self.patient = {} if loop is Loop.PATIENT else None

    def open_claim(self) -> Fields:
        self.open(Loop.CLAIM)
        self.component, self.gaps, self.days_of_lines = self.declared_component, (), None
        self.claim = self.fields = {"source": Source(self.file, self.place, "segment")}
        if self._wanted is not None and not self._wanted(reading.member_text(self._member().get("member_id"))):
            self._unwanted = True
            if self.type_is_settled:  # otherwise its lines give the type of the claims after it
                self.stops = frozenset()
                self.enter(Loop.CLAIM)
        return self.claim

    def _member(self) -> Fields:
        return member(self.subscriber, self.patient)

    def open_line(self) -> Fields:
        """Starts a service line and completes the previous one. Its claim is already open."""
        self._close_line()
        if self.loop is not Loop.LINE:
            self.enter(Loop.LINE)
        self.line = self.fields = {"source": Source(self.file, self.place, "segment")}
        return self.line

    def put(self, field: str, value: Any) -> None:
        """Sets a field of the line, or else of the claim. If it is given twice the first value stays, and the claim
        reports a difference: there is no telling which was meant."""
        if self.fields.setdefault(field, value) != value:
            self.note(f"{field} is given before, and otherwise: that one is read")

    def fault(self, kind: str, element: str, detail: str = "") -> None:
        """The line, or else the claim, lacks a required element or has an unknown one.

        The place is that of its own source, so that equal lines stay equal.
        """
        self.fields["problems"] = (*self.fields.get("problems", ()), fault(kind, element, detail))

    def hold_against_file(self, day: str, element: str) -> None:
        """A service cannot be dated after the file that bills it. Anything but CCYYMMDD is reported elsewhere."""
        if day > self.created and isinstance(later := civil_date(day), date):
            made = civil_date(self.created)
            if isinstance(made, date) and later > made:
                self.fault("after_creation", element, str((later - made).days))

    def _close_line(self) -> None:
        if self.line is not None:
            if "charge" not in self.line:
                self.note("expected a service segment after LX", place=self.line["source"].place)
            if self.days_of_lines is not None and "service_date" not in self.line:
                first, last = self.line["service_date"], self.line["service_date_end"] = self.days_of_lines
                self.hold_against_file(first if last is None else last, "DTP*472")
            self._lines.append(made_line(self.line))
            self.line = None

    def finish(self) -> Claim | None:
        """Completes the open claim, if any, and returns the one before it: see `HeldClaim`."""
        if self.claim is None:
            return None
        self._close_line()
        before = self.release()
        if self._unwanted:
            self.claim, self._lines, self._unwanted, self.stops = None, [], False, None
            self.held.skip()
            return before
        if self.asks_for_all and self.transaction.get("claim_type") == "institutional" and not self._has_cl1():
            self.claim["problems"] = (*self.claim.get("problems", ()), fault("missing_indicator", "CL1"))
        around = {**self.transaction, **self.provider, **self._member()}
        problems = (*self._problems, *self.claim.get("problems", ()))
        self.held.hold({**around, **self.claim, "lines": tuple(self._lines)}, problems)
        self.claim, self._lines = None, []
        return before

    def _has_cl1(self) -> bool:
        return self.claim is None or "admission_type" in self.claim

    def release(self) -> Claim | None:
        """Returns the held claim, if any, once nothing more can be added to it."""
        return self.held.release()

    def fault_of_loop(self, kind: str, element: str) -> None:
        """The same for a loop around claims: each of them reports it."""
        self._problems.add(self.loop, fault(kind, element))

    def note(self, detail: str, *, kind: str = "malformed_segment", place: int | None = None) -> None:
        """Reports a format problem of the current segment, or the one at `place`, on the claims it affects.

        Those are the claims of the innermost open loop.
        """
        self._problems.note(self.loop, kind, place or self.place, detail)

    def note_on_held(self, detail: str) -> None:
        """A trailer disagrees with what it closes: the last claim reports it, or an error does if there is none."""
        if not self.held.is_here:
            raise self.error(f"{detail}, and there is no claim: a whole copy of the file is needed")
        self.held.add(problem("malformed_segment", self.place, detail))

    def note_between(self, detail: str, *, kind: str) -> None:
        """Something besides claims was skipped: the claim before it reports that, or else the next one."""
        self.held.note_between(kind, self.place, detail)
