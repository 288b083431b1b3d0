"""What a payer decides about the results that Category II codes report."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kind import AtLeastOne
from claimcheck.policies.kinds import Name, Procedure
from claimcheck.policies.parameter import parameter

__all__ = ["Band", "ResultConflict", "ResultGroup", "Results"]


class ResultConflict(StrEnum):
    """What happens to two different results of one test on one day."""

    WARN = "warn"
    LOWER_BAND = "lower_band"  #: the lowest band is the day's result; the others do not count
    REJECT = "reject"


@attrs.frozen
class Band:
    """The results that one code reports, open or closed at either end."""

    code: Procedure
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        if None not in (self.at_least, self.above):
            raise ValueError(f"at_least, above: one of the two is expected for {self.code}, not both")
        if None not in (self.at_most, self.below):
            raise ValueError(f"at_most, below: one of the two is expected for {self.code}, not both")
        low = self.above if self.at_least is None else self.at_least
        high = self.below if self.at_most is None else self.at_most
        if low is not None and high is not None and (low > high or (low == high and low not in self)):
            raise ValueError(f"the band of {self.code} ends at {high} before it begins at {low}")

    def __contains__(self, result: Decimal) -> bool:
        return (
            (self.at_least is None or result >= self.at_least)
            and (self.above is None or result > self.above)
            and (self.at_most is None or result <= self.at_most)
            and (self.below is None or result < self.below)
        )


@attrs.frozen
class ResultGroup:
    """The codes that report the result of one test, from the lowest band to the highest.

    `reference` says where that is published, if it differs from the entry's.
    """

    name: Name
    bands: Annotated[tuple[Band, ...], AtLeastOne("one band")]
    conflict: ResultConflict = ResultConflict.WARN
    reference: str = attrs.field(default="", eq=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the bands, from the lowest to the highest."""
        return tuple(band.code for band in self.bands)


@parameter("category_ii.results", adds="groups")
class Results:
    """The tests whose result a code reports, band by band. The sources differ at the edges of some bands."""

    groups: tuple[ResultGroup, ...] = ()

    def __attrs_post_init__(self) -> None:
        seen: dict[str, str] = {}
        for group in self.groups:
            for code in group.codes:
                if code in seen:
                    raise ValueError(
                        f"groups: {code} stands in {seen[code]!r} and again in {group.name!r}: once is expected"
                    )
                seen[code] = group.name

    def group_of(self, code: str | None) -> ResultGroup | None:
        """The code's group."""
        return next((group for group in self.groups if code in group.codes), None)

    def rank(self, code: str | None) -> int:
        """The code's band, counted from the lowest, for a test whose lowest counts; else 0."""
        group = self.group_of(code)
        if code is None or group is None or group.conflict is not ResultConflict.LOWER_BAND:
            return 0
        return group.codes.index(code)
