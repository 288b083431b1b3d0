"""Names of the fields of a claim about its payer, its member, and its providers."""

from __future__ import annotations

from claimcheck.claims.aliases.alias import Alias, of_claim

__all__ = ["PARTIES"]

PARTIES: tuple[Alias, ...] = (
    of_claim("payer_id", "payer payor payor_id health_plan_id", fl="51", x12="2010BB NM109", fhir="insurer.identifier"),
    of_claim(
        "member_id",
        "member subscriber_id subscriber insured_id patient_id beneficiary_id bene_id mbi hicn",
        boxes="1a",
        fl="60",
        x12="2010BA NM109",
        fhir="patient.identifier or insurance.coverage.subscriberId",
    ),
    of_claim(
        "birth_date",
        "dob date_of_birth birthdate patient_dob member_dob",
        boxes="3",
        fl="10",
        x12="2010BA or 2010CA DMG02",
        fhir="patient.birthDate",
    ),
    of_claim("death_date", "dod date_of_death", x12="2000B PAT06", fhir="patient.deceasedDateTime"),
    of_claim("sex", "gender patient_sex patient_gender", fl="11", x12="2010BA or 2010CA DMG03", fhir="patient.gender"),
    of_claim(
        "billing_npi",
        "npi billing_provider_npi provider_npi billing_provider",
        boxes="33a",
        fl="56",
        x12="2010AA NM109",
        fhir="provider.identifier",
    ),
    of_claim(
        "billing_tax_id",
        "tax_id tin ein federal_tax_id billing_tin",
        boxes="25",
        fl="5",
        x12="2010AA REF*EI",
        fhir="provider.identifier",
    ),
    of_claim(
        "billing_taxonomy", "taxonomy taxonomy_code billing_taxonomy_code", boxes="33b", fl="81", x12="2000A PRV03"
    ),
    of_claim("billing_entity_type", "entity_type billing_npi_type npi_type", x12="2010AA NM102", fhir="provider"),
    of_claim(
        "rendering_npi",
        "rendering_provider_npi rendering_provider performing_npi servicing_npi",
        x12="2310B NM109",
        fhir="careTeam.provider.identifier",
    ),
    of_claim("rendering_taxonomy", "rendering_taxonomy_code", x12="2310B PRV03", fhir="careTeam.qualification"),
    of_claim("provider_kind", fhir="type"),
)
