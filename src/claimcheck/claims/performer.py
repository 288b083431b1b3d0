"""The rendering provider of a line and their specialty: from the line, else from the claim if it is about the same
provider."""

from __future__ import annotations

from claimcheck.claims.claim import Claim
from claimcheck.claims.service_line import ServiceLine
from claimcheck.codes import taxonomy

__all__ = ["is_group", "lacks_rendering", "performer"]


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


def lacks_rendering(claim: Claim) -> bool:
    """Whether a group bills, as far as the claim says, and the claim itself names no rendering provider.

    The entity type decides; without one, a taxonomy code of groups says the same.

    >>> lacks_rendering(Claim(billing_entity_type="2")), lacks_rendering(Claim(billing_taxonomy="193200000X"))
    (True, True)
    >>> lacks_rendering(Claim(billing_entity_type="1", billing_taxonomy="193200000X")), lacks_rendering(Claim())
    (False, False)
    >>> lacks_rendering(Claim(billing_entity_type="2", rendering_npi="1003000126"))
    False
    """
    if claim.rendering_npi is not None:
        return False
    entity = claim.billing_entity_type
    return entity == _ORGANIZATION if entity is not None else is_group(claim.billing_taxonomy)


def is_group(given: object) -> bool:
    """Whether a taxonomy code, if it is one, says that a group bills."""
    return given is not None and taxonomy.is_valid(given) and taxonomy.parse(given).is_group


_ORGANIZATION = "2"  #: as in X12 NM102


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
