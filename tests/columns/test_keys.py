"""No field of a claim is forgotten by what tells two claims or lines apart: not by the engine, not by columns.

Whatever a rule may read of a field, two values that differ to it must give two keys. Fields that are in no key stand in
a list here, each with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
import polars as pl
import pytest

from claimcheck import Claim, ServiceLine, Validator
from claimcheck.claims import Diagnosis
from claimcheck.columns.chunk import Chunk
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import grouped, in_order
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.table import ROW, Columns
from claimcheck.engine.judgement import Judgement
from claimcheck.rules.facts.outline_key import outline_key
from frames.tables_of import frame_of

pytestmark = pytest.mark.extended

#: Two values of each field between which a rule could tell.
LINE_VALUES: Mapping[str, tuple[Any, Any]] = {
    "procedure_code": ("99213", "99214"),
    "line_number": (1, "one"),
    "code_qualifier": ("HC", "HP"),
    "modifiers": ([], ["25"]),
    "revenue_code": ("0450", "0510"),
    "service_date": ("2024-07-15", "2019-07-15"),
    "service_date_end": (None, "2024-07-16"),
    "units": (1, 2),
    "unit_basis": ("UN", "MJ"),
    "charge": ("100.00", "0.00"),
    "noncovered_charge": (None, "0.00"),
    "place_of_service": ("11", "21"),
    "diagnosis_pointers": ([1], [2]),
    "rendering_npi": (None, "1234567890"),
    "rendering_taxonomy": (None, "XX"),
    "ndc": (None, "00002322730"),
    "ndc_quantity": (None, 1),
    "ndc_unit": (None, "ML"),
    "result_value": (None, 7),
    "result_date": (None, "2024-07-01"),
    "clia": (None, "XX"),
    "description": (None, "something"),
    "tooth_numbers": ([], ["14"]),
    "tooth_surfaces": ([], ["M"]),
    "oral_cavity": ([], ["10"]),
}
CLAIM_VALUES: Mapping[str, tuple[Any, Any]] = {
    "claim_id": ("A", None),
    "claim_type": ("professional", "institutional"),
    "payer_id": ("P", None),
    "member_id": ("M1", None),
    "birth_date": ("1980-01-01", "2025-01-01"),
    "death_date": (None, "2020-01-01"),
    "sex": ("F", None),  # what it is, is read of whole claims alone
    "billing_npi": ("1234567893", "1234567890"),
    "billing_tax_id": ("123456789", "1"),
    "billing_taxonomy": (None, "XX"),
    "billing_entity_type": (None, "2"),
    "rendering_npi": (None, "1234567890"),
    "rendering_taxonomy": (None, "XX"),
    "provider_kind": (None, "asc"),
    "bill_type": (None, "131"),
    "frequency_code": ("1", "7"),
    "original_claim_id": (None, "B"),
    "submitted_claim_id": (None, "B"),
    "replaced_by_claim_id": (None, "B"),
    "other_claim_id": (None, "B"),
    "place_of_service": ("11", "21"),
    "statement_from": (None, "2024-07-15"),
    "statement_through": (None, "2024-07-15"),
    "admission_date": (None, "2024-07-15"),
    "discharge_date": (None, "2024-07-15"),
    "admission_type": (None, "1"),
    "admission_source": (None, "1"),
    "patient_status": (None, "01"),
    "condition_codes": ([], ["G0"]),
    "occurrence_codes": ([], ["11"]),
    "value_codes": ([], ["80"]),
    "procedures": ([], ["0DB"]),
    "received_date": ("2024-08-01", "2024-07-01"),
    "prior_authorization": (None, "1"),
    "clia": (None, "XX"),
    "delivery_date": (None, "2024-07-15"),
    "diagnoses": ([Diagnosis("I10", role="principal")], [Diagnosis("E119"), Diagnosis("I10")]),
    "total_charge": ("100.00", "90.00"),
    "reporting_only": (None, True),
    "predetermination": (None, True),
    "delay_reason": (None, "8"),
}
NOT_KEYED_ON_A_LINE = {
    "source": "where a line stands is nothing to rules",
    "problems": "see below: they are keyed",
    "line_control_number": "what a provider calls a line is nothing to rules",
}
NOT_KEYED_ON_A_CLAIM = {
    "source": "where a claim stands is nothing to rules",
    "problems": "they are keyed as they are",
    "lines": "each is keyed by itself",
}
NOT_KEYED_IN_COLUMNS = {"claim_id": "a row without one is a claim by itself, and is judged by itself"}


def test_every_field_is_tried_or_is_not_keyed_for_a_reason() -> None:
    assert {*LINE_VALUES, *NOT_KEYED_ON_A_LINE} == {field.name for field in attrs.fields(ServiceLine)}
    assert {*CLAIM_VALUES, *NOT_KEYED_ON_A_CLAIM} == {field.name for field in attrs.fields(Claim)}


def claim_with(of_claim: Mapping[str, Any], of_line: Mapping[str, Any]) -> Claim:
    line = {name: one for name, (one, _) in LINE_VALUES.items()} | dict(of_line)
    return Claim(**({name: one for name, (one, _) in CLAIM_VALUES.items()} | dict(of_claim)), lines=[line])


VALIDATOR = Validator()


def in_the_engine(claim: Claim) -> tuple[Any, ...]:
    """What the engine has of a claim: which facts of which setting and line, which diagnoses, and its outline's key."""
    judgement = Judgement(claim, VALIDATOR.workshop, claim.received_date, None)
    outline = outline_key(
        claim, judgement.frame, judgement.compiled.outline, judgement.diagnoses.outline, asks_for_mbi=False
    )
    return id(judgement.setting), id(judgement.lines[0].facts), tuple(map(id, judgement.diagnoses.each)), outline


def in_columns(*claims: Claim) -> list[Any]:
    """What columns tell each claim by; None of those that are judged by themselves."""
    frame = frame_of(claims)
    columns = Columns.of(frame.columns, None)
    fields = Fields(columns)
    rows = frame.select(columns.names).with_row_index(ROW, 1).cast({ROW: pl.Int64})
    rows = in_order(grouped(rows, columns), columns)
    chunk = ChunkEvaluation(
        Engine(ClaimByClaim(columns, VALIDATOR, None), fields),
        Chunk.of(rows, fields),
        np.zeros(len(claims), bool),
        ResultRows.nothing(),
    )
    chunk.evaluate()
    return chunk.keys()


CASES = [
    *(pytest.param({}, {name: values}, id=f"line {name}") for name, values in LINE_VALUES.items()),
    *(pytest.param({name: values}, {}, id=f"claim {name}") for name, values in CLAIM_VALUES.items()),
    pytest.param({"billing_taxonomy": ("207Q00000X", "193200000X")}, {}, id="claim of a group by its taxonomy"),
    pytest.param(
        {"billing_entity_type": ("2", "2"), "rendering_npi": (None, "1245319599")}, {}, id="claim of a group that names"
    ),
]


@pytest.mark.parametrize(("of_claim", "of_line"), CASES)
def test_two_values_give_two_keys(of_claim: dict[str, Any], of_line: dict[str, Any]) -> None:
    one, other = (
        claim_with({name: some[which] for name, some in of_claim.items()}, {n: v[which] for n, v in of_line.items()})
        for which in (0, 1)
    )
    assert in_the_engine(one) != in_the_engine(other)
    if NOT_KEYED_IN_COLUMNS.keys() & of_claim.keys():
        return
    found = in_columns(attrs.evolve(one, claim_id="1"), attrs.evolve(other, claim_id=other.claim_id and "2"))
    assert found[0] is not None
    assert found[0] != found[1]


def test_two_claims_of_the_same_values_have_one_key() -> None:
    one, other = in_columns(*(attrs.evolve(claim_with({}, {}), claim_id=name) for name in "AB"))
    assert one == other
    assert one is not None
    assert in_the_engine(claim_with({}, {})) == in_the_engine(claim_with({}, {}))
