"""A claim that is judged more than once: beside no other, and then beside those of its batch.

Its facts are worked out once. What differs is what it stands beside, and what is said of it there.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.verdict import claim_disposition, strongest
from claimcheck.engine.judgement import Judgement, Said, told
from claimcheck.history import LookUp
from claimcheck.history.entry import Standing

__all__ = ["Case"]


class Case:
    """A claim under judgement, and what is said of it beside what it was last held `beside`."""

    __slots__ = ("_assemble", "_of_claim", "_said", "judgement")

    def __init__(self, judgement: Judgement, assemble: Callable[[Judgement, Said], ClaimResult]) -> None:
        self.judgement = judgement
        self._assemble = assemble
        self._said, self._of_claim = told(judgement)

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.judgement.claim

    def beside(self, history: LookUp | None) -> bool:
        """Holds the claim beside those of a history, and says whether others stand beside it there than before."""
        others = self.judgement.stand_beside(history)
        if others:
            self._said, self._of_claim = told(self.judgement)
        return others

    @property
    def is_counted(self) -> bool:
        """Whether a frequency limit counts any of its lines, so that it hangs on claims of other days."""
        return bool(self._said.services)

    @property
    def standing(self) -> Standing:
        """How the claim stands by what is said of it, but for the frequency limits."""
        said, of_lines = self._said, self._said.of_lines
        of_claim = [one.disposition for one in (*said.of_claim, *self._of_claim)]
        stands = claim_disposition(strongest(of_claim), [one.disposition for one in of_lines])
        taken = self.judgement.meant.taken
        return Standing(
            stands,
            tuple([one.without_frequency for one in of_lines]),
            supersedes=tuple(sorted(taken)) if taken else (),
        )

    @property
    def until(self) -> float:
        """The last day of which a line of another claim may matter to it, beside its own days."""
        asked = self.judgement.asked_beyond
        return max([one.through.toordinal() for one in asked], default=-inf)

    def result(self) -> ClaimResult:
        """The verdict by what is said of it now."""
        return self._assemble(self.judgement, self._said.beside(self._of_claim, self.judgement))
