"""The claims of a frame as mappings, and as `Claim` values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars

from claimcheck import Claim

__all__ = ["claims", "mappings"]

_OF_CLAIM = (
    "claim_id claim_type payer_id member_id birth_date sex billing_npi billing_tax_id bill_type frequency_code "
    "statement_from statement_through admission_type patient_status received_date total_charge"
)
_NAMED_OTHERWISE = {"claim_rendering_npi": "rendering_npi", "claim_place_of_service": "place_of_service"}
_FIELDS = {**{name: name for name in _OF_CLAIM.split()}, **_NAMED_OTHERWISE}
_OF_LINE = "line_number procedure_code code_qualifier revenue_code service_date units unit_basis charge description"
_LINE_FIELDS = _OF_LINE.split()
_AS_TEXT = polars.selectors.date() | polars.selectors.decimal()


def mappings(frame: polars.DataFrame) -> Iterator[dict[str, Any]]:
    """Each claim as `Claim.from_dict` takes it: days and amounts as text, and no missing value."""
    rows = frame.with_columns(_AS_TEXT.cast(polars.String)).iter_rows(named=True)
    for _, of_claim in groupby(rows, itemgetter("claim_id")):
        yield _mapping([*of_claim])


def claims(frame: polars.DataFrame) -> Iterator[Claim]:
    """Each claim as a value."""
    return map(Claim.from_dict, mappings(frame))


def _mapping(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    claim = {field: first[column] for column, field in _FIELDS.items() if first[column] is not None}
    claim["diagnoses"] = _numbered(first, "diagnosis", 4)
    claim["lines"] = [_line(row) for row in rows]
    return claim


def _line(row: dict[str, Any]) -> dict[str, Any]:
    line = {name: row[name] for name in _LINE_FIELDS if row[name] is not None}
    if modifiers := _numbered(row, "modifier", 3):
        line["modifiers"] = modifiers
    if pointers := _numbered(row, "diagnosis_pointer", 2):
        line["diagnosis_pointers"] = pointers
    return line


def _numbered(row: dict[str, Any], name: str, most: int) -> list[Any]:
    return [value for place in range(1, most + 1) if (value := row[f"{name}_{place}"]) is not None]
