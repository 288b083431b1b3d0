"""The outputs of one run, which begin, are marked, and finish together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack

from claimcheck.claims import Claim, ClaimResult
from claimcheck.io.out.outputs import Output

__all__ = ["OutputGroup"]


class OutputGroup:
    """Several outputs. Their content is kept until `begin`, which does nothing the second time."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._outputs = outputs
        self._begun = False

    @property
    def resumable(self) -> bool:
        """Whether each can be continued from a mark."""
        return all(one.resumable for one in self._outputs)

    def begin(self) -> None:
        """Starts each empty."""
        if not self._begun:
            self._begun = True
            for one in self._outputs:
                one.begin()

    def resume(self, marks: str) -> bool:
        """Continues each from its mark; False, having done nothing, if one is gone.

        Raises:
            InputError: one exists, and does not match its mark.
        """
        each = json.loads(marks)
        held = [one.holds(mark) for one, mark in zip(self._outputs, each, strict=True)]
        if not all(held):
            return False
        for one, mark in zip(self._outputs, each, strict=True):
            one.begin(mark)
        self._begun = True
        return True

    def add(self, claim: Claim, result: ClaimResult) -> None:
        """Writes the result for a claim to each."""
        for one in self._outputs:
            one.add(claim, result)

    def marks(self) -> str:
        """The current position of each, as JSON. What was added so far is on disk."""
        return json.dumps([one.mark() for one in self._outputs])

    def finish(self) -> None:
        """Writes the closing part of each, and makes it durable."""
        for one in self._outputs:
            one.finish()

    def close(self) -> None:
        """Releases the resources of all, whatever one of them raises."""
        with ExitStack() as stack:
            for one in self._outputs:
                stack.callback(one.close)
