"""Judging claims one after the other, in this process."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import tee
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import Make, maker
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator

__all__ = ["Run", "alone", "pairs"]


@attrs.frozen
class Run:
    """What a run is about, however its claims are judged: `inputs` and `summary` fill while it goes on."""

    options: Options
    inputs: Inputs
    look: Look
    summary: Summary = attrs.field(factory=Summary)

    def maker(self) -> Make:
        """What makes the piece of a claim."""
        return maker(self.options, self.inputs, self.look)


def alone(run: Run, validator: Validator) -> Generator[Any]:
    """The pieces of all claims, in their order. All files are one batch."""
    make = run.maker()
    for claim, result in pairs(validator, run.inputs.claims(), run.options.as_of):
        run.summary.add(result)
        yield make(claim, result)


def pairs(validator: Validator, claims: Iterable[Claim], as_of: str | None) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its verdict, one by one as they come."""
    first, second = tee(claims)
    return zip(first, validator.validate_many(second, as_of), strict=True)
