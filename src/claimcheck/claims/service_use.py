"""What a result holds besides its findings: the services that its lines use, and the earlier results it overturns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from claimcheck.claims.finding import Finding

__all__ = ["Overturned", "ServiceUse"]


@attrs.frozen(kw_only=True)
class ServiceUse:
    """A line as a use of a service, under a frequency limit.

    Everything that decides which of a member's uses exceed the limit, so that a history can work it out without the
    policy and the tables: `limit` is its name, `most`, `window`, `per`, `year_starts`, and `by_day` its terms;
    `service` is the service group or code; `whose` the provider that the limit counts by, if any. `counts` says whether
    the line was accepted and not reported with an exclusion modifier; `excess` is the result that was given, and
    `beyond` the disposition of a line in excess. `rank` orders the lines of one claim and day before their position
    does: of several results of one test, the lowest band first. A service after which another one is not paid for some
    time is not `limited` itself; the other one uses up no window of that limit (`takes`).

    >>> use = ServiceUse(position=1, service="hba1c", limit="yearly", most=1, window="calendar_year", per="member")
    >>> ServiceUse.from_dict(use.to_dict()) == use
    True
    """

    position: int
    service: str
    limit: str
    most: int
    window: str
    per: str
    whose: str | None = None
    year_starts: str = "01-01"
    counts: bool = True
    excess: bool = False
    rank: int = 0
    beyond: str = "report_only"
    by_day: bool = False
    limited: bool = True
    takes: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The use in JSON-compatible form."""
        return attrs.asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ServiceUse:
        """The use that `to_dict` wrote."""
        return cls(**plain)


@attrs.frozen
class Overturned:
    """A finding on a line of another, earlier claim: with what is now known, that line is not paid.

    `claim` is the other claim's name in the history; the finding's `position` is the line's position on that claim.
    """

    claim: str = attrs.field(repr=False)
    finding: Finding

    def to_dict(self) -> dict[str, Any]:
        """The entry in JSON-compatible form."""
        return {"claim": self.claim, "finding": self.finding.to_dict()}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Overturned:
        """The entry that `to_dict` wrote."""
        return cls(plain["claim"], Finding.from_dict(plain["finding"]))
