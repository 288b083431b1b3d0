"""Names of a claim's own fields: its number and type, the claims that it relates to, its lines and total."""

from __future__ import annotations

from claimcheck.claims.aliases.alias import Alias, of_claim

__all__ = ["HEADER"]

HEADER: tuple[Alias, ...] = (
    of_claim(
        "claim_id",
        "claim_number claim_no claim clm_id clm_no patient_control_number patient_account_number account_number",
        boxes="26",
        fl="3a",
        x12="2300 CLM01",
        fhir="identifier",
    ),
    of_claim("claim_type", "type form form_type", x12="ST03", fhir="type"),
    of_claim(
        "frequency_code",
        "frequency claim_frequency claim_frequency_code resubmission_code",
        boxes="22",
        x12="2300 CLM05-3",
        fhir="supportingInfo.code",
    ),
    of_claim(
        "original_claim_id",
        "original_claim original_claim_number original_reference_number dcn",
        fl="64",
        x12="2300 REF*F8",
        fhir="related.claim",
    ),
    of_claim("place_of_service", "pos place_of_service_code pos_code", x12="2300 CLM05-1"),
    of_claim("received_date", "receipt_date date_received", fhir="supportingInfo.timingDate"),
    of_claim(
        "prior_authorization",
        "prior_auth prior_authorization_number authorization authorization_number auth_number",
        boxes="23",
        fl="63",
        x12="2300 REF*G1",
        fhir="insurance.preAuthRef",
    ),
    of_claim("clia", "clia_number", x12="2300 REF*X4"),
    of_claim("replaced_by_claim_id", "replaced_by", fhir="related.claim"),
    of_claim("other_claim_id", fhir="id"),
    of_claim("submitted_claim_id", fhir="claim"),
    of_claim("delivery_date"),
    of_claim("reporting_only", x12="BHT06"),
    of_claim("predetermination", "predetermination_of_benefits pretreatment_estimate", x12="2300 CLM19", fhir="use"),
    of_claim("delay_reason", "delay_reason_code", x12="2300 CLM20"),
    of_claim("lines", "service_lines claim_lines line_items items services", fhir="item"),
    of_claim(
        "total_charge",
        "total_charges total total_amount total_charge_amount billed_amount charge_amount charges billed",
        boxes="28",
        x12="2300 CLM02",
        fhir="total",
        unit="US dollars",
    ),
)
