"""Which claims of a member may affect each other's results; all others are evaluated alone.

A claim is evaluated alone unless its member has another one

- that may replace or void a claim, or bears its claim id, or
- that bills a service which a frequency limit counts together with one of its own, or
- of the same claim type, that names one of its providers, on one of its days, on the day before or after for a
  facility, or within the days that a rule looks around one of the two.

Two claims may be related through a third, so the result is groups.

>>> from claimcheck.tables import Tables
>>> relating = Relating(Policy.load("default"), Tables.starter())
>>> def summary(place, day, code="99213", npi="1234567893"):
...     line = {"procedure_code": code, "service_date": day}
...     claim = {"claim_type": "professional", "member_id": "M", "billing_npi": npi, "lines": [line]}
...     return relating.summary(Claim.from_dict(claim), place)
>>> visits = [summary(0, "2024-07-01"), summary(1, "2024-07-02"), summary(2, "2024-07-01")]
>>> others = [summary(3, "2024-07-01", npi="1003000126"), summary(4, "2024-01-01", "3044F")]
>>> [[claim.place for claim in group] for group in related([*visits, *others, summary(5, "2025-01-01", "3044F")])]
[[0, 2], [4, 5]]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import inf
from typing import Any, Final, NamedTuple

from claimcheck.claims import Claim
from claimcheck.codes.procedure import text_of
from claimcheck.engine.other_days import Reach
from claimcheck.history.batch import days_of
from claimcheck.history.versions import names_another
from claimcheck.policies import Policy
from claimcheck.policies.parameters.frequency import Limit, Limits
from claimcheck.policies.parameters.ncci import SameProvider, Settings
from claimcheck.tables import Found, Tables

__all__ = ["ClaimSummary", "CountedServices", "Relating", "Traits", "provider_fields", "related"]


class Traits(NamedTuple):
    """What, besides its days, decides which claims may be related to a claim.

    `claim_type` in lower case, and the `providers` that it names; `unknown`: it is not known who provided it;
    `services` are the numbers of those that frequency limits count; `reach` is how many days around it other claims may
    matter to it, or it to them.
    """

    claim_type: str | None
    providers: frozenset[str]
    unknown: bool
    services: frozenset[int]
    reach: int


class ClaimSummary(NamedTuple):
    """A claim of a batch: position, first and last day (infinite if it has none), claim id and traits.

    `names_another` says whether it refers to another version of its bill.
    """

    place: int
    first: float
    last: float
    claim_id: str | None
    names_another: bool
    traits: Traits


def provider_fields(policy: Policy) -> tuple[str, ...]:
    """The fields that name a provider, as the policy tells providers apart.

    Claims without a provider in common in these fields have none in common at all. Members of one group and specialty
    bill under one NPI, or are one person (`claimcheck.engine.provider`).
    """
    same = {entry.value.same_provider for entry in policy.parameters.get(Settings, ())} or {Settings().same_provider}
    npis = () if same == {SameProvider.TAX_ID} else ("billing_npi", "rendering_npi")
    return (*npis, "billing_tax_id") if SameProvider.TAX_ID in same else npis


class CountedServices:
    """The service as which a frequency limit counts a code, whenever the limit is in force, as a number.

    0 for a code that no limit counts. Codes with the same number may be counted together; a code counted as several
    services (by several limits, or because a table has it in several groups over time) has the number `ANY`, and may be
    counted together with every other code.
    """

    ANY: Final = 1

    def __init__(self, policy: Policy, tables: Tables) -> None:
        entries = policy.parameters.get(Limits, ())
        self._limits: list[Limit] = [limit for entry in entries for limit in entry.value.limits]
        self._tables = tables
        self._days = (date.min, *tables.boundaries_of(("service_group",)))
        self._numbers: dict[str, int] = {}

    def __call__(self, code: str | None) -> int:
        if code is None:
            return 0
        limits = [limit for limit in self._limits if code in limit.counted]
        services = {service for limit in limits for service in self._services(limit, code)}
        if not services:
            return 0
        if len(services) > 1:
            return self.ANY
        return self._numbers.setdefault(services.pop(), self.ANY + 1 + len(self._numbers))

    def _services(self, limit: Limit, code: str) -> set[str]:
        """The services as which the limit may count the code, on any day."""
        if limit.group is not None:
            return {limit.group}
        if not limit.grouped:
            return {code}
        found = [self._tables.service_group(code, day) for day in self._days]
        return {answer.value.name for answer in found if isinstance(answer, Found)} or {code}


class Relating:
    """Summarizes claims, given a policy, tables, and how far rules look beyond a claim's days."""

    def __init__(self, policy: Policy, tables: Tables, reaches: Sequence[Reach] = ()) -> None:
        self.provider_fields = provider_fields(policy)
        self._of_claim = tuple(name for name in self.provider_fields if name != "rendering_npi")
        self._by_rendering = "rendering_npi" in self.provider_fields
        self._counted = CountedServices(policy, tables)
        self._reaches = reaches
        self._codes: dict[Any, tuple[int, int]] = {}
        self._traits: dict[Traits, Traits] = {}

    def summary(self, claim: Claim, place: int) -> ClaimSummary:
        """The summary of a claim at a position of a batch."""
        first, last = days_of(claim) or (inf, -inf)
        claim_id = claim.claim_id if isinstance(claim.claim_id, str) else None
        return ClaimSummary(place, first, last, claim_id, names_another(claim), self.traits(claim))

    def traits(self, claim: Claim) -> Traits:
        """The traits of a claim; equal claims share the same object."""
        given = [getattr(claim, name) for name in self._of_claim]
        unknown = not all(isinstance(value, str) for value in given)
        reach, services = 0, set()
        if self._by_rendering:
            given.append(claim.rendering_npi)
        for line in claim.lines:
            if line.rendering_npi is not None:
                given.append(line.rendering_npi)
            service, days = self.of_code(line.procedure_code)
            reach = max(reach, days)
            if service:
                services.add(service)
        claim_type = claim.claim_type.lower() if isinstance(claim.claim_type, str) else None
        providers = frozenset([value for value in given if isinstance(value, str)])
        found = Traits(claim_type, providers, unknown, frozenset(services), reach)
        return self._traits.setdefault(found, found)

    def of_code(self, given: Any) -> tuple[int, int]:
        """The number of the service as which a code is counted, and how many days around it are looked at."""
        if given is None or not isinstance(given, str):
            return 0, 0
        known = self._codes.get(given)
        if known is None:
            code = text_of(given)
            days = 0 if code is None else max((days for codes, days in self._reaches if code in codes), default=0)
            known = self._codes[given] = self._counted(code), days
        return known


def related(claims: Sequence[ClaimSummary]) -> list[list[ClaimSummary]]:
    """The groups of claims of one member that may affect each other's results, each of several claims."""
    if len(claims) < 2:
        return []
    if any(claim.names_another for claim in claims):
        return [[*claims]]
    groups = _Groups(len(claims))
    for alike in _alike(claims):
        groups.join(alike)
    for alike in _of_one_provider(claims):
        groups.join_near(sorted(alike, key=lambda at: claims[at].first), claims)
    return [[claims[at] for at in group] for group in groups.several()]


def _alike(claims: Sequence[ClaimSummary]) -> Iterator[Sequence[int]]:
    """The positions of claims with one claim id, and of those with services that are counted together."""
    of_id: defaultdict[str, list[int]] = defaultdict(list)
    of_service: defaultdict[int, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if claim.claim_id is not None:
            of_id[claim.claim_id].append(at)
        for service in claim.traits.services:
            of_service[service].append(at)
    yield from of_id.values()
    if CountedServices.ANY in of_service:
        yield [at for those in of_service.values() for at in those]
    else:
        yield from of_service.values()


def _of_one_provider(claims: Sequence[ClaimSummary]) -> Iterator[list[int]]:
    """The positions of claims of one type that may be by one provider, among those with dates.

    If the provider of one claim of a type is unknown, it may be that of any of the others.
    """
    of_type: defaultdict[str, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if claim.traits.claim_type is not None and claim.first <= claim.last:
            of_type[claim.traits.claim_type].append(at)
    for places in of_type.values():
        if any(claims[at].traits.unknown for at in places):
            yield places
            continue
        of_provider: defaultdict[str, list[int]] = defaultdict(list)
        for at in places:
            for provider in claims[at].traits.providers:
                of_provider[provider].append(at)
        yield from of_provider.values()


class _Groups:
    """Positions joined into groups, in whatever order they are joined."""

    def __init__(self, count: int) -> None:
        self._before = list(range(count))  #: a position of the same group; its own for the first

    def _first(self, at: int) -> int:
        before = self._before
        while before[at] != at:
            before[at] = at = before[before[at]]
        return at

    def join(self, places: Iterable[int]) -> None:
        """Joins all of them."""
        first: int | None = None
        for at in places:
            found = self._first(at)
            if first is None:
                first = found
            elif found != first:
                first, later = min(first, found), max(first, found)
                self._before[later] = first

    def join_near(self, places: Sequence[int], claims: Sequence[ClaimSummary]) -> None:
        """Joins those near each other, from positions in order of their first days."""
        if len(places) < 2:
            return
        facility = claims[places[0]].traits.claim_type == "institutional"  # a primary may be on the day before
        gap = max(int(facility), *(claims[at].traits.reach for at in places))
        before, until = places[0], claims[places[0]].last
        for at in places[1:]:
            claim = claims[at]
            if claim.first <= until + gap:
                self.join((before, at))
            if claim.last >= until:
                before, until = at, claim.last

    def several(self) -> Iterator[list[int]]:
        """The groups with more than one position, ordered by the first of each."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(len(self._before)):
            groups[self._first(at)].append(at)
        return (group for group in groups.values() if len(group) > 1)
