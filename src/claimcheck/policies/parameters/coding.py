"""What a payer decides about codes."""

from __future__ import annotations

import attrs

from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.facility import Bills
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "AgeAndSex",
    "FacilityModifiers",
    "IcdVersion",
    "Manifestations",
    "ModifierConflicts",
    "OutpatientFacilityCodes",
    "SaidByBill",
    "Unlisted",
]


@attrs.frozen
class SaidByBill:
    """Unlisted `codes` of which the bill itself says what was done, on `bills`."""

    codes: CodeSpans
    bills: tuple[Bills, ...]


@parameter("coding.unlisted")
class Unlisted:
    """The unlisted and not otherwise classified procedure codes, whose lines need a description.

    Those that are `said_by_bill` need none on its bills.
    """

    codes: CodeSpans = CodeSpans()
    said_by_bill: tuple[SaidByBill, ...] = ()


@parameter("coding.icd_version")
class IcdVersion:
    """The version of ICD that diagnoses are coded in."""

    version: str = "ICD-10-CM"


@parameter("coding.manifestations")
class Manifestations:
    """Diagnoses (ICD-10-CM) that say how another disease shows itself, and are never the principal diagnosis."""

    codes: CodeSpans = CodeSpans()


@parameter("coding.outpatient_facility_codes")
class OutpatientFacilityCodes:
    """The kinds of provider that may bill C codes on a professional claim, and the bills that are returned for one."""

    provider_kinds: frozenset[str] = frozenset({"asc"})
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.modifier_conflicts")
class ModifierConflicts:
    """Modifiers that contradict each other on one line, as pairs ("26 TC").

    `warned` everywhere, but `sides` only on a line of one unit: two units may be one of each side. `returned` on
    `returned_bills`, by a published edit.
    """

    warned: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    returned_bills: tuple[Bills, ...] = ()


@parameter("coding.facility_modifiers")
class FacilityModifiers:
    """Modifiers of CPT that the editor of outpatient facility claims does not know."""

    unknown: frozenset[str] = frozenset()


@parameter("coding.age_and_sex")
class AgeAndSex:
    """Whether the age and sex limits of a loaded list are held against the member.

    `diagnosis_sex` is apart, for the inpatient and outpatient editors no longer test it. Claims with one of
    `sex_condition_codes`, and lines with one of `sex_modifiers`, say that a conflict of sex is meant.
    """

    age: bool = True
    procedure_sex: bool = True
    diagnosis_sex: bool = True
    sex_condition_codes: frozenset[str] = frozenset()
    sex_modifiers: frozenset[str] = frozenset()
