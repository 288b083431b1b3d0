"""The names that billing people use for the fields of a claim: one table for mappings, tables of lines, and the docs.

Names match in any style: "Place of Service", `placeOfService`, and `PLACE_OF_SERVICE` are the same. Each field is
listed with its names in exports, boxes of the CMS-1500, form locators of the UB-04, and place in an 837.

Sources: NUCC, "1500 Health Insurance Claim Form Reference Instruction Manual" (02/12), with its crosswalk to the 837P;
Medicare Claims Processing Manual, chapter 25, section 75 (form locators of the UB-04), and chapter 26, section 10
(items of the CMS-1500); X12 005010X222A1 and 005010X223A2; HL7 FHIR R4, Claim and ExplanationOfBenefit.

>>> [meant(name, LINE).field for name in ("cpt", "Box 24B", "FL 42", "Date of Service")]
['procedure_code', 'place_of_service', 'revenue_code', 'service_date']
>>> meant("mod2", LINE), meant("21B", CLAIM).number, meant("npi", CLAIM).field, meant("npi", LINE).field
(Place(field='modifiers', number=2, role=None), 2, 'billing_npi', 'rendering_npi')
>>> meant("colour", LINE) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import attrs

__all__ = ["ALIASES", "CLAIM", "CODED", "DIAGNOSIS", "LINE", "Alias", "Place", "bare", "meant", "names", "names_of"]

CLAIM, LINE, DIAGNOSIS, CODED = "claim", "line", "diagnosis", "coded"
"""The levels whose fields have names: claim, service line, diagnosis, and other coded values."""


class Place(NamedTuple):
    """A field; with the item number if it is a list and the name means one item, and the role of a diagnosis."""

    field: str
    number: int | None = None
    role: str | None = None


@attrs.frozen
class Alias:
    """Other names of a field. {n} is an item number, from 1, and {a} its letter, from A.

    `names` are those of exports, `boxes` of the CMS-1500, `locators` of the UB-04; `x12` is its place in an 837, `fhir`
    in a FHIR R4 `Claim` or `ExplanationOfBenefit` (R5 for a line's `traceNumber`). `role` is the role of the diagnosis
    that the name means; `unit` is what a number counts or measures.
    """

    level: str
    field: str
    names: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    locators: tuple[str, ...] = ()
    x12: str = ""
    role: str | None = None
    fhir: str = ""
    unit: str = ""


def _alias(
    level: str,
    field: str,
    names: str = "",
    *,
    boxes: str = "",
    fl: str = "",
    x12: str = "",
    role: str | None = None,
    fhir: str = "",
    unit: str = "",
) -> Alias:
    return Alias(level, field, tuple(names.split()), tuple(boxes.split()), tuple(fl.split()), x12, role, fhir, unit)


ALIASES: tuple[Alias, ...] = (
    _alias(
        CLAIM,
        "claim_id",
        "claim_number claim_no claim clm_id clm_no patient_control_number patient_account_number account_number",
        boxes="26",
        fl="3a",
        x12="2300 CLM01",
        fhir="identifier",
    ),
    _alias(CLAIM, "claim_type", "type form form_type", x12="ST03", fhir="type"),
    _alias(
        CLAIM, "payer_id", "payer payor payor_id health_plan_id", fl="51", x12="2010BB NM109", fhir="insurer.identifier"
    ),
    _alias(
        CLAIM,
        "member_id",
        "member subscriber_id subscriber insured_id patient_id beneficiary_id bene_id mbi hicn",
        boxes="1a",
        fl="60",
        x12="2010BA NM109",
        fhir="patient.identifier or insurance.coverage.subscriberId",
    ),
    _alias(
        CLAIM,
        "birth_date",
        "dob date_of_birth birthdate patient_dob member_dob",
        boxes="3",
        fl="10",
        x12="2010BA or 2010CA DMG02",
        fhir="patient.birthDate",
    ),
    _alias(CLAIM, "death_date", "dod date_of_death", x12="2000B PAT06", fhir="patient.deceasedDateTime"),
    _alias(
        CLAIM, "sex", "gender patient_sex patient_gender", fl="11", x12="2010BA or 2010CA DMG03", fhir="patient.gender"
    ),
    _alias(
        CLAIM,
        "billing_npi",
        "npi billing_provider_npi provider_npi billing_provider",
        boxes="33a",
        fl="56",
        x12="2010AA NM109",
        fhir="provider.identifier",
    ),
    _alias(
        CLAIM,
        "billing_tax_id",
        "tax_id tin ein federal_tax_id billing_tin",
        boxes="25",
        fl="5",
        x12="2010AA REF*EI",
        fhir="provider.identifier",
    ),
    _alias(
        CLAIM,
        "billing_taxonomy",
        "taxonomy taxonomy_code billing_taxonomy_code",
        boxes="33b",
        fl="81",
        x12="2000A PRV03",
    ),
    _alias(
        CLAIM,
        "billing_entity_type",
        "entity_type billing_npi_type npi_type",
        x12="2010AA NM102",
        fhir="provider",
    ),
    _alias(
        CLAIM,
        "rendering_npi",
        "rendering_provider_npi rendering_provider performing_npi",
        x12="2310B NM109",
        fhir="careTeam.provider.identifier",
    ),
    _alias(CLAIM, "rendering_taxonomy", "rendering_taxonomy_code", x12="2310B PRV03", fhir="careTeam.qualification"),
    _alias(CLAIM, "provider_kind", fhir="type"),
    _alias(
        CLAIM, "bill_type", "tob type_of_bill bill_type_code", fl="4", x12="2300 CLM05-1 and CLM05-3", fhir="subType"
    ),
    _alias(
        CLAIM,
        "frequency_code",
        "frequency claim_frequency claim_frequency_code resubmission_code",
        boxes="22",
        x12="2300 CLM05-3",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM,
        "original_claim_id",
        "original_claim original_claim_number original_reference_number dcn",
        fl="64",
        x12="2300 REF*F8",
        fhir="related.claim",
    ),
    _alias(CLAIM, "place_of_service", "pos place_of_service_code pos_code", x12="2300 CLM05-1"),
    _alias(
        CLAIM,
        "statement_from",
        "from_date statement_from_date statement_start from start_date",
        fl="6_from",
        x12="2300 DTP*434",
        fhir="billablePeriod.start",
    ),
    _alias(
        CLAIM,
        "statement_through",
        "through_date thru_date statement_through_date statement_to statement_end through thru to_date end_date",
        fl="6_through",
        x12="2300 DTP*434",
        fhir="billablePeriod.end",
    ),
    _alias(
        CLAIM,
        "admission_date",
        "admit_date date_of_admission",
        boxes="18_from",
        fl="12",
        x12="2300 DTP*435",
        fhir="supportingInfo.timingPeriod.start",
    ),
    _alias(
        CLAIM,
        "discharge_date",
        "date_of_discharge",
        boxes="18_to",
        x12="2300 DTP*096",
        fhir="supportingInfo.timingPeriod.end",
    ),
    _alias(
        CLAIM,
        "admission_type",
        "admit_type admission_type_code priority_of_admission",
        fl="14",
        x12="2300 CL101",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM,
        "admission_source",
        "admit_source point_of_origin admission_source_code",
        fl="15",
        x12="2300 CL102",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM,
        "patient_status",
        "discharge_status patient_status_code discharge_disposition patient_discharge_status",
        fl="17",
        x12="2300 CL103",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM,
        "condition_codes",
        "condition_code condition_code{n}",
        fl="18 19 20 21 22 23 24 25 26 27 28",
        x12="2300 HI*BG",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM,
        "occurrence_codes",
        "occurrence_code occurrence_code{n}",
        fl="31 32 33 34 35 36",
        x12="2300 HI*BH and HI*BI",
        fhir="supportingInfo.code",
    ),
    _alias(
        CLAIM, "value_codes", "value_code value_code{n}", fl="39 40 41", x12="2300 HI*BE", fhir="supportingInfo.code"
    ),
    _alias(
        CLAIM,
        "procedures",
        "icd_procedures icd_procedure_codes pcs procedure{n} icd_procedure{n}",
        fl="74",
        x12="2300 HI*BBR and HI*BBQ",
        fhir="procedure.procedureCodeableConcept",
    ),
    _alias(CLAIM, "received_date", "receipt_date date_received", fhir="supportingInfo.timingDate"),
    _alias(
        CLAIM,
        "prior_authorization",
        "prior_auth prior_authorization_number authorization authorization_number auth_number",
        boxes="23",
        fl="63",
        x12="2300 REF*G1",
        fhir="insurance.preAuthRef",
    ),
    _alias(CLAIM, "clia", "clia_number", x12="2300 REF*X4"),
    _alias(
        CLAIM,
        "diagnoses",
        "diagnosis dx dxs icd icd10 icd_codes icd10_codes diagnosis_codes diagnosis_code dx_codes dx_code "
        "dx{n} diagnosis{n} diagnosis_code{n} icd_code{n} diag{n}",
        boxes="21 21{a}",
        x12="2300 HI*ABK and HI*ABF",
        fhir="diagnosis.diagnosisCodeableConcept",
    ),
    _alias(
        CLAIM,
        "diagnoses",
        "principal_diagnosis primary_diagnosis principal_dx primary_dx",
        fl="67",
        x12="2300 HI*ABK",
        role="principal",
    ),
    _alias(
        CLAIM,
        "diagnoses",
        "secondary_diagnosis secondary_diagnosis{n} other_diagnosis{n}",
        fl="67{a}",
        x12="2300 HI*ABF",
        role="other",
    ),
    _alias(CLAIM, "diagnoses", "admitting_diagnosis admitting_dx", fl="69", x12="2300 HI*ABJ", role="admitting"),
    _alias(
        CLAIM,
        "diagnoses",
        "reason_for_visit reason_for_visit{n} patient_reason_dx",
        fl="70 70{a}",
        x12="2300 HI*APR",
        role="reason_for_visit",
    ),
    _alias(
        CLAIM,
        "diagnoses",
        "external_cause external_cause{n} ecode",
        fl="72 72{a}",
        x12="2300 HI*ABN",
        role="external_cause",
    ),
    _alias(CLAIM, "replaced_by_claim_id", "replaced_by", fhir="related.claim"),
    _alias(CLAIM, "other_claim_id", fhir="id"),
    _alias(CLAIM, "submitted_claim_id", fhir="claim"),
    _alias(CLAIM, "delivery_date"),
    _alias(CLAIM, "reporting_only", x12="BHT06"),
    _alias(
        CLAIM, "predetermination", "predetermination_of_benefits pretreatment_estimate", x12="2300 CLM19", fhir="use"
    ),
    _alias(CLAIM, "delay_reason", "delay_reason_code", x12="2300 CLM20"),
    _alias(CLAIM, "lines", "service_lines claim_lines line_items items services", fhir="item"),
    _alias(
        CLAIM,
        "total_charge",
        "total_charges total total_amount total_charge_amount billed_amount charge_amount charges billed",
        boxes="28",
        x12="2300 CLM02",
        fhir="total",
        unit="US dollars",
    ),
    _alias(
        LINE,
        "procedure_code",
        "cpt hcpcs code procedure proc_code px cpt_code hcpcs_code cpt_hcpcs procedure_cd service_code cdt",
        boxes="24d",
        fl="44",
        x12="2400 SV101-2 or SV202-2",
        fhir="item.productOrService",
    ),
    _alias(LINE, "line_number", "line line_no line_num line_id number sequence", x12="2400 LX01", fhir="item.sequence"),
    _alias(
        LINE,
        "line_control_number",
        "line_item_control_number line_item_control_no line_control_no service_line_control_number",
        x12="2400 REF*6R",
        fhir="item.traceNumber",
    ),
    _alias(
        LINE,
        "code_qualifier",
        "procedure_code_qualifier qualifier",
        x12="2400 SV101-1 or SV202-1",
        fhir="item.productOrService",
    ),
    _alias(
        LINE,
        "modifiers",
        "modifier mod mods modifier_codes mod{n} modifier{n}",
        x12="2400 SV101-3 to -6 or SV202-3 to -6",
        fhir="item.modifier",
    ),
    _alias(
        LINE,
        "revenue_code",
        "rev_code rev revenue revenue_center revenue_center_code rev_cd",
        fl="42",
        x12="2400 SV201",
        fhir="item.revenue",
    ),
    _alias(
        LINE,
        "service_date",
        "dos date_of_service date from_date service_from_date dos_from from start_date service_date_from service_from",
        boxes="24a 24a_from",
        fl="45",
        x12="2400 DTP*472",
        fhir="item.servicedDate or item.servicedPeriod.start",
    ),
    _alias(
        LINE,
        "service_date_end",
        "through_date thru_date to_date service_to_date dos_to dos_through end_date to service_date_to "
        "service_through_date",
        boxes="24a_to",
        x12="2400 DTP*472 (RD8)",
        fhir="item.servicedPeriod.end",
    ),
    _alias(
        LINE,
        "units",
        "qty quantity unit_count service_units days_or_units unit_quantity",
        boxes="24g",
        fl="46",
        x12="2400 SV104 or SV205",
        fhir="item.quantity.value",
        unit="as unit_basis says: units, minutes or days",
    ),
    _alias(LINE, "unit_basis", "unit_type unit_of_measure uom", x12="2400 SV103 or SV204", fhir="item.quantity.unit"),
    _alias(
        LINE,
        "charge",
        "charges billed_amount charge_amount billed line_charge amount_billed line_charge_amount "
        "submitted_charge submitted_amount total_charges",
        boxes="24f",
        fl="47",
        x12="2400 SV102 or SV203",
        fhir="item.net or item.adjudication",
        unit="US dollars",
    ),
    _alias(
        LINE,
        "noncovered_charge",
        "noncovered noncovered_charges noncovered_amount",
        fl="48",
        x12="2400 SV207",
        fhir="item.adjudication",
        unit="US dollars",
    ),
    _alias(
        LINE,
        "place_of_service",
        "pos place_of_service_code pos_code",
        boxes="24b",
        x12="2400 SV105",
        fhir="item.locationCodeableConcept",
    ),
    _alias(
        LINE,
        "diagnosis_pointers",
        "dx_pointer dx_pointers diagnosis_pointer pointer pointers dx_ptr diag_pointer diagnosis_pointer{n} "
        "dx_pointer{n}",
        boxes="24e",
        x12="2400 SV107",
        fhir="item.diagnosisSequence",
    ),
    _alias(
        LINE,
        "rendering_npi",
        "npi rendering_provider_npi rendering_provider provider_npi performing_npi",
        boxes="24j",
        x12="2420A NM109",
        fhir="item.careTeamSequence",
    ),
    _alias(
        LINE,
        "rendering_taxonomy",
        "taxonomy taxonomy_code rendering_taxonomy_code",
        x12="2420A PRV03",
        fhir="item.careTeamSequence",
    ),
    _alias(LINE, "ndc", "ndc_code drug_code", x12="2410 LIN03", fhir="item.detail.productOrService"),
    _alias(
        LINE,
        "ndc_quantity",
        "ndc_qty ndc_units",
        x12="2410 CTP04",
        fhir="item.detail.quantity.value",
        unit="as ndc_unit says",
    ),
    _alias(LINE, "ndc_unit", "ndc_uom ndc_unit_of_measure", x12="2410 CTP05", fhir="item.detail.quantity.unit"),
    _alias(
        LINE,
        "result_value",
        "result test_result",
        x12="2400 MEA03",
        unit="as the test is reported: % for HbA1c, mmHg for blood pressure",
    ),
    _alias(LINE, "result_date", "test_date", x12="2400 DTP*738 or DTP*739"),
    _alias(LINE, "clia", "clia_number", x12="2400 REF*X4"),
    _alias(LINE, "description", "service_description procedure_description", x12="2400 SV101-7 or SV202-7"),
    _alias(
        LINE, "tooth_numbers", "tooth_number tooth_no tooth teeth tooth_code", x12="2400 TOO02", fhir="item.bodySite"
    ),
    _alias(LINE, "tooth_surfaces", "tooth_surface surface surfaces", x12="2400 TOO03", fhir="item.subSite"),
    _alias(
        LINE,
        "oral_cavity",
        "oral_cavity_area oral_cavity_designation area_of_oral_cavity quadrant",
        x12="2400 SV304",
        fhir="item.bodySite",
    ),
    _alias(
        DIAGNOSIS,
        "code",
        "dx icd icd10 diagnosis diagnosis_code dx_code icd_code",
        fhir="diagnosis.diagnosisCodeableConcept",
    ),
    _alias(DIAGNOSIS, "version", "icd_version code_type code_system", fhir="diagnosis.diagnosisCodeableConcept"),
    _alias(DIAGNOSIS, "role", "diagnosis_type", fhir="diagnosis.type"),
    _alias(DIAGNOSIS, "poa", "present_on_admission poa_indicator", fhir="diagnosis.onAdmission"),
    _alias(CODED, "code"),
    _alias(CODED, "version"),
    _alias(CODED, "role"),
    _alias(CODED, "date", "from_date from procedure_date occurrence_date"),
    _alias(CODED, "through", "through_date thru_date to_date"),
    _alias(CODED, "amount", "value value_amount", unit="US dollars or a count, by the value code"),
)

_LONGEST = 64
_MOST_ITEMS = {"modifiers": 8, "diagnosis_pointers": 12}
_FORMS = {
    "boxes": ("box", "item", "cms1500", "cms1500box", "hcfa"),
    "locators": ("fl", "locator", "ub04", "ub04fl", "formlocator"),
}


def bare(name: str) -> str:
    """A name in lowercase, without separators between its words.

    >>> bare("Place of Service"), bare("placeOfService"), bare("FL 42")
    ('placeofservice', 'placeofservice', 'fl42')
    """
    return "".join(filter(str.isalnum, name)).lower()


def names_of(alias: Alias) -> Iterator[tuple[str, int | None]]:
    """The bare names of a field, each with the item number it means.

    >>> list(names_of(Alias(LINE, "place_of_service", ("pos",), ("24b",))))[:3]
    [('placeofservice', None), ('pos', None), ('24b', None)]
    """
    if alias.role is None:
        yield bare(alias.field), None
    for name in alias.names:
        yield from _numbered(name, alias.field)
    for box in alias.boxes:
        if not box.isdigit():
            yield from _numbered(box, alias.field)
        for form in _FORMS["boxes"]:
            yield from _numbered(form + box, alias.field)
    for place, locator in enumerate(alias.locators, 1):
        for form in _FORMS["locators"]:
            for name, number in _numbered(form + locator, alias.field):
                yield name, place if len(alias.locators) > 2 else number  # several locators are one item each


def _numbered(name: str, field: str) -> Iterator[tuple[str, int | None]]:
    most = _MOST_ITEMS.get(field, 25)
    if "{n}" in name:
        for number in range(1, most + 1):
            yield bare(name.replace("{n}", str(number))), number
            yield bare(name.replace("{n}", f"{number:02}")), number
    elif "{a}" in name:
        for number, letter in enumerate("abcdefghijklmnopq", 1):
            yield bare(name.replace("{a}", letter)), number
    else:
        yield bare(name), None


@lru_cache(maxsize=8)
def names(level: str) -> Mapping[str, Place]:
    """The place that each bare name at a level means."""
    known: dict[str, Place] = {}
    for alias in ALIASES:
        if alias.level == level:
            for name, number in names_of(alias):
                known.setdefault(name, Place(alias.field, number, alias.role))
    return known


def meant(name: str, level: str) -> Place | None:
    """The place that a name means at a level, or None."""
    return names(level).get(bare(name)) if len(name) <= _LONGEST else None
