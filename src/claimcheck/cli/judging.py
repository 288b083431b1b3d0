"""Judging claims one after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import partial
from itertools import starmap, tee
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.look import Look
from claimcheck.cli.meeting import filled
from claimcheck.cli.options import Options
from claimcheck.cli.pieces import Make, maker
from claimcheck.cli.share import Chosen, Every, Share
from claimcheck.cli.summary import Summary
from claimcheck.engine import Validator
from claimcheck.engine.batches import Fallen, claim_of
from claimcheck.engine.namesakes import Marked, under_its_own_id
from claimcheck.engine.validator import processing_day as day_of
from claimcheck.history.originals import Meant

__all__ = ["Run", "alone", "beside", "pairs"]


@attrs.frozen
class Run:
    """What a run is about, however its claims are judged: `inputs` and `summary` fill while it goes on.

    `fallen` are the places, among all claims, of those that are superseded, and `met` of those that may have a part in
    each other's verdicts, None where that is not known beforehand; `namesakes` are the places of those that bear the id
    of an earlier claim and are no version of it, each with its number; `meant` is what is told of those that mean
    another claim without naming it, or may be meant so; see `claimcheck.cli.survey`.
    """

    options: Options
    inputs: Inputs
    look: Look
    summary: Summary = attrs.field(factory=Summary)
    fallen: Mapping[int, str | None] = attrs.field(factory=dict)
    met: frozenset[int] | None = None
    namesakes: Mapping[int, int] = attrs.field(factory=dict)
    meant: Mapping[int, Meant] = attrs.field(factory=dict)

    def verdicts(
        self, validator: Validator, claims: Iterable[Claim | Fallen | Marked], share: int | None = None
    ) -> Iterator[tuple[Claim, ClaimResult]]:
        """Each claim with its verdict, in the light of all others of the run, or of those before it.

        `share` is that of this process, where there are several.
        """
        if self.met is None:
            yield from pairs(validator, claims, self.options.as_of)
            return
        yield from beside(validator, partial(self._meeting, share), claims, self.options.as_of)

    def meeting(self, place: int, claim: Claim) -> Marked | None:
        """The claim at a place as others meet it; None where it meets none."""
        return self._mark(place, claim) if place in (self.met or ()) and place not in self.fallen else None

    def _meeting(self, share: int | None) -> Iterator[Marked]:
        """The claims that meet others, read once more than they are judged; of a share of the members."""
        inputs = Inputs(self.inputs.files, self.inputs.columns, self.inputs.mapping)
        own = Every() if share is None else Share(share, self.options.jobs)
        wanted = (self.met or frozenset()).difference(self.fallen)
        if wanted:
            chosen = Chosen(lambda place, member: place in wanted and own.chooses(place, member))
            yield from (self._mark(place, claim) for place, claim in inputs.placed(chosen))

    def claims(self) -> Iterator[Claim | Fallen | Marked]:
        """All claims, in their order."""
        return starmap(self.marked, self.inputs.placed(Every()))

    def marked(self, place: int, claim: Claim) -> Claim | Fallen | Marked:
        """The claim at a place, as the engine is to take it."""
        if place in self.fallen:
            return Fallen(claim, self.fallen[place])
        return self._mark(place, claim) if place in self.namesakes or place in self.meant else claim

    def _mark(self, place: int, claim: Claim) -> Marked:
        return Marked(claim, self.namesakes.get(place, 1), self.meant.get(place))

    def maker(self) -> Make:
        """What makes the piece of a claim."""
        return maker(self.options, self.inputs, self.look)


def beside(
    validator: Validator,
    met: Callable[[], Iterator[Marked]],
    claims: Iterable[Claim | Fallen | Marked],
    as_of: str | None,
) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its verdict, in the light of all those that `met` gives."""
    judge = validator.beside(filled(validator, met, as_of))
    for given in claims:
        if isinstance(given, Fallen):
            yield given.claim, judge.superseded(given.claim, given.by, day_of(as_of))
        else:
            claim = given.apart if isinstance(given, Marked) else given
            yield claim_of(given), under_its_own_id(judge.validate(claim, as_of))


def alone(run: Run, validator: Validator) -> Generator[Any]:
    """The pieces of all claims, in their order. All files are one batch."""
    make = run.maker()
    for claim, result in run.verdicts(validator, run.claims()):
        run.summary.add(result)
        yield make(claim, result)


def pairs(
    validator: Validator, claims: Iterable[Claim | Fallen | Marked], as_of: str | None
) -> Iterator[tuple[Claim, ClaimResult]]:
    """Each claim with its verdict, one by one as they come."""
    first, second = tee(claims)
    return zip(map(claim_of, first), validator.validate_many(second, as_of), strict=True)
