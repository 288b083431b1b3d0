"""Names of the fields of an institutional claim: type of bill, statement, stay, and the codes beside them."""

from __future__ import annotations

from claimcheck.claims.aliases.alias import Alias, of_claim

__all__ = ["BILL"]

BILL: tuple[Alias, ...] = (
    of_claim("bill_type", "tob type_of_bill bill_type_code", fl="4", x12="2300 CLM05-1 and CLM05-3", fhir="subType"),
    of_claim(
        "statement_from",
        "from_date statement_from_date statement_start from start_date",
        fl="6_from",
        x12="2300 DTP*434",
        fhir="billablePeriod.start",
    ),
    of_claim(
        "statement_through",
        "through_date thru_date statement_through_date statement_to statement_end through thru to_date end_date",
        fl="6_through",
        x12="2300 DTP*434",
        fhir="billablePeriod.end",
    ),
    of_claim(
        "admission_date",
        "admit_date date_of_admission",
        boxes="18_from",
        fl="12",
        x12="2300 DTP*435",
        fhir="supportingInfo.timingPeriod.start",
    ),
    of_claim(
        "discharge_date", "date_of_discharge", boxes="18_to", x12="2300 DTP*096", fhir="supportingInfo.timingPeriod.end"
    ),
    of_claim(
        "admission_type",
        "admit_type admission_type_code priority_of_admission",
        fl="14",
        x12="2300 CL101",
        fhir="supportingInfo.code",
    ),
    of_claim(
        "admission_source",
        "admit_source point_of_origin admission_source_code",
        fl="15",
        x12="2300 CL102",
        fhir="supportingInfo.code",
    ),
    of_claim(
        "patient_status",
        "discharge_status patient_status_code discharge_disposition patient_discharge_status",
        fl="17",
        x12="2300 CL103",
        fhir="supportingInfo.code",
    ),
    of_claim(
        "condition_codes",
        "condition_code condition_code{n}",
        fl="18 19 20 21 22 23 24 25 26 27 28",
        x12="2300 HI*BG",
        fhir="supportingInfo.code",
    ),
    of_claim(
        "occurrence_codes",
        "occurrence_code occurrence_code{n}",
        fl="31 32 33 34 35 36",
        x12="2300 HI*BH and HI*BI",
        fhir="supportingInfo.code",
    ),
    of_claim("value_codes", "value_code value_code{n}", fl="39 40 41", x12="2300 HI*BE", fhir="supportingInfo.code"),
    of_claim(
        "procedures",
        "icd_procedures icd_procedure_codes pcs procedure{n} icd_procedure{n}",
        fl="74",
        x12="2300 HI*BBR and HI*BBQ",
        fhir="procedure.procedureCodeableConcept",
    ),
)
