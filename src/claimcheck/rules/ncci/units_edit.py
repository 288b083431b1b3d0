"""The medically unlikely edit of a line's code, and the lines whose units it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache

from claimcheck.claims import Reason
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.ncci import BillTypes, Settings
from claimcheck.rules.facts import DayLine, Line
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.ncci.applies import table_suffix
from claimcheck.tables import Found, NotCovered

__all__ = ["MINUTES", "counted_by_code", "edit_of", "total_units"]

MINUTES = "MJ"  #: the unit of measure of anesthesia, whose minutes no edit counts


def edit_of(line: Line) -> tuple[int, int] | NotCovered | Reason | None:
    """The units and the adjudication indicator of the edit, or why they are unknown; None if there is no edit."""
    suffix = table_suffix(line.setting, line.policy, line.policy[BillTypes].medically_unlikely)
    return suffix if suffix is None or isinstance(suffix, Reason) else line.of_code(_edit_in(f"mue_{suffix}"))


@cache
def _edit_in(table: str) -> Callable[[str | None, PolicyOn, TablesOn], tuple[int, int] | NotCovered | None]:
    """A question for the units and adjudication indicator of a code's edit; None if it has none."""

    def edit(code: str | None, policy: PolicyOn, tables: TablesOn) -> tuple[int, int] | NotCovered | None:
        answer = tables.mue(table, code or "", policy[Settings].program)
        if isinstance(answer, Found):
            return answer.value.value, answer.value.mai
        return answer if isinstance(answer, NotCovered) else None

    return edit


def counted_by_code(lines: Sequence[DayLine]) -> dict[str, list[DayLine]]:
    """The lines whose units count, by code; only codes that the claim itself bills."""
    by_code: dict[str, list[DayLine]] = defaultdict(list)
    for line in lines:
        if line.facts is None or line.facts.unit_basis != MINUTES:
            by_code[line.code].append(line)
    return {code: lines for code, lines in by_code.items() if not all(line.other_claim for line in lines)}


def total_units(lines: Iterable[DayLine]) -> Decimal:
    """The units of the lines, without those that are missing or unreadable."""
    return sum((line.units for line in lines if line.units is not None), Decimal(0))
