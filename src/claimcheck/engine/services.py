"""A member's services over time: which lines, of this claim and of others, a frequency limit counts together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from claimcheck.claims import Claim, Disposition, Reason, ServiceUse
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.engine.compiled import Mark
from claimcheck.engine.days import Placed
from claimcheck.history.recorded import RecordedLine, settled
from claimcheck.history.winners import OverLimit, taken_together
from claimcheck.policies.parameters.category_ii import Results
from claimcheck.policies.parameters.frequency import Limit, Limits, Per
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.service import Service, Use
from claimcheck.tables import Found, NotCovered

__all__ = ["Key", "counts", "is_use", "key_of", "service_name", "services_of", "time_needed", "used", "whose_of"]


class Key(NamedTuple):
    """What uses that are counted together have in common."""

    limit: Limit
    name: str
    whose: str | None


def time_needed(placed: Iterable[Placed]) -> tuple[date, date] | None:
    """The first and last day for which all of the member's other lines may matter; None if none may.

    What a limit counts is requested separately (`claimcheck.engine.counting`), unless a line, or lines of its service,
    fall under another limit too: then everything before matters.
    """
    first: date | None = None
    last: date | None = None
    for line in placed:
        start = date.min if line.compiled.marks & Mark.ENTANGLED else line.first
        first = start if first is None else min(first, start)
        last = line.last if last is None else max(last, line.last)
    return None if first is None or last is None else (first, last)


def key_of(limit: Limit, name: str, claim: Claim, position: int) -> Key:
    """What a line of the claim shares with the lines that a limit counts together with it."""
    return Key(limit, name, whose_of(limit, claim, position))


def whose_of(limit: Limit, claim: Claim, position: int) -> str | None:
    """The provider for whom a limit counts a line of the claim; see `_whose`."""
    if limit.per is Per.MEMBER:
        return None
    provider = _text(claim.lines[position - 1].rendering_npi) or _text(claim.rendering_npi) or _text(claim.billing_npi)
    return _whose(limit, provider, _text(claim.billing_npi))


def services_of(
    claim: Claim,
    placed: Sequence[Placed],
    standing: Sequence[Disposition],
    others: Sequence[RecordedLine],
) -> list[Service]:
    """Every service of the claim under every limit that applies to it, with all its uses in order.

    A limit counts the lines of the dates on which it is in force.
    """
    uses: dict[Key, list[Use]] = {}
    on: dict[Key, Line] = {}
    for line in placed:
        facts = line.compiled.facts
        for limit, name in line.compiled.services:
            key = key_of(limit, name, claim, line.position)
            on.setdefault(key, facts)
            use_counts = counts(limit, facts.modifier_codes, standing[line.position - 1])
            rank = facts.policy[Results].rank(facts.code)
            order = _order(claim.received_date, _text(claim.claim_id) or "", rank, line.position)
            uses.setdefault(key, []).append(
                Use(
                    line.first,
                    order,
                    line.position,
                    facts.code or "",
                    use_counts,
                    _day(claim.delivery_date),
                    rank,
                    **_counted_by(limit, facts.code or ""),
                )
            )
    mine = len(on)
    _add_others(uses, on, others)
    together = [(key.limit, tuple(sorted(uses[key], key=_when))) for key in on]
    beyond = taken_together(together, line=_when)
    services = zip(on.items(), together, beyond, strict=True)
    return [_of(key, of, facts, beyond) for (key, facts), (_, of), beyond in islice(services, mine)]


def _add_others(uses: dict[Key, list[Use]], on: dict[Key, Line], others: Sequence[RecordedLine]) -> None:
    """Adds the lines of other claims to the services that they use.

    A line may also use a service that no line of the claim uses: if it is over the limit of that service, it takes
    nothing from the others. Such services are added after the claim's own.
    """
    waiting = list(on)
    for key in waiting:
        facts = on[key]
        for recorded in others:
            if not is_use(recorded, key, facts):
                continue
            rank = facts.setting.policy.on(recorded.service_date)[Results].rank(recorded.code)
            order = _order(recorded.received_date, recorded.claim, rank, recorded.position)
            use_counts = counts(key.limit, recorded.modifiers, settled(recorded))
            uses[key].append(
                Use(
                    recorded.service_date,
                    order,
                    None,
                    recorded.code,
                    use_counts,
                    recorded.delivery_date,
                    rank,
                    **_counted_by(key.limit, recorded.code),
                )
            )
            for other in _keys(recorded, facts):
                if other not in on:
                    on[other], uses[other] = facts, []
                    waiting.append(other)


def _keys(line: RecordedLine, on: Line) -> Iterator[Key]:
    """The services that a line of another claim uses; empty if only one limit applies, which is already known."""
    limits = on.setting.policy.on(line.service_date)[Limits].limits
    for limit in limits if len(limits) > 1 else ():
        if line.code in limit.counted:
            key = Key(
                limit,
                service_name(limit, line.code, on),
                _whose(limit, line.rendering_npi or line.billing_npi, line.billing_npi),
            )
            if _is_known(key):
                yield key


def _of(key: Key, uses: tuple[Use, ...], on: Line, beyond: OverLimit) -> Service:
    limit, name, whose = key
    unknown = None if _is_known(key) else Reason.MISSING_FIELD
    by_tables = limit.group is None and limit.grouped and name == on.code
    group = on.tables.service_group(name) if by_tables else None
    return Service(limit, name, uses, unknown, whose, group if isinstance(group, NotCovered) else None, beyond)


def is_use(line: RecordedLine, key: Key, on: Line) -> bool:
    """Whether a line of another claim uses the service, with the same provider where that matters."""
    limit, name, whose = key
    return (
        line.code in limit.counted
        and _is_known(key)
        and whose == _whose(limit, line.rendering_npi or line.billing_npi, line.billing_npi)
        and limit in on.setting.policy.on(line.service_date)[Limits].limits
        and service_name(limit, line.code, on) == name
    )


def _is_known(key: Key) -> bool:
    """Whether it is known whose services are counted together."""
    return key.limit.per is Per.MEMBER or key.whose is not None


def used(services: Iterable[Service]) -> Iterator[ServiceUse]:
    """The claim's lines as uses of services, with the disposition of each: what a history keeps of them."""
    for service in services:
        limit = service.limit
        for place, use in enumerate(service.uses):
            if use.position is not None:
                yield ServiceUse(
                    position=use.position,
                    service=service.name,
                    limit=limit.name,
                    most=limit.most,
                    window=str(limit.window),
                    per=str(limit.per),
                    whose=service.whose,
                    year_starts=limit.year_starts,
                    counts=use.counts,
                    excess=place in service.over_limit,
                    rank=use.rank,
                    beyond=str(limit.when_exceeded),
                    by_day=limit.by_day,
                    limited=use.limited,
                    takes=use.takes,
                )


def service_name(limit: Limit, code: str, on: Line) -> str:
    """The service as which a code is counted: the limit's own group, the tables' group, or the code itself."""
    if limit.group is not None:
        return limit.group
    group = on.tables.service_group(code) if limit.grouped else None
    return group.value.name if isinstance(group, Found) else code


def _whose(limit: Limit, provider: str | None, group: str | None) -> str | None:
    """The provider for whom the limit counts; None if it counts per member only, or the provider is missing."""
    if limit.per is Per.MEMBER:
        return None
    return provider if limit.per is Per.MEMBER_AND_PROVIDER else group


def counts(limit: Limit, modifiers: frozenset[str], standing: Disposition) -> bool:
    """Whether a line counts under a limit."""
    if standing in NOT_ACCEPTED or modifiers & limit.except_modifiers:
        return False
    return not limit.paid_only or standing is Disposition.PAYABLE


def _order(received: object, claim_id: str, rank: int, position: int) -> tuple[date, str, int, int]:
    return (received if isinstance(received, date) else date.max, claim_id, rank, position)


def _counted_by(limit: Limit, code: str) -> dict[str, bool]:
    """Whether a limit applies to a code that it counts, and whether the code uses up the window."""
    return {"limited": code in limit.codes, "takes": not limit.after or code in limit.after}


def _when(use: Use) -> tuple[date, tuple[object, ...]]:
    return use.day, use.order


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
