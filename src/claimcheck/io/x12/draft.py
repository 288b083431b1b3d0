"""What has been read of the claim at hand, and of the loops around it.

The loops of an 837 nest: transaction set, billing provider (2000A), subscriber (2000B), patient (2000C), claim (2300),
service line (2400). A loop that begins closes those within it; a claim, when it is finished, takes what it needs from
all of those around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import chain
from typing import Any

import attrs

from claimcheck.claims import Claim, Problem, ServiceLine, Source, reading
from claimcheck.claims.quick import builder
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


class Segments(dict[str, "Handler | None"]):
    """What to do with each segment of a loop, by its id, and with one of any `other` id; nothing where it is None."""

    def __init__(self, handlers: Mapping[str, Handler | None], *, other: Handler | None) -> None:
        super().__init__(handlers)
        self._other = other

    def __missing__(self, name: str) -> Handler | None:
        return self._other


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
    """A level of the envelope: its control number, and how many things it has been seen to hold."""

    control: str = ""
    holds: int = 0


_claim = builder(Claim)
_service_line = builder(ServiceLine)


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
        self.segments = loops.read[Loop.FILE]
        self.interchange, self.group, self.transaction_set = Level(), Level(), Level()
        self.guide = ""  #: the implementation guide, by GS08
        self.declared_component = ":"  #: the component separator by ISA16
        self.component = ":"  #: the one in use, see `claim_loop.clm`
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
        self._lines: list[ServiceLine] = []
        self._problems: list[list[Problem]] = [[] for _ in _SCOPES]

    def enter(self, loop: Loop) -> None:
        """The segments to come belong to `loop`."""
        self.loop = loop
        if self.stops is None:
            self.segments = self._loops.read[loop]
        else:
            passed = self._loops.passed[loop]
            self.segments, self.stops = passed.segments, passed.stops

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
        if depth <= 2:
            self.provider = {}
        if depth <= 3:
            self.subscriber = {}
        if depth <= 4:
            self.patient = {} if loop is Loop.PATIENT else None

    def open_claim(self) -> Fields:
        self.open(Loop.CLAIM)
        self.component = self.declared_component
        self.claim = self.fields = {"source": Source(self.file, self.place)}
        if self._wanted is not None and not self._wanted(reading.member_text(self._member().get("member_id"))):
            self._unwanted = True
            if "claim_type" in self.transaction:  # else its lines say of what type the claims after it are
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

    def _close_line(self) -> None:
        if self.line is not None:
            if "charge" not in self.line:
                self.note("a service segment is expected after LX", place=self.line["source"].place)
            self._lines.append(_service_line(self.line))
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
        if self._unwanted:
            self.claim, self._lines = None, []
            self._unwanted, self.stops, self._held_is_passed = False, None, True
            return before
        around = {**self.transaction, **self.provider, **self._member()}
        problems = tuple(chain.from_iterable(self._problems))
        self._held = {**around, **self.claim, "lines": tuple(self._lines), "problems": problems}
        self.claim, self._lines = None, []
        return before

    def release(self) -> Claim | None:
        """The claim that is held back, if there is one, now that no more will be said of it."""
        self._held_is_passed = False
        if self._held is None:
            return None
        claim, self._held = _claim(self._held), None
        return claim

    def note(self, detail: str, *, kind: str = "malformed_segment", place: int | None = None) -> None:
        """The form of the segment at hand, or of the one at `place`, is wrong: the claims that it concerns will say so.

        Those are the claims of the innermost open loop. Past a hundred, problems of one loop are only counted as one.
        """
        problems = self._problems[_DEPTHS.get(self.loop, -1)]
        if len(problems) == _MOST_PROBLEMS:
            detail = "this and later malformed segments are not described one by one"
        if len(problems) <= _MOST_PROBLEMS:
            problems.append(_problem(kind, place or self.place, detail))

    def note_on_held(self, detail: str) -> None:
        """A trailer disagrees with what it closes: the last claim says so. Where there is none, an error does."""
        if self._held_is_passed:
            return
        if self._held is None:
            raise self.error(f"{detail}, and there is no claim: a whole copy of the file is needed")
        self._held["problems"] += (_problem("malformed_segment", self.place, detail),)

    def error(self, expected: str) -> InputError:
        """What ends the reading at the segment at hand."""
        return InputError(expected, file=self.file, place=self.place)


Handler = Callable[[Draft, list[str]], Claim | None]
"""Takes a segment, as its id and elements: `elements[3]` is the one that the guides number 03, empty where the segment
ends before it (see `PAD`). Gives a claim where the segment completes one."""

PAD = ("",) * 9
"""What is put after the elements of every segment, and the components of every composite: none but ISA goes further."""


def _problem(kind: str, place: int, detail: str) -> Problem:
    return Problem(kind, detail=f"segment {place}: {detail}")
