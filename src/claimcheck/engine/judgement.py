"""One claim being evaluated: its facts, which rules to run on it, and the views that those rules read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import reduce
from itertools import combinations
from operator import and_, attrgetter, or_
from typing import Any

import attrs

from claimcheck.claims import Claim, Disposition, Reason
from claimcheck.engine.compiled import CompiledLine, Mark
from claimcheck.engine.counting import NOTHING, Counted, counted_in_short, counted_with
from claimcheck.engine.days import Calendar, Placed, neighbours, one_day, places
from claimcheck.engine.digest import NOTHING_SAID, Digest
from claimcheck.engine.duplicates import Duplicates
from claimcheck.engine.other_days import MOST, Asked, asked_of, seen_beyond
from claimcheck.engine.said import Unseen
from claimcheck.engine.services import services_of, time_needed
from claimcheck.engine.shared import Workshop
from claimcheck.engine.tally import Tally
from claimcheck.engine.times import NotingByDay
from claimcheck.history import Batch, LookUp
from claimcheck.history.neighbours import Neighbours, beside
from claimcheck.history.originals import NOTHING_MEANT, meant_by, without
from claimcheck.history.recorded import RecordedLine, may_grow
from claimcheck.history.repeats import DUPLICATE_RULE
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.whole_claim import WholeClaim
from claimcheck.rules.outpatient_editor import Edits
from claimcheck.rules.rule import Rule, Scope

__all__ = ["Edited", "Judgement"]

Reach = tuple[date | None, date | None, Neighbours | None]
"""The first and last day for which lines of other claims are looked up, and whose."""


#: The rule that says which version of a bill counts (`claimcheck.rules.structure.claim_version`).
_VERSIONS = "STR507"
#: With more lines than this, pair rules run without looking at each pair first: looking would cost more than it saves.
_MANY_LINES = 12
#: With more lines of other claims than this, findings given those lines are not cached.
_MANY_OTHERS = 1_000

_day_and_provider = attrgetter("service_date", "rendering_npi", "rendering_taxonomy")


Edited = tuple[Edits, ...]
"""The outpatient code editor's edits of each line so far."""


class Judgement:
    """One claim being evaluated: its facts, which rules to run, and the views that those rules read."""

    __slots__ = (
        *("claim", "workshop", "reference", "history", "setting", "frame", "compiled", "lines", "days", "on"),
        *("diagnoses", "outline", "coded", "others", "since", "counted", "neighbours", "other_days", "meant"),
        *("_is_plain", "_placed", "_calendar", "_views", "_reach", "_below", "_duplicates"),
    )

    def __init__(self, claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> None:
        self.claim = claim
        self.workshop = workshop
        self.reference = reference
        self.setting = workshop.setting(claim, has_reference=reference is not None)
        self.frame = Frame.of(claim, reference, workshop.last_day)
        self.compiled = workshop.lines(claim, self.setting, self.frame)
        self.lines, self.days = self.compiled.lines, self.compiled.days
        self.on = self.compiled.first
        era = workshop.era(self.on)
        self.diagnoses = workshop.diagnoses(claim, self.on, era)
        self.outline = workshop.outline(
            claim, self.setting, self.frame, self.on, era, lines=self.compiled, diagnoses=self.diagnoses
        )
        self.coded = workshop.coded(self.setting, self.diagnoses, self.on, era)
        self._placed: list[Placed] | None = None
        self._reach: Reach | None = None
        self._below: tuple[LookUp, Sequence[RecordedLine]] | None = None
        self.history: LookUp | None = None
        self.others: Sequence[RecordedLine] = ()
        self.meant = NOTHING_MEANT
        self._stand_alone()
        if history is not None:
            self.stand_beside(history)

    def stand_beside(self, history: LookUp | None) -> bool:
        """Takes the member's other claims from `history` in place of those before; says whether there are any.

        For a batch over the same history as before, only what the batch adds is requested.
        """
        others, counted, meant, beyond = self.others, self.counted, self.meant, self.other_days
        self.meant = meant_by(self.claim, history)
        self.history = without(history, self.meant)
        self._stand_alone()
        self.others = self._others()
        same = self.counted == counted and self.meant == meant and self.other_days == beyond
        return self.others is not others or not same

    def _stand_alone(self) -> None:
        """Forgets what other claims were looked at, and what was worked out given them."""
        self._is_plain: bool | None = None
        self._calendar: Calendar | None = None
        self._views: dict[tuple[Scope, Sequence[Disposition], Edited, bool], Sequence[Any]] = {}
        self._duplicates: Duplicates | None = None
        self.since: date | None = None
        self.neighbours: Neighbours | None = None
        self.counted = self.other_days = NOTHING

    @contextmanager
    def asking(self, tables: NotingByDay) -> Iterator[None]:
        """Lets rules ask some tables in place of those of the setting and of the lines."""
        before = self.setting, self.compiled, self.lines
        self.setting = attrs.evolve(self.setting, facts=attrs.evolve(self.setting.facts, tables=tables))
        self.lines = [line.noting(tables.time) for line in self.lines]
        self.compiled = attrs.evolve(self.compiled, lines=self.lines)
        self._placed = self._calendar = None
        self._views = {}
        try:
            yield
        finally:
            self.setting, self.compiled, self.lines = before
            self._placed = self._calendar = None
            self._views = {}

    def asked(self) -> int:
        """The set of rules over several lines that may have a finding on the claim."""
        rulebook, lines = self.workshop.rulebook, self.compiled
        which = rulebook.always | lines.concerns
        if which & rulebook.on_every:
            which &= reduce(and_, [line.concerns for line in lines.lines]) | ~rulebook.on_every
        if not lines.days_differ and not self.setting.facts.inpatient:
            which &= ~rulebook.on_several_days
        which |= self.diagnoses.concerns
        if lines.any & Mark.COUNTED:
            which |= rulebook.of_members
        if lines.repeats:
            which |= rulebook.on_repeats
        if lines.any & Mark.SPREAD or self.others:
            which |= rulebook.of_days
        else:
            which |= self._pairs_of_a_day() if lines.days_differ else self._pairs(lines.lines)
        if self.other_days.lines:
            which |= self.workshop.rulebook.looking_beyond
        return which & self.setting.asks

    @property
    def asked_beside_others(self) -> int:
        """The same, if lines of other claims are on the claim's day."""
        rulebook = self.workshop.rulebook
        return self.asked() | ((rulebook.of_days | rulebook.looking_beyond) & self.setting.asks)

    def read_by(self, asked: int) -> tuple[Hashable, ...]:
        """What the rules in `asked` read of the claim besides its lines: diagnoses, and what the rules declare
        themselves."""
        rulebook = self.workshop.rulebook
        found: list[Hashable] = [*self.diagnoses.each] if asked & rulebook.by_diagnoses else []
        for bit, of_claim in rulebook.by_claim:
            if asked & bit:
                found.append(of_claim(self.claim, self.on))
        return tuple(found)

    @property
    def apart(self) -> tuple[int, ...]:
        """How many days after the first each line is; empty if all are on one day."""
        if not self.compiled.days_differ or self.on is None:
            return ()
        return tuple([-1 if day is None else (day - self.on).days for day in self.days])

    @property
    def is_of_some_days(self) -> bool:
        """Whether all lines of an outpatient bill are by one provider, each on one day, with no other claims.

        Their findings depend on the distance between their days, and not on any date.
        """
        if not self.compiled.days_differ or self.others or self.other_days.lines or self.counted.lines:
            return False
        if self.compiled.any & (Mark.SPREAD | Mark.COUNTED) or len(self.lines) > _MANY_LINES or None in self.days:
            return False
        if not self.setting.facts.institutional or self.setting.facts.inpatient:
            return False
        return len({(line.rendering_npi, line.rendering_taxonomy) for line in self.claim.lines}) == 1

    def _pairs_of_a_day(self) -> int:
        """The set of rules that two lines of one day may affect as a pair."""
        days: dict[date | None, list[CompiledLine]] = {}
        for line, day in zip(self.lines, self.days, strict=True):
            days.setdefault(day, []).append(line)
        return reduce(or_, [self._pairs(lines) for lines in days.values() if len(lines) > 1], 0)

    def _pairs(self, lines: Sequence[CompiledLine]) -> int:
        """The set of rules that two of the lines may affect as a pair."""
        if len(lines) > _MANY_LINES:
            return self.workshop.rulebook.on_pairs
        which, known, setting = 0, self.setting.pairs.get, self.setting
        coded = [line for line in lines if line.code is not None]
        for one, other in combinations(coded, 2):
            pair = known((one.sort, other.sort) if one.sort < other.sort else (other.sort, one.sort))
            which |= self.workshop.pair(setting, one, other) if pair is None else pair
        return which

    @property
    def is_plain(self) -> bool:
        """Whether all lines are on one day with one provider, and no lines of other claims are evaluated with them."""
        if self._is_plain is None:
            self._is_plain = self._are_together()
        return self._is_plain

    def _are_together(self) -> bool:
        return not self.others and not self.other_days.lines and self._are_of_one_day()

    def _are_of_one_day(self) -> bool:
        return not self.counted.lines and self._is_alike

    @property
    def _is_alike(self) -> bool:
        """Whether the findings depend only on the lines, and on what is counted with them."""
        return self.is_of_one_provider and (self.claim.delivery_date is None or not self.compiled.any & Mark.COUNTED)

    @property
    def is_of_one_provider(self) -> bool:
        """Whether all lines, not very many, are on one day with one provider."""
        lines = self.claim.lines
        if self.compiled.any & Mark.SPREAD or self.compiled.days_differ or len(lines) > _MANY_LINES:
            return False
        return len(lines) == 1 or len({*map(_day_and_provider, lines)}) == 1

    @property
    def is_beside_others(self) -> bool:
        """Whether all lines are on one day with one provider, with lines of other claims of that provider.

        Also if a limit counts so many lines that it does not matter which.
        """
        if self.neighbours is None or self.days[0] is None or not self._is_alike or len(self.others) > _MANY_OTHERS:
            return False
        if self.other_days.lines:
            return False
        return not self.counted.lines or self.counted.in_short is not None

    def counted_by(self) -> tuple[object, ...] | None:
        """What a frequency limit looks at besides the lines; None if no limit counts any."""
        if self.counted.in_short is not None:
            return self.counted.in_short
        if not self.compiled.any & Mark.COUNTED:
            return None
        if not self.compiled.any & Mark.BY_PROVIDER:
            return ()
        claim = self.claim
        return claim.lines[0].rendering_npi, claim.rendering_npi, claim.billing_npi

    @property
    def placed(self) -> list[Placed]:
        """The lines that are on a day."""
        if self._placed is None:
            self._placed = places(self.claim, self.setting.facts, self.compiled)
        return self._placed

    def _others(self) -> Sequence[RecordedLine]:
        """The lines of the member's other claims that may matter."""
        history, member_id = self.history, self.claim.member_id
        if history is None or not isinstance(member_id, str):
            return ()
        if self.setting.facts.frequency == "8":  # a void is compared with no other claim, and none with it
            return ()
        if isinstance(history, Batch) and not history.may_hold(member_id):
            return ()
        if self._reach is None:
            self._reach = self._reaching()
        since, last, whose = self._reach
        if since is None or last is None:
            return ()
        self.since, self.neighbours = since, whose
        if self.compiled.any & Mark.COUNTED and not self.compiled.any & Mark.ENTANGLED:
            self.counted = self._counted(member_id, history)
        if self.compiled.any & Mark.BEYOND:
            self.other_days = seen_beyond(self.claim, member_id, self._dated, history, whose)
        if isinstance(history, Batch):
            below = self._below[1] if self._below is not None and self._below[0] is history.over else None
            found = history.found(member_id, since, last, whose, other_than=self.claim, below=below)
        else:
            found = beside(history, member_id, since, last, whose, other_than=self.claim)
        if self._below is None:
            self._below = history, found
        return found

    @property
    def asked_beyond(self) -> Sequence[Asked]:
        """Lines of other claims, on other days than the claim's own, that rules look at."""
        return asked_of(self._dated) if self.compiled.any & Mark.BEYOND else ()

    @property
    def _dated(self) -> Iterator[tuple[CompiledLine, date]]:
        """The lines that are on a day, each with its first day."""
        day = self.days[0]
        if not self.is_of_one_provider or day is None:
            return ((line.compiled, line.first) for line in self.placed)
        given = self.claim.lines[0].service_date
        first = given if isinstance(given, date) else day
        return ((line, first) for line in self.lines if line.code is not None)

    def _counted(self, member_id: str, history: LookUp) -> Counted:
        """The lines of other claims that limits count together with those of the claim."""
        if self.is_of_one_provider and isinstance(history, Batch):
            for _, day in self._dated:
                found = counted_in_short(self.claim, member_id, self.lines, day, history)
                if found is not None:
                    return found
                break
        return counted_with(self.claim, member_id, self.placed, history)

    def _reaching(self) -> Reach:
        """The first and last day on which lines of other claims matter, and whose; no days if none do."""
        marks, facts = self.compiled.any, self.setting.facts
        whose: Neighbours | None = None
        if self.is_of_one_provider and self.days[0] is not None and not marks & Mark.ENTANGLED:
            if all(line.code is None for line in self.lines):
                return None, None, None
            given = self.claim.lines[0].service_date
            first = last = given if isinstance(given, date) else self.days[0]
            same = self.lines[0].facts.policy[Settings].same_provider
            whose = self.workshop.neighbours(self.claim, facts, self.claim.lines[0], same)
        else:
            needed = time_needed(self.placed)
            if needed is None:
                return None, None, None
            first, last = needed
            if not marks & Mark.ENTANGLED:
                whose = neighbours(self.placed, facts)
        # On a facility's bill, a primary procedure may be on the day before.
        since = first - timedelta(days=1) if facts.institutional and first > date.min else first
        return since, last, whose

    @property
    def whose(self) -> Neighbours | None:
        """Whose lines of other claims matter; None if one field cannot tell, or if none do."""
        if self._reach is None:
            self._reach = self._reaching()
        return self._reach[2]

    @property
    def duplicates(self) -> Duplicates:
        """The claim's lines that bill exactly what lines of others bill."""
        if self._duplicates is None:
            rule = self.workshop.rulebook.bit_of(DUPLICATE_RULE)
            self._duplicates = Duplicates(self.claim, self.lines, self.others, self.history, rule)
        return self._duplicates

    @property
    def calendar(self) -> Calendar:
        """The claim's lines by day and provider, together with those of other claims."""
        if self._calendar is None:
            undated = [
                (position, line)
                for position, (line, day) in enumerate(zip(self.lines, self.days, strict=True), 1)
                if day is None and line.code is not None
            ]
            self._calendar = Calendar(
                self.setting.facts,
                self.placed,
                undated,
                self.others,
                self.other_days.lines[:MOST],
                twins=self.duplicates.by_line(),
                all_seen=len(self.other_days.lines) <= MOST,
            )
        return self._calendar

    @property
    def of_claim(self) -> tuple[Digest, ...]:
        """The findings of setting, outline and diagnoses, if any."""
        if self.setting.said is NOTHING_SAID and self.outline is NOTHING_SAID and self.coded is NOTHING_SAID:
            return self.diagnoses.said
        own = [said for said in (self.setting.said, self.outline, self.coded) if said is not NOTHING_SAID]
        return (*own, *self.diagnoses.said)

    def ask(
        self,
        rules: Iterable[Rule],
        scope: Scope,
        standing: tuple[Disposition, ...],
        tally: Tally,
        *,
        edited: Edited,
        settled: bool,
    ) -> None:
        """Adds the findings of rules of one scope; `settled`: given the standing of other lines by all claims
        together."""
        for view in self.views(scope, standing, edited, settled=settled):
            for rule in rules:
                for said in rule.check(view):
                    tally.add((rule, said))
        if scope is Scope.DAY and not self.is_plain:
            for rule in rules:
                for said in self.calendar.not_seen(self.workshop.rulebook.bit(rule)):
                    tally.add((rule, said))

    def say_alone(self, rule: Rule, standing: tuple[Disposition, ...], tally: Tally) -> None:
        """Adds, for each line whose code no other line bills, the findings of a rule that evaluates codes by
        themselves."""
        for position, (line, stands) in enumerate(zip(self.lines, standing, strict=True), 1):
            for said in self.workshop.said_alone(line, rule, stands):
                tally.add(said, position)

    def views(
        self, scope: Scope, standing: tuple[Disposition, ...], edited: Edited = (), *, settled: bool = False
    ) -> Sequence[Any]:
        """What a rule of `scope` looks at, one at a time; the same objects while the standing does not change."""
        settled = settled and len(self.others) > 0
        edited = edited if scope is Scope.CLAIM or (scope is Scope.DAY and self.setting.facts.institutional) else ()
        key = (scope, standing, edited, settled)
        known = self._views.get(key)
        if known is None:
            match scope:
                case Scope.DAY:
                    known = self._days(standing, edited, settled=settled)
                case Scope.MEMBER:
                    known = self._services(standing)
                case _:
                    known = [self._whole(standing, edited)]
            self._views[key] = known
        return known

    def whole_claim(self, standing: tuple[Disposition, ...], edited: Edited) -> Sequence[WholeClaim]:
        """The claim as rules of scope claim see it, with this standing of its lines."""
        return self.views(Scope.CLAIM, standing, edited)

    def _days(self, standing: tuple[Disposition, ...], edited: Edited, *, settled: bool) -> Sequence[Any]:
        codes = tuple([diagnosis.code for diagnosis in self.diagnoses.facts if diagnosis.code is not None])
        day = self.days[0] if self.is_plain else None
        if day is None:
            return self.calendar.days(standing, codes, edited, settled=settled)
        first = self.claim.lines[0].service_date
        on = self.lines[0].facts.on if self.setting.facts.inpatient else day
        first = first if isinstance(first, date) else day
        facts = self.setting.facts
        return one_day(facts, self.lines, first, on=on, standing=standing, diagnoses=codes, edited=edited)

    def _services(self, standing: tuple[Disposition, ...]) -> Sequence[Any]:
        if self.setting.facts.frequency == "8":  # a void takes its services back
            return []
        others = self.others if self.compiled.any & Mark.ENTANGLED else self.counted.lines
        return services_of(self.claim, self.placed, standing, others)

    @property
    def unseen(self) -> Unseen:
        """Why the member's other claims are not known, or not completely, and which rules would have read them."""
        which = self.compiled.other_claims
        ids = self.workshop.rulebook.ids
        found: list[tuple[Reason, tuple[str, ...]]] = []
        if self.meant.doubted and (rules := (*self._of_versions(), *ids(which))):
            found.append((Reason.UNKNOWN_ORIGINAL, tuple(sorted(rules))))
        if not which:
            return tuple(found)
        if not isinstance(self.claim.member_id, str):
            return ((Reason.MISSING_FIELD, ids(which)),)
        before = self._before_the_history(which)
        if before:
            found.append((Reason.NO_HISTORY, ids(before)))
        if may_grow(self.history):
            found.append((Reason.LATER_CLAIMS, ids(which)))
        return tuple(found)

    def _of_versions(self) -> tuple[str, ...]:
        """The rule that says which version of a bill counts, if it runs."""
        return tuple(rule.id for rule in self.workshop.rulebook.of_setting if rule.id == _VERSIONS)

    def _before_the_history(self, which: int) -> int:
        """Of the rules in `which`, those that read days not fully covered by the history."""
        known_from = None if self.history is None else self.history.known_from
        if known_from is None:
            return which
        if known_from == date.min:
            return 0
        early = [line.compiled.other_claims for line in self.placed if line.first < known_from]
        early += [
            bit & which
            for line in self.placed
            for bit, days in line.compiled.beyond
            if days.since(line.first) < known_from
        ]
        return reduce(or_, early, 0)

    def _whole(self, standing: tuple[Disposition, ...], edited: Edited) -> WholeClaim:
        setting = self.setting.facts
        return WholeClaim(
            self.claim,
            setting,
            self.reference,
            self.frame,
            self.diagnoses.facts,
            tuple([line.facts for line in self.lines]),
            tuple(self.days),
            standing,
            self.on,
            setting.policy.on(self.on),
            setting.tables.on(self.on),
            edited,
        )
