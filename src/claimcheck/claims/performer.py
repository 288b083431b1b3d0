"""The rendering provider of a line and their specialty: from the line, else from the claim if it is about the same
provider."""

from __future__ import annotations

from claimcheck.claims.claim import Claim
from claimcheck.claims.service_line import ServiceLine

__all__ = ["performer"]


def performer(claim: Claim, line: ServiceLine) -> tuple[str | None, str | None]:
    """The NPI and taxonomy of the line's rendering provider; None for what is unknown.

    The claim's taxonomy is that of its rendering provider, and says nothing of another one named on the line.

    >>> claim = Claim(billing_npi="1234567893", rendering_npi="1003000126", rendering_taxonomy="207Q00000X")
    >>> performer(claim, ServiceLine("99213"))
    ('1003000126', '207Q00000X')
    >>> performer(claim, ServiceLine("99213", rendering_npi="1245319599"))
    ('1245319599', None)
    """
    own, rendering, billing = _text(line.rendering_npi), _text(claim.rendering_npi), _text(claim.billing_npi)
    npi = own or rendering or billing
    if taxonomy := _text(line.rendering_taxonomy):
        return npi, taxonomy
    if (own is None or rendering is None or own == rendering) and (taxonomy := _text(claim.rendering_taxonomy)):
        return npi, taxonomy
    return npi, _text(claim.billing_taxonomy) if npi == billing else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
