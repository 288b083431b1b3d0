"""The results of claims, each with the claim that was sent, if claims are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from claimcheck.claims import Claim, ClaimResult
from claimcheck.errors import InputError

__all__ = ["with_claims"]

_EXPECTED = "results: a list is expected of what validate_claim returns or validate_claims yields"
_OF_FRAME = "for that of validate_frame: claimcheck.remittance.of_frames.compare_frame"


def with_claims(results: object, claims: Iterable[object] | None) -> Iterator[tuple[ClaimResult, Claim | None]]:
    """Each result with its claim; with None where no claims are given.

    Raises:
        InputError: the results are none, or the claims are not those of the results, one for each.

    >>> list(with_claims([], [{"claim_id": "A1"}]))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: claims: those of the results are expected, one for each, in their order
    """
    if claims is None:
        yield from ((result, None) for result in _checked(results))
        return
    for result, given in zip_longest(_checked(results), claims):
        claim = None if given is None else Claim.from_dict(given)
        if result is None or claim is None or len(claim.lines) != len(result.lines):
            raise InputError("claims: those of the results are expected, one for each, in their order")
        yield result, claim


def _checked(results: object) -> Iterator[ClaimResult]:
    """The results, if they are such."""
    if isinstance(results, (str, bytes, ClaimResult)):
        raise InputError(f"{_EXPECTED}, not {type(results).__name__}")
    if not isinstance(results, Iterable):
        raise InputError(f"{_EXPECTED}, not {type(results).__name__}; {_OF_FRAME}")
    for result in results:
        if not isinstance(result, ClaimResult):
            raise InputError(f"{_EXPECTED}, not one with {type(result).__name__}")
        yield result
