"""A claim that is evaluated more than once: alone, and then together with the claims of its batch.

Its facts are computed once. Only the other claims it is evaluated with, and the resulting findings, differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.verdict import claim_disposition, strongest
from claimcheck.engine.digest import Digest
from claimcheck.engine.judgement import Judgement
from claimcheck.engine.said import Said
from claimcheck.engine.told import in_full, told
from claimcheck.history import LookUp
from claimcheck.history.entry import Standing

__all__ = ["Case"]


class Case:
    """A claim being evaluated, and its findings given the other claims it was last evaluated with (`beside`)."""

    __slots__ = ("_assemble", "_told", "judgement")

    def __init__(self, judgement: Judgement, assemble: Callable[[Judgement, Said], ClaimResult]) -> None:
        self.judgement = judgement
        self._assemble = assemble
        self._told: tuple[Said, Sequence[Digest]] | None = None

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.judgement.claim

    def beside(self, history: LookUp | None) -> bool:
        """Takes the other claims from a history, and says whether they differ from those before."""
        others = self.judgement.stand_beside(history)
        if others:
            self._told = None
        return others

    def _found(self) -> tuple[Said, Sequence[Digest]]:
        """The current findings on the lines, and those on the claim that are not among them."""
        if self._told is None:
            self._told = told(self.judgement)
        return self._told

    @property
    def is_counted(self) -> bool:
        """Whether a frequency limit counts any of its lines, so that the result depends on claims of other days."""
        return bool(self._found()[0].services)

    @property
    def standing(self) -> Standing:
        """The standing of each line by the current findings, frequency limits left out."""
        said, more = self._found()
        of_claim = [one.disposition for one in (*said.of_claim, *more)]
        stands = claim_disposition(strongest(of_claim), [one.disposition for one in said.of_lines])
        taken = self.judgement.meant.taken
        return Standing(
            stands,
            tuple([one.without_frequency for one in said.of_lines]),
            supersedes=tuple(sorted(taken)) if taken else (),
        )

    @property
    def until(self) -> float:
        """The last day on which a line of another claim may matter to it, beyond its own days."""
        asked = self.judgement.asked_beyond
        return max([one.through.toordinal() for one in asked], default=-inf)

    @property
    def said(self) -> Said:
        """The current findings."""
        return in_full(*self._found(), self.judgement)

    def result(self) -> ClaimResult:
        """The result by the current findings."""
        return self._assemble(self.judgement, self.said)
