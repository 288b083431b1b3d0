"""What a payer decides about codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kinds import (
    AtLeastOne,
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
    "Excludes1",
    "FacilityModifiers",
    "IcdVersion",
    "IcdVersions",
    "Manifestations",
    "ModifierConflicts",
    "OutpatientFacilityCodes",
    "SaidByBill",
    "Sequence",
    "Sides",
    "Unlisted",
]


@attrs.frozen
class SaidByBill:
    """Unlisted `codes` of which the bill itself says what was done, on `bills`."""

    codes: SomeProcedures
    bills: Annotated[tuple[Bills, ...], AtLeastOne("one entry of bill types")]


@parameter("coding.unlisted")
class Unlisted:
    """The unlisted and not otherwise classified procedure codes, whose lines need a description.

    Those that are `said_by_bill` need none on its bills.
    """

    codes: Procedures = CodeSpans()
    said_by_bill: tuple[SaidByBill, ...] = ()


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
    """Diagnoses (ICD-10-CM) that say how another disease shows itself, and are never the principal diagnosis."""

    codes: Diagnoses = CodeSpans()


@parameter("coding.outpatient_facility_codes")
class OutpatientFacilityCodes:
    """The kinds of provider that may bill C codes on a professional claim, and the bills that are returned for one."""

    provider_kinds: ProviderKinds = frozenset({"asc"})
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.modifier_conflicts")
class ModifierConflicts:
    """Modifiers that contradict each other on one line, as pairs ("26 TC").

    `warned` everywhere, but `sides` only on a line of one unit: two units may be one of each side. `returned` on
    `returned_bills`, by a published edit.
    """

    warned: ModifierPairs = ()
    sides: ModifierPairs = ()
    returned: ModifierPairs = ()
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.facility_modifiers")
class FacilityModifiers:
    """Modifiers of CPT that the editor of outpatient facility claims does not know."""

    unknown: Modifiers = frozenset()


@parameter("coding.age_and_sex")
class AgeAndSex:
    """Whether the age and sex limits of a loaded list are held against the member.

    `diagnosis_sex` is apart, for the inpatient and outpatient editors no longer test it. Claims with one of
    `sex_condition_codes`, and lines with one of `sex_modifiers`, say that a conflict of sex is meant.
    """

    age: bool = True
    procedure_sex: bool = True
    diagnosis_sex: bool = True
    sex_condition_codes: ConditionCodes = frozenset()
    sex_modifiers: Modifiers = frozenset()


@parameter("coding.excludes1")
class Excludes1:
    """What becomes of a claim with two diagnoses that an Excludes1 note of ICD-10-CM keeps apart.

    They may stand together where the conditions have nothing to do with each other, which no claim says.
    """

    then: Then = Then.WARN


@parameter("coding.sequence")
class Sequence:
    """What becomes of a claim whose first diagnosis a note of ICD-10-CM puts after another one.

    Of "use additional code" notes only codes that are `additional` to another one are held against the claim.
    """

    additional: Diagnoses = CodeSpans()
    then: Then = Then.WARN


@parameter("coding.sides")
class Sides:
    """What becomes of a line for one side whose diagnoses are all of the other."""

    then: Then = Then.WARN
