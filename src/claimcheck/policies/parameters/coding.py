"""What a payer decides about codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kind import AtLeastOne
from claimcheck.policies.kinds import (
    ConditionCodes,
    Diagnoses,
    ModifierPairs,
    Modifiers,
    Procedures,
    ProviderKinds,
    SomeProcedures,
)
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.facility import Bills
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "AgeAndSex",
    "DescribedByBill",
    "Excludes1",
    "FacilityModifiers",
    "IcdVersion",
    "IcdVersions",
    "Manifestations",
    "ModifierConflicts",
    "OutpatientFacilityCodes",
    "Pointed",
    "Sequence",
    "Sides",
    "Unlisted",
]


@attrs.frozen
class DescribedByBill:
    """Unlisted `codes` for which the bill itself says what was done, on `bills`."""

    codes: SomeProcedures
    bills: Annotated[tuple[Bills, ...], AtLeastOne("one entry of bill types")]


@parameter("coding.unlisted", renamed={"said_by_bill": "described_by_bill"})
class Unlisted:
    """Unlisted and not otherwise classified procedure codes, whose lines need a description.

    Those that are `described_by_bill` need none on its bills.
    """

    codes: Procedures = CodeSpans()
    described_by_bill: tuple[DescribedByBill, ...] = ()


class IcdVersions(StrEnum):
    """The versions of ICD."""

    ICD_9_CM = "ICD-9-CM"
    ICD_10_CM = "ICD-10-CM"


@parameter("coding.icd_version")
class IcdVersion:
    """The version of ICD that diagnoses are coded in."""

    version: IcdVersions = IcdVersions.ICD_10_CM


@parameter("coding.manifestations")
class Manifestations:
    """Manifestation diagnoses (ICD-10-CM), which describe another disease and are never the principal diagnosis."""

    codes: Diagnoses = CodeSpans()


@parameter("coding.outpatient_facility_codes")
class OutpatientFacilityCodes:
    """The kinds of provider that may bill C codes on a professional claim, and the bills that are returned for one."""

    provider_kinds: ProviderKinds = frozenset({"asc"})
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.modifier_conflicts")
class ModifierConflicts:
    """Modifiers that contradict each other on one line, as pairs ("26 TC").

    `warned` gives a warning; `sides` only on a line with one unit, because two units may be one for each side.
    `returned` rejects the line on `returned_bills`, by a published edit.
    """

    warned: ModifierPairs = ()
    sides: ModifierPairs = ()
    returned: ModifierPairs = ()
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.facility_modifiers")
class FacilityModifiers:
    """CPT modifiers that the outpatient code editor does not recognize."""

    unknown: Modifiers = frozenset()


@parameter("coding.age_and_sex")
class AgeAndSex:
    """Whether the age and sex limits of a loaded list are applied to the member.

    `diagnosis_sex` is separate, because the inpatient and outpatient editors no longer test it. Claims with one of
    `sex_condition_codes`, and lines with one of `sex_modifiers`, say that a sex conflict is intended.
    """

    age: bool = True
    procedure_sex: bool = True
    diagnosis_sex: bool = True
    sex_condition_codes: ConditionCodes = frozenset()
    sex_modifiers: Modifiers = frozenset()


@parameter("coding.excludes1")
class Excludes1:
    """What happens to a claim with two diagnoses that an ICD-10-CM Excludes1 note keeps apart.

    They may be reported together if the conditions are unrelated, which a claim cannot show.
    """

    then: Then = Then.WARN


@parameter("coding.sequence")
class Sequence:
    """What happens to a claim whose first diagnosis must follow another one by an ICD-10-CM note.

    For "use additional code" notes, only codes that are `additional` to another one are checked.
    """

    additional: Diagnoses = CodeSpans()
    then: Then = Then.WARN


@parameter("coding.pointed")
class Pointed:
    """What happens to a line whose first pointer is to a diagnosis that never comes first."""

    then: Then = Then.WARN


@parameter("coding.sides")
class Sides:
    """What happens to a line for one side whose diagnoses are all for the other."""

    then: Then = Then.WARN
