"""Names of a claim's diagnoses, and of the fields of a diagnosis and of other coded values."""

from __future__ import annotations

from claimcheck.claims.aliases.alias import Alias, of_claim, of_coded, of_diagnosis

__all__ = ["DIAGNOSES"]

DIAGNOSES: tuple[Alias, ...] = (
    of_claim(
        "diagnoses",
        "diagnosis dx dxs icd icd10 icd_codes icd10_codes diagnosis_codes diagnosis_code dx_codes dx_code "
        "dx{n} diagnosis{n} diagnosis_code{n} icd_code{n} diag{n}",
        boxes="21 21{a}",
        x12="2300 HI*ABK and HI*ABF",
        fhir="diagnosis.diagnosisCodeableConcept",
    ),
    of_claim(
        "diagnoses",
        "principal_diagnosis primary_diagnosis principal_dx primary_dx",
        fl="67",
        x12="2300 HI*ABK",
        role="principal",
    ),
    of_claim(
        "diagnoses",
        "secondary_diagnosis secondary_diagnosis{n} other_diagnosis{n}",
        fl="67{a}",
        x12="2300 HI*ABF",
        role="other",
    ),
    of_claim("diagnoses", "admitting_diagnosis admitting_dx", fl="69", x12="2300 HI*ABJ", role="admitting"),
    of_claim(
        "diagnoses",
        "reason_for_visit reason_for_visit{n} patient_reason_dx",
        fl="70 70{a}",
        x12="2300 HI*APR",
        role="reason_for_visit",
    ),
    of_claim(
        "diagnoses", "external_cause external_cause{n} ecode", fl="72 72{a}", x12="2300 HI*ABN", role="external_cause"
    ),
    of_diagnosis(
        "code", "dx icd icd10 diagnosis diagnosis_code dx_code icd_code", fhir="diagnosis.diagnosisCodeableConcept"
    ),
    of_diagnosis("version", "icd_version code_type code_system", fhir="diagnosis.diagnosisCodeableConcept"),
    of_diagnosis("role", "diagnosis_type", fhir="diagnosis.type"),
    of_diagnosis("poa", "present_on_admission poa_indicator", fhir="diagnosis.onAdmission"),
    of_coded("code"),
    of_coded("version"),
    of_coded("role"),
    of_coded("date", "from_date from procedure_date occurrence_date"),
    of_coded("through", "through_date thru_date to_date"),
    of_coded("amount", "value value_amount", unit="US dollars or a count, by the value code"),
)
