"""835-style adjustments as JSON Lines: the response expected from a payer, line by line."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.records import adjustments
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.text import jsonl_writer

__all__ = ["write"]


def write(target: Target, *, resume: bool = False) -> AbstractContextManager[Writer]:
    """A writer of adjustments; the keys are those of `records.Adjusted`.

    >>> import io
    >>> from claimcheck import Claim, validate_claim
    >>> line = {"procedure_code": "45378", "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
    >>> lines = [line, {**line, "procedure_code": "45380", "charge": "950.00"}]
    >>> claim, stream = Claim(claim_type="professional", claim_id="7", lines=lines), io.StringIO()
    >>> with write(stream) as writer:
    ...     writer.add(claim, validate_claim(claim))
    >>> stream.getvalue()[:67]
    '{"claim_id":"7","file":null,"row":null,"line_number":1,"position":1'
    """
    return jsonl_writer(target, adjustments, resume=resume)
