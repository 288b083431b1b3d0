"""What a payer decides about visits: evaluation and management, on professional claims."""

from __future__ import annotations

from claimcheck.policies.kinds import Modifiers, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["Complexity", "NewPatients", "OneADay", "WithCriticalCare", "WithPreventive"]


@parameter("visits.new_patients")
class NewPatients:
    """What happens to a new patient visit, one of `codes`, after a visit that makes the patient established.

    That is one of `established_by` by the same provider (`ncci.settings`, `same_provider`) within the three years
    before. An empty `codes` disables the check.
    """

    codes: Procedures = CodeSpans()
    established_by: Procedures = CodeSpans()
    then: Then = Then.DENY


@parameter("visits.one_a_day", renamed={"apart": "modifiers"})
class OneADay:
    """What happens to another one of the `visits` to one provider on a day, without a modifier in `modifiers`."""

    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"24", "25", "27", "57", "59", "XE", "XP", "XS", "XU"})
    then: Then = Then.REVIEW


@parameter("visits.with_critical_care")
class WithCriticalCare:
    """What happens to one of the `visits` on the day of `critical_care`, if neither has one of `modifiers`."""

    critical_care: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"24", "25", "57", "FT"})
    then: Then = Then.REVIEW


@parameter("visits.with_preventive")
class WithPreventive:
    """What happens to one of the `visits` on the day of a `preventive` one, without one of `modifiers`."""

    preventive: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"25"})
    then: Then = Then.DENY


@parameter("visits.complexity")
class Complexity:
    """What happens to an add-on code for the complexity of a visit (G2211), one of `codes`.

    It is not paid if one of the `visits` of the day has one of `modifiers`, unless one of the services `allowed_with`
    is on that day too. Without codes the check is disabled.
    """

    codes: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"25"})
    allowed_with: Procedures = CodeSpans()
    then: Then = Then.DENY
