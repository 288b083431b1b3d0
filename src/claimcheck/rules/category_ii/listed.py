"""What the rules on Category II lines share: which lines there are, which earn an incentive, which were accepted."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.policies.parameters.category_ii import Incentive, Incentives
from claimcheck.rules.facts import Day, Line, WholeClaim

__all__ = ["accepted", "has_reports", "is_listed", "is_report", "listed_lines"]


def listed_lines(claim: WholeClaim) -> Iterator[tuple[int, Line, Incentive]]:
    """The position, facts, and incentive of each accepted line whose code the program lists."""
    for position, (line, standing) in enumerate(zip(claim.lines, claim.standing, strict=True), 1):
        if line.is_category_ii and standing not in NOT_ACCEPTED:
            incentive = line.policy[Incentives].of(line.code, line.modifier_codes)
            if incentive is not None:
                yield position, line, incentive


def is_report(line: Line) -> bool:
    """Whether a rule for Category II lines may concern the line."""
    return line.is_category_ii


def is_listed(line: Line) -> bool:
    """Whether a rule for lines that earn an incentive may concern the line."""
    return line.is_category_ii and line.policy[Incentives].of(line.code, line.modifier_codes) is not None


def accepted(claim: WholeClaim) -> Iterator[Line]:
    """The lines that were neither denied nor returned."""
    return (line for line, standing in zip(claim.lines, claim.standing, strict=True) if standing not in NOT_ACCEPTED)


def has_reports(day: Day) -> bool:
    """Whether the day has a Category II code. Only these end in F, and most days have none."""
    return any(code.endswith("F") for code in day.codes)
