"""What rules on global surgery ask: which lines bill a procedure with a global package, and of how many days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.surgery import GlobalPackage, OutsidePackage
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.rule import Outcome, Raised
from claimcheck.tables import Found, NotCovered

__all__ = ["Procedure", "by_package", "has_package", "package_of", "procedures_of"]


class Procedure(NamedTuple):
    """A line that bills a procedure with a global package; `days` are its global days, or why they are unknown."""

    line: DayLine
    days: str | NotCovered


def has_package(line: Line) -> str | NotCovered | None:
    """The global days of a professional line whose procedure has a package: 000, 010, or 090, or why that is unknown.

    None if it has none, like visits, tests, assistants at surgery, and codes that no payer's list names.
    """
    if not line.setting.professional:
        return None
    days = line.of_code(_days_of)
    if days is None or not line.policy[GlobalPackage].exempt_modifiers.isdisjoint(line.modifier_codes):
        return None
    return days


def _days_of(code: str | None, policy: PolicyOn, tables: TablesOn) -> str | NotCovered | None:
    """The global days of a code's package; None if it has none."""
    package = policy[GlobalPackage]
    if code is None or not _may_have_package(code, package):
        return None
    return _held(tables.fee_schedule(code), package)


def procedures_of(lines: Sequence[DayLine], day: Day) -> list[Procedure]:
    """Those of some lines that bill a procedure with a package, and were neither denied nor rejected."""
    package = day.policy[GlobalPackage]
    return [
        Procedure(line, days)
        for line in lines
        if line.accepted
        and package.exempt_modifiers.isdisjoint(line.modifiers)
        and (days := package_of(line.code, line.first, day)) is not None
    ]


def package_of(code: str, on: date | None, day: Day) -> str | NotCovered | None:
    """The global days of a code on its service date; None if it has no package."""
    package = day.policy[GlobalPackage]
    if not _may_have_package(code, package):
        return None
    tables = day.tables if on is None or on == day.day else day.setting.tables.on(on)
    return _held(tables.fee_schedule(code), package)


def by_package(outcome: Outcome, message: str, line: DayLine, procedure: Procedure, day: Day) -> Raised:
    """The finding on a line that a procedure's package includes, or on a modifier that is wrong with it."""
    beside = procedure.line
    return outcome(
        message,
        line=line.position,
        other=line.recorded,
        related=() if line.other_claim or beside.position is None else (beside.position,),
        source=day.policy.source(OutsidePackage) or day.policy.source(GlobalPackage),
        code=line.code,
        procedure=beside.code,
        global_days=procedure.days,
        on_another_claim=beside.other_claim,
    )


def _may_have_package(code: str, package: GlobalPackage) -> bool:
    return code in package.procedures and code not in package.visits


def _held(answer: object, package: GlobalPackage) -> str | NotCovered | None:
    if isinstance(answer, NotCovered):
        return answer
    days: str | None = answer.value.global_days if isinstance(answer, Found) else None
    return days if days in package.minor or days in package.major else None
