"""Where in a file the reader is: the segment, the loop, and what handles the segments there."""

from __future__ import annotations

from claimcheck.errors import InputError
from claimcheck.io.x12.loop import PADDING, Heads, Loop, Loops

__all__ = ["Position"]

#: First characters of the segments that end a skipped transaction set, or break the envelope around it.
_ENDS_OF_A_SET = frozenset({"SE", "GE", "IE", "IS", "GS", "ST"})


class Position:
    """The current segment and loop, and the separators of the interchange."""

    def __init__(self, file: str | None, loops: Loops) -> None:
        self.file = file
        self._loops = loops
        self.stops: frozenset[str] | None = None  #: first characters of the segments that need a look; None: all
        self.place = 0  #: number of the current segment
        self.loop = Loop.FILE
        self.element = ""  #: element separator of the interchange
        self.service_day = ""  #: how a segment begins that gives a line a single service date
        self.declared_component = ":"  #: component separator from ISA16
        self.component = ":"  #: the one in use, see `claim_loop.clm`
        self._heads: dict[Loop, Heads] = {}
        self.segments = loops.read[Loop.FILE].separated_by("")

    def separate(self, element: str, component: str) -> None:
        """Starts an interchange with these separators."""
        self.element, self.declared_component = element, component
        self.service_day = element.join(("DTP", "472", "D8", ""))
        self._heads = {loop: segments.separated_by(element) for loop, segments in self._loops.read.items()}
        self.enter(self.loop)

    def split(self, segment: str) -> list[str]:
        """The id of a segment and its elements: element 03 is at index 3, empty if the segment ends earlier (see
        `PAD`)."""
        return segment.split(self.element) + PADDING

    def enter(self, loop: Loop) -> None:
        """Makes `loop` the current loop."""
        self.loop = loop
        if self.stops is None:
            self.segments = self._heads[loop]
        else:
            passed = self._loops.passed[loop]
            self.segments, self.stops = passed.segments.separated_by(self.element), passed.stops

    def pass_over_set(self) -> None:
        """Skips a transaction set without claims, up to its SE."""
        self.enter(Loop.OTHER_SET)
        self.stops = _ENDS_OF_A_SET

    def end_of_other_set(self) -> None:
        """Ends the skipped set: every segment is examined again."""
        self.stops = None
        self.enter(Loop.GROUP)

    def error(self, expected: str) -> InputError:
        """The error that ends reading at the current segment."""
        return InputError(expected, file=self.file, place=self.place)
