"""What a payer decides about the claim-level codes and the stay of an institutional claim."""

from __future__ import annotations

import attrs

from claimcheck.policies.kinds import (
    Characters,
    ConditionCodeSpans,
    PatientStatusCodes,
    PatientStatusSpans,
    Revenue,
    SomeRevenue,
)
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.facility import Bills
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "Admission",
    "ConditionCodes",
    "PatientStatus",
    "RequiredRevenue",
    "RevenueOfBill",
    "RoomAndBoard",
]


@parameter("facility.patient_status")
class PatientStatus:
    """Which patient discharge status codes are valid; without `valid`, any two digits.

    `still_patient` are those of a member who has not left. On an inpatient bill they are invalid with a frequency code
    in `discharged` (admit through discharge, last claim), and required on interim bills (`interim`).
    `of_hospital_stays` are those valid on hospital inpatient bills; without any, all that are valid.
    `died_or_transferred` are those of a member who died or was transferred to another hospital before an admission.
    """

    valid: PatientStatusSpans = CodeSpans()
    of_hospital_stays: PatientStatusSpans = CodeSpans()
    still_patient: PatientStatusCodes = frozenset()
    discharged: Characters = frozenset()
    interim: Characters = frozenset()
    died_or_transferred: PatientStatusCodes = frozenset()


@parameter("facility.admission")
class Admission:
    """Which types (priorities) of admission and points of origin are valid; an empty list accepts any.

    For a type in `newborn`, the point of origin must be one of `newborn_origins`.
    """

    types: Characters = frozenset()
    origins: Characters = frozenset()
    newborn: Characters = frozenset()
    newborn_origins: Characters = frozenset()


@parameter("facility.condition_codes")
class ConditionCodes:
    """Which condition codes are valid; without `valid`, any two letters or digits."""

    valid: ConditionCodeSpans = CodeSpans()


@attrs.frozen
class RevenueOfBill:
    """`bills` with one of the frequency codes `frequencies` need a line with one of the `revenue` codes."""

    bills: tuple[Bills, ...]
    frequencies: Characters
    revenue: SomeRevenue


@parameter("facility.required_revenue")
class RequiredRevenue:
    """Revenue codes that a complete bill must have."""

    listed: tuple[RevenueOfBill, ...] = ()


@parameter("facility.room_and_board")
class RoomAndBoard:
    """Bills (with certain `frequencies`) on which the units of room and board `codes` must add up to the days of the
    stay."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()
    frequencies: Characters = frozenset()
