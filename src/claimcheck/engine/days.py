"""The days of a claim: which of the member's lines are on one day, with one provider."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

import attrs

from claimcheck.claims import Claim, Disposition, Reason
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.engine.compiled import CompiledLine, CompiledLines
from claimcheck.engine.duplicates import Twins
from claimcheck.engine.provider import Provider, is_known, provider_of
from claimcheck.history.neighbours import Group, Neighbours, kind_of, recorded_provider
from claimcheck.history.recorded import RecordedLine
from claimcheck.history.recorded import settled as settled_disposition
from claimcheck.policies.parameters.ncci import SameProvider, Settings
from claimcheck.rules.facts.day import Day, DayLine, units_per_day
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.outpatient_editor import NO_EDITS, Edits
from claimcheck.rules.rule import Unchecked, unchecked

__all__ = ["MOST_SPREAD", "Calendar", "Placed", "neighbours", "one_day", "places"]

#: How many line-days the spanning lines of a claim may fill. Fifty lines that each span a year and start on different
#: days fill fewer; only a claim built to be slow fills more, and its spans are then reported as not checked.
MOST_SPREAD = 100_000


@attrs.frozen(eq=False)
class Placed:
    """A line of the claim with a code and a date: its position, provider, first and last day.

    If members of one group and specialty are one provider, `person` is the NPI of the rendering provider, and `group`
    that of the billing provider.
    """

    position: int
    compiled: CompiledLine
    provider: Provider
    first: date
    last: date
    person: str | None = None
    group: str | None = None


@attrs.frozen(eq=False)
class Other:
    """A line of another claim of the same type, by a known provider; `twins` are the lines that bill exactly the
    same."""

    recorded: RecordedLine
    provider: Provider
    first: date
    last: date
    twins: Twins | None = None


Key = tuple[Provider, date]


def places(claim: Claim, setting: Setting, lines: CompiledLines) -> list[Placed]:
    """The lines that are on a day: those with a well-formed procedure code and a readable date."""
    placed = []
    for position, (line, compiled, day) in enumerate(zip(claim.lines, lines.lines, lines.days, strict=True), 1):
        if compiled.code is None or day is None:
            continue
        first = line.service_date if isinstance(line.service_date, date) else day
        last = line.service_date_end if compiled.facts.span_days > 1 else first
        same = compiled.facts.policy[Settings].same_provider
        provider = provider_of(claim, setting, line, same)
        person = group = None
        if same is SameProvider.GROUP_AND_SPECIALTY and not setting.institutional:
            person, group = line.rendering_npi or claim.rendering_npi, claim.billing_npi
        placed.append(Placed(position, compiled, provider, first, last, person, group))  # type: ignore[arg-type]
    return _one_provider_each(placed)


def _one_provider_each(placed: list[Placed]) -> list[Placed]:
    """The lines, with one provider for each person: the specialty that any of the lines gives."""
    of_person = _providers_of_persons(placed)
    if not of_person:
        return placed
    known = [of_person.get(line.person, line.provider) for line in placed]
    if known == [line.provider for line in placed]:
        return placed
    return [attrs.evolve(line, provider=provider) for line, provider in zip(placed, known, strict=True)]


def _providers_of_persons(placed: Iterable[Placed]) -> dict[str | None, Provider]:
    """The provider of each person; a line that gives the specialty wins over one known by NPI alone."""
    found: dict[str | None, Provider] = {}
    for line in placed:
        if line.person is not None and len(line.provider) > len(found.get(line.person, ())):
            found[line.person] = line.provider
    return found


def neighbours(placed: Sequence[Placed], setting: Setting) -> Neighbours | None:
    """Whose lines may be evaluated with those of a claim; None if one field cannot tell this for all of them.

    Who shares group and specialty with a person depends on what other lines say about that person.
    """
    same = {line.compiled.facts.policy[Settings].same_provider for line in placed}
    if len(same) != 1 or setting.claim_type is None or not all(is_known(line.provider) for line in placed):
        return None
    told_by = same.pop()
    if told_by is SameProvider.GROUP_AND_SPECIALTY and not setting.institutional:
        return None
    kind = setting.claim_type, setting.inpatient
    return Neighbours(told_by, frozenset([Group(*kind, line.provider) for line in placed]))


class Calendar:
    """The lines of a claim and of the member's other claims, by provider and day. `twins` bill exactly the same.

    Two lines that share a day share the first day of one of them, so only those days are looked at. `undated` are the
    lines that have a code and no date; `beyond` are lines of other claims on other days that rules look at; `unspread`
    are the positions of spanning lines that are kept on their first day only, because spreading them would be too much;
    `strangers` are the lines whose provider is unknown while the member has lines of other claims on their days, and
    `strange_days` those while it has lines that rules look at beyond the day. The first are `not_seen` by every rule
    over days, the others by the rules that read other claims for such a line; `all_seen` says whether the lines beyond
    the day are complete.
    """

    def __init__(
        self,
        setting: Setting,
        placed: Sequence[Placed],
        undated: Sequence[tuple[int, CompiledLine]],
        recorded: Iterable[RecordedLine],
        beyond: Sequence[RecordedLine] = (),
        *,
        twins: Mapping[tuple[str, int], Twins] = MappingProxyType({}),
        all_seen: bool = True,
    ) -> None:
        self.setting = setting
        self.placed = placed
        self.undated = undated
        self.others = _others(setting, placed, recorded, twins)
        self.lines: tuple[Placed | Other, ...] = (*placed, *self.others)
        self.together: dict[Key, list[Placed | Other]] = defaultdict(list)
        self._ending: dict[Key, list[Placed | Other]] = defaultdict(list)
        for line in self.lines:
            self.together[line.provider, line.first].append(line)
            self._ending[line.provider, line.last].append(line)
        self.unspread = self._spread()
        self.strangers = tuple(_strangers(setting, placed, recorded))
        self.beyond = _others(setting, placed, beyond, {}) if beyond else []
        self.all_seen = all_seen
        self.strange_days = tuple(_strange_days(setting, placed, beyond)) if beyond else ()

    def not_seen(self, rule: int) -> Iterator[Unchecked]:
        """What a rule could not see of the claim's days, and why. `rule` is its bit in a set of rules."""
        if self.unspread:
            yield unchecked(Reason.TOO_MANY, lines=self.unspread)
        if strangers := tuple([line.position for line in self.strangers if line.compiled.other_claims & rule]):
            yield unchecked(Reason.MISSING_FIELD, lines=strangers)
        if not self.all_seen:
            looking = [line.position for line in self.placed if any(bit & rule for bit, _ in line.compiled.beyond)]
            if looking:
                yield unchecked(Reason.TOO_MANY, lines=tuple(looking))
        elif strange := tuple([line.position for line, rules in self.strange_days if rules & rule]):
            yield unchecked(Reason.MISSING_FIELD, lines=strange)

    def _spread(self) -> tuple[int, ...]:
        """Puts spanning lines on each day on which another line starts, or says which were not spread."""
        begins: dict[Provider, list[date]] = defaultdict(list)
        for provider, day in sorted(self.together, key=_day_of):
            begins[provider].append(day)
        spanning = [line for line in self.lines if line.last > line.first]
        reach = [
            (line, bisect_right(begins[line.provider], line.first), bisect_right(begins[line.provider], line.last))
            for line in spanning
        ]
        if sum(end - start for _, start, end in reach) > MOST_SPREAD:
            return tuple(line.position for line in spanning if isinstance(line, Placed))
        for line, start, end in reach:
            for day in begins[line.provider][start:end]:
                self.together[line.provider, day].append(line)
        return ()

    def days(
        self,
        standing: Sequence[Disposition],
        diagnoses: tuple[str, ...],
        edited: Sequence[Edits] = (),
        *,
        settled: bool = False,
    ) -> list[Day]:
        """A `Day` for each provider and each day to look at, in order.

        Lines of other claims have the standing from their own claim or, if `settled`, the one from all claims together.
        `edited` are the outpatient code editor's edits of each line, where rules may look at them.
        """
        view: dict[Placed | Other, DayLine] = {line: _own_line(line, standing, edited) for line in self.placed}
        view |= {line: _other_line(line, standing, settled=settled) for line in self.others}
        of_claim: dict[Provider, list[DayLine]] = defaultdict(list)
        for line in self.placed:
            of_claim[line.provider].append(view[line])
        claim_lines = {provider: tuple(found) for provider, found in of_claim.items()}
        beyond: dict[Provider, list[DayLine]] = defaultdict(list)
        for other in self.beyond:
            beyond[other.provider].append(_other_line(other, standing, settled=settled))
        days = []
        for provider, day in sorted(self.together, key=_day_of):
            own = sorted((line for line in self.together[provider, day] if isinstance(line, Placed)), key=_position)
            if own:
                others = (line for line in self.together[provider, day] if isinstance(line, Other))
                together: tuple[Placed | Other, ...] = (*own, *others)
                days.append(
                    self._day(
                        day,
                        tuple(view[line] for line in together),
                        on=own[0].compiled.facts.on if self.setting.inpatient else day,
                        before=tuple(view[line] for line in self._before(provider, day)),
                        claim_lines=claim_lines.get(provider, ()),
                        diagnoses=diagnoses,
                        other_days=tuple(line for line in beyond.get(provider, ()) if not _lies_on(line, day)),
                    )
                )
        for position, compiled in self.undated:
            alone = (_day_line(position, compiled, standing, edited, (None, None)),)
            days.append(self._day(None, alone, on=None, diagnoses=diagnoses))
        return days

    def _before(self, provider: Provider, day: date) -> Iterable[Placed | Other]:
        """The lines that are on the day before but not on `day`."""
        return () if day == date.min else self._ending.get((provider, day - timedelta(days=1)), ())

    def _day(
        self,
        day: date | None,
        lines: tuple[DayLine, ...],
        *,
        on: date | None,
        diagnoses: tuple[str, ...],
        before: tuple[DayLine, ...] = (),
        claim_lines: tuple[DayLine, ...] = (),
        other_days: tuple[DayLine, ...] = (),
    ) -> Day:
        """`on` is the day that selects the editions: the discharge date for inpatients."""
        codes = frozenset(line.code for line in lines)
        policy, tables = self.setting.policy.on(on), self.setting.tables.on(on)
        return Day(self.setting, day, lines, codes, before, claim_lines, diagnoses, policy, tables, other_days)


def one_day(
    setting: Setting,
    lines: Sequence[CompiledLine],
    day: date,
    *,
    on: date | None,
    standing: Sequence[Disposition],
    diagnoses: tuple[str, ...],
    edited: Sequence[Edits] = (),
) -> list[Day]:
    """The days of a claim whose lines are all on one `day`, with one provider and no line of another claim.

    The same as `Calendar.days` gives, without building a calendar. `on` is the day that selects the editions.
    """
    own = tuple(
        [
            _day_line(position, compiled, standing, edited, (day, day))
            for position, compiled in enumerate(lines, 1)
            if compiled.code is not None
        ]
    )
    if not own:
        return []
    codes = frozenset([line.code for line in own])
    policy, tables = setting.policy.on(on), setting.tables.on(on)
    return [Day(setting, day, own, codes, (), own, diagnoses, policy, tables)]


def _others(
    setting: Setting,
    placed: Sequence[Placed],
    recorded: Iterable[RecordedLine],
    twins: Mapping[tuple[str, int], Twins],
) -> list[Other]:
    """The lines of other claims that may be evaluated with the claim's own: same type, one of its providers."""
    own = {line.provider for line in placed if is_known(line.provider)}
    same = {line.compiled.facts.policy[Settings].same_provider for line in placed}
    of_person = _providers_of_persons(placed)
    return [
        Other(line, provider, line.service_date, line.service_date_end, twins.get((line.claim, line.position)))
        for line in recorded
        if _same_kind(line, setting)
        for provider in _providers_of(line, same, of_person) & own
    ]


def _providers_of(
    line: RecordedLine, same: Iterable[SameProvider], of_person: Mapping[str | None, Provider]
) -> set[Provider]:
    """The providers that a line of another claim may belong to. A person's specialty may be given on only one of the
    lines."""
    found = {recorded_provider(line, who) for who in same}
    own = of_person.get(line.rendering_npi)
    return found if own is None else {*found, own}


def _strangers(setting: Setting, placed: Sequence[Placed], recorded: Iterable[RecordedLine]) -> Iterator[Placed]:
    """The lines by an unknown provider on days on which the member has lines of other claims.

    Also those for which it is unknown whether they share a specialty with others of the group on the same days.
    """
    yield from _of_unknown_specialty(setting, placed, recorded)
    spans = {(line.service_date, line.service_date_end) for line in recorded if _same_kind(line, setting)}
    met: dict[tuple[date, date], bool] = {}
    for line in placed:
        if spans and not is_known(line.provider):
            own = (line.first, line.last)
            if own not in met:
                met[own] = any(first <= line.last and line.first <= last for first, last in spans)
            if met[own]:
                yield line


def _of_unknown_specialty(
    setting: Setting, placed: Sequence[Placed], recorded: Iterable[RecordedLine]
) -> Iterator[Placed]:
    """Lines of a person for whom, or for another member of the group on the same days, the specialty is unknown."""
    persons = [line for line in placed if line.person is not None and line.group is not None]
    if not persons:
        return
    at: defaultdict[tuple[date, date], set[tuple[str | None, bool]]] = defaultdict(set)
    for line in persons:
        at[line.first, line.last].add((line.person, len(line.provider) == 1))
    for other in recorded:
        if other.rendering_npi is not None and _same_kind(other, setting) and other.billing_npi == persons[0].group:
            person = other.rendering_npi
            at[other.service_date, other.service_date_end].add((person, other.rendering_taxonomy is None))
    if len({person for there in at.values() for person, _ in there}) == 1:
        return
    met: dict[tuple[date, date], set[tuple[str | None, bool]]] = {}
    for line in persons:
        span = line.first, line.last
        if span not in met:
            met[span] = {
                one for (first, last), there in at.items() if first <= span[1] and span[0] <= last for one in there
            }
        untold = len(line.provider) == 1
        if any(person != line.person and (untold or unknown) for person, unknown in met[span]):
            yield line


def _strange_days(
    setting: Setting, placed: Sequence[Placed], recorded: Sequence[RecordedLine]
) -> Iterator[tuple[Placed, int]]:
    """The lines for which it is unknown whether lines of other days are by their provider, with the rules affected."""
    others = [line for line in recorded if _same_kind(line, setting)]
    for line in placed:
        rules = 0
        for bit, days in line.compiled.beyond:
            since, through = days.since(line.first), days.through(line.first)
            there = [one for one in others if since <= one.service_date <= through and one.code in days.codes]
            if any(_is_strange(line, one) for one in there):
                rules |= bit
        if rules:
            yield line, rules


def _is_strange(line: Placed, other: RecordedLine) -> bool:
    """Whether it is unknown if a line of another claim is by the same provider."""
    if not is_known(line.provider):
        return True
    if line.person is None or line.group is None or other.rendering_npi in (None, line.person):
        return False
    return other.billing_npi == line.group and (len(line.provider) == 1 or other.rendering_taxonomy is None)


def _lies_on(line: DayLine, day: date) -> bool:
    return line.first is not None and line.last is not None and line.first <= day <= line.last


def _same_kind(line: RecordedLine, setting: Setting) -> bool:
    return kind_of(line) == (setting.claim_type, setting.inpatient)


def _day_of(key: Key) -> date:
    return key[1]


def _position(line: Placed) -> int:
    return line.position


def _own_line(line: Placed, standing: Sequence[Disposition], edited: Sequence[Edits]) -> DayLine:
    return _day_line(line.position, line.compiled, standing, edited, (line.first, line.last))


def _day_line(
    position: int,
    compiled: CompiledLine,
    standing: Sequence[Disposition],
    edited: Sequence[Edits],
    days: tuple[date | None, date | None],
) -> DayLine:
    facts = compiled.facts
    first, last = days
    return DayLine(
        position,
        facts.code or "",
        facts.modifier_codes,
        units_per_day(facts.units, facts.span_days),
        standing[position - 1],
        first,
        last,
        facts,
        facts.revenue.text,
        edits=edited[position - 1] if edited else NO_EDITS,
    )


def _other_line(line: Other, standing: Sequence[Disposition], *, settled: bool) -> DayLine:
    recorded, twins = line.recorded, line.twins
    days = (line.last - line.first).days + 1
    units = units_per_day(recorded.units, days)
    return DayLine(
        None,
        recorded.code,
        recorded.modifiers,
        units,
        _standing_of(line, standing, settled=settled),
        line.first,
        line.last,
        recorded=recorded,
        duplicates=twins.own if twins is not None and twins.first else frozenset(),
    )


def _standing_of(line: Other, standing: Sequence[Disposition], *, settled: bool) -> Disposition:
    """The standing of a line of another claim: denied if it is the duplicate of a line of the claim."""
    twins = line.twins
    if twins is not None and not twins.first and not NOT_ACCEPTED.issuperset(standing[one - 1] for one in twins.own):
        return Disposition.DENIED
    return settled_disposition(line.recorded) if settled else line.recorded.disposition
