"""Which of the initiative's tables a claim is judged by: told by claim type, bill type and who bills, never guessed."""

from __future__ import annotations

from claimcheck.claims import Reason
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.facts import Setting

__all__ = ["table_suffix"]


def table_suffix(setting: Setting, policy: PolicyOn) -> str | Reason | None:
    """ "practitioner", "outpatient_hospital" or "dme"; None where the edits do not apply; a reason where the claim
    does not say enough to tell."""
    settings = policy[Settings]
    if setting.professional:
        return "dme" if setting.provider_kind in settings.dme_provider_kinds else "practitioner"
    if not setting.institutional or setting.facility_type is None:
        return Reason.MISSING_FIELD
    return "outpatient_hospital" if setting.facility_type in settings.outpatient_hospital_bill_types else None
