"""What has been read of the claim at hand, and of the loops around it.

The loops of an 837 nest: transaction set, billing provider (2000A), subscriber (2000B), patient (2000C), claim (2300),
service line (2400). A loop that begins closes those within it; a claim, when it is finished, takes what it needs from
all of those around it.
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
from claimcheck.claims.quick import builder, maker, reader
from claimcheck.claims.reading import civil_date
from claimcheck.errors import InputError
from claimcheck.io.sharing import Wanted
from claimcheck.io.x12.member import member

__all__ = ["PAD", "Draft", "Handler", "Level", "Loop", "Loops", "Passed", "Segments"]

Fields = dict[str, Any]


class Loop(StrEnum):
    """Where in a file the reader is; it decides what a segment means."""

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
#: How the ids of segments begin that end a transaction set which is passed over, or break the envelope around it.
_ENDS_OF_A_SET = frozenset({"SE", "GE", "IE", "IS", "GS", "ST"})


class Segments:
    """What to do with each segment of a loop, by its id, and with one of any `other` id; nothing where it is None."""

    def __init__(self, handlers: Mapping[str, Handler | None], *, other: Handler | None) -> None:
        self.of_id = handlers
        self._other = other
        self._by_head: dict[str, Heads] = {}

    def separated_by(self, element: str) -> Heads:
        """The same by the first characters of segments, see `Heads`."""
        heads = self._by_head.get(element)
        if heads is None:
            heads = self._by_head[element] = Heads(self.of_id, self._other, element)
        return heads


class Heads(dict[str, "Handler | None"]):
    """What to do with a segment, by its first four characters: an id is of two or three, and ends with the segment or
    with a separator. So a segment that is passed over need not be split."""

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
    """A loop of a claim that is passed over: only segments whose ids begin with one of `stops` need a look."""

    segments: Segments
    stops: frozenset[str]


@attrs.frozen
class Loops:
    """What to do with the segments of each loop: of claims that are read, and of those that are passed over."""

    read: Mapping[Loop, Segments]
    passed: Mapping[Loop, Passed]


@attrs.define
class Level:
    """A level of the envelope: its control number, how many things it has been seen to hold, and whether these are
    transaction sets of claims, or others."""

    control: str = ""
    holds: int = 0
    of_claims: bool = False
    of_others: bool = False


#: Fields whose values come again and again, and are texts, or tuples of such: what is read of them is remembered.
_OF_CLAIMS = (
    *("claim_type", "payer_id", "sex", "billing_npi", "billing_tax_id", "billing_taxonomy", "rendering_npi"),
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
    """The fields of a line but its source: many a line is like one before it."""
    return _read_line(names, values)


class Draft:
    """A claim in the making. The handlers of the segments write into it.

    `transaction`, `provider`, `subscriber`, `patient`, `claim` and `line` hold arguments for the constructors of
    `Claim` and `ServiceLine`, as texts, for those to read; None where there is no such loop.

    `wanted` is asked of every claim, by its member's identifier, whether it is read or passed over.
    """

    def __init__(self, file: str | None, loops: Loops, wanted: Wanted | None = None) -> None:
        self.file = file
        self._loops = loops
        self._wanted = wanted
        self._unwanted = False  #: whether the claim at hand is
        self.stops: frozenset[str] | None = None  #: how the ids of segments that need a look begin; None: all do
        self.place = 0  #: the number of the segment at hand
        self.loop = Loop.FILE
        self.element = ""  #: the element separator of the interchange
        self.service_day = ""  #: how the segment begins that gives a line its service date, where that is one day
        self._heads: dict[Loop, Heads] = {}
        self.segments = loops.read[Loop.FILE].separated_by("")
        self.interchange, self.group, self.transaction_set = Level(), Level(), Level()
        self.guide = ""  #: the implementation guide, by GS08
        self.type_is_settled = False  #: whether the guide of the set, or a service segment, says of what type it is
        self.version_is_told = False  #: whether a note says that the guide is of another version
        self.holds_claims = False  #: whether any transaction set of the file is an 837
        self.passed_over = ""  #: what the first transaction set is that was passed over, as people name it
        self.asks = False  #: whether a claim must carry what providers must send
        self.asks_for_all = False  #: whether that is by the guides of 005010, which ask for more
        self.created = _NEVER  #: the day on which the set was made (BHT04), as X12 writes it
        self.gaps: tuple[int, ...] = ()  #: of the elements that hold the claim's diagnoses, those that are empty
        self.declared_component = ":"  #: the component separator by ISA16
        self.component = ":"  #: the one in use, see `claim_loop.clm`
        #: the first and last service day of the lines of a dental claim that give none of their own
        self.days_of_lines: tuple[str, str | None] | None = None
        self.transaction: Fields = {}
        self.provider: Fields = {}
        self.subscriber: Fields = {}
        self.patient: Fields | None = None
        self.claim: Fields | None = None
        self.line: Fields | None = None
        self.fields: Fields = {}  #: those of the line, or else of the claim, whichever loop is the inner one
        self.entity = ""  #: whom the last NM1 of the loop names
        self.parties: set[str] = set()  #: whom any NM1 of the loop names
        self._held: Fields | None = None
        self._held_is_passed = False
        self.held_is_here = False  #: whether the last claim is of this interchange
        self._lines: list[ServiceLine] = []
        self._problems: list[list[Problem]] = [[] for _ in _SCOPES]
        self._of_the_next: list[Problem] = []  #: what the next claim will say, because no claim came before it

    @property
    def is_plain(self) -> bool:
        """Whether a claim is at hand, of a set of 005010 whose type is settled, and of which nothing is to be said."""
        settled = self.claim is not None and self.type_is_settled and self.asks_for_all
        return settled and self.stops is None and not any(self._problems[: _DEPTHS[Loop.PROVIDER]])

    def separate(self, element: str, component: str) -> None:
        """An interchange begins, with these separators."""
        self.element, self.declared_component = element, component
        self.service_day = element.join(("DTP", "472", "D8", ""))
        self._heads = {loop: segments.separated_by(element) for loop, segments in self._loops.read.items()}
        self.enter(self.loop)

    def split(self, segment: str) -> list[str]:
        """The id of a segment and its elements: the one that the guides number 03 is at 3, empty where the segment ends
        before it (see `PAD`)."""
        return segment.split(self.element) + _PADDING

    def enter(self, loop: Loop) -> None:
        """The segments to come belong to `loop`."""
        self.loop = loop
        if self.stops is None:
            self.segments = self._heads[loop]
        else:
            passed = self._loops.passed[loop]
            self.segments, self.stops = passed.segments.separated_by(self.element), passed.stops

    def open(self, loop: Loop) -> None:
        """Enters a loop that begins: its predecessor, and all that was within that, is forgotten."""
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
            if self.type_is_settled:  # else its lines say of what type the claims after it are
                self.stops = frozenset()
                self.enter(Loop.CLAIM)
        return self.claim

    def _member(self) -> Fields:
        return member(self.subscriber, self.patient)

    def open_line(self) -> Fields:
        """A service line begins; the one before it is complete. Its claim is open already."""
        self._close_line()
        if self.loop is not Loop.LINE:
            self.enter(Loop.LINE)
        self.line = self.fields = {"source": Source(self.file, self.place)}
        return self.line

    def put(self, field: str, value: Any) -> None:
        """Sets a field of the line, or else of the claim. Where it is given again the first stands, and the claim says
        so if the two differ: which one was meant, nobody can tell."""
        if self.fields.setdefault(field, value) != value:
            self.note(f"{field} is given before, and otherwise: that one is read")

    def fault(self, kind: str, element: str, detail: str = "") -> None:
        """The line, or else the claim, lacks an element that the guides require, or has one that they do not know.

        It says where by its own source: alike lines stay alike.
        """
        self.fields["problems"] = (*self.fields.get("problems", ()), _fault(kind, element, detail))

    def hold_against_file(self, day: str, element: str) -> None:
        """A service cannot be billed by a file that was made before it. What is no CCYYMMDD is found elsewhere."""
        if day > self.created and isinstance(later := civil_date(day), date):
            made = civil_date(self.created)
            if isinstance(made, date) and later > made:
                self.fault("after_creation", element, str((later - made).days))

    def pass_over_set(self) -> None:
        """The segments to come belong to a transaction set that holds no claims, up to its SE."""
        self.enter(Loop.OTHER_SET)
        self.stops = _ENDS_OF_A_SET

    def end_of_other_set(self) -> None:
        """The set that was passed over ends: every segment needs a look again."""
        self.stops = None
        self.enter(Loop.GROUP)

    def _close_line(self) -> None:
        if self.line is not None:
            if "charge" not in self.line:
                self.note("expected a service segment after LX", place=self.line["source"].place)
            if self.days_of_lines is not None and "service_date" not in self.line:
                self.line["service_date"], self.line["service_date_end"] = self.days_of_lines
            self._lines.append(_line_of(self.line))
            self.line = None

    def finish(self) -> Claim | None:
        """Completes the claim at hand, if there is one, and gives the claim before it.

        The last one is held back until the next is complete, because the trailers of its transaction set, group and
        interchange still have to say whether their counts agree.
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
        """The claim that is held back, if there is one, now that no more will be said of it."""
        self._held_is_passed = False
        if self._held is None:
            return None
        claim, self._held = _claim(self._held), None
        return claim

    def fault_of_loop(self, kind: str, element: str) -> None:
        """The same of a loop around claims: each of them will say so."""
        self._problems[_DEPTHS[self.loop]].append(_fault(kind, element, ""))

    def note(self, detail: str, *, kind: str = "malformed_segment", place: int | None = None) -> None:
        """The form of the segment at hand, or of the one at `place`, is wrong: the claims that it concerns will say so.

        Those are the claims of the innermost open loop. Past a hundred, problems of one loop are only counted as one.
        """
        problems = self._problems[_DEPTHS.get(self.loop, -1)]
        if len(problems) == _MOST_PROBLEMS:
            detail = _NO_MORE
        if len(problems) <= _MOST_PROBLEMS:
            problems.append(_problem(kind, place or self.place, detail))

    def note_on_held(self, detail: str) -> None:
        """A trailer disagrees with what it closes: the last claim says so. Where there is none, an error does."""
        if not self.held_is_here:
            raise self.error(f"{detail}, and there is no claim: a whole copy of the file is needed")
        if self._held is not None:  # else it was passed over
            self._held["problems"] += (_problem("malformed_segment", self.place, detail),)

    def note_between(self, detail: str, *, kind: str) -> None:
        """Something beside the claims was passed over: the claim before it says so, or else the next one."""
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
        """What ends the reading at the segment at hand."""
        return InputError(expected, file=self.file, place=self.place)


Handler = Callable[[Draft, str], Claim | None]
"""Takes a segment. Gives a claim where the segment completes one."""

PAD = ("",) * 9
"""What is put after the elements of every segment, and the components of every composite: none but ISA goes further."""
_PADDING = [*PAD]


@lru_cache(maxsize=1_024)
def _fault(kind: str, element: str, detail: str) -> Problem:
    return Problem(kind, field=element, detail=detail)


def _problem(kind: str, place: int, detail: str) -> Problem:
    return Problem(kind, detail=f"segment {place}: {detail}")
