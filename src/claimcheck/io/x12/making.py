"""Claims and service lines from the fields of their loops; values that repeat are read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import attrs

from claimcheck.claims import Claim, ServiceLine
from claimcheck.claims.quick import builder, maker, reader

__all__ = ["made_claim", "made_line"]

#: Fields whose values repeat often and are texts, or tuples of texts: what is read of them is cached.
_OF_CLAIMS = (
    *("claim_type", "payer_id", "sex", "billing_npi", "billing_tax_id", "billing_taxonomy"),
    *("billing_entity_type", "rendering_npi"),
    *("rendering_taxonomy", "bill_type", "frequency_code", "place_of_service", "statement_from", "statement_through"),
    *("admission_date", "discharge_date", "admission_type", "admission_source", "patient_status", "clia"),
    *("total_charge", "reporting_only", "predetermination", "delay_reason"),
)


def _remembering(kind: type[Any], fields: Iterable[str]) -> dict[str, Callable[[Any], Any]]:
    converters = {field.name: field.converter for field in attrs.fields(kind)}
    return {name: lru_cache(maxsize=4_096)(converters[name]) for name in fields}


made_claim = builder(Claim, _remembering(Claim, _OF_CLAIMS))
_service_line = maker(ServiceLine, positional=True)
_read_line = reader(ServiceLine, _remembering(ServiceLine, ("line_number", "service_date", "charge", "modifiers")))
_SOURCE = [field.name for field in attrs.fields(ServiceLine)].index("source")


def made_line(fields: dict[str, Any]) -> ServiceLine:
    """The service line of a 2400 loop."""
    source = fields.pop("source")
    read = _read_alike(tuple(fields), tuple(fields.values())).copy()
    read[_SOURCE] = source
    return _service_line(*read)


@lru_cache(maxsize=16_384)
def _read_alike(names: tuple[str, ...], values: tuple[Any, ...]) -> list[Any]:
    """The fields of a line except its source: many lines equal an earlier one."""
    return _read_line(names, values)
