"""What the physician fee schedule says of what a line bills."""

from __future__ import annotations

from claimcheck.codes.modifier import component_of
from claimcheck.rules.facts import Line
from claimcheck.tables import FeeSchedule, Found, Lookup

__all__ = ["billed_row"]


def billed_row(line: Line, code: str) -> Lookup[FeeSchedule]:
    """The row of the component that the line bills, where the code has one of its own; else the row of the code.

    The modifiers are read of such codes only: in columns a rule is called again for each value that it reads.
    """
    answer = line.tables.fee_schedule(code)
    if isinstance(answer, Found) and answer.value.components:
        return line.tables.fee_schedule(code, component_of(line.modifier_codes))
    return answer
