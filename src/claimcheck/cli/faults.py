"""What is wrong in remittances, in a line for each kind: the first place, and how many more there are.

>>> faults = Faults()
>>> for place in (3, 9):
...     faults.add("paid.835", RemittanceFinding("REM202", Severity.WARNING, "Segment is not one of an 835", place))
>>> list(faults.lines())
['paid.835: segment 3: warning REM202: Segment is not one of an 835 (and 1 more)']
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from claimcheck.claims import Severity
from claimcheck.cli.inputs import STDIN
from claimcheck.remittance.values import RemittanceFinding

__all__ = ["Faults"]


@attrs.define
class Faults:
    """Counts the findings of remittances, and of their claims, by kind."""

    _first: dict[str, tuple[str, RemittanceFinding]] = attrs.field(factory=dict)
    _count: dict[str, int] = attrs.field(factory=dict)

    def add(self, file: str, finding: RemittanceFinding) -> None:
        """Counts a finding of a file."""
        self._first.setdefault(finding.rule_id, ("standard input" if file == STDIN else file, finding))
        self._count[finding.rule_id] = self._count.get(finding.rule_id, 0) + 1

    def lines(self) -> Iterator[str]:
        """Each kind, in order of its id; what is only for information is left out."""
        for rule_id, (file, finding) in sorted(self._first.items()):
            more = self._count[rule_id] - 1
            if finding.severity is not Severity.INFO:
                yield f"{file}: {finding}{f' (and {more:,} more)' if more else ''}"
