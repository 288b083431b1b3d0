"""Whatever is given: claims or an InputError, and nothing of a member in what is said."""

from __future__ import annotations

import copy
import gzip
import json
import random
import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io import read_claims

SECRET = "ZEBEDEE"
NUBC = "https://www.nubc.org/CodeSystem"

STARTS = st.sampled_from(
    [b"", b"{", b"[", b"ISA*", b"PAR1", b"ARROW1", b"\xff\xff\xff\xff", b"\x1f\x8b", b"\xff\xfe", b"claim_id,"]
)
TEXTS = st.text(max_size=8) | st.sampled_from(["2024-07-01", "1.5", "99213"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def outcome(data: bytes, **asked: Any) -> list[Claim] | str:
    """The claims, or what is said of the input; everything of it, not only its message."""
    try:
        return list(read_claims(data, name="input", **asked))
    except InputError as error:
        caught = error
    assert caught.__cause__ is None
    assert caught.__suppress_context__ or caught.__context__ is None
    return "".join(traceback.format_exception_only(caught))


@given(STARTS, st.binary(max_size=200))
def test_any_bytes(start: bytes, rest: bytes) -> None:
    outcome(start + rest)
    outcome(gzip.compress(start + rest))


@given(JSON)
def test_any_json(value: object) -> None:
    outcome(json.dumps(value).encode())


RESOURCE = {
    "resourceType": "ExplanationOfBenefit",
    "id": "1",
    "status": "active",
    "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": "7"}],
    "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
    "subType": {"coding": [{"system": f"{NUBC}/TypeOfBill", "code": "0131"}]},
    "contained": [{"resourceType": "Patient", "id": "p", "identifier": [{"value": SECRET}], "gender": "female"}],
    "patient": {"reference": "#p"},
    "insurer": {"identifier": {"value": "P"}},
    "provider": {"reference": "#o", "identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1245319599"}},
    "facility": {"extension": [{"url": "x", "valueCoding": {"system": "y", "code": "1"}}]},
    "billablePeriod": {"start": "2024-07-01", "end": "2024-07-02"},
    "hospitalization": {"start": "2024-07-01"},
    "related": [{"relationship": {"coding": [{"code": "prior"}]}, "claim": {"identifier": {"value": "6"}}}],
    "insurance": [{"preAuthRef": ["1"], "coverage": {"reference": "#c"}}],
    "careTeam": [{"sequence": 1, "provider": {"reference": "#d"}, "role": {"coding": [{"code": "rendering"}]}}],
    "supportingInfo": [
        {"category": {"coding": [{"code": "admissionperiod"}]}, "timingPeriod": {"start": "2024-07-01"}},
        {"code": {"coding": [{"system": f"{NUBC}/OccurrenceCodes", "code": "11"}]}, "timingDate": "2024-07-01"},
        {"code": {"coding": [{"system": f"{NUBC}/ValueCodes", "code": "80"}]}, "valueQuantity": {"value": 1}},
    ],
    "diagnosis": [
        {
            "sequence": 1,
            "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"}]},
            "type": [{"coding": [{"code": "principal"}]}],
            "onAdmission": {"coding": [{"code": "y"}]},
            "extension": [{"url": "clm_poa_ind_sw1", "valueCoding": {"code": "Y"}}],
        }
    ],
    "procedure": [{"procedureCodeableConcept": {"coding": [{"code": "0SG30AJ"}]}, "date": "2024-07-01"}],
    "item": [
        {
            "sequence": 1,
            "diagnosisSequence": [1],
            "careTeamSequence": [1],
            "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
            "modifier": [{"coding": [{"code": "25"}]}],
            "servicedPeriod": {"start": "2024-07-01", "end": "2024-07-01"},
            "quantity": {"value": 1, "unit": "UN"},
            "net": {"value": 125},
            "adjudication": [{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 125}}],
            "detail": [{"productOrService": {"coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "1"}]}}],
        }
    ],
    "total": [{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 125}}],
    "extension": [{"url": "nch_carr_clm_sbmtd_chrg_amt", "valueMoney": {"value": 1}}],
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, item in inner for place in places(item, (*path, name)))]


@given(st.randoms(use_true_random=False), JSON)
def test_any_resource_with_anything_anywhere(generator: random.Random, odd: object) -> None:
    resource = copy.deepcopy(RESOURCE)
    path = generator.choice([place for place in places(resource) if place])
    holder: Any = resource
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = odd
    if resource["resourceType"] == "ExplanationOfBenefit":
        found = outcome(json.dumps(resource).encode())
        assert isinstance(found, list)
        assert len(found) == 1


@given(st.lists(st.lists(SCALARS, max_size=5), max_size=6))
def test_any_cells_under_known_columns(rows: list[list[Any]]) -> None:
    text = "\n".join(",".join(str(cell).replace("\n", " ") for cell in row) for row in rows)
    outcome(f"claim_id,line_number,procedure_code,charge,service_date\n{text}".encode("utf-8", "surrogatepass"))
    objects = [
        dict(zip(("claim_id", "procedure_code", "diagnoses", "modifiers", "charge"), row, strict=False)) for row in rows
    ]
    objects.insert(0, {"claim_id": "1", "procedure_code": "99213"})
    claims = outcome("\n".join(map(json.dumps, objects)).encode())
    assert isinstance(claims, list)
    assert sum(len(claim.lines) for claim in claims) == len(objects)


@pytest.mark.parametrize(
    "text",
    [
        f"Patient {SECRET}, born 1961-01-02",
        f'{{"member_id": "{SECRET}"',
        f'{{"member_id": "{SECRET}", "member_id": "{SECRET}"}}',
        f'{{"claim_id": "1"}}\n{{"{SECRET}": ',
        f'claim_id,procedure_code\n"{SECRET}',
        f"{SECRET},{SECRET}\n1,2",
        f"{SECRET}|claim\n",
        f"\ufeff{SECRET}",
        f"ISA*00*{SECRET}",
        f"PAR1{SECRET}",
        f"<{SECRET}>",
    ],
)
def test_nothing_of_the_input_is_in_what_is_said_of_it(text: str) -> None:
    said = outcome(text.encode())
    assert isinstance(said, str)
    assert SECRET not in said


def test_nothing_of_a_member_is_in_the_problems_of_a_claim() -> None:
    text = f"claim_id,procedure_code,total_charge,{SECRET}\n7,99213,{SECRET},1,{SECRET}\n7,1,1,2,\n,{SECRET},,,"
    claims = outcome(text.encode())
    assert isinstance(claims, list)
    assert len(claims) == 2
    assert SECRET not in str([(claim, claim.problems, claim.source) for claim in claims])
