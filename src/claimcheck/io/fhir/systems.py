"""The code systems and identifier systems used on FHIR claims, by URI.

One system has several URIs: HL7's, its owner's, an OID, and Blue Button's (version 1 used
`bluebutton.cms.gov/resources/...`, the current version uses `bluebutton.cms.gov/fhir/CodeSystem/...`). Sources: HL7
Terminology (THO) external code systems; CARIN IG for Blue Button 2.1; Da Vinci PAS 2.1; Blue Button data dictionary.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

__all__ = ["ABSENT", "Coded", "field_of", "same"]


@lru_cache(maxsize=4_096)
def same(uri: str) -> str:
    """A URI normalized for comparison: no scheme, version, or final slash, in lowercase.

    >>> same("https://www.nubc.org/CodeSystem/RevenueCodes|2024"), same("http://www.nubc.org/CodeSystem/RevenueCodes/")
    ('nubc.org/codesystem/revenuecodes', 'nubc.org/codesystem/revenuecodes')
    """
    text = uri.strip().partition("|")[0].rstrip("/").lower()
    for prefix in ("https://", "http://", "www."):
        text = text.removeprefix(prefix)
    return text


class Coded:
    """Groups of system URIs, by kind of code."""

    HCPCS = frozenset(
        {
            "ama-assn.org/go/cpt",
            "cms.gov/medicare/coding/hcpcsreleasecodesets",
            "cms.gov/medicare/coding/medhcpcsgeninfo",
            "bluebutton.cms.gov/resources/codesystem/hcpcs",
            "terminology.hl7.org/codesystem/hcpcs",
            "urn:oid:2.16.840.1.113883.6.12",
            "urn:oid:2.16.840.1.113883.6.285",
        }
    )
    CDT = frozenset({"ada.org/cdt", "ada.org/snodent", "terminology.hl7.org/codesystem/cd2"})
    HIPPS = frozenset(
        {
            "cms.gov/medicare/medicare-fee-for-service-payment/prospmedicarefeesvcpmtgen/hippscodes",
            "bluebutton.cms.gov/resources/variables/rev_cntr_apc_hipps_cd",
        }
    )
    NDC = frozenset({"hl7.org/fhir/sid/ndc", "urn:oid:2.16.840.1.113883.6.69"})
    UNITS = frozenset({"unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8"})
    #: HL7's and CARIN's categories of amounts
    ADJUDICATION = frozenset(
        {
            "terminology.hl7.org/codesystem/adjudication",
            "hl7.org/fhir/adjudication",
            "hl7.org/fhir/us/carin-bb/codesystem/c4bbadjudication",
        }
    )
    TOOTH = frozenset({"terminology.hl7.org/codesystem/adauniversaltoothdesignationsystem"})
    #: HL7's examples use FDI numbers: 11 is tooth 8 in the United States
    OTHER_TOOTH = frozenset({"terminology.hl7.org/codesystem/ex-tooth", "hl7.org/fhir/ex-tooth"})
    AREA = frozenset({"terminology.hl7.org/codesystem/adaareaoralcavitysystem"})
    SURFACE = frozenset(
        {
            "terminology.hl7.org/codesystem/adatoothsurfacecodes",
            "hl7.org/fhir/us/carin-bb/codesystem/c4bbsurfacecodes",
            "terminology.hl7.org/codesystem/fdi-surface",
            "hl7.org/fhir/fdi-surface",
        }
    )
    REVENUE = frozenset(
        {
            "nubc.org/codesystem/revenuecodes",
            "bluebutton.cms.gov/resources/variables/rev_cntr",
            "bluebutton.cms.gov/fhir/codesystem/clm-rev-cntr-cd",
            "terminology.hl7.org/codesystem/ex-revenue-center",
        }
    )
    PLACE = frozenset(
        {
            "cms.gov/medicare/coding/place-of-service-codes/place_of_service_code_set",
            "cms.gov/medicare/coding/place-of-service-codes",
            "bluebutton.cms.gov/resources/variables/line_place_of_srvc_cd",
            "bluebutton.cms.gov/fhir/codesystem/clm-pos-cd",
            "terminology.hl7.org/codesystem/ex-serviceplace",
            "hl7.org/fhir/ex-serviceplace",
        }
    )
    #: version 1 of Blue Button uses the ICD-10 URI for both ICD-10-CM and ICD-10-PCS
    DIAGNOSIS_10 = frozenset(
        {"hl7.org/fhir/sid/icd-10-cm", "hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.90"}
    )
    DIAGNOSIS_9 = frozenset(
        {
            "hl7.org/fhir/sid/icd-9-cm",
            "hl7.org/fhir/sid/icd-9-cm/diagnosis",
            "terminology.hl7.org/codesystem/icd9cm",
            "terminology.hl7.org/codesystem/icd9",
            "urn:oid:2.16.840.1.113883.6.103",
        }
    )
    PROCEDURE_10 = frozenset(
        {
            "cms.gov/medicare/coding/icd10",
            "hl7.org/fhir/sid/icd-10-pcs",
            "hl7.org/fhir/sid/icd-10",
            "urn:oid:2.16.840.1.113883.6.4",
        }
    )
    PROCEDURE_9 = frozenset(
        {
            "cms.gov/medicare/coding/icd9",
            "hl7.org/fhir/sid/icd-9-cm",
            "hl7.org/fhir/sid/icd-9-cm/procedure",
            "terminology.hl7.org/codesystem/icd9cm",
            "terminology.hl7.org/codesystem/icd9",
            "urn:oid:2.16.840.1.113883.6.104",
        }
    )
    NPI = frozenset({"hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6"})
    MBI = frozenset({"hl7.org/fhir/sid/us-mbi", "urn:oid:2.16.840.1.113883.4.927"})
    TAX_ID = frozenset({"urn:oid:2.16.840.1.113883.4.4", "hl7.org/fhir/sid/us-ein"})
    TAXONOMY = frozenset({"nucc.org/provider-taxonomy", "urn:oid:2.16.840.1.113883.6.101"})
    CLAIM_NUMBER = frozenset(
        {
            "bluebutton.cms.gov/resources/variables/clm_id",
            "bluebutton.cms.gov/resources/variables/pde_id",
            "bluebutton.cms.gov/identifiers/clm-uniq-id",
        }
    )
    #: NCH claim type codes, and Blue Button's own kinds of claims
    NCH_TYPE = frozenset(
        {
            "bluebutton.cms.gov/resources/variables/nch_clm_type_cd",
            "bluebutton.cms.gov/fhir/codesystem/clm-type-cd",
        }
    )
    EOB_TYPE = frozenset(
        {"bluebutton.cms.gov/resources/codesystem/eob-type", "bluebutton.cms.gov/fhir/codesystem/eob-type"}
    )
    CLAIM_TYPE = frozenset({"terminology.hl7.org/codesystem/claim-type", "hl7.org/fhir/ex-claimtype"})
    BILL_TYPE = frozenset({"nubc.org/codesystem/typeofbill"})
    FACILITY_TYPE = frozenset({"bluebutton.cms.gov/resources/variables/clm_fac_type_cd"})
    CLASSIFICATION = frozenset({"bluebutton.cms.gov/resources/variables/clm_srvc_clsfctn_type_cd"})


#: Systems whose codes say that there is no code.
ABSENT = frozenset(
    {
        "terminology.hl7.org/codesystem/data-absent-reason",
        "hl7.org/fhir/data-absent-reason",
        "terminology.hl7.org/codesystem/v3-nullflavor",
    }
)

_FIELDS = MappingProxyType(
    {
        "nubc.org/codesystem/typeofbill": "bill_type",
        "nubc.org/codesystem/patdischargestatus": "patient_status",
        "nubc.org/codesystem/pointoforigin": "admission_source",
        "nubc.org/codesystem/prioritytypeofadmitorvisit": "admission_type",
        "nubc.org/codesystem/conditioncodes": "condition_codes",
        "nubc.org/codesystem/occurrencecodes": "occurrence_codes",
        "nubc.org/codesystem/occurrencespancodes": "occurrence_codes",
        "nubc.org/codesystem/valuecodes": "value_codes",
        "bluebutton.cms.gov/resources/variables/ptnt_dschrg_stus_cd": "patient_status",
        "bluebutton.cms.gov/resources/variables/clm_src_ip_admsn_cd": "admission_source",
        "bluebutton.cms.gov/resources/variables/clm_ip_admsn_type_cd": "admission_type",
        "bluebutton.cms.gov/resources/variables/clm_freq_cd": "frequency_code",
    }
)


def field_of(uri: str) -> str | None:
    """The claim field for codes of a system in supporting information.

    >>> field_of("https://www.nubc.org/CodeSystem/PatDischargeStatus"), field_of("http://loinc.org")
    ('patient_status', None)
    """
    return _FIELDS.get(same(uri))
