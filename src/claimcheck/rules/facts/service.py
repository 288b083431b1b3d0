"""One service of a member over time: what a frequency limit counts."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Reason
from claimcheck.history.winners import Beyond
from claimcheck.policies.parameters.frequency import Limit
from claimcheck.tables.lookup import NotCovered

__all__ = ["Service", "Use"]


@attrs.frozen
class Use:
    """One time that the service was given.

    Uses are ordered by service date, then receipt, claim, rank and line: `order` breaks ties and means nothing else.
    `rank` tells the results of one test on one day and claim apart, where the lowest is the one that counts.
    `position` is the line's place on the claim that is judged, None for a use on another claim. `counts` says
    whether the line was accepted, and not reported under a modifier that excludes it; `delivery` the end of the
    pregnancy that the use belongs to, where it is known.
    """

    day: date
    order: tuple[object, ...]
    position: int | None
    code: str
    counts: bool
    delivery: date | None = None
    rank: int = 0


@attrs.frozen(eq=False)
class Service:
    """One service of one member under one limit: `uses` in their order, within all the time that may matter.

    `beyond` says which are beyond the limit and what takes up their period, as `history.winners` does: a use that is
    beyond another limit takes up nothing here.
    `whose` is the provider whose uses are counted, where the limit is per provider; `unknown` says why that is not
    known, None where it is. `ungrouped` says why it is not known which other codes report the service.
    """

    limit: Limit
    name: str
    uses: tuple[Use, ...]
    unknown: Reason | None = None
    whose: str | None = None
    ungrouped: NotCovered | None = None
    beyond: Beyond = attrs.field(factory=dict)
