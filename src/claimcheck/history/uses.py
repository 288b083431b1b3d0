"""The lines of some codes, in their order, as far as somebody asks: what a frequency limit needs of a history.

A limit of one a year hangs on the first line of the year that counts. A history that can find it has a method `uses`,
as those of claimcheck have; of any other the lines are asked for, and put in order.
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
    """The member's lines of some codes that begin from `first` to `through`, in the order of `by_date`.

    What is left out is as in `LookUp.lines`.
    """
    own = getattr(history, "uses", None)
    if own is not None:
        found: Iterator[RecordedLine] = own(member_id, codes, first, through, other_than=other_than)
        return found
    lines = history.lines(member_id, first, through, other_than=other_than)
    return (line for line in lines if line.code in codes and line.service_date >= first)
