"""Revenue code 0001: the total that institutional claims of CMS carry as a line."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from claimcheck import validate_claim
from claimcheck.frames import validate_frame
from claimcheck.io import read_claims

RIF = {"CLM_ID": "-77", "BENE_ID": "-1", "CLM_FROM_DT": "15-Jul-2024", "CLM_THRU_DT": "15-Jul-2024"}
RIF |= {"CLM_FAC_TYPE_CD": "1", "CLM_SRVC_CLSFCTN_TYPE_CD": "3", "CLM_FREQ_CD": "1", "CLM_TOT_CHRG_AMT": "180.00"}
TUVA = {"claim_id": "7", "claim_type": "institutional", "bill_type_code": "131", "claim_start_date": "2024-07-15"}


def rif(number: int, revenue: str, code: str, charge: str) -> dict[str, str]:
    line = {
        "CLM_LINE_NUM": str(number),
        "REV_CNTR": revenue,
        "HCPCS_CD": code,
        "REV_CNTR_UNIT_CNT": "1" if code else "",
    }
    return {**RIF, **line, "REV_CNTR_TOT_CHRG_AMT": charge, "REV_CNTR_DT": "15-Jul-2024" if code else ""}


def tuva(number: int, revenue: str, code: str, charge: str) -> dict[str, str]:
    line = {"claim_line_number": str(number), "revenue_center_code": revenue, "hcpcs_code": code}
    return {**TUVA, **line, "charge_amount": charge, "service_unit_quantity": "1" if code else ""}


def rows(make: Any) -> list[dict[str, str]]:
    lines = (("0300", "80053", "60.00"), ("0510", "99213", "120.00"), ("0001", "", "180.00"))
    return [make(number, *line) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize("make", [rif, tuva])
def test_a_table(make: Any) -> None:
    given = rows(make)
    text = "\n".join(["|".join(given[0]), *("|".join(row.values()) for row in given)])
    [claim] = read_claims(text.encode())
    result = validate_claim(claim)
    assert [str(line.disposition) for line in result.lines] == ["payable", "payable", "report_only"]
    assert not [found for found in result.findings if found.position == 3 and str(found.severity) == "error"]
    assert not [found for found in result.findings if found.rule_id == "STR501"]
    frame = validate_frame(pl.DataFrame(given))
    assert frame.lines["disposition"].to_list() == ["payable", "payable", "report_only"]
    assert frame.findings.filter(rule_id="FAC104").select("position", "severity").rows() == [(3, "info")]


def test_an_explanation_of_benefit() -> None:
    nubc = "https://www.nubc.org/CodeSystem/RevenueCodes"
    item = {"sequence": 1, "revenue": {"coding": [{"system": nubc, "code": "0001"}]}, "net": {"value": 180}}
    resource = {"resourceType": "ExplanationOfBenefit", "id": "7", "item": [item]}
    coding = {"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "institutional"}
    [claim] = read_claims(json.dumps({**resource, "type": {"coding": [coding]}}).encode())
    assert claim.lines[0].revenue_code == "0001"
    found = [one for one in validate_claim(claim).findings if one.rule_id == "FAC104"]
    assert [(str(one.severity), str(one.disposition)) for one in found] == [("info", "report_only")]


def test_an_837_gives_its_total_elsewhere() -> None:
    text = (
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240715*1200*^*00501*000000001*0*P*:~"
        "GS*HC*A*B*20240715*1200*1*X*005010X223A2~ST*837*0001*005010X223A2~BHT*0019*00*1*20240716*1200*CH~"
        "CLM*7*60***13:A:1~LX*1~SV2*0001**60~SE*5*0001~GE*1*1~IEA*1*000000001~"
    )
    [claim] = read_claims(text.encode())
    found = [one for one in validate_claim(claim).findings if one.rule_id == "FAC104"]
    assert [(str(one.severity), str(one.disposition)) for one in found] == [("error", "rejected")]


def test_line_numbers_that_stand_twice() -> None:
    given = [{**tuva(1, "", code, "125.00"), "claim_type": "professional"} for code in ("99213", "36415")]
    given += [{**row, "claim_id": "8", "claim_line_number": str(n)} for n, row in enumerate(given, 1)]
    text = "\n".join([",".join(given[0]), *(",".join(row.values()) for row in given)])
    results = [validate_claim(claim) for claim in read_claims(text.encode())]
    assert [[found.rule_id for found in one.findings].count("STR508") for one in results] == [1, 0]
    frame = validate_frame(pl.DataFrame(given))
    assert frame.findings.filter(rule_id="STR508").select("claim_id", "position").rows() == [("7", None)]
    assert frame.lines["line_number"].to_list() == [1, 1, 1, 2]
