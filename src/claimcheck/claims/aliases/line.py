"""Names of the fields of a service line."""

from __future__ import annotations

from claimcheck.claims.aliases.alias import Alias, of_line

__all__ = ["SERVICE_LINE"]

SERVICE_LINE: tuple[Alias, ...] = (
    of_line(
        "procedure_code",
        "cpt hcpcs hcpc code procedure proc_code proc px cpt_code hcpcs_code cpt_hcpcs procedure_cd service_code "
        "svc_code cdt",
        boxes="24d",
        fl="44",
        x12="2400 SV101-2 or SV202-2",
        fhir="item.productOrService",
    ),
    of_line("line_number", "line line_no line_num line_id number sequence", x12="2400 LX01", fhir="item.sequence"),
    of_line(
        "line_control_number",
        "line_item_control_number line_item_control_no line_control_no service_line_control_number",
        x12="2400 REF*6R",
        fhir="item.traceNumber",
    ),
    of_line(
        "code_qualifier",
        "procedure_code_qualifier qualifier",
        x12="2400 SV101-1 or SV202-1",
        fhir="item.productOrService",
    ),
    of_line(
        "modifiers",
        "modifier mod mods modifier_codes procedure_modifier procedure_modifiers mod{n} modifier{n} "
        "procedure_modifier{n}",
        x12="2400 SV101-3 to -6 or SV202-3 to -6",
        fhir="item.modifier",
    ),
    of_line(
        "revenue_code",
        "rev_code rev revenue revenue_center revenue_center_code rev_cd",
        fl="42",
        x12="2400 SV201",
        fhir="item.revenue",
    ),
    of_line(
        "service_date",
        "dos date_of_service date from_date service_from_date dos_from from_dos from start_date service_date_from "
        "service_from svc_date svc_from_date service_dt",
        boxes="24a 24a_from",
        fl="45",
        x12="2400 DTP*472",
        fhir="item.servicedDate or item.servicedPeriod.start",
    ),
    of_line(
        "service_date_end",
        "through_date thru_date to_date service_to_date dos_to dos_through end_date to service_date_to "
        "service_through_date svc_to_date",
        boxes="24a_to",
        x12="2400 DTP*472 (RD8)",
        fhir="item.servicedPeriod.end",
    ),
    of_line(
        "units",
        "qty quantity unit_count service_units svc_units days_or_units unit_quantity units_billed billed_units",
        boxes="24g",
        fl="46",
        x12="2400 SV104 or SV205",
        fhir="item.quantity.value",
        unit="as unit_basis says: units, minutes or days",
    ),
    of_line("unit_basis", "unit_type unit_of_measure uom", x12="2400 SV103 or SV204", fhir="item.quantity.unit"),
    of_line(
        "charge",
        "charges billed_amount charge_amount billed line_charge amount_billed line_charge_amount "
        "submitted_charge submitted_amount total_charges line_amount",
        boxes="24f",
        fl="47",
        x12="2400 SV102 or SV203",
        fhir="item.net or item.adjudication",
        unit="US dollars",
    ),
    of_line(
        "noncovered_charge",
        "noncovered noncovered_charges noncovered_amount",
        fl="48",
        x12="2400 SV207",
        fhir="item.adjudication",
        unit="US dollars",
    ),
    of_line(
        "place_of_service",
        "pos place_of_service_code pos_code",
        boxes="24b",
        x12="2400 SV105",
        fhir="item.locationCodeableConcept",
    ),
    of_line(
        "diagnosis_pointers",
        "dx_pointer dx_pointers diagnosis_pointer pointer pointers dx_ptr diag_ptr diag_pointer diagnosis_pointer{n} "
        "dx_pointer{n}",
        boxes="24e",
        x12="2400 SV107",
        fhir="item.diagnosisSequence",
    ),
    of_line(
        "rendering_npi",
        "npi rendering_provider_npi rendering_provider provider_npi performing_npi servicing_npi",
        boxes="24j",
        x12="2420A NM109",
        fhir="item.careTeamSequence",
    ),
    of_line(
        "rendering_taxonomy",
        "taxonomy taxonomy_code rendering_taxonomy_code",
        x12="2420A PRV03",
        fhir="item.careTeamSequence",
    ),
    of_line("ndc", "ndc_code drug_code", x12="2410 LIN03", fhir="item.detail.productOrService"),
    of_line(
        "ndc_quantity",
        "ndc_qty ndc_units",
        x12="2410 CTP04",
        fhir="item.detail.quantity.value",
        unit="as ndc_unit says",
    ),
    of_line("ndc_unit", "ndc_uom ndc_unit_of_measure", x12="2410 CTP05", fhir="item.detail.quantity.unit"),
    of_line(
        "result_value",
        "result test_result",
        x12="2400 MEA03",
        unit="as the test is reported: % for HbA1c, mmHg for blood pressure",
    ),
    of_line("result_date", "test_date", x12="2400 DTP*738 or DTP*739"),
    of_line("clia", "clia_number", x12="2400 REF*X4"),
    of_line("description", "service_description procedure_description", x12="2400 SV101-7 or SV202-7"),
    of_line("tooth_numbers", "tooth_number tooth_no tooth teeth tooth_code", x12="2400 TOO02", fhir="item.bodySite"),
    of_line("tooth_surfaces", "tooth_surface surface surfaces", x12="2400 TOO03", fhir="item.subSite"),
    of_line(
        "oral_cavity",
        "oral_cavity_area oral_cavity_designation area_of_oral_cavity quadrant",
        x12="2400 SV304",
        fhir="item.bodySite",
    ),
)
