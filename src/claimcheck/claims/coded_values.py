"""Lists of diagnoses and other coded values, from values, mappings, plain codes, and several codes in one text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from claimcheck.claims import keys, list_fields, reading, records, scalars
from claimcheck.claims.aliases import CODED, DIAGNOSIS
from claimcheck.claims.diagnosis import LIST_OF, READERS, Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.unreadable import Problem, Unreadable

__all__ = ["diagnoses", "in_one_text", "values"]

V = TypeVar("V", bound="InpatientProcedure | OccurrenceCode | ValueCode")


def diagnoses(value: Iterable[Diagnosis | Mapping[str, Any] | str] | Any | None) -> tuple[Diagnosis | Unreadable, ...]:
    """The diagnoses of a claim, from a mix of `Diagnosis` values, mappings, and plain codes.

    A plain code at the head of the list, or a mapping without a role, is the principal diagnosis unless another one is
    marked as such.

    >>> [diagnosis.role for diagnosis in diagnoses(["E11.9", "I10"])]
    ['principal', 'other']
    >>> [diagnosis.role for diagnosis in diagnoses([{"code": "E11.9", "role": "other"}, {"code": "I10"}])]
    ['other', 'other']
    """
    if value is None or (type(value) is tuple and not value):
        return ()
    if type(value) is not list and type(value) is not tuple:
        found = records.listed(value)
        value = scalars.plain(value) if found is None else found
    elif {Diagnosis}.issuperset(map(type, value)):
        return tuple(value)
    return _with_principal(value_of(list_fields.items(value, _diagnosis_or_several)), value)


def _with_principal(read: tuple[Diagnosis | Unreadable, ...], value: Any) -> tuple[Diagnosis | Unreadable, ...]:
    """The diagnoses; the first is the principal unless something says otherwise."""
    if not read or not isinstance(value, (list, tuple, str)):
        return read
    head = value if isinstance(value, str) else next((item for item in value if not reading.is_blank(item)), None)
    if not _has_no_role(head) or any(isinstance(one, Diagnosis) and one.role == "principal" for one in read):
        return read
    first = read[0]
    if not isinstance(first, Diagnosis):
        return read
    plain = None if first.problems else _plain(first.code, "principal") if isinstance(head, str) else None
    return (plain or attrs.evolve(first, role="principal"), *read[1:])


@lru_cache(maxsize=16_384)
def _plain(code: str, role: str) -> Diagnosis | None:
    """A plain code as a diagnosis, cached because codes recur."""
    return Diagnosis(code, role=role) if code else None


def _has_no_role(head: object) -> bool:
    if type(head) is str:
        return True
    if type(head) is Diagnosis:
        return False
    given = records.entries(head)
    if given is None:
        return isinstance(scalars.plain(head), str)
    known, _ = keys.known_keys(given, READERS[Diagnosis], DIAGNOSIS)
    return not reading.is_blank(known.get("code")) and reading.is_blank(known.get("role"))


def _diagnosis_or_several(value: object) -> Any:
    """One diagnosis, or several whose codes are in one text."""
    if type(value) is Diagnosis:
        return value
    value = scalars.plain(value)
    if type(value) is str:
        return _of_text(value, lambda code: _plain(code, "other"))
    return _from_mapping(Diagnosis, value)


def _of_text(value: str, make: Callable[[str], Any]) -> Any:
    """The coded value in a text; if there are several, the first notes that."""
    text = value.strip()
    if not list_fields.is_several(text):
        return make(text) if text else None
    several = tuple(map(make, list_fields.split(text)))
    if not several:
        return None if list_fields.is_list(text) else make(text)
    return ReadAs(in_one_text(several), "", several=True)


def in_one_text(several: tuple[Any, ...]) -> tuple[Any, ...]:
    """Coded values that were in one text; the first notes that."""
    if len(several) < 2:
        return several
    first = several[0]
    told = Problem("read_as", field=LIST_OF[type(first)], detail=list_fields.SEVERAL)
    return (attrs.evolve(first, problems=(*first.problems, told)), *several[1:])


def values(kind: type[V], value: object) -> tuple[V | Unreadable, ...]:
    """A list of `kind` values, from values, mappings, plain codes, or pairs of a code and its date or amount.

    >>> values(ValueCode, [("80", 3), {"code": "A1", "amount": "12.00"}])
    (ValueCode(code='80', amount=Decimal('3')), ValueCode(code='A1', amount=Decimal('12.00')))
    """
    if value is None or (type(value) is tuple and not value):
        return ()

    names = _names(kind)

    def one(item: Any) -> Any:
        if type(item) is kind:
            return item
        item = scalars.plain(item)
        if type(item) is str:
            return _of_text(item, kind)
        if type(item) in (list, tuple) and 1 <= len(item) <= len(names):
            return kind(*item)
        if type(item) is int:
            return kind(item)
        return _from_mapping(kind, item)

    read: tuple[V | Unreadable, ...] = value_of(list_fields.items(value, one))
    return read


def _from_mapping(kind: type[Any], value: object) -> Any:
    if value is None or isinstance(value, Unreadable):
        return value
    given = records.entries(value)
    if given is None:
        return reading.unreadable(value, "a code or an object")
    known, problems = keys.known_keys(given, READERS[kind], DIAGNOSIS if kind is Diagnosis else CODED)
    if problems and not known:
        return Unreadable.of(value, expected=f"an object with {', '.join(sorted(_names(kind)))}")
    given = {name: item for name, item in known.items() if item is not None}
    return kind(**given, problems=problems) if problems else kind(**given)


def _names(kind: type[Any]) -> frozenset[str]:
    """The fields that a mapping may have."""
    return frozenset(READERS[kind])
