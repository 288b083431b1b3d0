"""A digest of what a policy decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from claimcheck.policies.dated import Dated
from claimcheck.policies.spans import CodeSpans

__all__ = ["digest"]


def digest(parameters: Iterable[tuple[str, Sequence[Dated]]]) -> str:
    """The same in every process for parameters by key with the same values, dates, and references."""
    parts = [
        (key, [(str(entry.start), _plain(entry.value), entry.reference) for entry in entries])
        for key, entries in parameters
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A policy value in JSON-compatible form, the same in every process: sets have no fixed order."""
    if attrs.has(type(value)) and not isinstance(value, CodeSpans):
        return [[field.name, _plain(getattr(value, field.name))] for field in attrs.fields(type(value))]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, (tuple, CodeSpans)):
        return [_plain(item) for item in value]
    return str(value)
