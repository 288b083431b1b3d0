"""A comparison by payer, provider, code or month: what was denied, and what of that was not expected.

>>> from claimcheck.remittance import Comparison
>>> [(grouping.title, grouping.groups) for grouping in groupings(Comparison((), {}), ["payer"])]
[('By payer', ())]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

import attrs

from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import Agreement, ComparedLine, Comparison, Tally

__all__ = ["BY", "Group", "Grouping", "code_of", "groupings", "is_unexpected"]


@attrs.frozen
class Group:
    """The lines of one payer, provider, code, or month: all, those denied, and unexpected denials."""

    name: str
    all: Tally
    denied: Tally
    unexpected: Tally


@attrs.frozen
class Grouping:
    """Groups by one thing, most denied dollars first."""

    title: str
    head: str
    groups: tuple[Group, ...]


def code_of(line: ComparedLine) -> str | None:
    """The procedure code, or the revenue code of a line without one."""
    return line.procedure_code or line.revenue_code


def is_unexpected(line: ComparedLine) -> bool:
    """Whether the payer denied a line that no rule expected to be denied."""
    return line.agreement in (Agreement.DENIED_THOUGH_PAYABLE, Agreement.NOT_CHECKED)


BY: Mapping[str, tuple[str, str, Callable[[ComparedLine], str | None]]] = MappingProxyType(
    {
        "payer": ("By payer", "Payer", lambda line: line.payer),
        "provider": ("By provider", "Provider", lambda line: line.provider),
        "code": ("By procedure or revenue code", "Code", code_of),
        "month": ("By month of service", "Month", lambda line: line.month),
    }
)
"""What lines are grouped by: the title, the head of its column, and the name of a line's group."""


def groupings(comparison: Comparison, names: Iterable[str] = tuple(BY)) -> Iterator[Grouping]:
    """The lines by each of these; what is not known is a group of its own."""
    denied = Comparison(tuple(line for line in comparison.lines if line.actual is Answer.DENIED), {})
    unexpected = Comparison(tuple(filter(is_unexpected, comparison.lines)), {})
    for name in names:
        title, head, key = BY[name]
        of_denied, of_unexpected = denied.tally(key), unexpected.tally(key)
        groups = [
            Group(value or "not known", tally, of_denied.get(value, _NOTHING), of_unexpected.get(value, _NOTHING))
            for value, tally in comparison.tally(key).items()
        ]
        groups.sort(key=lambda group: (-group.denied.charges, -group.all.charges, group.name))
        yield Grouping(title, head, tuple(groups))


_NOTHING = Tally(0, Decimal(0), Decimal(0))
