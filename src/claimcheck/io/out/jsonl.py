"""Results as JSON Lines: one `ClaimResult.to_dict` per line, which `ClaimResult.from_dict` reads back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.text import jsonl_writer

__all__ = ["write"]


def write(target: Target, *, resume: bool = False) -> AbstractContextManager[Writer]:
    """A writer of results.

    >>> import io
    >>> from claimcheck import Claim, validate_claim
    >>> claim, stream = Claim(claim_id="7", lines=[{"procedure_code": "99213"}]), io.StringIO()
    >>> with write(stream) as writer:
    ...     writer.add(claim, validate_claim(claim))
    >>> stream.getvalue()[:14]
    '{"claim_id":"7'
    """
    return jsonl_writer(target, _verdict, resume=resume)


def _verdict(_: Claim, result: ClaimResult) -> Iterable[dict[str, Any]]:
    return (result.to_dict(),)
