"""The lines with some codes, in order, read lazily: what a frequency limit needs of a history.

A limit of one per year depends on the first line of the year that counts. A history that can look it up has a method
`uses`, as claimcheck's own do; from any other, the lines are read and sorted.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from claimcheck.claims import Claim
from claimcheck.history.recorded import LookUp, RecordedLine

__all__ = ["uses"]


def uses(
    history: LookUp,
    member_id: str,
    codes: Container[str],
    first: date,
    through: date,
    *,
    other_than: Claim | None = None,
) -> Iterator[RecordedLine]:
    """The member's lines with some codes that begin from `first` to `through`, in the order of `by_date`.

    Exclusions are as in `LookUp.lines`.
    """
    own = getattr(history, "uses", None)
    if own is not None:
        found: Iterator[RecordedLine] = own(member_id, codes, first, through, other_than=other_than)
        return found
    lines = history.lines(member_id, first, through, other_than=other_than)
    return (line for line in lines if line.code in codes and line.service_date >= first)
