"""One service of a member over time: what a frequency limit counts."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Reason
from claimcheck.history.winners import OverLimit
from claimcheck.policies.parameters.frequency import Limit
from claimcheck.tables.lookup import NotCovered

__all__ = ["Service", "Use"]


@attrs.frozen
class Use:
    """One use of the service.

    Uses are ordered by service date, then received date, claim, rank, and line: `order` breaks ties and has no other
    meaning. `rank` orders the results of one test on one day and claim, of which the lowest counts. `position` is the
    line's position on the claim being validated, None for a use on another claim. `counts` says whether the line was
    accepted and not reported with an exclusion modifier; `delivery` is the end of the pregnancy that the use belongs
    to, if known.
    """

    day: date
    order: tuple[object, ...]
    position: int | None
    code: str
    counts: bool
    delivery: date | None = None
    rank: int = 0
    limited: bool = True
    takes: bool = True


@attrs.frozen(eq=False)
class Service:
    """One service of one member under one limit: `uses` in order, within the time that may matter.

    `over_limit` says which exceed the limit and which uses take up their period, as in `history.winners`: a use that
    exceeds another limit takes up nothing here. `whose` is the provider whose uses are counted, if the limit is per
    provider; `unknown` says why that is not known, None if it is. `ungrouped` says why it is unknown which other codes
    report the service.
    """

    limit: Limit
    name: str
    uses: tuple[Use, ...]
    unknown: Reason | None = None
    whose: str | None = None
    ungrouped: NotCovered | None = None
    over_limit: OverLimit = attrs.field(factory=dict)
