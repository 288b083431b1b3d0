"""The small values that hang on a claim: diagnoses, inpatient procedures, occurrence and value codes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from claimcheck.claims import reading
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = ["Diagnosis", "InpatientProcedure", "OccurrenceCode", "ValueCode", "diagnoses", "values"]

Text = str | Unreadable | None
V = TypeVar("V", bound="InpatientProcedure | OccurrenceCode | ValueCode")


@attrs.frozen
class Diagnosis:
    """A diagnosis of the claim.

    `code` as billed, with or without its dot; `version` "ICD-10-CM" or "ICD-9-CM"; `role` one of principal,
    admitting, reason_for_visit, external_cause, other; `poa` the present-on-admission indicator (Y N U W 1).

    >>> Diagnosis("E11.9", role="principal")
    Diagnosis(code='E11.9', version='ICD-10-CM', role='principal', poa=None)
    """

    code: Text = attrs.field(default=None, converter=reading.text)
    version: Text = attrs.field(default="ICD-10-CM", converter=reading.text)
    role: Text = attrs.field(default="other", converter=reading.text)
    poa: Text = attrs.field(default=None, converter=reading.text)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)


@attrs.frozen
class InpatientProcedure:
    """A procedure of an inpatient claim: an ICD-10-PCS code and the day it was done."""

    code: Text = attrs.field(default=None, converter=reading.text)
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    version: Text = attrs.field(default="ICD-10-PCS", converter=reading.text)
    role: Text = attrs.field(default="other", converter=reading.text)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)


@attrs.frozen
class OccurrenceCode:
    """An occurrence code of an institutional claim and its day, or its first and last day where it is a span."""

    code: Text = attrs.field(default=None, converter=reading.text)
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    through: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)


@attrs.frozen
class ValueCode:
    """A value code of an institutional claim and its amount."""

    code: Text = attrs.field(default=None, converter=reading.text)
    amount: Decimal | Unreadable | None = attrs.field(default=None, converter=reading.amount)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)


def diagnoses(value: object) -> tuple[Diagnosis | Unreadable, ...]:
    """The diagnoses of a claim, from `Diagnosis` values, mappings and plain codes mixed.

    A plain code at the head of the list, or a mapping without a role, is the principal diagnosis, unless another one
    says that it is.

    >>> [diagnosis.role for diagnosis in diagnoses(["E11.9", "I10"])]
    ['principal', 'other']
    >>> [diagnosis.role for diagnosis in diagnoses([{"code": "E11.9", "role": "other"}, {"code": "I10"}])]
    ['other', 'other']
    """
    if value is None or value == ():
        return ()
    read: tuple[Diagnosis | Unreadable, ...] = reading.items(value, _diagnosis)
    if not read or not isinstance(value, (list, tuple, str)):
        return read
    head = value if isinstance(value, str) else next((item for item in value if item is not None), None)
    if _has_no_role(head) and not any(isinstance(d, Diagnosis) and d.role == "principal" for d in read):
        first = read[0]
        if isinstance(first, Diagnosis):
            plain = _plain(head.strip(), "principal") if isinstance(head, str) else None
            return (plain or attrs.evolve(first, role="principal"), *read[1:])
    return read


@lru_cache(maxsize=16_384)
def _plain(code: str, role: str) -> Diagnosis | None:
    """A plain code as a diagnosis. The same codes come again and again."""
    return Diagnosis(code, role=role) if code else None


def _has_no_role(head: object) -> bool:
    if isinstance(head, Mapping):
        return head.get("code") is not None and head.get("role") is None
    return isinstance(head, str)


def _diagnosis(value: object) -> Diagnosis | Unreadable | None:
    if isinstance(value, Diagnosis):
        return value
    if isinstance(value, str):
        return _plain(value.strip(), "other")
    read: Diagnosis | Unreadable | None = _from_mapping(Diagnosis, value)
    return read


def values(kind: type[V], value: object) -> tuple[V | Unreadable, ...]:
    """A list of `kind` values, from values, mappings, plain codes, or pairs of a code and its date or amount.

    >>> values(ValueCode, [("80", 3), {"code": "A1", "amount": "12.00"}])
    (ValueCode(code='80', amount=Decimal('3')), ValueCode(code='A1', amount=Decimal('12.00')))
    """
    if value is None or value == ():
        return ()

    def one(item: object) -> V | Unreadable | None:
        if isinstance(item, kind):
            return item
        if isinstance(item, str):
            return kind(item) if item.strip() else None
        if isinstance(item, (list, tuple)) and 1 <= len(item) <= len(_names(kind)):
            return kind(*item)
        read: V | Unreadable | None = _from_mapping(kind, item)
        return read

    read: tuple[V | Unreadable, ...] = reading.items(value, one)
    return read


def _from_mapping(kind: type[Any], value: object) -> Any:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return reading.unreadable(value, "a code or an object")
    known, problems = reading.known_keys(value, _names(kind))
    if problems and not known:
        return Unreadable.of(value, expected=f"an object with {', '.join(sorted(_names(kind)))}")
    given = {name: item for name, item in known.items() if item is not None}
    return kind(**given, problems=problems) if problems else kind(**given)


def _names(kind: type[Any]) -> frozenset[str]:
    """The fields that a mapping may give."""
    return frozenset(attrs.fields_dict(kind)) - {"problems"}
