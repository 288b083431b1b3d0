"""Claims as tables of lines, in the layout `claimcheck`: all that a claim says, spelled as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Claim, Diagnosis, ServiceLine, Unreadable

_OF_BOTH = ("place_of_service", "rendering_npi", "rendering_taxonomy", "clia")
_NOT_WRITTEN = ("lines", "diagnoses", "source", "problems", "procedures", "occurrence_codes", "value_codes")


def frame_of(claims: Iterable[Claim | Mapping[str, Any]]) -> pl.DataFrame:
    """A row for each line. Claims without a claim id are given one, or their lines would be claims."""
    rows = [row for place, claim in enumerate(claims) for row in _rows(Claim.from_dict(claim), f"claim {place}")]
    names = list(dict.fromkeys(name for row in rows for name in row))
    names += [name for name in ("claim_id", "procedure_code") if name not in names]
    return pl.DataFrame(
        [[row.get(name) for name in names] for row in rows], dict.fromkeys(names, pl.String), orient="row"
    )


def _rows(claim: Claim, name: str) -> Iterable[dict[str, str | None]]:
    header = {f"claim_{field}" if field in _OF_BOTH else field: cell for field, cell in _cells(claim).items()}
    header["claim_id"] = header.get("claim_id") or name
    for number, diagnosis in enumerate(claim.diagnoses, 1):
        if isinstance(diagnosis, Diagnosis):
            header[f"diagnosis_{number}"] = _cell(diagnosis.code) or "?"
            header[f"diagnosis_{number}_role"] = _cell(diagnosis.role)
            header[f"diagnosis_{number}_poa"] = _cell(diagnosis.poa)
            if diagnosis.version != "ICD-10-CM":
                header["diagnosis_version"] = _cell(diagnosis.version)
    for field in ("procedures", "occurrence_codes", "value_codes"):
        for number, item in enumerate(getattr(claim, field), 1):
            header |= _coded(field, number, item)
    for line in claim.lines:
        yield {**header, **_cells(line)}


def _coded(field: str, number: int, item: Any) -> dict[str, str | None]:
    if isinstance(item, Unreadable):
        return {}
    name = f"{field.removesuffix('s')}_{number}"
    cells = {name: _cell(item.code)}
    for part in ("date", "through", "amount"):
        if getattr(item, part, None) is not None:
            cells[f"{name}_{part}"] = _cell(getattr(item, part))
    return cells


def _cells(value: Claim | ServiceLine) -> dict[str, str | None]:
    fields = (field.name for field in attrs.fields(type(value)) if field.name not in _NOT_WRITTEN)
    return {field: _cell(getattr(value, field)) for field in fields if getattr(value, field) not in (None, ())}


def _cell(value: Any) -> str | None:
    """What cannot be read is something else that cannot be read."""
    if value is None:
        return None
    if isinstance(value, Unreadable):
        return "??"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(filter(None, map(_cell, value)))
    return str(value)
