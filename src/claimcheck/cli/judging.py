"""Judging claims one after the other, in this process."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import count, tee
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import Make, maker
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen, claim_of

__all__ = ["Run", "alone", "pairs"]


@attrs.frozen
class Run:
    """What a run is about, however its claims are judged: `inputs` and `summary` fill while it goes on.

    `fallen` are the places, among all claims, of those that are superseded, see `claimcheck.cli.survey`.
    """

    options: Options
    inputs: Inputs
    look: Look
    summary: Summary = attrs.field(factory=Summary)
    fallen: Mapping[int, str | None] = attrs.field(factory=dict)

    def claims(self) -> Iterator[Claim | Fallen]:
        """All claims, in their order."""
        return map(self.marked, count(), self.inputs.claims())

    def marked(self, place: int, claim: Claim) -> Claim | Fallen:
        """The claim at a place, as the engine is to take it."""
        return Fallen(claim, self.fallen[place]) if place in self.fallen else claim

    def maker(self) -> Make:
        """What makes the piece of a claim."""
        return maker(self.options, self.inputs, self.look)


def alone(run: Run, validator: Validator) -> Generator[Any]:
    """The pieces of all claims, in their order. All files are one batch."""
    make = run.maker()
    for claim, result in pairs(validator, run.claims(), run.options.as_of):
        run.summary.add(result)
        yield make(claim, result)


def pairs(
    validator: Validator, claims: Iterable[Claim | Fallen], as_of: str | None
) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its verdict, one by one as they come."""
    first, second = tee(claims)
    return zip(map(claim_of, first), validator.validate_many(second, as_of), strict=True)
