"""Who is one provider: what two lines must share, as the policy has it.

Physicians of one group and specialty are one (Medicare Claims Processing Manual, chapter 12, section 30.6.5). Of whom
no specialty is known, only what bears the same NPI is known to be of the same physician.
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
    """The provider of a line of the claim. A facility is one provider, whoever renders."""
    if same is SameProvider.TAX_ID:
        return (claim.billing_tax_id,)
    if setting.institutional:
        return (claim.billing_npi,)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        npi, specialty = performer(claim, line)
        return of_group(claim.billing_npi, npi, specialty)
    return (line.rendering_npi or claim.rendering_npi or claim.billing_npi,)


def is_known(provider: Provider) -> bool:
    """Whether it can be told that a line of another claim is of the same provider."""
    return all(isinstance(part, str) for part in provider)
