"""What a payer decides about visits: evaluation and management, on professional claims."""

from __future__ import annotations

from claimcheck.policies.kinds import Modifiers, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["Complexity", "NewPatients", "OneADay", "WithCriticalCare", "WithPreventive"]


@parameter("visits.new_patients")
class NewPatients:
    """What becomes of a new patient's visit, one of `codes`, after a visit by which the patient is established."""

    codes: Procedures = CodeSpans()
    established_by: Procedures = CodeSpans()
    then: Then = Then.DENY


@parameter("visits.one_a_day")
class OneADay:
    """What becomes of another one of the `visits` to one provider on a day, which no modifier sets `apart`."""

    visits: Procedures = CodeSpans()
    apart: Modifiers = frozenset({"24", "25", "27", "57", "59", "XE", "XP", "XS", "XU"})
    then: Then = Then.REVIEW


@parameter("visits.with_critical_care")
class WithCriticalCare:
    """What becomes of one of the `visits` on the day of `critical_care`, where neither has one of `modifiers`."""

    critical_care: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"24", "25", "57", "FT"})
    then: Then = Then.REVIEW


@parameter("visits.with_preventive")
class WithPreventive:
    """What becomes of one of the `visits` on the day of a `preventive` one, which none of `modifiers` sets apart."""

    preventive: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"25"})
    then: Then = Then.DENY


@parameter("visits.complexity")
class Complexity:
    """What becomes of an add-on code for the complexity of a visit (G2211), one of `codes`.

    It is not paid where one of the `visits` of the day has one of `modifiers`, unless one of the services
    `allowed_with` is of the day too. No codes ask for nothing.
    """

    codes: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    modifiers: Modifiers = frozenset({"25"})
    allowed_with: Procedures = CodeSpans()
    then: Then = Then.DENY
