"""Validates claims one after another in this process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import partial
from itertools import starmap, tee
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.meeting import filled
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import Make, maker
from claimcheck.cli.selection import AllClaims, MemberShare, SelectedClaims
from claimcheck.cli.style import Style
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen, claim_of
from claimcheck.engine.namesakes import Marked, under_its_own_id
from claimcheck.engine.validator import processing_day as day_of
from claimcheck.history.originals import Meant

__all__ = ["Run", "alone", "beside", "pairs"]


@attrs.frozen
class Run:
    """What a run works on, however its claims are validated: `inputs` and `summary` fill as it proceeds.

    `fallen` are the places, among all claims, of superseded ones, and `met` of those that may affect each other's
    results, None if that is unknown in advance; `namesakes` are the places of claims that have the id of an earlier
    claim without being a version of it, each with its number; `meant` is what is known about claims that refer to
    another claim without naming it, or that may be so referred to; see `claimcheck.cli.survey`.
    """

    options: Options
    inputs: Inputs
    style: Style
    summary: Summary = attrs.field(factory=Summary)
    fallen: Mapping[int, str | None] = attrs.field(factory=dict)
    met: frozenset[int] | None = None
    namesakes: Mapping[int, int] = attrs.field(factory=dict)
    meant: Mapping[int, Meant] = attrs.field(factory=dict)

    def verdicts(
        self, validator: Validator, claims: Iterable[Claim | Fallen | Marked], share: int | None = None
    ) -> Iterator[tuple[Claim, ClaimResult]]:
        """Each claim with its result, given all other claims of the run, or those before it.

        `share` is that of this process, if there are several.
        """
        if self.met is None:
            yield from pairs(validator, claims, self.options.as_of)
            return
        yield from beside(validator, partial(self._meeting, share), claims, self.options.as_of)

    def meeting(self, place: int, claim: Claim) -> Marked | None:
        """The claim at a place in the form that related claims see; None if it has none."""
        return self._mark(place, claim) if place in (self.met or ()) and place not in self.fallen else None

    def _meeting(self, share: int | None) -> Iterator[Marked]:
        """The claims that are related to others, read in an extra pass; those in this process's share of members."""
        inputs = Inputs(self.inputs.files, self.inputs.columns, self.inputs.mapping)
        own = AllClaims() if share is None else MemberShare(share, self.options.jobs)
        wanted = (self.met or frozenset()).difference(self.fallen)
        if wanted:
            chosen = SelectedClaims(lambda place, member: place in wanted and own.chooses(place, member))
            yield from (self._mark(place, claim) for place, claim in inputs.placed(chosen))

    def claims(self) -> Iterator[Claim | Fallen | Marked]:
        """All claims, in order."""
        return starmap(self.marked, self.inputs.placed(AllClaims()))

    def marked(self, place: int, claim: Claim) -> Claim | Fallen | Marked:
        """The claim at a place, in the form the engine expects."""
        if place in self.fallen:
            return Fallen(claim, self.fallen[place])
        return self._mark(place, claim) if place in self.namesakes or place in self.meant else claim

    def _mark(self, place: int, claim: Claim) -> Marked:
        return Marked(claim, self.namesakes.get(place, 1), self.meant.get(place))

    def maker(self) -> Make:
        """The function that makes the piece for a claim."""
        return maker(self.options, self.inputs, self.style)


def beside(
    validator: Validator,
    met: Callable[[], Iterator[Marked]],
    claims: Iterable[Claim | Fallen | Marked],
    as_of: str | None,
) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its result, given all those that `met` yields."""
    judge = validator.beside(filled(validator, met, as_of))
    for given in claims:
        if isinstance(given, Fallen):
            yield given.claim, judge.superseded(given.claim, given.by, day_of(as_of))
        else:
            claim = given.apart if isinstance(given, Marked) else given
            yield claim_of(given), under_its_own_id(judge.validate(claim, as_of))


def alone(run: Run, validator: Validator) -> Generator[Any]:
    """The pieces of all claims, in order. All files are one batch."""
    make = run.maker()
    for claim, result in run.verdicts(validator, run.claims()):
        run.summary.add(result)
        yield make(claim, result)


def pairs(
    validator: Validator, claims: Iterable[Claim | Fallen | Marked], as_of: str | None
) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its result, one by one as they come."""
    first, second = tee(claims)
    return zip(map(claim_of, first), validator.validate_many(second, as_of), strict=True)
