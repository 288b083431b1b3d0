"""Work that is done once for all that is alike: settings, outlines, diagnoses and lines, with what is said of them.

A line is compiled when the first of its kind is met, and every later one is answered from the cache. The caches are
bounded: a full one is emptied, which costs time and changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from claimcheck.claims import Claim, Diagnosis, Disposition, Unreadable
from claimcheck.codes import npi
from claimcheck.engine.digest import Digest, Said, digest
from claimcheck.engine.rulebook import Rulebook
from claimcheck.policies import Policy
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.policies.parameters.structure import MemberId, MemberIdFormat
from claimcheck.rules.facts.charge import AMOUNT, read_charge
from claimcheck.rules.facts.code import MISSING
from claimcheck.rules.facts.day import Day, DayLine, units_per_day
from claimcheck.rules.facts.days import Frame, flags
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis, read_diagnosis
from claimcheck.rules.facts.line import (
    Line,
    LineKey,
    apart,
    billed,
    impersonal,
    read_line,
    service_day,
    span_days,
    unreadable,
)
from claimcheck.rules.facts.outline import Outline, OutlineKey, outline_key
from claimcheck.rules.facts.pointer import pointer_flags
from claimcheck.rules.facts.setting import Setting, receipt_day, setting_key
from claimcheck.rules.facts.tables_on import TablesByDay
from claimcheck.rules.rule import Raised, Rule, Unchecked
from claimcheck.tables import Found, Tables

__all__ = ["CompiledDiagnosis", "CompiledLine", "CompiledSetting", "Workshop"]

_MOST_KEPT = 8_192
_MOST_PAIRS = 65_536


@attrs.frozen(eq=False)
class CompiledLine:
    """The facts of a line, and all that can be said of it before the other lines are looked at.

    `own` is what the line rules say; `alone` that and what the rules say that judge each code of a day by itself, which
    holds where no other line bills the code. `concerns` is the set of rules of several lines that the line may concern.
    `services` are those that frequency limits count the line as.
    """

    facts: Line
    own: Digest
    alone: Digest
    concerns: int
    services: tuple[tuple[Limit, str], ...]
    by_code: dict[Rule, dict[Disposition, tuple[Said, ...]]]


@attrs.frozen(eq=False)
class CompiledDiagnosis:
    """The facts of a diagnosis, and what the diagnosis rules say of it."""

    facts: ClaimDiagnosis
    said: Digest


@attrs.frozen(eq=False)
class CompiledSetting:
    """A setting, what the setting rules say of it, and the outlines, lines and diagnoses met in it.

    `asks` is the set of wide rules that may be asked in the setting at all; `pairs` holds the rules that two codes may
    concern as a pair.
    """

    facts: Setting
    said: Digest
    asks: int
    inpatient: bool
    lines: dict[tuple[Any, ...], CompiledLine] = attrs.field(factory=dict)
    outlines: dict[OutlineKey, Digest] = attrs.field(factory=dict)
    diagnoses: dict[tuple[Any, ...], CompiledDiagnosis] = attrs.field(factory=dict)
    pairs: dict[tuple[int, str | None, str | None], int] = attrs.field(factory=dict)


@attrs.define(eq=False)
class Workshop:
    """Compiles, and keeps what it compiled."""

    rulebook: Rulebook
    policy: Policy
    tables: Tables
    _settings: dict[tuple[object, ...], CompiledSetting] = attrs.field(factory=dict, init=False)
    _eras: dict[date | None, int] = attrs.field(factory=dict, init=False)
    _boundaries: list[date] = attrs.field(factory=list, init=False)
    _asked: TablesByDay = attrs.field(init=False)
    _asks_for_mbi: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        accepted = self.policy.on(None)[TablesAccepted]
        if accepted.approximate_history or accepted.staleness_days:
            self.tables = self.tables.allowing(
                approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
            )
        self._boundaries = sorted({*self.tables.boundaries, *self.policy.boundaries})
        self._asked = TablesByDay(self.tables)
        times = (date.min, *self.policy.boundaries)
        self._asks_for_mbi = any(self.policy.on(day)[MemberId].format is MemberIdFormat.MBI for day in times)

    def setting(self, claim: Claim, *, has_reference: bool) -> CompiledSetting:
        """The setting of a claim."""
        key = setting_key(claim, has_reference=has_reference, era=self.era(receipt_day(claim)))
        known = self._settings.get(key)
        if known is None:
            facts = Setting.of(claim, self.policy, self._asked, has_reference=has_reference)
            said = digest(_say(self.rulebook.of_setting, facts))
            known = CompiledSetting(facts, said, self._asks_in(facts), facts.inpatient)
            _keep(self._settings, key, known)
        return known

    def lines(
        self, claim: Claim, setting: CompiledSetting, frame: Frame
    ) -> tuple[list[CompiledLine], list[date | None]]:
        """The lines of a claim, and their days."""
        compiled, days = [], []
        diagnoses = len(claim.diagnoses)
        known_lines = setting.lines
        first = last = _NOT_YET
        for line in claim.lines:
            if line.service_date != first or line.service_date_end != last:
                first, last = line.service_date, line.service_date_end  # hardly ever another than the line before
                dates, span = flags(line, frame), span_days(line)
                day = service_day(line, claim, setting.facts)
                era = self.era(day)
            charge, pointers = read_charge(line.charge), line.diagnosis_pointers
            key = (
                era,
                billed(line),
                None if charge is AMOUNT else charge,
                dates,
                span,
                pointer_flags(pointers, diagnoses),
                pointers != (),
                MISSING if line.rendering_npi is None else impersonal(npi.parse, line.rendering_npi),
                unreadable(line),
                apart(line),
            )
            known = known_lines.get(key)
            if known is None:
                known = self._line(read_line(line, setting.facts, LineKey(*key), day), setting)
                _keep(known_lines, key, known)
            compiled.append(known)
            days.append(day)
        return compiled, days

    def outline(
        self,
        claim: Claim,
        setting: CompiledSetting,
        frame: Frame,
        *,
        diagnoses: Sequence[CompiledDiagnosis],
        lines: Sequence[CompiledLine],
        on: date | None,
    ) -> Digest:
        """What the rules of the outline say of a claim whose first day is `on`."""
        key = outline_key(
            claim,
            frame,
            [diagnosis.facts for diagnosis in diagnoses],
            [line.facts for line in lines],
            self.era(on),
            asks_for_mbi=self._asks_for_mbi,
        )
        known = setting.outlines.get(key)
        if known is None:
            known = digest(_say(self.rulebook.of_outline, Outline.of(key, setting.facts, on)))
            _keep(setting.outlines, key, known)
        return known

    def diagnosis(
        self, diagnosis: Diagnosis | Unreadable, setting: CompiledSetting, day: date | None
    ) -> CompiledDiagnosis:
        """A diagnosis of a claim that is judged by `day`."""
        key = (diagnosis, self.era(day))
        known = setting.diagnoses.get(key)
        if known is None:
            facts = read_diagnosis(diagnosis, setting.facts, day)
            known = CompiledDiagnosis(facts, digest(_say(self.rulebook.of_diagnosis, facts)))
            _keep(setting.diagnoses, key, known)
        return known

    def pair(self, setting: CompiledSetting, one: Line, other: Line) -> int:
        """The set of rules that two lines may concern as a pair."""
        key = self.era(one.on), one.code, other.code
        known = setting.pairs.get(key)
        if known is None:
            known = 0
            for bit, _, needs in self.rulebook.needing:
                if needs.pair is not None and bit & setting.asks and needs.pair(one, other):
                    known |= bit
            _keep(setting.pairs, key, known, most=_MOST_PAIRS)
        return known

    def said_alone(self, line: CompiledLine, rule: Rule, standing: Disposition) -> tuple[Said, ...]:
        """What a rule that judges each code by itself says of a day of this line alone, standing so."""
        known = line.by_code.get(rule)
        if known is None:
            return ()
        said = known.get(standing)
        if said is None:
            said = known[standing] = _of_the_line(rule, line.facts, standing)
        return said

    def era(self, day: date | None) -> int:
        """The number of the time, between two changes of any table or of the policy, that `day` falls in."""
        known = self._eras.get(day)
        if known is None:
            known = -1 if day is None else bisect_right(self._boundaries, day)
            _keep(self._eras, day, known)
        return known

    def services(self, line: Line) -> Iterable[tuple[Limit, str]]:
        """The limits that hold for a line, each with the name of the service that the line counts as."""
        if line.code is None:
            return
        for limit in line.policy[Limits].limits:
            if line.code in limit.codes:
                group = line.tables.service_group(line.code) if limit.grouped else None
                yield limit, group.value.name if isinstance(group, Found) else line.code

    def _line(self, facts: Line, setting: CompiledSetting) -> CompiledLine:
        said = _say(self.rulebook.of_line, facts)
        own = alone = digest(said)
        concerns = 0
        by_code: dict[Rule, dict[Disposition, tuple[Said, ...]]] = {}
        for bit, rule, needs in self.rulebook.needing:
            if not bit & setting.asks:
                continue
            if needs.line is not None and needs.line(facts):
                concerns |= bit
            if facts.code is not None and facts.on is not None:
                if needs.by_code:
                    by_code[rule] = {own.disposition: _of_the_line(rule, facts, own.disposition)}
                if needs.alone and _of_the_line(rule, facts, own.disposition):
                    concerns |= bit
        if extra := [one for known in by_code.values() for said_alone in known.values() for one in said_alone]:
            alone = digest([*said, *extra])
        return CompiledLine(facts, own, alone, concerns, tuple(self.services(facts)), by_code)

    def _asks_in(self, setting: Setting) -> int:
        """The set of wide rules that may be asked in a setting."""
        which = 0
        for rule in self.rulebook.wide:
            if rule.needs is None or rule.needs.setting is None or rule.needs.setting(setting):
                which |= self.rulebook.bit(rule)
        return which


_NOT_YET: Any = object()


def _of_the_line(rule: Rule, line: Line, standing: Disposition) -> tuple[Said, ...]:
    """What a rule of days says of a day of one line alone, as said of whatever line it will be."""
    alone = DayLine(
        1,
        line.code or "",
        line.modifier_codes,
        units_per_day(line.units, line.span_days),
        standing,
        line.on,
        line.on,
        line,
        line.revenue.text,
    )
    codes = frozenset({alone.code})
    claim_codes = codes if alone.accepted else frozenset[str]()
    day = Day(line.setting, line.on, (alone,), codes, (), claim_codes, (), line.policy, line.tables)
    return tuple((rule, _unplaced(said)) for said in rule.check(day))


def _unplaced(said: Raised | Unchecked) -> Raised | Unchecked:
    return attrs.evolve(said, line=None) if isinstance(said, Raised) else attrs.evolve(said, lines=())


def _say(rules: tuple[Rule, ...], view: Any) -> tuple[Said, ...]:
    return tuple((rule, said) for rule in rules for said in rule.check(view))


def _keep(cache: dict[Any, Any], key: Any, value: Any, most: int | None = None) -> None:
    if len(cache) >= (_MOST_KEPT if most is None else most):
        cache.clear()
    cache[key] = value
