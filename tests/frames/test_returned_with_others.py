"""Claims of equal lines among claims of their members, of which some are returned for a diagnosis."""

from __future__ import annotations

from claimcheck import Claim
from frames.agreement import agree
from frames.tables_of import frame_of
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[procedure_row("J1885", "N"), procedure_row("S9999", "E1", "non_covered")],
)


def _claim(name: str, member: str, diagnosis: str) -> Claim:
    codes_of_lines = ("J1885", "S9999")
    return Claim.from_dict(
        {
            "claim_id": name,
            "member_id": member,
            "claim_type": "institutional",
            "bill_type": "0131",
            "billing_npi": "1234567893",
            "received_date": "2024-08-01",
            "diagnoses": [diagnosis],
            "lines": [
                {
                    "procedure_code": code,
                    "revenue_code": "0636",
                    "units": 1,
                    "charge": charge,
                    "service_date": "2024-07-15",
                }
                for code, charge in zip(codes_of_lines, (f"1{name}.00", f"2{name}.00"), strict=True)
            ],
        }
    )


def test_only_the_lines_of_a_returned_claim_lose_what_a_return_takes_back() -> None:
    claims = [
        _claim(str(number), member, diagnosis)
        for number, (member, diagnosis) in enumerate(
            [("A", "V0001XA"), ("A", "Z0000"), ("B", "V0001XA"), ("B", "Z0000"), ("C", "Z0000"), ("C", "Z0000")], 1
        )
    ]
    findings = agree(frame_of(claims), tables=TABLES)["findings"]
    denied = findings.filter(findings["rule_id"] == "FAC508")["claim_id"].to_list()
    assert denied == ["2", "4", "5", "6"]
