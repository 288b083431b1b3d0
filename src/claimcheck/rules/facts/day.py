"""The member's lines of one day at one provider, across claims."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import attrs

from claimcheck.claims import Disposition
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn

__all__ = ["Day", "DayLine", "units_per_day"]


def units_per_day(units: object, days: int) -> int | None:
    """The units of one day of a line that spans `days`: divided, and rounded half up to a whole number.

    NCCI Policy Manual for Medicare Services (2026), chapter I, section V. None where the units cannot be read.

    >>> units_per_day(Decimal(5), 2), units_per_day(None, 1)
    (3, None)
    """
    if not isinstance(units, Decimal):
        return None
    return int((units / days).quantize(Decimal(1), ROUND_HALF_UP))


@attrs.frozen(eq=False)
class DayLine:
    """A line on a day.

    `position` is its place on the claim that is judged, None for a line of another claim (`other_claim`), which may
    decide and is never found upon; `standing` what earlier phases made of it; `units` those of this one day.
    """

    position: int | None
    code: str
    modifiers: frozenset[str]
    units: int | None
    standing: Disposition
    facts: Line | None = attrs.field(default=None, repr=False)
    revenue: str | None = None

    @property
    def other_claim(self) -> bool:
        """Whether the line stands on another claim of the member."""
        return self.position is None

    @property
    def accepted(self) -> bool:
        """Whether earlier phases neither denied nor rejected the line."""
        return self.standing not in (Disposition.DENIED, Disposition.REJECTED)


@attrs.frozen(eq=False)
class Day:
    """The lines of one member, one provider and one day that have a well-formed procedure code.

    `lines` are in the order of the claim, those of other claims after them. `codes` is the set of their codes;
    `diagnoses` the claim's well-formed diagnosis codes, without dots.
    """

    setting: Setting
    day: date
    lines: tuple[DayLine, ...]
    codes: frozenset[str]
    diagnoses: tuple[str, ...]
    policy: PolicyOn
    tables: TablesOn
