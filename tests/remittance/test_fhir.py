"""Explanations of benefits read as remittances."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimcheck import validate_claims
from claimcheck.errors import InputError
from claimcheck.remittance import Agreement, RemittedClaim, compare, read_remittances

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "claims" / "fhir"
X12 = "https://x12.org/codes/"
CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"


def category(code: str, amount: str | None = None, **reason: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"category": {"coding": [{"system": CARIN, "code": code}]}}
    if amount is not None:
        entry["amount"] = {"value": float(amount), "currency": "USD"}
    if reason:
        systems = {"carc": "claim-adjustment-reason-codes", "group": "claim-adjustment-group-codes"}
        systems["rarc"] = "remittance-advice-remark-codes"
        entry["reason"] = {"coding": [{"system": X12 + systems[of], "code": code} for of, code in reason.items()]}
    return entry


def explanation(*adjudications: dict[str, Any], claim: str = "A1") -> dict[str, Any]:
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": "E1",
        "use": "claim",
        "type": {"coding": [{"code": "professional"}]},
        "claim": {"reference": f"Claim/{claim}"},
        "insurer": {"display": "A PAYER"},
        "patient": {"reference": "Patient/CANARY"},
        "payment": {"date": "2024-08-02"},
        "item": [
            {
                "sequence": 1,
                "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
                "servicedDate": "2024-07-15",
                "quantity": {"value": 1},
                "adjudication": [category("submitted", "125.00"), *adjudications],
            }
        ],
    }


def read(*resources: dict[str, Any]) -> list[RemittedClaim]:
    data = "\n".join(map(json.dumps, resources)).encode()
    return list(read_remittances(data))


def stated(claim: RemittedClaim) -> list[tuple[str, str, Decimal]]:
    return [(each.group_code, each.carc, each.amount) for each in claim.lines[0].adjustments]


@pytest.mark.parametrize(
    ("entries", "paid", "adjustments"),
    [
        ([category("paidtoprovider", "80.00"), category("discount", "45.00")], "80.00", [("CO", "45", "45.00")]),
        ([category("benefit", "80.00"), category("deductible", "45.00")], "80.00", [("PR", "1", "45.00")]),
        ([category("paidtoprovider", "70.00"), category("paidtopatient", "10.00")], "80.00", []),
        (
            [category("paidtoprovider", "0.00"), category("adjustmentreason", group="CO", carc="97", rarc="M15")],
            "0.00",
            [("CO", "97", "125.00")],
        ),
        (
            [
                category("paidtoprovider", "0.00"),
                category("discount", "25.00"),
                category("adjustmentreason", carc="29"),
                category("adjustmentreason", carc="16"),
            ],
            "0.00",
            [("CO", "45", "25.00"), ("", "29", "100.00"), ("", "16", "0.00")],
        ),
        ([category("adjustmentreason", "125.00", group="CO", carc="97")], None, [("CO", "97", "125.00")]),
    ],
)
def test_adjudications(entries: list, paid: str | None, adjustments: list) -> None:
    [claim] = read(explanation(*entries))
    line = claim.lines[0]
    assert (line.procedure_code, line.charge) == ("99213", Decimal("125.00"))
    assert line.paid == (None if paid is None else Decimal(paid))
    assert stated(claim) == [(group, carc, Decimal(amount)) for group, carc, amount in adjustments]
    assert (claim.claim_id, claim.remittance.payer_name) == ("A1", "A PAYER")
    assert "CANARY" not in repr(claim)


def test_remarks() -> None:
    [claim] = read(explanation(category("adjustmentreason", carc="97", rarc="M15")))
    assert claim.lines[0].remarks == ("M15",)


def test_they_are_compared_with_what_was_expected() -> None:
    sent = {
        "claim_id": "A1",
        "claim_type": "professional",
        "lines": [{"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}],
    }
    denied = explanation(category("paidtoprovider", "0.00"), category("adjustmentreason", group="CO", carc="29"))
    [line] = compare(validate_claims([sent]), read(denied)).lines
    assert (line.agreement, line.actual_carcs) == (Agreement.DENIED_THOUGH_PAYABLE, ("29",))


def test_a_bundle_gives_its_explanations_and_no_claims() -> None:
    entries = [{"resource": {"resourceType": "Claim", "id": "C"}}, {"resource": explanation()}]
    bundle = {"resourceType": "Bundle", "entry": [*entries, {"resource": {"resourceType": "Patient"}}]}
    assert [claim.claim_id for claim in read(bundle)] == ["A1"]


@pytest.mark.parametrize("item", [None, "x", {}, {"adjudication": "x"}, {"adjudication": [None, {"amount": "x"}]}])
def test_a_malformed_resource_is_a_claim(item: Any) -> None:
    [claim] = read(explanation() | {"item": [item]})
    assert len(claim.lines) == 1
    assert claim.lines[0].paid is None


def test_no_json_is_refused() -> None:
    with pytest.raises(InputError, match="not JSON"):
        list(read_remittances(b"{"))


def test_what_stands_of_several_explanations() -> None:
    """A predetermination is no answer, of two payers the first counts, and a cancelled one takes back its payment."""
    first = explanation(category("paidtoprovider", "80.00"))
    second = explanation(category("paidtoprovider", "20.00")) | {"precedence": 2, "id": "E2"}
    before = explanation(category("paidtoprovider", "90.00")) | {"use": "predetermination", "id": "E3"}
    claim = {"claim_id": "A1", "claim_type": "professional", "lines": [{"procedure_code": "99213", "charge": "125"}]}
    results = list(validate_claims([claim]))
    comparison = compare(results, read(second, before, first))
    assert [line.paid for line in comparison.lines] == [Decimal(80)]
    assert comparison.unmatched == {"predetermination": 1, "answer of a later payer": 1}
    cancelled = compare(results, read(first, second, first | {"status": "cancelled"}))
    assert [line.paid for line in cancelled.lines] == [Decimal(20)]
    assert cancelled.unmatched == {"reversed": 1}
    mistaken = compare(results, read(first, first | {"status": "entered-in-error"}))
    assert mistaken.unmatched == {"reversed": 1, "claim without a remittance": 1}


@pytest.mark.skipif(not _SHARED.is_dir(), reason=f"no sample resources in {_SHARED}")
@pytest.mark.parametrize("name", ["Carrier", "DME", "Outpatient", "SNF"])
def test_samples_of_blue_button(name: str) -> None:
    file = _SHARED / f"bfd_idr_ExplanationOfBenefit-{name}.json"
    if not file.is_file():
        pytest.skip(f"no {file.name}")
    resource = json.loads(file.read_text(), parse_float=Decimal)
    [claim] = read_remittances(file)
    assert len(claim.lines) == len(resource["item"])
    for item, line in zip(resource["item"], claim.lines, strict=True):
        by_name = {
            coding["code"]: entry["amount"]["value"]
            for entry in item["adjudication"]
            if "amount" in entry
            for coding in entry["category"]["coding"]
        }
        assert line.charge == by_name.get("CLM_LINE_SBMT_CHRG_AMT")
        paid = [by_name[to] for to in ("paidtoprovider", "paidtopatient") if to in by_name]
        assert line.paid == (sum(paid) if paid else None)
        assert line.allowed == by_name.get("CLM_LINE_ALOWD_CHRG_AMT")
    assert sum(line.paid is not None for line in claim.lines) > 0
