"""The days of a claim: which of the member's lines lie on one day, at one provider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from claimcheck.claims import Claim, Disposition, ServiceLine
from claimcheck.engine.shared import CompiledLine
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies.parameters.ncci import ProcedureToProcedure, SameProvider
from claimcheck.rules.facts.day import Day, DayLine, units_per_day
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn

__all__ = ["Placed", "days_of", "places"]

Provider = tuple[object, ...]


@attrs.frozen(eq=False)
class Placed:
    """A line of the claim with a code and a day: its place, its provider, its first and last day."""

    position: int
    compiled: CompiledLine
    provider: Provider
    first: date
    last: date


def places(claim: Claim, setting: Setting, lines: Sequence[tuple[CompiledLine, date | None]]) -> list[Placed]:
    """The lines that lie on a day: those with a well-formed procedure code and a readable date."""
    placed = []
    for position, (line, (compiled, day)) in enumerate(zip(claim.lines, lines, strict=True), 1):
        if compiled.facts.code is None or day is None:
            continue
        first = line.service_date if isinstance(line.service_date, date) else day
        last = line.service_date_end if compiled.facts.span_days > 1 else first
        same = compiled.facts.policy[ProcedureToProcedure].same_provider
        placed.append(Placed(position, compiled, _provider(claim, setting, line, same), first, last))  # type: ignore[arg-type]
    return placed


def _provider(claim: Claim, setting: Setting, line: ServiceLine, same: SameProvider) -> Provider:
    """What two lines must share to be of one provider. A facility is one provider, whoever renders."""
    if same is SameProvider.TAX_ID:
        return (claim.billing_tax_id,)
    if setting.institutional:
        return (claim.billing_npi,)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        return (claim.billing_npi, line.rendering_taxonomy or claim.rendering_taxonomy or claim.billing_taxonomy)
    return (line.rendering_npi or claim.rendering_npi or claim.billing_npi,)


def _recorded_provider(line: RecordedLine, setting: Setting, same: SameProvider) -> Provider:
    if same is SameProvider.TAX_ID:
        return (line.billing_tax_id,)
    if setting.institutional:
        return (line.billing_npi,)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        return (line.billing_npi, line.rendering_taxonomy)
    return (line.rendering_npi or line.billing_npi,)


def days_of(
    setting: Setting,
    placed: Sequence[Placed],
    standing: Sequence[Disposition],
    diagnoses: tuple[str, ...],
    others: Iterable[RecordedLine] = (),
) -> list[Day]:
    """A `Day` for each provider and each day on which one of its lines begins.

    Lines that overlap at all do so on the first day of one of them, so that no other day needs a look.
    """
    days: dict[tuple[Provider, date], list[Placed]] = {}
    spanning = []
    for line in placed:
        days.setdefault((line.provider, line.first), []).append(line)
        if line.last > line.first:
            spanning.append(line)
    for line in spanning:
        for (provider, day), lines in days.items():
            if provider == line.provider and line.first < day <= line.last:
                lines.append(line)
    others = tuple(others)
    return [_day(setting, provider, day, lines, standing, diagnoses, others) for (provider, day), lines in days.items()]


def _day(
    setting: Setting,
    provider: Provider,
    day: date,
    lines: list[Placed],
    standing: Sequence[Disposition],
    diagnoses: tuple[str, ...],
    others: tuple[RecordedLine, ...],
) -> Day:
    on = lines[0].compiled.facts
    day_lines = [_day_line(line, standing) for line in sorted(lines, key=_by_position)]
    same = on.policy[ProcedureToProcedure].same_provider
    day_lines += [
        _other_line(line)
        for line in others
        if line.service_date <= day <= line.service_date_end
        and line.claim_type == setting.claim_type
        and _recorded_provider(line, setting, same) == provider
    ]
    return Day(
        setting,
        day,
        tuple(day_lines),
        frozenset(line.code for line in day_lines),
        diagnoses,
        on.policy,
        TablesOn(setting.tables, on.tables.day if setting.inpatient else day),
    )


def _by_position(line: Placed) -> int:
    return line.position


def _day_line(line: Placed, standing: Sequence[Disposition]) -> DayLine:
    facts = line.compiled.facts
    return DayLine(
        line.position,
        facts.code or "",
        facts.modifier_codes,
        units_per_day(facts.units, facts.span_days),
        standing[line.position - 1],
        facts,
        facts.revenue.text,
    )


def _other_line(line: RecordedLine) -> DayLine:
    span = (line.service_date_end - line.service_date).days + 1
    return DayLine(None, line.code, line.modifiers, units_per_day(line.units, span), line.disposition)
