"""Work that is done once for all that is alike: settings, diagnoses and lines, with what their rules say of them.

A line is compiled when the first of its kind is met, and every later one is answered from the cache. The caches are
bounded: a full one is emptied, which costs time and changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs

from claimcheck.claims import Claim, Diagnosis, ServiceLine, Unreadable
from claimcheck.engine.rulebook import Rulebook
from claimcheck.policies import Policy
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis, read_diagnosis
from claimcheck.rules.facts.line import Line, LineKey, read_line, service_day
from claimcheck.rules.facts.setting import Setting, receipt_day, setting_key
from claimcheck.rules.facts.tables_on import TablesByDay
from claimcheck.rules.rule import Raised, Rule, Unchecked
from claimcheck.tables import Found, Tables

__all__ = ["CompiledDiagnosis", "CompiledLine", "CompiledSetting", "Said", "Workshop"]

_MOST_KEPT = 8_192

Said = tuple[Rule, Raised | Unchecked]


@attrs.frozen(eq=False)
class CompiledLine:
    """The facts of a line, what the line rules say of it, and the services that frequency limits count it as."""

    facts: Line
    said: tuple[Said, ...]
    services: tuple[tuple[Limit, str], ...]


@attrs.frozen(eq=False)
class CompiledDiagnosis:
    """The facts of a diagnosis, and what the diagnosis rules say of it."""

    facts: ClaimDiagnosis
    said: tuple[Said, ...]


@attrs.frozen(eq=False)
class CompiledSetting:
    """A setting, what the setting rules say of it, and the lines and diagnoses met in it."""

    facts: Setting
    said: tuple[Said, ...]
    lines: dict[LineKey, CompiledLine] = attrs.field(factory=dict)
    diagnoses: dict[tuple[Any, ...], CompiledDiagnosis] = attrs.field(factory=dict)


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

    def __attrs_post_init__(self) -> None:
        accepted = self.policy.on(None)[TablesAccepted]
        if accepted.approximate_history or accepted.staleness_days:
            self.tables = self.tables.allowing(
                approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
            )
        self._boundaries = sorted({*self.tables.boundaries, *self.policy.boundaries})
        self._asked = TablesByDay(self.tables)

    def setting(self, claim: Claim, *, has_reference: bool) -> CompiledSetting:
        """The setting of a claim."""
        key = setting_key(claim, has_reference=has_reference, era=self.era(receipt_day(claim)))
        known = self._settings.get(key)
        if known is None:
            facts = Setting.of(claim, self.policy, self._asked, has_reference=has_reference)
            known = CompiledSetting(facts, _say(self.rulebook.of_setting, facts))
            _keep(self._settings, key, known)
        return known

    def line(
        self, line: ServiceLine, claim: Claim, setting: CompiledSetting, frame: Frame
    ) -> tuple[CompiledLine, date | None]:
        """A line, and its day."""
        day = service_day(line, claim, setting.facts)
        key = LineKey.of(line, frame, len(claim.diagnoses), self.era(day))
        known = setting.lines.get(key)
        if known is None:
            facts = read_line(line, setting.facts, key, day)
            known = CompiledLine(facts, _say(self.rulebook.of_line, facts), tuple(self.services(facts)))
            _keep(setting.lines, key, known)
        return known, day

    def diagnosis(
        self, diagnosis: Diagnosis | Unreadable, setting: CompiledSetting, day: date | None
    ) -> CompiledDiagnosis:
        """A diagnosis of a claim that is judged by `day`."""
        key = (diagnosis, self.era(day))
        known = setting.diagnoses.get(key)
        if known is None:
            facts = read_diagnosis(diagnosis, setting.facts, day)
            known = CompiledDiagnosis(facts, _say(self.rulebook.of_diagnosis, facts))
            _keep(setting.diagnoses, key, known)
        return known

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


def _say(rules: tuple[Rule, ...], view: Any) -> tuple[Said, ...]:
    return tuple((rule, said) for rule in rules for said in rule.check(view))


def _keep(cache: dict[Any, Any], key: Any, value: Any) -> None:
    if len(cache) >= _MOST_KEPT:
        cache.clear()
    cache[key] = value
