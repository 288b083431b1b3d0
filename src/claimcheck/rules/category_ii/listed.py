"""The lines of a claim for which the payer's programme may pay an incentive, and the lines that were accepted."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.claims import Disposition
from claimcheck.policies.parameters.category_ii import Incentive, Incentives
from claimcheck.rules.facts import Line, WholeClaim

__all__ = ["accepted", "listed_lines"]

_REFUSED = frozenset({Disposition.DENIED, Disposition.REJECTED})


def listed_lines(claim: WholeClaim) -> Iterator[tuple[int, Line, Incentive]]:
    """The position, the facts and the incentive of each accepted line whose code the programme lists."""
    for position, (line, standing) in enumerate(zip(claim.lines, claim.standing, strict=True), 1):
        if line.is_category_ii and standing not in _REFUSED:
            incentive = line.policy[Incentives].of(line.code, line.modifier_codes)
            if incentive is not None:
                yield position, line, incentive


def accepted(claim: WholeClaim) -> Iterator[Line]:
    """The lines that were neither denied nor returned."""
    return (line for line, standing in zip(claim.lines, claim.standing, strict=True) if standing not in _REFUSED)
