"""The member's lines on one day by one provider, across claims."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import attrs

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.outpatient_editor import NO_EDITS, Edits
from claimcheck.tables.families import is_category_ii

__all__ = ["Day", "DayLine", "units_per_day"]


def units_per_day(units: object, days: int) -> Decimal | None:
    """The units of one day of a line: as billed, or for a span divided by its `days` and rounded half up.

    NCCI Policy Manual for Medicare Services, chapter I, section V. None if the units are missing,
    unreadable, or negative.

    >>> units_per_day(Decimal(5), 2), units_per_day(Decimal("1.5"), 1), units_per_day(None, 1)
    (Decimal('3'), Decimal('1.5'), None)
    """
    if not isinstance(units, Decimal) or units < 0:
        return None
    return units if days == 1 else (units / days).quantize(Decimal(1), ROUND_HALF_UP)


@attrs.frozen(eq=False)
class DayLine:
    """A line of the member and provider.

    `position` is its position on the claim being validated, None for a line of another claim (`other_claim`), which is
    `recorded`. `standing` is its disposition after earlier phases; `units` are those of each of its days, from `first`
    to `last` (None for both if the line has no date). `facts` and `revenue` are known for the claim's own lines, and
    `edits`, the outpatient code editor's edits of the line so far, for those of a facility. `duplicates` are the
    positions of lines that bill exactly what this line of an earlier claim bills, including its charge.
    """

    position: int | None
    code: str
    modifiers: frozenset[str]
    units: Decimal | None
    standing: Disposition
    first: date | None = None
    last: date | None = None
    facts: Line | None = attrs.field(default=None, repr=False)
    revenue: str | None = None
    recorded: RecordedLine | None = attrs.field(default=None, repr=False)
    duplicates: frozenset[int] = frozenset()
    edits: Edits = NO_EDITS

    @property
    def other_claim(self) -> bool:
        """Whether the line is on another claim of the member."""
        return self.position is None

    @property
    def is_category_ii(self) -> bool:
        """Whether the line bills a CPT Category II code."""
        return is_category_ii(self.code)

    @property
    def accepted(self) -> bool:
        """Whether earlier phases neither denied nor rejected the line."""
        return self.standing not in NOT_ACCEPTED


@attrs.frozen(eq=False)
class Day:
    """The lines of one member, provider, and day that have a well-formed procedure code.

    `lines` are in claim order, followed by those of other claims; `codes` is the set of their codes. `before` are the
    lines of the previous day; `claim_lines` the claim's own lines by the provider, on any day; `other_days` lines of
    other claims by the provider on other days, for rules that look beyond the day. `diagnoses` are the claim's
    well-formed diagnosis codes, without dots.

    A line without a date has its own `Day`, with `day` None, so that a rule can report that it was not checked.
    """

    setting: Setting
    day: date | None
    lines: tuple[DayLine, ...]
    codes: frozenset[str]
    before: tuple[DayLine, ...]
    claim_lines: tuple[DayLine, ...]
    diagnoses: tuple[str, ...]
    policy: PolicyOn
    tables: TablesOn
    other_days: tuple[DayLine, ...] = ()

    @property
    def own(self) -> tuple[int, ...]:
        """The positions of the claim's own lines."""
        return tuple(line.position for line in self.lines if line.position is not None)

    @property
    def claim_codes(self) -> frozenset[str]:
        """The codes of `claim_lines` that earlier phases neither denied nor rejected."""
        return frozenset([line.code for line in self.claim_lines if line.accepted])
