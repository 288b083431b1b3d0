"""The claim being read, and the loops around it.

The loops of an 837 nest: transaction set, billing provider (2000A), subscriber (2000B), patient (2000C), claim (2300),
service line (2400). Opening a loop closes those within it; a finished claim takes what it needs from all loops around
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any

import attrs

from claimcheck.claims import Claim, Problem, ServiceLine, Source, reading
from claimcheck.claims.date_fields import civil_date
from claimcheck.claims.quick import builder, maker, reader
from claimcheck.errors import InputError
from claimcheck.io.sharing import Wanted
from claimcheck.io.x12.member import member

__all__ = ["PAD", "Draft", "Handler", "Level", "Loop", "Loops", "Passed", "Segments"]

Fields = dict[str, Any]


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


_SCOPES = (Loop.INTERCHANGE, Loop.HEADER, Loop.PROVIDER, Loop.SUBSCRIBER, Loop.PATIENT, Loop.CLAIM)
_DEPTHS = {loop: depth for depth, loop in enumerate(_SCOPES)}
_MOST_PROBLEMS = 100
_NEVER = "99999999"
_MOST_HEADS = 4_096
_NO_MORE = "this and later malformed segments are not described one by one"
#: First characters of the segments that end a skipped transaction set, or break the envelope around it.
_ENDS_OF_A_SET = frozenset({"SE", "GE", "IE", "IS", "GS", "ST"})


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


#: Fields whose values repeat often and are texts, or tuples of texts: what is read of them is cached.
_OF_CLAIMS = (
    *("claim_type", "payer_id", "sex", "billing_npi", "billing_tax_id", "billing_taxonomy"),
    *("billing_entity_type", "rendering_npi"),
    *("rendering_taxonomy", "bill_type", "frequency_code", "place_of_service", "statement_from", "statement_through"),
    *("admission_date", "discharge_date", "admission_type", "admission_source", "patient_status", "clia"),
    *("total_charge", "reporting_only", "predetermination", "delay_reason"),
)


def _remembering(kind: type[Any], fields: Iterable[str]) -> dict[str, Callable[[Any], Any]]:
    converters = {field.name: field.converter for field in attrs.fields(kind)}
    return {name: lru_cache(maxsize=4_096)(converters[name]) for name in fields}


_claim = builder(Claim, _remembering(Claim, _OF_CLAIMS))
_service_line = maker(ServiceLine, positional=True)
_read_line = reader(ServiceLine, _remembering(ServiceLine, ("line_number", "service_date", "charge", "modifiers")))
_SOURCE = [field.name for field in attrs.fields(ServiceLine)].index("source")


def _line_of(fields: Fields) -> ServiceLine:
    source = fields.pop("source")
    read = _read_alike(tuple(fields), tuple(fields.values())).copy()
    read[_SOURCE] = source
    return _service_line(*read)


@lru_cache(maxsize=16_384)
def _read_alike(names: tuple[str, ...], values: tuple[Any, ...]) -> list[Any]:
    """The fields of a line except its source: many lines equal an earlier one."""
    return _read_line(names, values)


class Draft:
    """A claim under construction, which the segment handlers fill.

    `transaction`, `provider`, `subscriber`, `patient`, `claim`, and `line` hold arguments for `Claim` and
    `ServiceLine`, as text; None if there is no such loop.

    `wanted` is called for every claim with its member identifier, whether it is read or skipped.
    """

    def __init__(self, file: str | None, loops: Loops, wanted: Wanted | None = None) -> None:
        self.file = file
        self._loops = loops
        self._wanted = wanted
        self._unwanted = False  #: whether the current claim is
        self.stops: frozenset[str] | None = None  #: first characters of the segments that need a look; None: all
        self.place = 0  #: number of the current segment
        self.loop = Loop.FILE
        self.element = ""  #: element separator of the interchange
        self.service_day = ""  #: how a segment begins that gives a line a single service date
        self._heads: dict[Loop, Heads] = {}
        self.segments = loops.read[Loop.FILE].separated_by("")
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
        self.declared_component = ":"  #: component separator from ISA16
        self.component = ":"  #: the one in use, see `claim_loop.clm`
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
        self._held: Fields | None = None
        self._held_is_passed = False
        self.held_is_here = False  #: whether the last claim belongs to this interchange
        self._lines: list[ServiceLine] = []
        self._problems: list[list[Problem]] = [[] for _ in _SCOPES]
        self._of_the_next: list[Problem] = []  #: notes for the next claim, because none precedes them

    @property
    def is_plain(self) -> bool:
        """Whether a claim is open in a 005010 set of known type, with nothing to report."""
        settled = self.claim is not None and self.type_is_settled and self.asks_for_all
        return settled and self.stops is None and not any(self._problems[: _DEPTHS[Loop.PROVIDER]])

    def separate(self, element: str, component: str) -> None:
        """Starts an interchange with these separators."""
        self.element, self.declared_component = element, component
        self.service_day = element.join(("DTP", "472", "D8", ""))
        self._heads = {loop: segments.separated_by(element) for loop, segments in self._loops.read.items()}
        self.enter(self.loop)

    def split(self, segment: str) -> list[str]:
        """The id of a segment and its elements: element 03 is at index 3, empty if the segment ends earlier (see
        `PAD`)."""
        return segment.split(self.element) + _PADDING

    def enter(self, loop: Loop) -> None:
        """Makes `loop` the current loop."""
        self.loop = loop
        if self.stops is None:
            self.segments = self._heads[loop]
        else:
            passed = self._loops.passed[loop]
            self.segments, self.stops = passed.segments.separated_by(self.element), passed.stops

    def open(self, loop: Loop) -> None:
        """Opens a loop: the previous one, and everything within it, is discarded."""
        self.enter(loop)
        self.entity, self.parties = "", set()
        depth = _DEPTHS[loop]
        for problems in self._problems[depth:]:
            if problems:
                problems.clear()
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
        self.claim = self.fields = {"source": Source(self.file, self.place)}
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
        self.line = self.fields = {"source": Source(self.file, self.place)}
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
        self.fields["problems"] = (*self.fields.get("problems", ()), _fault(kind, element, detail))

    def hold_against_file(self, day: str, element: str) -> None:
        """A service cannot be dated after the file that bills it. Anything but CCYYMMDD is reported elsewhere."""
        if day > self.created and isinstance(later := civil_date(day), date):
            made = civil_date(self.created)
            if isinstance(made, date) and later > made:
                self.fault("after_creation", element, str((later - made).days))

    def pass_over_set(self) -> None:
        """Skips a transaction set without claims, up to its SE."""
        self.enter(Loop.OTHER_SET)
        self.stops = _ENDS_OF_A_SET

    def end_of_other_set(self) -> None:
        """Ends the skipped set: every segment is examined again."""
        self.stops = None
        self.enter(Loop.GROUP)

    def _close_line(self) -> None:
        if self.line is not None:
            if "charge" not in self.line:
                self.note("expected a service segment after LX", place=self.line["source"].place)
            if self.days_of_lines is not None and "service_date" not in self.line:
                first, last = self.line["service_date"], self.line["service_date_end"] = self.days_of_lines
                self.hold_against_file(first if last is None else last, "DTP*472")
            self._lines.append(_line_of(self.line))
            self.line = None

    def finish(self) -> Claim | None:
        """Completes the open claim, if any, and returns the one before it.

        The last claim is held back until the next is complete, because the trailers of its transaction set, group, and
        interchange still have to confirm their counts.
        """
        if self.claim is None:
            return None
        self._close_line()
        before = self.release()
        self.held_is_here = True
        if self._unwanted:
            self.claim, self._lines, self._of_the_next = None, [], []
            self._unwanted, self.stops, self._held_is_passed = False, None, True
            return before
        if self.asks_for_all and self.transaction.get("claim_type") == "institutional" and not self._has_cl1():
            self.claim["problems"] = (*self.claim.get("problems", ()), _fault("missing_indicator", "CL1", ""))
        around = {**self.transaction, **self.provider, **self._member()}
        problems = (*self._of_the_next, *chain.from_iterable(self._problems), *self.claim.get("problems", ()))
        self._held = {**around, **self.claim, "lines": tuple(self._lines), "problems": problems}
        self.claim, self._lines, self._of_the_next = None, [], []
        return before

    def _has_cl1(self) -> bool:
        return self.claim is None or "admission_type" in self.claim

    def release(self) -> Claim | None:
        """Returns the held claim, if any, once nothing more can be added to it."""
        self._held_is_passed = False
        if self._held is None:
            return None
        claim, self._held = _claim(self._held), None
        return claim

    def fault_of_loop(self, kind: str, element: str) -> None:
        """The same for a loop around claims: each of them reports it."""
        self._problems[_DEPTHS[self.loop]].append(_fault(kind, element, ""))

    def note(self, detail: str, *, kind: str = "malformed_segment", place: int | None = None) -> None:
        """Reports a format problem of the current segment, or the one at `place`, on the claims it affects.

        Those are the claims of the innermost open loop. Beyond a hundred, problems of one loop are only counted.
        """
        problems = self._problems[_DEPTHS.get(self.loop, -1)]
        if len(problems) == _MOST_PROBLEMS:
            detail = _NO_MORE
        if len(problems) <= _MOST_PROBLEMS:
            problems.append(_problem(kind, place or self.place, detail))

    def note_on_held(self, detail: str) -> None:
        """A trailer disagrees with what it closes: the last claim reports it, or an error does if there is none."""
        if not self.held_is_here:
            raise self.error(f"{detail}, and there is no claim: a whole copy of the file is needed")
        if self._held is not None:  # otherwise it was skipped
            self._held["problems"] += (_problem("malformed_segment", self.place, detail),)

    def note_between(self, detail: str, *, kind: str) -> None:
        """Something besides claims was skipped: the claim before it reports that, or else the next one."""
        if self._held_is_passed:
            return
        told = self._of_the_next if self._held is None else self._held["problems"]
        already = sum(problem.kind == kind for problem in told)
        if already > _MOST_PROBLEMS:
            return
        problem = _problem(kind, self.place, detail if already < _MOST_PROBLEMS else "this and later ones")
        if self._held is None:
            self._of_the_next.append(problem)
        else:
            self._held["problems"] += (problem,)

    def error(self, expected: str) -> InputError:
        """The error that ends reading at the current segment."""
        return InputError(expected, file=self.file, place=self.place)


Handler = Callable[[Draft, str], Claim | None]
"""Handles a segment. Returns a claim if the segment completes one."""

PAD = ("",) * 9
"""Padding after the elements of every segment and the components of every composite: only ISA goes further."""
_PADDING = [*PAD]


@lru_cache(maxsize=1_024)
def _fault(kind: str, element: str, detail: str) -> Problem:
    return Problem(kind, field=element, detail=detail)


def _problem(kind: str, place: int, detail: str) -> Problem:
    return Problem(kind, detail=f"segment {place}: {detail}")
