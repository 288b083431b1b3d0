"""Several-line rules, claim by claim, for claims that columns say they may concern.

A claim is not read again for that. Its lines are the facts of its elements, whose own hits are known; rules see them
like those of a claim validated by itself. If a rule reads more of a claim than columns hold, the claim is validated by
itself after all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

import attrs
import numpy as np

from claimcheck.claims import Claim, Disposition, ServiceLine
from claimcheck.columns.cells import Bools
from claimcheck.columns.fields import EPOCH
from claimcheck.columns.held import NOT_HELD, Held, NeedsWholeClaimError
from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints
from claimcheck.columns.times import day_of
from claimcheck.engine.compiled import CompiledLine, CompiledLines, CompiledSetting, Mark, marks_of
from claimcheck.engine.counting import NOTHING, Counted
from claimcheck.engine.days import Calendar, one_day
from claimcheck.engine.digest import NOTHING_SAID, Digest, Note, yielded_by
from claimcheck.engine.duplicates import NO_TWINS, Duplicates, Twins
from claimcheck.engine.judgement import Edited, Judgement
from claimcheck.engine.outpatient import payments
from claimcheck.engine.said import Said, apart, closed
from claimcheck.engine.shared import Workshop
from claimcheck.engine.times import ByAnswers, NotingByDay
from claimcheck.engine.told import together
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.facility.payment import Paid
from claimcheck.rules.facts.whole_claim import WholeClaim

__all__ = ["ClaimVerdict", "Likeness", "OtherLines", "SeveralLines", "StandsBeside"]

Likeness = tuple[tuple[int, int], ...]

_MOST_PLAIN = 12
_OF_SERVICES = "service_group"  #: the table of service groups for frequency limits
_NOT_YET: Any = object()
_MOST_KEPT = 65_536


class ClaimVerdict(NamedTuple):
    """What all rules report on a claim: results of its lines, and a digest of its own findings.

    `returned` are the results of its lines if the claim is returned or reviewed as a whole for another reason.
    """

    lines: tuple[int, ...]
    own: Digest
    returned: tuple[int, ...]


class StandsBeside(NamedTuple):
    """A claim with its sort order among others, their lines on its days, and those that limits count with it.

    `twins` are its lines that bill exactly what one of the others does, by that one's index.
    """

    claim: Claim
    lines: Sequence[RecordedLine]
    counted: Counted
    twins: Mapping[int, Twins]


class OtherLines(NamedTuple):
    """The lines of other claims: `key` is everything a result depends on, and `read` returns them on request."""

    key: Hashable
    read: Callable[[], StandsBeside]


@attrs.frozen(eq=False, repr=False)
class _WholeInColumns(WholeClaim):
    """A claim whose lines are in columns, and if requested which of them are alike."""

    _alike: Likeness | None

    @property
    def likeness(self) -> Likeness:
        """Which lines are alike."""
        if self._alike is None:
            raise NeedsWholeClaimError
        return self._alike


class _InColumns(Judgement):
    """A claim whose lines are elements: all by one provider, each on one day."""

    __slots__ = ("_alike", "_held")

    def __init__(
        self,
        workshop: Workshop,
        setting: CompiledSetting,
        lines: Sequence[CompiledLine],
        days: Sequence[date],
        *,
        alike: Likeness | None,
        beside: StandsBeside | None,
        held: Held | None,
    ) -> None:
        self.claim = _blank(len(lines)) if beside is None else beside.claim
        self.workshop, self.setting = workshop, setting
        self.reference = self.history = self.since = self.neighbours = None
        self.frame = self.diagnoses = self.outline = self.coded = NOT_HELD
        self.lines, self.days, self.on = list(lines), list(days), min(days)
        some = every = 0
        for line in lines:
            some |= line.marks
        days_differ = min(days) != max(days)
        self.compiled = CompiledLines(
            self.lines,
            self.days,
            self.on,
            0,
            0,
            some,
            every,
            days_differ,
            repeats=False,
            added=None,
        )
        self.counted = self.other_days = NOTHING
        self.others = ()
        self._is_plain = not days_differ and len(lines) <= _MOST_PLAIN
        self._duplicates = Duplicates.among(self.others, NO_TWINS)
        if beside is not None:
            self.counted, self.others, self._is_plain = beside.counted, beside.lines, False
            self._duplicates = Duplicates.among(beside.lines, beside.twins)
        self._placed = None
        self._calendar: Calendar | None = None
        self._views = {}
        self._alike, self._held = alike, held

    def _days(self, standing: tuple[Disposition, ...], edited: Edited, *, settled: bool) -> Sequence[Any]:
        if not self._is_plain:
            return self.calendar.days(standing, NOT_HELD, edited, settled=settled)
        facts, day = self.setting.facts, self.days[0]
        assert day is not None  # noqa: S101 - each line has one
        return one_day(facts, self.lines, day, on=day, standing=standing, diagnoses=NOT_HELD, edited=edited)

    def _whole(self, standing: tuple[Disposition, ...], edited: Edited) -> WholeClaim:
        setting, held = self.setting.facts, self._held
        return _WholeInColumns(
            NOT_HELD if held is None else held.claim,
            setting,
            NOT_HELD,
            NOT_HELD if held is None else held.frame,
            NOT_HELD if held is None else held.diagnosis_facts,
            tuple([line.facts for line in self.lines]),
            tuple(self.days),
            standing,
            self.on,
            setting.policy.on(self.on),
            setting.tables.on(self.on),
            edited,
            self._alike,
        )


class SeveralLines:
    """Validates claims whose lines are elements. `asked` counts them, `whole` those that were more than columns
    hold."""

    def __init__(self, judging: Judging, workshop: Workshop) -> None:
        self._judging, self._workshop = judging, workshop
        self._lines: dict[int, CompiledLine] = {}
        self._known: dict[tuple[Any, ...], ClaimVerdict | None] = {}
        self._of_lines: dict[tuple[Digest, tuple[Note, ...], Paid | None], int] = {}
        self._by_answers: ByAnswers[ClaimVerdict | None] = ByAnswers(_MOST_KEPT)
        self._silent: dict[int, bool] = {}
        self._tables: dict[int, frozenset[str] | None] = {}
        self._alike: dict[frozenset[str], dict[int, int]] = {}  #: by tables, the kind of each element
        self._numbers: dict[tuple[object, ...], int] = {}
        self._count = count(1)
        self.asked = self.whole = 0

    def verdict_on(
        self,
        elements: Sequence[int],
        days: Sequence[int],
        asked: int,
        alike: Likeness | None,
        beside: OtherLines | None = None,
        *,
        paid: bool = False,
        held: Held | None = None,
    ) -> ClaimVerdict | None:
        """What all rules report on a claim with these lines; None if it must be validated by itself.

        `asked` is the set of several-line rules that it may concern; `alike` says, if two bill one code, which lines
        are alike; `beside`, for a one-day claim, which lines of other claims matter; `paid`, whether to include how the
        lines are paid; `held` is the claim itself. For lines on one day the answer is the same on any day of their
        periods.
        """
        read = self._read_by(asked, held, min(days))
        if read is None:
            self.whole += 1
            return None
        kinds = elements if paid or read else self.kinds(elements, asked)
        key: tuple[Hashable, ...] = (None if beside is None else beside.key, asked, alike, paid, read, *kinds)
        if min(days) != max(days):
            key = (*key, *self._apart(elements, days))
        known: ClaimVerdict | None = self._known.get(key, _NOT_YET)
        if known is _NOT_YET:
            if kinds is elements or not asked or min(days) != max(days):
                self.asked += 1
                known = self._evaluate(elements, days, asked, alike, beside, paid=paid, held=held if read else None)
            else:
                known = self._at_some_time(elements, days, asked, alike, beside)
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[key] = known
        self.whole += known is None
        return known

    def _at_some_time(
        self,
        elements: Sequence[int],
        days: Sequence[int],
        asked: int,
        alike: Likeness | None,
        beside: OtherLines | None,
    ) -> ClaimVerdict | None:
        """The verdict from any period in which the tables answer alike what the rules ask, or a new one.

        Tables change often, and each change affects few codes; see `claimcheck.engine.times`.
        """
        judging = self._judging
        number = int(judging.of_time[elements[0]])
        lines = [
            tuple([int(column[element]) for column in (judging.shapes, judging.own, judging.counted, judging.others)])
            for element in elements
        ]
        key = (None if beside is None else beside.key, asked, alike, int(judging.times.policies[number]), *lines)

        def evaluate(noting: NotingByDay) -> ClaimVerdict | None:
            self.asked += 1
            return self._evaluate(elements, days, asked, alike, beside, noting=noting)

        return self._by_answers.get(key, judging.times[number], evaluate, self._workshop.by_day)

    def _read_by(self, asked: int, held: Held | None, first: int) -> tuple[Hashable, ...] | None:
        """What the rules in `asked` read of the claim besides its lines, as the engine distinguishes claims.

        None if columns do not hold it.
        """
        rulebook = self._workshop.rulebook
        if not asked & (rulebook.of_claims | rulebook.by_diagnoses):
            return ()
        if held is None or asked & ~rulebook.remembered:
            return None if asked & rulebook.of_claims else ()
        found: list[Hashable] = [held.diagnoses] if asked & rulebook.by_diagnoses else [None]
        if asked & rulebook.of_claims:
            claim, on = held.claim, day_of(first)
            try:
                found += [of_claim(claim, on) for bit, of_claim in rulebook.by_claim if asked & bit]
            except NeedsWholeClaimError:
                return None
        return tuple(found)

    def _apart(self, elements: Sequence[int], days: Sequence[int]) -> Sequence[int]:
        """What distinguishes lines on several days from others by their days.

        On a bill for outpatients only the distance between their days, unless limits count a line.
        """
        setting = self._judging.claims.compiled[int(self._judging.setting_of(elements[0]))].facts
        if not setting.institutional or setting.inpatient or self._judging.counted[[*elements]].any():
            return days
        first = min(days)
        return [day - first for day in days]

    def kinds(self, elements: Sequence[int], asked: int) -> Sequence[int]:
        """Element numbers that are equal for lines on which these rules report the same in different periods.

        That is for lines with equal hits so far, in periods in which the tables that the rules declare answer alike.
        Rules of other packages may not declare everything they ask.
        """
        tables = self._tables.get(asked, _NOT_YET)
        if tables is _NOT_YET:
            tables = self._tables[asked] = self._tables_of(asked)
        if tables is None:
            return elements
        numbers = self._alike.setdefault(tables, {})
        return [numbers.get(element) or self._kind(element, tables, numbers) for element in elements]

    def _tables_of(self, asked: int) -> frozenset[str] | None:
        rulebook = self._workshop.rulebook
        if not rulebook.asks_own_tables(asked):
            return None
        rules = [*rulebook.by_code, *(rule for bit, rule in enumerate(rulebook.wide) if asked >> bit & 1)]
        return frozenset({_OF_SERVICES, *(table for rule in rules for table in rule.tables)})

    def _kind(self, element: int, tables: frozenset[str], numbers: dict[int, int]) -> int:
        judging = self._judging
        era = judging.times.era(int(judging.of_time[element]), tables)
        line = int(judging.shapes[element]), int(judging.own[element]), int(judging.counted[element])
        if len(self._numbers) >= _MOST_KEPT:
            self._numbers.clear()
            self._alike.clear()
            self._known.clear()
        if len(numbers) >= _MOST_KEPT:
            numbers.clear()
        numbers[element] = self._numbers.setdefault((tables, era, line), next(self._count))
        return numbers[element]

    def silent(self, elements: Ints) -> Bools:
        """The lines on which no limit reports anything if it counts no other line of the member."""
        distinct, inverse = np.unique(elements, return_inverse=True)
        found = [self._is_silent(element) for element in distinct.tolist()]
        return np.array(found, bool)[inverse.ravel()]

    def _is_silent(self, element: int) -> bool:
        known = self._silent.get(element)
        if known is None:
            on = self._judging.times[int(self._judging.of_time[element])].on
            assert on is not None  # noqa: S101 - lines in columns have days
            verdict = self._evaluate(
                [element], [on.toordinal() - EPOCH], self._workshop.rulebook.of_members, None, None
            )
            alone = int(self._judging.alone[element])
            known = verdict is not None and verdict.lines == (alone,) and verdict.own is NOTHING_SAID
            if len(self._silent) >= _MOST_KEPT:
                self._silent.clear()
            self._silent[element] = known
        return known

    def _evaluate(
        self,
        elements: Sequence[int],
        days: Sequence[int],
        asked: int,
        alike: Likeness | None,
        beside: OtherLines | None,
        *,
        paid: bool = False,
        held: Held | None = None,
        noting: NotingByDay | None = None,
    ) -> ClaimVerdict | None:
        lines = [*map(self.line, elements)]
        if any(line.marks & Mark.BY_PROVIDER for line in lines):
            return None
        setting = self._judging.claims.compiled[int(self._judging.setting_of(elements[0]))]
        if noting is not None:
            lines = [line.noting(noting.time) for line in lines]
            setting = attrs.evolve(setting, facts=attrs.evolve(setting.facts, tables=noting))
        judgement = _InColumns(
            self._workshop,
            setting,
            lines,
            [day_of(day) for day in days],
            alike=alike,
            beside=None if beside is None else beside.read(),
            held=held,
        )
        try:
            said = together(judgement, asked) if asked else self._alone(elements)
            settled, _ = closed(said, ())
            own = settled.of_claim[0] if settled.of_claim else NOTHING_SAID
            of_lines = self._numbered(judgement, settled, settled.of_lines, paid=paid)
            returned = of_lines
            if not own.closes and any(one.yields for one in settled.of_lines):
                returned = self._numbered(judgement, settled, [*map(yielded_by, settled.of_lines)], paid=paid)
        except NeedsWholeClaimError:
            return None
        notes = tuple([note for note, positions in settled.unchecked if 0 in positions])
        return ClaimVerdict(of_lines, attrs.evolve(own, notes=notes) if notes else own, returned)

    def _numbered(self, judgement: Judgement, said: Said, of_lines: Sequence[Digest], *, paid: bool) -> tuple[int, ...]:
        """The results of lines, with what was not checked, and how they are paid."""
        ways = payments(judgement, of_lines) if paid else None
        notes: list[list[Note]] = [[] for _ in range(len(of_lines) + 1)]
        for note, positions in said.unchecked:
            for position in positions:
                notes[position].append(note)
        of_all = zip(of_lines, notes[1:], ways or [None] * len(of_lines), strict=True)
        return tuple([self._number(one, tuple(own), how) for one, own, how in of_all])

    def _number(self, said: Digest, notes: tuple[Note, ...], payment: Paid | None) -> int:
        """The number of the result of a line."""
        key = said, notes, payment
        known = self._of_lines.get(key)
        if known is None:
            if len(self._of_lines) >= _MOST_KEPT:
                self._of_lines.clear()
            known = self._of_lines[key] = self._judging.verdicts.number(_noted(said, notes, payment))
        return known

    def _alone(self, elements: Sequence[int]) -> Said:
        """What is reported on lines if no several-line rule is called."""
        judging = self._judging
        return apart([judging.verdicts.digests[int(judging.alone[element])] for element in elements])

    def line(self, element: int) -> CompiledLine:
        """A line in the engine's form."""
        known = self._lines.get(element)
        return self._made(element) if known is None else known

    def _made(self, element: int) -> CompiledLine:
        judging = self._judging
        number = int(judging.of_time[element])
        facts = judging.lines.at(int(judging.shapes[element]), number, judging.times[number])
        services = judging.services[int(judging.counted[element]) - 1] if judging.counted[element] else ()
        own = judging.verdicts.digests[int(judging.own[element])]
        by_code: dict[Any, Any] = {}
        if facts.code is not None:
            applies = judging.claims.compiled[int(judging.setting_of(element))].asks
            by_code = {rule: {} for rule in judging.rulebook.by_code if applies & judging.rulebook.bit(rule)}
        marks = marks_of(facts, services) | self._workshop.entangled(services)
        others = int(judging.others[element])
        line = CompiledLine(facts, facts.code, marks, own, own, 0, -1, services, by_code, others)
        if len(self._lines) >= _MOST_KEPT:
            self._lines.clear()
        self._lines[element] = line
        return line


def _noted(said: Digest, notes: tuple[Note, ...], payment: Paid | None) -> Digest:
    """What is reported on a line, with what was not checked, and how it is paid."""
    if not notes and not said.raised and payment is None:
        return NOTHING_SAID
    return attrs.evolve(said, notes=notes, payment=payment)


@lru_cache(maxsize=256)
def _blank(lines: int) -> Claim:
    """An empty claim with that many lines."""
    return Claim(lines=(ServiceLine(),) * lines)
