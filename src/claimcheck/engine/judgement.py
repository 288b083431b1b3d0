"""The judgement of one claim: from its lines to what all rules say of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from claimcheck.claims import Claim, Disposition, Reason, ServiceUse
from claimcheck.engine.days import Calendar, places
from claimcheck.engine.services import services_of, time_needed, used
from claimcheck.engine.shared import Workshop
from claimcheck.engine.tally import Tally
from claimcheck.history.recorded import LookUp, RecordedLine
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.whole_claim import WholeClaim
from claimcheck.rules.rule import Phase, Scope

__all__ = ["Judgement", "judge"]


def judge(claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> Judgement:
    """All that the rules say of `claim`, as of the processing date `reference`."""
    judgement = Judgement(claim, workshop, reference, history)
    tally = judgement.tally
    for phase, scopes in workshop.rulebook.later:
        # Within a phase no rule sees what another found: they all see the standing that the phases before left.
        standing = tally.standing
        for scope, rules in scopes:
            for view in judgement.views(scope, standing):
                for rule in rules:
                    for said in rule.check(view):
                        tally.add((rule, said))
            if scope is Scope.DAY:
                for rule in rules:
                    for said in judgement.calendar.not_seen:
                        tally.add((rule, said))
        if phase is Phase.FREQUENCY:
            judgement.services = tuple(used(judgement.views(Scope.MEMBER, standing)))
    return judgement


class Judgement:
    """One claim under judgement: its facts, the views of it that rules ask for, and the tally of what they said."""

    def __init__(self, claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> None:
        self.claim = claim
        self.workshop = workshop
        self.reference = reference
        self.history = history
        self.setting = workshop.setting(claim, has_reference=reference is not None)
        self.frame = Frame.of(claim, reference)
        lines = [workshop.line(line, claim, self.setting, self.frame) for line in claim.lines]
        self.lines = [compiled for compiled, _ in lines]
        self.days = tuple([day for _, day in lines])
        self.on = min((day for day in self.days if day is not None), default=None)
        self.diagnoses = [workshop.diagnosis(diagnosis, self.setting, self.on) for diagnosis in claim.diagnoses]
        self.placed = places(claim, self.setting.facts, lines)
        undated = [
            (position, compiled)
            for position, (compiled, day) in enumerate(lines, 1)
            if day is None and compiled.facts.code is not None
        ]
        self.others = self._others()
        self.calendar = Calendar(self.setting.facts, self.placed, undated, self.others)
        self.tally = self._tally()
        self.services: tuple[ServiceUse, ...] = ()
        self._views: dict[tuple[Scope, Sequence[Disposition]], Sequence[Any]] = {}

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

    def _tally(self) -> Tally:
        """What the rules of the setting, of the diagnoses and of single lines said, long since or just now."""
        tally = Tally(len(self.lines))
        for said in self.setting.said:
            tally.add(said)
        for diagnosis in self.diagnoses:
            for said in diagnosis.said:
                tally.add(said)
        for position, line in enumerate(self.lines, 1):
            for said in line.said:
                tally.add(said, position)
        return tally

    def _others(self) -> tuple[RecordedLine, ...]:
        needed = time_needed(self.placed)
        if self.history is None or needed is None or not isinstance(self.claim.member_id, str):
            return ()
        first, last = needed
        eve = first if first == date.min else first - timedelta(days=1)  # a primary may stand on the day before
        return self.history.lines(self.claim.member_id, eve, last, other_than=self.claim)

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
            self.days,
            standing,
            self.on,
            setting.policy.on(self.on),
            setting.tables.on(self.on),
        )
