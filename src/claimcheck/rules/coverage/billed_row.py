"""What the physician fee schedule says of what a line bills."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from claimcheck.codes.modifier import component_of
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.tables import FeeSchedule, Found, Lookup, NotCovered

__all__ = ["billed_row", "billed_status"]


def billed_row(line: Line, code: str) -> Lookup[FeeSchedule]:
    """The row of the component that the line bills, if the code has one for it; else the code's row."""
    answer = line.tables.fee_schedule(code)
    if isinstance(answer, Found) and answer.value.components:
        return line.tables.fee_schedule(code, component_of(line.modifier_codes))
    return answer


def billed_status(line: Line) -> str | NotCovered | None:
    """The status in that row, or why it is unknown; None if the schedule does not list the code."""
    status = line.of_code(_status_of(""))
    if not isinstance(status, tuple):
        return status
    # The modifiers are read only for codes with components: in columns a rule is called for each value it reads.
    component = component_of(line.modifier_codes)
    if not component:
        return status[0]
    own = line.of_code(_status_of(component))
    return own[0] if isinstance(own, tuple) else own


@cache
def _status_of(component: str) -> Callable[[str | None, PolicyOn, TablesOn], str | tuple[str] | NotCovered | None]:
    """A question for the status of a code, or of its component; a tuple if some component has its own row."""

    def status(code: str | None, _: PolicyOn, tables: TablesOn) -> str | tuple[str] | NotCovered | None:
        answer = None if code is None else tables.fee_schedule(code, component)
        if not isinstance(answer, Found):
            return answer if isinstance(answer, NotCovered) else None
        return (answer.value.status,) if answer.value.components else answer.value.status

    return status
