"""The judgement of one claim: from its lines to what all rules say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import attrs

from claimcheck.claims import Claim, Disposition, Reason, ServiceUse
from claimcheck.engine.days import Calendar, Placed, places
from claimcheck.engine.digest import Digest, Note
from claimcheck.engine.services import services_of, time_needed, used
from claimcheck.engine.shared import Workshop
from claimcheck.engine.tally import Tally
from claimcheck.history.recorded import LookUp, RecordedLine
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.whole_claim import WholeClaim
from claimcheck.rules.rule import Phase, Raised, Rule, Scope, Unchecked

__all__ = ["Judgement", "judge"]

#: Lines beyond which the rules of pairs are asked without a look at each pair: it would cost more than it saves.
_MANY_LINES = 12


def judge(claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> Said:
    """All that the rules say of `claim`, as of the processing date `reference`."""
    judgement = Judgement(claim, workshop, reference, history)
    asked = judgement.asks()
    if not asked and not judgement.outline.scattered:
        return _said_before(judgement)
    return _said_together(judgement, asked)


@attrs.frozen(eq=False)
class Said:
    """What was said of a claim: of the claim itself, of each line, what was not checked and where (by position)."""

    of_claim: tuple[Digest, ...]
    of_lines: Sequence[Digest]
    unchecked: Mapping[Note, Collection[int]]
    services: tuple[ServiceUse, ...] = ()
    overturned: Sequence[tuple[Rule, Raised]] = ()


def _said_before(judgement: Judgement) -> Said:
    """What is said where no rule of several lines has anything to say: all of it was said of others alike before."""
    of_claim = (judgement.setting.said, judgement.outline, *[diagnosis.said for diagnosis in judgement.diagnoses])
    of_lines = [line.alone for line in judgement.lines]
    unchecked: dict[Note, list[int]] = {}
    for said in of_claim:
        for note in said.notes:
            unchecked.setdefault(note, [])
    for position, said in enumerate(of_lines, 1):
        for note in said.notes:
            if note in unchecked:
                unchecked[note].append(position)
            else:
                unchecked[note] = [position]
    return Said(of_claim, of_lines, unchecked)


def _said_together(judgement: Judgement, asked: int) -> Said:
    """What is said with the rules of several lines, those of the set `asked`."""
    tally = Tally([line.own for line in judgement.lines])
    for said in judgement.of_claim:
        tally.add(said)
    services: tuple[ServiceUse, ...] = ()
    rulebook = judgement.workshop.rulebook
    for phase, scopes in rulebook.asked(asked):
        # Within a phase no rule sees what another found: they all see the standing that the phases before left.
        standing = tally.standing
        for scope, rules in scopes:
            judgement.ask(rules, scope, standing, tally)
        for rule in rulebook.by_code:
            if rule.phase is phase and not asked & rulebook.bit(rule):
                judgement.say_alone(rule, standing, tally)
        if phase is Phase.FREQUENCY:
            services = tuple(used(judgement.views(Scope.MEMBER, standing)))
    return Said((tally.of_claim,), tally.of_lines, tally.unchecked, services, tally.overturned)


class Judgement:
    """One claim under judgement: its facts, which rules are to be asked of it, and the views that they ask for."""

    def __init__(self, claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> None:
        self.claim = claim
        self.workshop = workshop
        self.reference = reference
        self.history = history
        self.setting = workshop.setting(claim, has_reference=reference is not None)
        self.frame = Frame.of(claim, reference)
        self.lines, self.days = workshop.lines(claim, self.setting, self.frame)
        self.on = _first(self.days)
        self.diagnoses = [workshop.diagnosis(diagnosis, self.setting, self.on) for diagnosis in claim.diagnoses]
        self.outline = workshop.outline(
            claim, self.setting, self.frame, diagnoses=self.diagnoses, lines=self.lines, on=self.on
        )
        self._views: dict[tuple[Scope, Sequence[Disposition]], Sequence[Any]] = {}

    def asks(self) -> int:
        """The set of rules of several lines that may have something to say of the claim."""
        rulebook = self.workshop.rulebook
        which = rulebook.always
        codes = set()
        alone = True  # whether every line lies on one day, and no line of another claim beside it
        for line, day in zip(self.lines, self.days, strict=True):
            which |= line.concerns
            if line.services:
                which |= rulebook.of_members
            if line.facts.code is not None:
                codes.add(line.facts.code)
                alone = alone and day is not None and line.facts.span_days == 1
        coded = sum(line.facts.code is not None for line in self.lines)
        if not alone or self.others:
            return (which | rulebook.of_days | rulebook.on_repeats) & self.setting.asks
        if len(codes) < coded:
            which |= rulebook.on_repeats
        return (which | self._pairs()) & self.setting.asks

    def _pairs(self) -> int:
        """The set of rules that two of the lines may concern as a pair."""
        if len(self.lines) > _MANY_LINES:
            return self.workshop.rulebook.on_pairs
        which, pair, setting = 0, self.workshop.pair, self.setting
        for place, line in enumerate(self.lines):
            for other in self.lines[:place]:
                one, two = other.facts, line.facts
                if one.code is not None and two.code is not None and one.code != two.code:
                    which |= pair(setting, *((one, two) if one.code < two.code else (two, one)))
        return which

    @cached_property
    def placed(self) -> list[Placed]:
        """The lines that lie on a day."""
        return places(self.claim, self.setting.facts, list(zip(self.lines, self.days, strict=True)))

    @cached_property
    def others(self) -> tuple[RecordedLine, ...]:
        """The lines of the member's other claims that may matter."""
        if self.history is None or not isinstance(self.claim.member_id, str):
            return ()
        needed = time_needed(self.placed)
        if needed is None:
            return ()
        first, last = needed
        eve = first if first == date.min else first - timedelta(days=1)  # a primary may stand on the day before
        return self.history.lines(self.claim.member_id, eve, last, other_than=self.claim)

    @cached_property
    def calendar(self) -> Calendar:
        """The claim's lines by day and provider, with those of other claims beside them."""
        undated = [
            (position, line)
            for position, (line, day) in enumerate(zip(self.lines, self.days, strict=True), 1)
            if day is None and line.facts.code is not None
        ]
        return Calendar(self.setting.facts, self.placed, undated, self.others)

    @property
    def of_claim(self) -> Iterator[tuple[Rule, Raised | Unchecked]]:
        """What the rules of the setting, the outline and the diagnoses say."""
        yield from self.setting.said.said
        yield from self.outline.said
        for diagnosis in self.diagnoses:
            yield from diagnosis.said.said

    def ask(self, rules: Iterable[Rule], scope: Scope, standing: tuple[Disposition, ...], tally: Tally) -> None:
        """Adds what rules of one scope say of the claim."""
        for view in self.views(scope, standing):
            for rule in rules:
                for said in rule.check(view):
                    tally.add((rule, said))
        if scope is Scope.DAY:
            for rule in rules:
                for said in self.calendar.not_seen:
                    tally.add((rule, said))

    def say_alone(self, rule: Rule, standing: tuple[Disposition, ...], tally: Tally) -> None:
        """Adds what a rule that judges codes by themselves says of each line, where no other line bills its code."""
        for position, (line, stands) in enumerate(zip(self.lines, standing, strict=True), 1):
            for said in self.workshop.said_alone(line, rule, stands):
                tally.add(said, position)

    def views(self, scope: Scope, standing: tuple[Disposition, ...]) -> Sequence[Any]:
        """What a rule of `scope` looks at, each in turn; the same objects while the standing stays the same."""
        known = self._views.get((scope, standing))
        if known is None:
            match scope:
                case Scope.DAY:
                    known = self._days(standing)
                case Scope.MEMBER:
                    known = self._services(standing)
                case _:
                    known = [self._whole(standing)]
            self._views[scope, standing] = known
        return known

    def _days(self, standing: tuple[Disposition, ...]) -> Sequence[Any]:
        codes = tuple([diagnosis.facts.code for diagnosis in self.diagnoses if diagnosis.facts.code is not None])
        return self.calendar.days(standing, codes)

    def _services(self, standing: tuple[Disposition, ...]) -> Sequence[Any]:
        if self.setting.facts.frequency == "8":  # a void takes its services back
            return []
        return services_of(self.claim, self.placed, standing, self.others, unknown=self._unknown_history())

    def _unknown_history(self) -> Reason | None:
        known_from = None if self.history is None else self.history.known_from
        if known_from is None or any(line.first < known_from for line in self.placed):
            return Reason.NO_HISTORY
        return None if isinstance(self.claim.member_id, str) else Reason.MISSING_FIELD

    def _whole(self, standing: tuple[Disposition, ...]) -> WholeClaim:
        setting = self.setting.facts
        return WholeClaim(
            self.claim,
            setting,
            self.reference,
            self.frame,
            tuple([diagnosis.facts for diagnosis in self.diagnoses]),
            tuple([line.facts for line in self.lines]),
            tuple(self.days),
            standing,
            self.on,
            setting.policy.on(self.on),
            setting.tables.on(self.on),
        )


def _first(days: Sequence[date | None]) -> date | None:
    return min([day for day in days if day is not None], default=None)
