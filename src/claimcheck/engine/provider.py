"""Which lines count as one provider, as the policy defines it.

Physicians of one group and specialty are one provider (Medicare Claims Processing Manual, chapter 12, section 30.6.5).
If a specialty is unknown, only lines with the same NPI are known to be the same physician.
"""

from __future__ import annotations

from claimcheck.claims import Claim, ServiceLine
from claimcheck.claims.performer import performer
from claimcheck.history.neighbours import of_group
from claimcheck.policies.parameters.ncci import SameProvider
from claimcheck.rules.facts.setting import Setting

__all__ = ["Provider", "is_known", "provider_of"]

Provider = tuple[object, ...]


def provider_of(claim: Claim, setting: Setting, line: ServiceLine, same: SameProvider) -> Provider:
    """The provider of a line. A facility is one provider, whoever renders the service."""
    if same is SameProvider.TAX_ID:
        return (claim.billing_tax_id,)
    if setting.institutional:
        return (claim.billing_npi,)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        npi, specialty = performer(claim, line)
        return of_group(claim.billing_npi, npi, specialty)
    return (line.rendering_npi or claim.rendering_npi or claim.billing_npi,)


def is_known(provider: Provider) -> bool:
    """Whether it is known if a line of another claim is by the same provider."""
    return all(isinstance(part, str) for part in provider)
