"""What a payer decides about the codes that stand on an institutional claim itself, and about its stay."""

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
    """Which patient discharge status codes are assigned; without `valid`, every one that is two digits.

    `still_patient` are those of a member who has not left. On an inpatient bill they do not go with a frequency code of
    `discharged` (admit through discharge, last claim), and every interim bill of `interim` needs one.
    `died_or_transferred` are those of a member who died, or went to another hospital, before an admission.
    """

    valid: PatientStatusSpans = CodeSpans()
    still_patient: PatientStatusCodes = frozenset()
    discharged: Characters = frozenset()
    interim: Characters = frozenset()
    died_or_transferred: PatientStatusCodes = frozenset()


@parameter("facility.admission")
class Admission:
    """Which types (priorities) of admission and points of origin are assigned; an empty list takes every one.

    Where the type is one of `newborn`, the point of origin is one of `newborn_origins`.
    """

    types: Characters = frozenset()
    origins: Characters = frozenset()
    newborn: Characters = frozenset()
    newborn_origins: Characters = frozenset()


@parameter("facility.condition_codes")
class ConditionCodes:
    """Which condition codes are assigned; without `valid`, every one that is two letters or digits."""

    valid: ConditionCodeSpans = CodeSpans()


@attrs.frozen
class RevenueOfBill:
    """`bills` with one of the frequency codes `frequencies` carry a line of one of the `revenue` codes."""

    bills: tuple[Bills, ...]
    frequencies: Characters
    revenue: SomeRevenue


@parameter("facility.required_revenue")
class RequiredRevenue:
    """Revenue codes without which a bill is not complete."""

    listed: tuple[RevenueOfBill, ...] = ()


@parameter("facility.room_and_board")
class RoomAndBoard:
    """The bills, of some `frequencies`, on which the units of room and board `codes` add up to the days of the stay."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()
    frequencies: Characters = frozenset()
