"""Work done once for everything that is alike: settings, outlines, diagnoses and lines, with their findings.

A line is compiled when the first of its kind is seen, and later ones are answered from the cache. The caches are
bounded: a full cache drops its older half, which costs time and changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import count, islice
from operator import attrgetter
from typing import Any, Generic, TypeVar

import attrs

from claimcheck.claims import Claim, Diagnosis, Disposition, Reason, ServiceLine, Unreadable
from claimcheck.codes import npi
from claimcheck.engine.compiled import (
    CompiledDiagnoses,
    CompiledDiagnosis,
    CompiledLine,
    CompiledLines,
    CompiledSetting,
    Mark,
    marks_of,
)
from claimcheck.engine.digest import NOTHING_SAID, Digest, Said, digest
from claimcheck.engine.outpatient import is_paid_by_opps
from claimcheck.engine.provider import is_known, provider_of
from claimcheck.engine.rulebook import Rulebook
from claimcheck.engine.services import service_name
from claimcheck.engine.times import Alike, ByAnswers
from claimcheck.history.neighbours import Group, Neighbours
from claimcheck.history.recorded import RecordedLine, settled
from claimcheck.money import ZERO
from claimcheck.policies import Policy
from claimcheck.policies.parameters.coverage import TablesAccepted
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.policies.parameters.ncci import SameProvider
from claimcheck.policies.parameters.structure import MemberId, MemberIdFormat, TimelyFiling
from claimcheck.rules.facts.charge import AMOUNT, read_charge
from claimcheck.rules.facts.day import Day, DayLine, units_per_day
from claimcheck.rules.facts.days import Frame, LastDay
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis, read_diagnosis
from claimcheck.rules.facts.line import Line, read_line
from claimcheck.rules.facts.line_dates import dated
from claimcheck.rules.facts.line_key import LineKey, as_billed, impersonal, line_key
from claimcheck.rules.facts.outline import Outline, OutlineKey
from claimcheck.rules.facts.outline_key import DiagnosesOutline, codes_in_order, outline_key, repeated_codes
from claimcheck.rules.facts.setting import Setting, receipt_day, setting_key
from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.rules.facts.time import Time
from claimcheck.rules.rule import Needs, OtherDays, Raised, Rule, Unchecked
from claimcheck.tables import PTP, Tables

__all__ = ["Workshop"]

T = TypeVar("T")

_MOST_KEPT = 8_192
_MOST_PAIRS = 65_536
_MOST_TOGETHER = 32_768
_MOST_DIAGNOSES = 16_384
_MOST_IN_GROUPS = 65_536


class Weighed(Generic[T]):
    """Values by key, of which the older half goes once they weigh too much together."""

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._known: dict[Hashable, tuple[T, int]] = {}

    def get(self, key: Hashable) -> T | None:
        """The value of a key, if it is kept."""
        known = self._known.get(key)
        return None if known is None else known[0]

    def keep(self, key: Hashable, value: T, weight: int) -> None:
        """Keeps a value."""
        if self._weight + weight > self._most:
            for old in [*islice(self._known, (len(self._known) + 1) // 2)]:
                self._weight -= self._known.pop(old)[1]
        self._known[key] = value, weight
        self._weight += weight


@attrs.define(eq=False)
class Workshop:
    """Compiles, and keeps what it compiled."""

    rulebook: Rulebook
    policy: Policy
    tables: Tables
    together: dict[tuple[Any, ...], Any] = attrs.field(factory=dict, init=False)
    by_answers: ByAnswers[Any] = attrs.field(factory=lambda: ByAnswers(_MOST_TOGETHER), init=False)
    groups: Weighed[Any] = attrs.field(factory=lambda: Weighed(_MOST_IN_GROUPS), init=False)
    _settings: dict[tuple[object, ...], CompiledSetting] = attrs.field(factory=dict, init=False)
    _diagnoses: dict[object, Alike[CompiledDiagnosis]] = attrs.field(factory=dict, init=False)
    _eras: dict[date | None, int] = attrs.field(factory=dict, init=False)
    _boundaries: list[date] = attrs.field(factory=list, init=False)
    _changes_of_pairs: list[date] = attrs.field(factory=list, init=False)
    _asked: TablesByDay = attrs.field(init=False)
    _asks_for_mbi: bool = attrs.field(init=False)
    asks_for_codes: bool = attrs.field(init=False)  #: whether an outline rule reads diagnosis codes
    _of_codes: tuple[Rule, ...] = attrs.field(init=False)
    _of_outline: tuple[Rule, ...] = attrs.field(init=False)
    _keys_by_codes: bool = attrs.field(init=False)
    _entangled: frozenset[Limit] = attrs.field(init=False)
    last_day: LastDay | None = attrs.field(init=False)
    _numbers: Iterator[int] = attrs.field(factory=count, init=False)
    _likes: dict[tuple[Any, ...], int] = attrs.field(factory=dict, init=False)
    _neighbours: dict[tuple[object, ...], Neighbours] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        accepted = self.policy.on(None)[TablesAccepted]
        if accepted.approximate_history or accepted.staleness_days:
            self.tables = self.tables.allowing(
                approximate_history=accepted.approximate_history, staleness_days=accepted.staleness_days
            )
        self._boundaries = sorted({*self.tables.boundaries, *self.policy.boundaries})
        self._changes_of_pairs = sorted({*self.tables.boundaries_of(_OF_PAIRS), *self.policy.boundaries})
        self._asked = TablesByDay(self.tables)
        self._entangled = _entangled(self.policy)
        self.asks_for_codes = any(
            "codes" in rule.reads and (not rule.tables or any(map(self.tables.has_code_list, rule.tables)))
            for rule in self.rulebook.of_outline
        )
        of_codes = [rule for rule in self.rulebook.of_outline if self.asks_for_codes and _reads_codes_alone(rule)]
        self._of_codes = tuple(of_codes)
        self._of_outline = tuple([rule for rule in self.rulebook.of_outline if rule not in of_codes])
        self._keys_by_codes = any("codes" in rule.reads for rule in self._of_outline)
        self.last_day = _last_day(self.policy)
        times = (date.min, *self.policy.boundaries)
        self._asks_for_mbi = any(self.policy.on(day)[MemberId].format is MemberIdFormat.MBI for day in times)

    def setting(self, claim: Claim, *, has_reference: bool, superseded: bool = False) -> CompiledSetting:
        """The setting of a claim. For a superseded claim, nothing else is reported."""
        era = self.era(receipt_day(claim))
        key = setting_key(claim, has_reference=has_reference, era=era, superseded=superseded)
        known = self._settings.get(key)
        if known is None:
            facts = Setting.of(claim, self.policy, self._asked, has_reference=has_reference, superseded=superseded)
            said = [*_say(self.rulebook.of_setting, facts), *self._not_checked(facts)]
            if superseded:
                said = [(rule, what) for rule, what in said if _says_superseded(what)]
            opps = not superseded and is_paid_by_opps(facts, self.tables)
            known = CompiledSetting(facts, digest(said), self._asks_in(facts), opps)
            _keep(self._settings, key, known)
        return known

    def lines(self, claim: Claim, setting: CompiledSetting, frame: Frame) -> CompiledLines:
        """The lines of a claim."""
        compiled: list[CompiledLine] = []
        days: list[date | None] = []
        codes: list[str] = []
        diagnoses, as_billed_before = len(claim.diagnoses), setting.as_billed
        concerns, other_claims, some, every, added = 0, 0, 0, -1, ZERO
        on: date | None = None
        days_differ = False
        first = last = _NOT_YET
        for line in claim.lines:
            if line.service_date != first or line.service_date_end != last:
                # The dates are almost always those of the line before.
                first, last = line.service_date, line.service_date_end
                dates, span, day = dated(line, claim, setting.facts, frame)
                era = self.era(day)
                days_differ = days_differ or (days != [] and days[0] != day)
                if day is not None and (on is None or day < on):
                    on = day
            charge, provider = read_charge(line.charge), line.rendering_npi
            own_charge = None if charge is AMOUNT else charge
            rendering = None if provider is None else impersonal(npi.parse, provider)
            stands = (as_billed(line), own_charge, dates, span, diagnoses, rendering)
            alike = None if line.line_number.__class__ is Unreadable else as_billed_before.get(stands)
            known = None if alike is None else alike.at.get(era)
            if known is None:
                key = line_key(line, own_charge, dates, span, rendering, diagnoses=diagnoses)
                if alike is None:
                    alike = self._alike(stands, key, setting)
                known = alike.at.get(era) or self._line(line, key, alike, day, era, setting=setting)
            compiled.append(known)
            days.append(day)
            if known.code is not None:
                codes.append(known.code)
            marks = known.marks
            if marks & Mark.ADDS_UP:
                added += line.charge  # type: ignore[operator]
            concerns |= known.concerns
            other_claims |= known.other_claims
            some |= marks
            every &= marks
        total = added if every & Mark.ADDS_UP else None
        repeats = len(set(codes)) < len(codes) and (not days_differ or _repeat_on_a_day(compiled, days))
        return CompiledLines(compiled, days, on, concerns, other_claims, some, every, days_differ, repeats, total)

    def _alike(self, stands: tuple[Any, ...], key: LineKey, setting: CompiledSetting) -> Alike[CompiledLine]:
        """The lines with one key; `stands` is everything billed on one of them."""
        alike = setting.lines.get(key)
        if alike is None:
            alike = _keep(setting.lines, key, Alike())
        if key.is_plain:
            _keep(setting.as_billed, stands, alike)
        return alike

    def diagnoses(self, claim: Claim, on: date | None, era: int) -> CompiledDiagnoses:
        """The diagnoses of a claim whose first day is `on`, in that era."""
        each: list[CompiledDiagnosis] = []
        speaks, concerns = False, 0
        for given in claim.diagnoses:
            one = self.diagnosis(given, on, era)
            each.append(one)
            speaks = speaks or one.speaks
            concerns |= one.concerns
        kinds, codes = tuple([one.kind for one in each]), {one.facts.code for one in each}
        repeated = () if len(codes) == len(each) else repeated_codes([one.facts for one in each])
        coded = codes_in_order([one.facts for one in each]) if self.asks_for_codes else ()
        keyed = coded if self._keys_by_codes else ()
        if not speaks:
            return CompiledDiagnoses(each, DiagnosesOutline(kinds, repeated, (), keyed), (), concerns, coded)
        said = tuple([one.said for one in each if one.said is not NOTHING_SAID])
        problems = tuple([problem for one in each for problem in one.problems])
        return CompiledDiagnoses(each, DiagnosesOutline(kinds, repeated, problems, keyed), said, concerns, coded)

    def diagnosis(self, given: Diagnosis | Unreadable, on: date | None, era: int) -> CompiledDiagnosis:
        """A diagnosis of a claim whose first day is `on`, in that era."""
        key = _diagnosed(given) if given.__class__ is Diagnosis else given
        alike = self._diagnoses.get(key)
        if alike is None:
            alike = _keep(self._diagnoses, key, Alike(), most=_MOST_DIAGNOSES)
        known = alike.at.get(era)
        return self._diagnosis(given, alike, on, era) if known is None else known

    def outline(
        self,
        claim: Claim,
        setting: CompiledSetting,
        frame: Frame,
        on: date | None,
        era: int,
        *,
        lines: CompiledLines,
        diagnoses: CompiledDiagnoses,
    ) -> Digest:
        """The findings of outline rules on a claim whose first day is `on`, in that era."""
        key = outline_key(claim, frame, lines.outline, diagnoses.outline, asks_for_mbi=self._asks_for_mbi)
        alike = setting.outlines.get(key)
        if alike is None:
            alike = _keep(setting.outlines, key, Alike())
        known = alike.at.get(era)
        return self._outline(OutlineKey(*key), alike, setting, on, era) if known is None else known

    def _outline(
        self, key: OutlineKey, alike: Alike[Digest], setting: CompiledSetting, on: date | None, era: int
    ) -> Digest:
        def make(time: Time) -> Digest:
            return digest(_say(self._of_outline, Outline.of(key, setting.facts, time)))

        return alike.make(era, self.time(on), make, lambda said, _: said)

    def coded(self, setting: CompiledSetting, diagnoses: CompiledDiagnoses, on: date | None, era: int) -> Digest:
        """The findings of rules that read only the diagnoses of an outline: the same for all claims coded alike."""
        if not self._of_codes:
            return NOTHING_SAID
        key = diagnoses.outline.kinds, diagnoses.codes
        alike = setting.coded.get(key)
        if alike is None:
            alike = _keep(setting.coded, key, Alike())
        known = alike.at.get(era)
        if known is not None:
            return known
        outline = _NO_OUTLINE._replace(kinds=key[0], codes=key[1])

        def make(time: Time) -> Digest:
            return digest(_say(self._of_codes, Outline.of(outline, setting.facts, time)))

        return alike.make(era, self.time(on), make, lambda said, _: said)

    def _diagnosis(
        self, given: Diagnosis | Unreadable, alike: Alike[CompiledDiagnosis], on: date | None, era: int
    ) -> CompiledDiagnosis:
        def make(time: Time) -> CompiledDiagnosis:
            facts = read_diagnosis(given, time)
            problems = () if isinstance(given, Unreadable) else given.problems
            said = digest(_say(self.rulebook.of_diagnosis, facts))
            return CompiledDiagnosis(facts, said, problems, self._concerned_by(facts))

        return alike.make(era, self.time(on), make, CompiledDiagnosis.moved)

    def _concerned_by(self, diagnosis: ClaimDiagnosis) -> int:
        """The set of rules over several lines that a diagnosis may affect, in any setting."""
        found = 0
        for bit, rule, needs in self.rulebook.needing:
            if needs.diagnosis is not None and self._may_have_list(rule) and needs.diagnosis(diagnosis):
                found |= bit
        return found

    def time(self, on: date | None) -> Time:
        """Policy and tables as of a day."""
        return Time(on, self.policy.on(on), self._asked.on(on))

    @property
    def boundaries(self) -> Sequence[date]:
        """The days on which a table or the policy changes."""
        return self._boundaries

    @property
    def asks_for_mbi(self) -> bool:
        """Whether the policy requires Medicare member numbers on any day."""
        return self._asks_for_mbi

    @property
    def by_day(self) -> TablesByDay:
        """The tables by day, as far as the policy allows reading them."""
        return self._asked

    def pair(self, setting: CompiledSetting, one: CompiledLine, other: CompiledLine) -> int:
        """The set of rules that two lines may affect as a pair, in either order: empty if they bill one code."""
        key = (one.sort, other.sort) if one.sort < other.sort else (other.sort, one.sort)
        known = setting.pairs.get(key)
        if known is None:
            known = 0
            if one.code != other.code:
                for bit, _, needs in self.rulebook.needing:
                    if needs.pair is not None and bit & setting.asks and needs.pair(one.facts, other.facts):
                        known |= bit
            _keep(setting.pairs, key, known, most=_MOST_PAIRS)
        return known

    def said_alone(self, line: CompiledLine, rule: Rule, standing: Disposition) -> tuple[Said, ...]:
        """The findings of a rule that evaluates each code by itself, for a day with only this line in this standing."""
        known = line.by_code.get(rule)
        if known is None:
            return ()
        said = known.get(standing)
        if said is None:
            said = known[standing] = _of_the_line(rule, _day_of(line.facts, standing))
        return said

    def alike(self, others: Sequence[RecordedLine], day: date | None) -> int:
        """A number shared by lines of other claims that the rules of a `day` cannot tell apart."""
        likes = tuple(
            [
                (
                    *(line.code, line.modifiers, line.units, line.disposition, settled(line)),
                    *((line.service_date - day, line.service_date_end - day) if day is not None else ()),
                )
                for line in others
            ]
        )
        number = self._likes.get(likes)
        return _keep(self._likes, likes, next(self._numbers)) if number is None else number

    def neighbours(self, claim: Claim, setting: Setting, line: ServiceLine, same: SameProvider) -> Neighbours | None:
        """Whose lines may be evaluated with those of a claim of one provider; see `days.neighbours`."""
        if setting.claim_type is None or (same is SameProvider.GROUP_AND_SPECIALTY and not setting.institutional):
            return None
        provider = provider_of(claim, setting, line, same)
        if not is_known(provider):
            return None
        key = same, setting.claim_type, setting.inpatient, provider
        known = self._neighbours.get(key)
        if known is None:
            group = Group(setting.claim_type, setting.inpatient, provider)
            known = _keep(self._neighbours, key, Neighbours(same, frozenset([group])))
        return known

    def remember(self, key: tuple[Any, ...], said: Any) -> None:
        """Caches the findings over several lines."""
        _keep(self.together, key, said, most=_MOST_TOGETHER)

    def era(self, day: date | None) -> int:
        """The number of the era of `day`: the time between two changes of any table or of the policy."""
        known = self._eras.get(day)
        if known is None:
            known = -1 if day is None else bisect_right(self._boundaries, day)
            _keep(self._eras, day, known)
        return known

    def services(self, line: Line) -> Iterable[tuple[Limit, str]]:
        """The limits that apply to a line, each with the name of the service as which the line counts."""
        if line.code is None:
            return
        for limit in line.policy[Limits].limits:
            if line.code in limit.counted:
                yield limit, service_name(limit, line.code, line)

    def _line(
        self,
        line: ServiceLine,
        key: LineKey,
        alike: Alike[CompiledLine],
        day: date | None,
        era: int,
        *,
        setting: CompiledSetting,
    ) -> CompiledLine:
        def make(time: Time) -> CompiledLine:
            return self._compiled(read_line(line, setting.facts, key, time), setting)

        def move(one: CompiledLine, time: Time) -> CompiledLine:
            return one.moved(time, self._sort(one.facts, day, setting))

        return alike.make(era, self.time(day), make, move)

    def _compiled(self, facts: Line, setting: CompiledSetting) -> CompiledLine:
        """All findings on a line by itself, and the rules over several lines that it may affect; without a sort number
        yet."""
        said = _say(self.rulebook.of_line, facts)
        own = alone = digest(said)
        concerns = 0
        by_code: dict[Rule, dict[Disposition, tuple[Said, ...]]] = {}
        day = None if facts.code is None or facts.on is None else _day_of(facts, own.disposition)
        for bit, rule, needs in self.rulebook.needing:
            if not bit & setting.asks:
                continue
            if needs.line is not None and needs.line(facts):
                concerns |= bit
            if day is not None:
                if needs.by_code:
                    by_code[rule] = {own.disposition: _of_the_line(rule, day)}
                if needs.alone and any(True for _ in rule.check(day)):
                    concerns |= bit
        if extra := [one for known in by_code.values() for said_alone in known.values() for one in said_alone]:
            alone = digest([*said, *extra])
        services = tuple(self.services(facts))
        marks = marks_of(facts, services) | self.entangled(services)
        others = self._other_claims(facts, services, setting)
        beyond = tuple(self._beyond(facts, setting))
        marks |= Mark.BEYOND if beyond else 0
        kind = next(self._numbers)
        return CompiledLine(facts, facts.code, marks, own, alone, concerns, -1, services, by_code, others, beyond, kind)

    def entangled(self, services: tuple[tuple[Limit, str], ...]) -> int:
        """The mark of a line of these services: whether a limit counts it that shares codes with another limit."""
        return Mark.ENTANGLED if any(limit in self._entangled for limit, _ in services) else 0

    def _other_claims(self, line: Line, services: tuple[tuple[Limit, str], ...], setting: CompiledSetting) -> int:
        """The set of rules whose findings on a line may change with the member's other claims."""
        if line.code is None:
            return 0
        counts = any(line.modifier_codes.isdisjoint(limit.except_modifiers) for limit, _ in services)
        found = self.rulebook.of_members if counts else 0
        for bit, rule in self.rulebook.of_other_claims:
            if bit & setting.asks and (rule.other_claims is None or rule.other_claims(line)):
                found |= bit
        return found

    def _beyond(self, line: Line, setting: CompiledSetting) -> Iterator[tuple[int, OtherDays]]:
        """The other days that rules look at for a line, each with its set of rules."""
        for bit, beyond in self.rulebook.beyond if line.code is not None else ():
            if bit & setting.asks and (days := beyond.of_line(line)) is not None:
                yield bit, days

    def _sort(self, line: Line, day: date | None, setting: CompiledSetting) -> int:
        """The number of all lines with one code and the same modifiers, in one era of pairs; never reused."""
        time = -1 if day is None else bisect_right(self._changes_of_pairs, day)
        key = time, line.code, line.modifier_codes
        known = setting.sorts.get(key)
        if known is None:
            known = next(self._numbers)
            _keep(setting.sorts, key, known)
        return known

    def _asks_in(self, setting: Setting) -> int:
        """The set of wide rules that may run in a setting."""
        return sum(
            self.rulebook.bit(rule)
            for rule in self.rulebook.wide
            if _applies(rule, setting) and not self._lacks_list(rule, setting)
        )

    def _not_checked(self, setting: Setting) -> Iterator[Said]:
        """What rules report if the list of codes for a setting is not loaded."""
        for rule in self.rulebook.wide:
            if _applies(rule, setting) and self._lacks_list(rule, setting):
                yield rule, Unchecked(Reason.NO_TABLE, rule.needs.code_list)  # type: ignore[union-attr]

    def _lacks_list(self, rule: Rule, setting: Setting) -> bool:
        """Whether the rule needs a list of codes in the setting that is not loaded."""
        needs = rule.needs
        if needs is None or needs.code_list is None or self._has_list(needs):
            return False
        return needs.starter_for is None or not needs.starter_for(setting)

    def _may_have_list(self, rule: Rule) -> bool:
        """Whether the rule has the list of codes that it needs, in some setting."""
        needs = rule.needs
        return needs is None or needs.code_list is None or needs.starter_for is not None or self._has_list(needs)

    def _has_list(self, needs: Needs) -> bool:
        return any(name and self.tables.has_code_list(name) for name in (needs.code_list, *needs.other_lists))


def _reads_codes_alone(rule: Rule) -> bool:
    """Whether an outline rule reads the diagnosis codes, and nothing else of the claim."""
    return "codes" in rule.reads and _OF_CODES.issuperset(rule.reads)


_OF_CODES = frozenset({"setting", "policy", "tables", "roles", "versions", "codes"})
_NO_OUTLINE: Any = OutlineKey(*[None] * len(OutlineKey._fields))  # type: ignore[arg-type]
_NOT_YET: Any = object()
#: The tables that needs of pairs may read.
_OF_PAIRS = frozenset({*PTP, "fee_schedule"})


def _entangled(policy: Policy) -> frozenset[Limit]:
    """The limits that share a code with another one, whenever either is in force."""
    limits = {limit for entry in policy.parameters.get(Limits, ()) for limit in entry.value.limits}
    return frozenset(one for one in limits if any(one.counted.meets(other.counted) for other in limits - {one}))


def _last_day(policy: Policy) -> LastDay | None:
    """The last day on which a service may be filed, by the policy of its day; None if there is no limit."""
    if not any(entry.value.months or entry.value.days for entry in policy.parameters.get(TimelyFiling, ())):
        return None
    return lru_cache(maxsize=_MOST_KEPT)(lambda day: policy.on(day)[TimelyFiling].last_day(day))


def _repeat_on_a_day(lines: Sequence[CompiledLine], days: Sequence[date | None]) -> bool:
    """Whether two of the lines bill one code on one day."""
    codes = [(line.code, day) for line, day in zip(lines, days, strict=True) if line.code is not None]
    return len(set(codes)) < len(codes)


_diagnosed = attrgetter("code", "version", "role", "poa", "problems")


def _day_of(line: Line, standing: Disposition) -> Day:
    """A day with one line only."""
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
    return Day(line.setting, line.on, (alone,), codes, (), (alone,), (), line.policy, line.tables)


def _of_the_line(rule: Rule, day: Day) -> tuple[Said, ...]:
    """The findings of a day rule on a day with one line, expressed for whatever line it will be."""
    return tuple((rule, _unplaced(said)) for said in rule.check(day))


def _says_superseded(said: Raised | Unchecked) -> bool:
    return isinstance(said, Raised) and said.outcome.disposition is Disposition.SUPERSEDED


def _unplaced(said: Raised | Unchecked) -> Raised | Unchecked:
    return said.at(None) if isinstance(said, Raised) else attrs.evolve(said, lines=())


def _applies(rule: Rule, setting: Setting) -> bool:
    """Whether a rule over several lines applies to claims of the setting."""
    return rule.needs is None or rule.needs.setting is None or rule.needs.setting(setting)


def _say(rules: tuple[Rule, ...], view: Any) -> tuple[Said, ...]:
    return tuple([(rule, said) for rule in rules for said in rule.check(view)])


def _keep(cache: dict[Any, T], key: Any, value: T, most: int | None = None) -> T:
    """Keeps a value. A full cache drops its older half: common values come back at once."""
    if len(cache) >= (_MOST_KEPT if most is None else most):
        for old in [*islice(cache, (len(cache) + 1) // 2)]:
            del cache[old]
    cache[key] = value
    return value
