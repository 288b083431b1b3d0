"""The layouts that come with claimcheck, on rows written by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claimcheck.claims import Claim, Diagnosis, InpatientProcedure
from claimcheck.io import read_claims

CARRIER = {
    "CLM_ID": "7",
    "BENE_ID": "-1",
    "CLM_FROM_DT": "01-Jul-2024",
    "CLM_THRU_DT": "02-Jul-2024",
    "NCH_CARR_CLM_SBMTD_CHRG_AMT": "125.00",
    "PRNCPAL_DGNS_CD": "I10",
    "PRNCPAL_DGNS_VRSN_CD": "0",
    "ICD_DGNS_CD1": "E119",
    "ICD_DGNS_VRSN_CD1": "0",
    "ICD_DGNS_CD2": "I10",
    "ICD_DGNS_VRSN_CD2": "0",
    "ICD_DGNS_CD3": "  ",
    "ICD_DGNS_VRSN_CD3": "0",
    "LINE_NUM": "1",
    "HCPCS_CD": "99213",
    "HCPCS_1ST_MDFR_CD": "25",
    "LINE_SRVC_CNT": "1",
    "LINE_SBMTD_CHRG_AMT": "125.00",
    "LINE_1ST_EXPNS_DT": "01-Jul-2024",
    "LINE_LAST_EXPNS_DT": "02-JUL-2024",
    "LINE_PLACE_OF_SRVC_CD": "11",
    "LINE_ICD_DGNS_CD": "I10",
}
HOSPITAL = {
    "CLM_ID": "8",
    "CLM_FAC_TYPE_CD": "1",
    "CLM_SRVC_CLSFCTN_TYPE_CD": "3",
    "CLM_FREQ_CD": "1",
    "PRNCPAL_DGNS_CD": "25000",
    "PRNCPAL_DGNS_VRSN_CD": "9",
    "ICD_DGNS_CD1": "4019",
    "ICD_DGNS_VRSN_CD1": "9",
    "ADMTG_DGNS_CD": "78650",
    "ADMTG_DGNS_VRSN_CD": "9",
    "FST_DGNS_E_CD": "W19",
    "ICD_DGNS_E_CD1": "W19",
    "RSN_VISIT_CD1": "R079",
    "ICD_PRCDR_CD1": "0SG30AJ",
    "PRCDR_DT1": "01-Jul-2024",
    "ICD_PRCDR_CD2": "",
    "PRCDR_DT2": "02-Jul-2024",
    "CLM_LINE_NUM": "1",
    "REV_CNTR": "0450",
    "REV_CNTR_TOT_CHRG_AMT": "900.00",
}


def as_text(row: dict[str, str]) -> bytes:
    return ("|".join(row) + "\n" + "|".join(row.values())).encode()


def as_arrow(kind: str) -> Callable[[dict[str, str]], bytes]:
    def write(row: dict[str, str]) -> bytes:
        import pyarrow

        table = pyarrow.Table.from_pylist([row])
        file = io.BytesIO()
        with getattr(pyarrow.ipc, f"new_{kind}")(file, table.schema) as writer:
            writer.write_table(table)
        return file.getvalue()

    return write


def one(row: dict[str, str], write: Callable[[dict[str, str]], Any] = as_text) -> Claim:
    [claim] = read_claims(write(row))
    return claim


@pytest.mark.parametrize("write", [as_text, as_arrow("file"), as_arrow("stream"), lambda row: json.dumps(row).encode()])
def test_a_carrier_claim(write: Callable[[dict[str, str]], Any]) -> None:
    claim = one(CARRIER, write)
    assert (claim.claim_type, claim.claim_id, claim.member_id) == ("professional", "7", "-1")
    assert (claim.statement_from, claim.statement_through) == (date(2024, 7, 1), date(2024, 7, 2))
    assert claim.diagnoses == (Diagnosis("E119"), Diagnosis("I10", role="principal"))
    line = claim.lines[0]
    assert (line.procedure_code, line.modifiers, line.place_of_service) == ("99213", ("25",), "11")
    assert (line.units, line.charge, line.diagnosis_pointers) == (1, Decimal("125.00"), (2,))
    assert (line.service_date, line.service_date_end) == (date(2024, 7, 1), date(2024, 7, 2))


def test_a_hospital_claim() -> None:
    claim = one(HOSPITAL)
    assert (claim.claim_type, claim.bill_type, claim.frequency_code) == ("institutional", "13", "1")
    assert claim.diagnoses == (
        Diagnosis("25000", "ICD-9-CM", "principal"),
        Diagnosis("4019", "ICD-9-CM"),
        Diagnosis("78650", "ICD-9-CM", "admitting"),
        Diagnosis("R079", role="reason_for_visit"),
        Diagnosis("W19", role="external_cause"),
    )
    assert claim.procedures == (
        InpatientProcedure("0SG30AJ", date(2024, 7, 1)),
        InpatientProcedure(None, date(2024, 7, 2)),
    )
    assert (claim.lines[0].revenue_code, claim.lines[0].charge) == ("0450", Decimal("900.00"))


def test_the_first_external_cause_where_it_is_not_among_the_others() -> None:
    claim = one({**HOSPITAL, "FST_DGNS_E_CD": "Y92"})
    external = [d.code for d in claim.diagnoses if isinstance(d, Diagnosis) and d.role == "external_cause"]
    assert external == ["Y92", "W19"]


def test_without_a_principal_the_first_diagnosis_is_it() -> None:
    claim = one({**CARRIER, "PRNCPAL_DGNS_CD": ""})
    assert [d.role for d in claim.diagnoses if isinstance(d, Diagnosis)] == ["principal", "other"]


def test_a_blank_first_diagnosis_is_no_principal() -> None:
    row = {"claim_id": "7", "claim_line_number": "1", "claim_type": "professional", "diagnosis_code_2": "I10"}
    assert one(row).diagnoses == (Diagnosis("I10"),)


def test_of_several_columns_for_a_field_the_first_that_is_not_blank() -> None:
    row = {"claim_id": "7", "claim_line_number": "1", "claim_type": "professional", "patient_id": "P", "member_id": ""}
    assert one(row).member_id == "P"
    assert one({**row, "member_id": "M"}).member_id == "M"


def test_diagnosis_versions_of_a_row() -> None:
    row = {
        "claim_id": "7",
        "claim_line_number": "1",
        "claim_type": "institutional",
        "diagnosis_code_type": "icd-9-cm",
        "diagnosis_code_1": "25000",
        "procedure_code_type": "icd-9-pcs",
        "procedure_code_1": "8101",
    }
    claim = one(row)
    assert claim.diagnoses == (Diagnosis("25000", "ICD-9-CM", "principal"),)
    assert claim.procedures == (InpatientProcedure("8101", None, "ICD-9-CM"),)
    assert one({**row, "diagnosis_code_1": "", "procedure_code_1": ""}).diagnoses == ()
