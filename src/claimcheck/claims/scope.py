"""What a result covers: the families of edits that were checked, and those that claimcheck does not have.

A payer edits claims by far more than any library holds. A `clean` result has nothing against it in the families of its
scope, and says nothing about the others.

>>> scope = EditScope.of("professional")
>>> print(scope)  # doctest: +ELLIPSIS
checked: claim form and required fields; charges and units of a line; ...
not in scope: member eligibility and benefits; ...
>>> "ncci_ptp" in scope.checked, "revenue_codes" in scope.checked, "eligibility" in scope.not_covered
(True, False, True)
>>> EditScope.of("professional", rules_off=["NCCI101"]).switched_off
('ncci_ptp',)
>>> family_of("NCCI101").title
'NCCI procedure-to-procedure edits (PTP)'
>>> family_of("XYZ101") is None
True
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

__all__ = ["FAMILIES", "NOT_COVERED", "EditFamily", "EditScope", "family_of"]

_ALL = ("professional", "institutional", "dental")
_MEDICAL = ("professional", "institutional")


@attrs.frozen
class EditFamily:
    """A family of edits: its `key`, its name, and the claim types it applies to.

    `rules` are the ids of its rules, or prefixes of ids; empty for a family that claimcheck does not have.
    """

    key: str
    title: str
    claim_types: tuple[str, ...] = _ALL
    rules: tuple[str, ...] = ()


FAMILIES = (
    EditFamily("claim_form", "claim form and required fields", rules=("STR1", "STR5")),
    EditFamily("charges_and_units", "charges and units of a line", rules=("STR2", "STR3")),
    EditFamily("dates", "dates of the claim and its lines", rules=("STR4",)),
    EditFamily("timely_filing", "timely filing, where the policy has a limit", rules=("STR407",)),
    EditFamily("duplicates", "duplicate lines and claims", rules=("STR6",)),
    EditFamily("identifiers", "formats of NPI, taxonomy, tax id, CLIA, NDC and member id", rules=("STR7",)),
    EditFamily("procedure_codes", "procedure codes: format and dates", rules=("COD1",)),
    EditFamily("age_and_sex", "age and sex limits of procedures and diagnoses", _MEDICAL, ("COD108",)),
    EditFamily("diagnosis_codes", "diagnosis codes: format, dates, sequence of the principal", _MEDICAL, ("COD2",)),
    EditFamily("excludes1", "ICD-10-CM Excludes1 pairs", _MEDICAL, ("COD211",)),
    EditFamily("code_first", "ICD-10-CM sequence: code first, use additional code", _MEDICAL, ("COD212",)),
    EditFamily("diagnosis_side", "modifier RT or LT against the side of the diagnosis", ("professional",), ("COD213",)),
    EditFamily(
        "pointed_diagnosis",
        "first pointer of a line to a diagnosis that never comes first",
        ("professional",),
        ("COD214",),
    ),
    EditFamily("modifiers", "modifiers: format, dates, conflicts", _MEDICAL, ("COD3",)),
    EditFamily("place_of_service", "place of service", rules=("COD4",)),
    EditFamily("dental_codes", "tooth numbers, surfaces and oral cavity areas", ("dental",), ("COD5",)),
    EditFamily("fee_schedule_status", "status on the physician fee schedule", ("professional",), ("COV1", "COV3")),
    EditFamily("professional_component", "professional and technical component (26, TC)", ("professional",), ("PRO1",)),
    EditFamily(
        "surgery_modifiers",
        "surgery modifiers: bilateral, multiple, split care, co-surgeons, assistants (50, 51, 54-56, 62, 80)",
        ("professional",),
        ("PRO2",),
    ),
    EditFamily(
        "global_surgery",
        "global surgery: visits and procedures in the global period, maternity packages",
        ("professional",),
        ("PRO206", "PRO207", "PRO208", "PRO209"),
    ),
    EditFamily(
        "specialty_modifiers", "anesthesia, therapy, ambulance and liability modifiers", ("professional",), ("PRO3",)
    ),
    EditFamily(
        "companions", "services billed with another: ambulance mileage, vaccines", ("professional",), ("PRO308",)
    ),
    EditFamily(
        "telehealth", "telehealth places and modifiers, and the list of services", ("professional",), ("PRO305",)
    ),
    EditFamily(
        "equipment",
        "medical equipment: new, used or rented, month of rental",
        ("professional",),
        ("PRO306", "PRO309", "PRO310"),
    ),
    EditFamily("medical_necessity", "medical necessity, diagnoses of NCD and LCD articles", _MEDICAL, ("COV4",)),
    EditFamily("opps_status", "status indicators of OPPS Addendum B", ("institutional",), ("COV2",)),
    EditFamily("ncci_ptp", "NCCI procedure-to-procedure edits (PTP)", _MEDICAL, ("NCCI1",)),
    EditFamily("ncci_mue", "NCCI medically unlikely edits (MUE)", _MEDICAL, ("NCCI2",)),
    EditFamily("ncci_add_on", "NCCI add-on codes", _MEDICAL, ("NCCI3",)),
    EditFamily("category_ii", "CPT Category II codes and their charges", ("professional",), ("CAT",)),
    EditFamily("frequency", "frequency limits of the policy", _MEDICAL, ("FRQ",)),
    EditFamily(
        "visits",
        "visits of one day, critical care, preventive and new-patient visits, and G2211",
        ("professional",),
        ("PRO4",),
    ),
    EditFamily("laboratory", "laboratory: CLIA number, QW, panels", ("professional",), ("PRO5",)),
    EditFamily("drugs", "drugs: NDC required, NDC against HCPCS, waste (JW, JZ)", ("professional",), ("PRO6",)),
    EditFamily("revenue_codes", "revenue codes and codes of the bill", ("institutional",), ("FAC1",)),
    EditFamily("outpatient_editor", "outpatient code editor: its edits", ("institutional",), ("FAC2", "FAC4", "FAC5")),
    EditFamily("inpatient_stay", "patient status, admission and days of a stay", ("institutional",), ("FAC3",)),
    EditFamily("inpatient_editor", "Medicare Code Editor", ("institutional",), ("FAC6",)),
)
"""The families of edits that claimcheck has."""

NOT_COVERED = (
    EditFamily("eligibility", "member eligibility and benefits"),
    EditFamily("enrollment", "provider enrollment, specialty and network"),
    EditFamily("prior_authorization", "prior authorization and referrals"),
    EditFamily("coordination_of_benefits", "coordination of benefits and other payers"),
    EditFamily(
        "necessity_in_prose", "medical necessity, what determinations say beside their lists of codes", _MEDICAL
    ),
    EditFamily("admission_exempt", "present on admission: which diagnoses need an indicator", ("institutional",)),
    EditFamily("code_amounts", "occurrence and value codes: assigned codes, dates, and amounts", ("institutional",)),
    EditFamily("modifier_use", "modifiers that do not fit the procedure, except for surgery and specialties", _MEDICAL),
    EditFamily("place_of_procedure", "procedures that are not performed at the place of service", ("professional",)),
    EditFamily("additional_codes", "ICD-10-CM use additional code: missing codes", _MEDICAL),
    EditFamily("multiple_procedures", "order of multiple procedures (51)", ("professional",)),
    EditFamily("anesthesia", "anesthesia base units and concurrent procedures", ("professional",)),
    EditFamily("therapy", "therapy thresholds", _MEDICAL),
    EditFamily("ambulance", "ambulance mileage and necessity", _MEDICAL),
    EditFamily("laboratory_levels", "laboratory certificates: which tests one covers (CLIA levels)", _MEDICAL),
    EditFamily("preventive", "frequency of preventive services other than the policy's limits", _MEDICAL),
    EditFamily("outpatient_rest", "outpatient code editor: discounts, offsets, adjustments", ("institutional",)),
    EditFamily("grouping", "DRG and HIPPS grouping", ("institutional",)),
    EditFamily("dental_limits", "dental frequencies, missing teeth and bundling", ("dental",)),
    EditFamily("pricing", "prices, except the token prices of Category II codes"),
)
"""Families of edits that payers have and claimcheck does not."""


def family_of(rule_id: str) -> EditFamily | None:
    """The family of a rule, by the longest matching prefix of its id; None for a user-defined rule."""
    found = [(len(start), family) for family in FAMILIES for start in family.rules if rule_id.startswith(start)]
    return max(found, key=lambda one: one[0])[1] if found else None


@attrs.frozen
class EditScope:
    """The families of edits that a result covers, by key.

    `checked`: those that were checked; what could not be decided within them is in the result's `not_checked`.
    `switched_off`: those with a rule that was switched off. `not_covered`: those that claimcheck does not have.
    """

    checked: tuple[str, ...]
    not_covered: tuple[str, ...]
    switched_off: tuple[str, ...] = ()

    @classmethod
    def of(cls, claim_type: str | None, rules_off: Iterable[str] = ()) -> EditScope:
        """The scope for a claim type; if the type is unknown, for any."""
        off = {family.key for rule_id in rules_off if (family := family_of(rule_id)) is not None}
        return cls(
            tuple(family.key for family in _edit(FAMILIES, claim_type) if family.key not in off),
            tuple(family.key for family in _edit(NOT_COVERED, claim_type)),
            tuple(family.key for family in _edit(FAMILIES, claim_type) if family.key in off),
        )

    def __str__(self) -> str:
        parts = [("checked", self.checked), ("not in scope", self.not_covered), ("switched off", self.switched_off)]
        return "\n".join(f"{name}: {'; '.join(map(_title, keys))}" for name, keys in parts if keys)

    def _repr_html_(self) -> str:
        from claimcheck.markup import block, table

        rows = [
            *((_title(key), "checked") for key in self.checked),
            *((_title(key), "in part: rules switched off") for key in self.switched_off),
            *((_title(key), "not in scope") for key in self.not_covered),
        ]
        return block(table(("edits", "scope"), rows))


_TITLES = {family.key: family.title for family in (*FAMILIES, *NOT_COVERED)}


def _title(key: str) -> str:
    return _TITLES.get(key, key)


def _edit(families: Iterable[EditFamily], claim_type: str | None) -> Iterable[EditFamily]:
    known = claim_type in _ALL
    return (family for family in families if not known or claim_type in family.claim_types)
