"""Views that record what is read of them, for `claimcheck.columns.read_tree`.

A view answers like the facts it wraps: parts of facts are recorded by part, a computed fact by what it reads
itself, and a table by question and answer.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from types import FunctionType, MethodType
from typing import Any

from claimcheck.claims import Disposition
from claimcheck.columns.facts import Path
from claimcheck.rules.facts.charge import Charge
from claimcheck.rules.facts.code import CodeField
from claimcheck.rules.facts.day import DayLine, units_per_day
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import Question, TablesOn
from claimcheck.rules.outpatient_editor import NO_EDITS
from claimcheck.tables.families import is_category_ii

__all__ = [
    "ASKED",
    "ELEMENT",
    "OF_CODE",
    "POLICY",
    "STANDING",
    "TracedAtTime",
    "TracedDay",
    "TracedDayLine",
    "TracedFacts",
    "TracedTables",
]

POLICY, STANDING, ELEMENT = ("policy",), ("standing",), ("element",)
"""Steps: the policy of the day was read; the line's disposition; something only this very object has."""
ASKED, OF_CODE = "asked", "of code"
"""The first parts of steps: a question to tables, and one about a code."""

_IN_PARTS = (Setting, CodeField, Charge)
_THE_SAME_FOR_ALL = frozenset({("setting", "policy")})
_OF_ANY_DAY = frozenset({("setting", "tables")})
"""Tables that may be asked as of any day: questions to them are not recorded."""

Note = Callable[[Any], None]


class TracedFacts:
    """Facts with a path prefix. `note` is called with each path that is read."""

    __slots__ = ("_note", "_of", "_path")

    def __init__(self, of: Any, path: Path, note: Note) -> None:
        self._of, self._path, self._note = of, path, note

    def __getattr__(self, name: str) -> Any:
        defined = getattr(type(self._of), name, None)
        if isinstance(defined, property):
            assert defined.fget is not None  # noqa: S101 - for the type
            return defined.fget(self)
        if isinstance(defined, FunctionType):
            return MethodType(defined, self)
        value = getattr(self._of, name)
        path = (*self._path, name)
        if isinstance(value, _IN_PARTS):
            return TracedFacts(value, path, self._note)
        if path not in _THE_SAME_FOR_ALL:
            self._note(ELEMENT if path in _OF_ANY_DAY else path)
        return value

    def __bool__(self) -> bool:
        defined = getattr(type(self._of), "__bool__", None)
        return True if defined is None else bool(defined(self))

    def __eq__(self, other: object) -> bool:
        return bool(self._whole() == (other._whole() if isinstance(other, TracedFacts) else other))

    def __hash__(self) -> int:
        return hash(self._whole())

    def _whole(self) -> Any:
        """The underlying object, all of which counts as read."""
        self._note(self._path or ELEMENT)
        return self._of


class TracedAtTime(TracedFacts):
    """The same for objects with a time: their policy, day, and tables, which record questions."""

    __slots__ = ("_of_code", "_tables")

    def __init__(self, of: Any, note: Note, tables: TablesOn, of_code: Callable[[Any], Any] | None = None) -> None:
        super().__init__(of, (), note)
        self._tables, self._of_code = tables, of_code

    def of_code(self, question: Any) -> Any:
        """The answer to a question about the code alone."""
        assert self._of_code is not None  # noqa: S101 - only lines are asked so
        self._note((OF_CODE, question))
        return self._of_code(question)

    def note(self, step: Any) -> None:
        """Records a read that is not a fact."""
        self._note(step)

    @property
    def policy(self) -> Any:
        """The policy as of the day."""
        self._note(POLICY)
        return self._of.policy

    @property
    def on(self) -> Any:
        """A day of the period. It only says that there is one: policy and tables are used instead."""
        return self._of.on

    @property
    def tables(self) -> TablesOn:
        """The tables as of the day."""
        return self._tables


class TracedTables(TablesOn):
    """Tables as of a day. `note` is called with each question."""

    def __init__(self, tables: TablesOn, note: Note) -> None:
        super().__init__(tables.tables, tables.day, tables.known)
        object.__setattr__(self, "_note", note)

    def _answer(self, question: Question) -> Any:
        self._note((ASKED, question))  # type: ignore[attr-defined]
        return super()._answer(question)


def _is_category_ii(code: str | None, _policy: object, _tables: object) -> bool:
    return is_category_ii(code or "")


class TracedDayLine:
    """A line alone on its day, like `claimcheck.rules.facts.day.DayLine`."""

    position, recorded, other_claim = 1, None, False
    edits = NO_EDITS  # what a rule reports on a single line does not depend on it

    def __init__(self, line: TracedAtTime, standing: Disposition) -> None:
        self.facts, self._standing = line, standing
        self.first = self.last = line.on

    @property
    def code(self) -> str:
        """The code."""
        return self.facts.code or ""

    @property
    def modifiers(self) -> frozenset[str]:
        """The well-formed modifiers."""
        found: frozenset[str] = self.facts.modifier_codes
        return found

    @property
    def units(self) -> Decimal | None:
        """The units of each of its days."""
        return units_per_day(self.facts.units, self.facts.span_days)

    @property
    def is_category_ii(self) -> bool:
        """Whether the line bills a CPT Category II code."""
        is_one: bool = self.facts.of_code(_is_category_ii)
        return is_one

    @property
    def revenue(self) -> str | None:
        """The revenue code."""
        text: str | None = self.facts.revenue.text
        return text

    @property
    def standing(self) -> Disposition:
        """Its disposition after earlier phases."""
        self.facts.note(STANDING)
        return self._standing

    @property
    def accepted(self) -> bool:
        """Whether earlier phases neither denied nor rejected the line."""
        return self.standing not in (Disposition.DENIED, Disposition.REJECTED)


class TracedDay:
    """A day with one line, like `claimcheck.rules.facts.day.Day`."""

    before: tuple[DayLine, ...] = ()
    diagnoses: tuple[str, ...] = ()
    own = (1,)

    def __init__(self, line: TracedAtTime, standing: Disposition) -> None:
        self._line = line
        self.lines = self.claim_lines = (TracedDayLine(line, standing),)
        self.day, self.tables = line.on, line.tables

    @property
    def setting(self) -> Any:
        """The setting of the claim."""
        return self._line.setting

    @property
    def policy(self) -> Any:
        """The policy as of the day."""
        return self._line.policy

    @property
    def codes(self) -> frozenset[str]:
        """The code of the line."""
        return frozenset({self.lines[0].code})

    @property
    def claim_codes(self) -> frozenset[str]:
        """The same, if the line is accepted."""
        return self.codes if self.lines[0].accepted else frozenset()
