"""A group of claims that is like one met before has the results that it has by itself."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from claimcheck import Claim, Validator
from claimcheck.engine import alike, batches

NPIS = ("1234567893", "1003000126")


def claim(code: str, *, charge: str = "100.00", units: int = 1, npi: str = NPIS[0], **fields: Any) -> dict[str, Any]:
    lines = [{"procedure_code": code, "units": units, "charge": charge, "modifiers": fields.pop("modifiers", [])}]
    return {"claim_type": "professional", "billing_npi": npi, "received_date": "2024-08-01", "lines": lines, **fields}


GROUPS = {
    "a pair": [claim("45378"), claim("45380")],
    "a pair, bypassed": [claim("45378", modifiers=["59"]), claim("45380")],
    "duplicates": [claim("71046", charge="60.00"), claim("71046", charge="60.00"), claim("71046", charge="61.00")],
    "the later first": [claim("71046", received_date="2024-08-02"), claim("71046", received_date="2024-08-01")],
    "units together": [claim("97110", units=4), claim("97110", units=5), claim("36415")],
    "two providers": [claim("45378"), claim("45380", npi=NPIS[1], rendering_npi=NPIS[0]), claim("45378", npi=NPIS[1])],
    "a returned claim": [claim("45378"), claim("45380", charge="abc")],
    "a predetermination": [claim("45378"), claim("45380", predetermination=True)],
    "an add-on code": [claim("22614"), claim("22612"), claim("22612")],
    "a visit and a procedure": [claim("99213"), claim("20610"), claim("99214")],
}


def placed(group: list[dict[str, Any]], number: int, day: str) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "claim_id": f"C{number}-{place}",
            "member_id": f"M{number}",
            "lines": [{**line, "service_date": day} for line in one["lines"]],
        }
        for place, one in enumerate(group)
    ]


def told(claims: list[dict[str, Any]], validator: Validator) -> list[object]:
    return [(result.to_dict(), result.overturned, result.services) for result in validator.validate_many(claims)]


@pytest.mark.parametrize("name", GROUPS)
def test_it_has_the_results_that_it_has_by_itself(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [
        one
        for number, order in enumerate(permutations(GROUPS[name]))
        for day in ("2024-07-15", "2024-07-16", "2023-02-28")
        for one in placed([*order], 3 * number + int(day[-1]), day)
    ]
    met: list[bool] = []
    evaluated = alike._evaluated
    monkeypatch.setattr(alike, "_evaluated", lambda cases: met.append(True) or evaluated(cases))
    found = told(claims, Validator())
    assert 0 < len(met) < len(claims) / len(GROUPS[name])
    monkeypatch.setattr(batches, "met_alike", lambda *_: None)
    assert found == told(claims, Validator())


def test_what_else_may_matter_is_evaluated_by_itself() -> None:
    def summaries(*claims: dict[str, Any]) -> list[Any]:
        placed_claims = placed([*claims], 1, "2024-07-15")
        relating = Validator().relating
        return [relating.summary(Claim.from_dict(one), place) for place, one in enumerate(placed_claims)]

    assert not alike._are_of_one_day(summaries(claim("3044F"), claim("3044F")))
    assert not alike._are_of_one_day(summaries(claim("71046", frequency_code="7"), claim("71046")))
    assert alike._are_of_one_day(summaries(claim("71046"), claim("97110")))
