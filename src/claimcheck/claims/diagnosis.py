"""Small values of a claim: diagnoses, inpatient procedures, occurrence and value codes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import attrs
import regex

from claimcheck.claims import code_fields, keys, reading, scalars
from claimcheck.claims.aliases import CODED, DIAGNOSIS
from claimcheck.claims.read_as import ReadAs, settling, value_of
from claimcheck.claims.unreadable import Problem, Unreadable, shown_if

__all__ = ["Diagnosis", "InpatientProcedure", "OccurrenceCode", "ValueCode", "diagnoses", "in_one_text", "values"]

Text = str | Unreadable | None
V = TypeVar("V", bound="InpatientProcedure | OccurrenceCode | ValueCode")


def _is_diagnosis(text: str) -> bool:
    from claimcheck.codes import icd9cm, icd10cm

    return icd10cm.is_valid(text) or icd9cm.is_valid(text)


def _is_procedure(text: str) -> bool:
    from claimcheck.codes import icd9cm, icd10pcs

    return icd10pcs.is_valid(text) or icd9cm.is_valid_procedure(text)


_VERSION = shown_if(frozenset({"ICD-9-CM", "ICD-10-CM", "ICD-10-PCS"}).__contains__, "a code set")
_ROLES = frozenset({"principal", "admitting", "reason_for_visit", "external_cause", "other"})
_ROLE = shown_if(_ROLES.__contains__, "a role")
_OF_BILL = shown_if(regex.compile("[0-9A-Za-z]{2}").fullmatch, "two letters or digits")


@attrs.frozen
class Diagnosis:
    """A diagnosis of the claim.

    `code` as billed, with or without its dot; `version` "ICD-10-CM" or "ICD-9-CM"; `role` one of principal,
    admitting, reason_for_visit, external_cause, other; `poa` the present-on-admission indicator (Y N U W 1).

    Its `repr` shows a text that is no code by its outline alone.

    >>> Diagnosis("E11.9", role="principal")
    Diagnosis(code='E11.9', version='ICD-10-CM', role='principal', poa=None)
    >>> Diagnosis("JANE DOE")  # doctest: +ELLIPSIS
    Diagnosis(code=Unreadable(expected='a diagnosis code', shape='text of 8: AAAA AAA'), version='ICD-10-CM', ...)
    """

    code: Text = attrs.field(
        default=None, converter=code_fields.diagnosis_code, repr=shown_if(_is_diagnosis, "a diagnosis code")
    )
    version: Text = attrs.field(default="ICD-10-CM", converter=reading.icd_version, repr=_VERSION)
    role: Text = attrs.field(default="other", converter=reading.diagnosis_role, repr=_ROLE)
    poa: Text = attrs.field(
        default=None, converter=code_fields.one_digit, repr=shown_if(lambda text: len(text) == 1, "one letter or digit")
    )
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[Diagnosis](self)


@attrs.frozen
class InpatientProcedure:
    """A procedure on an inpatient claim: an ICD-10-PCS code and its date."""

    code: Text = attrs.field(
        default=None, converter=code_fields.diagnosis_code, repr=shown_if(_is_procedure, "a procedure code")
    )
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    version: Text = attrs.field(default="ICD-10-PCS", converter=reading.text, repr=_VERSION)
    role: Text = attrs.field(default="other", converter=reading.text, repr=_ROLE)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[InpatientProcedure](self)


@attrs.frozen
class OccurrenceCode:
    """An occurrence code of an institutional claim with its date, or first and last date for a span."""

    code: Text = attrs.field(default=None, converter=code_fields.two_digits, repr=_OF_BILL)
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    through: datetime.date | Unreadable | None = attrs.field(default=None, converter=reading.civil_date)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[OccurrenceCode](self)


@attrs.frozen
class ValueCode:
    """A value code of an institutional claim with its amount."""

    code: Text = attrs.field(default=None, converter=code_fields.two_digits, repr=_OF_BILL)
    amount: Decimal | Unreadable | None = attrs.field(default=None, converter=reading.amount)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[ValueCode](self)


_LIST_OF = {
    Diagnosis: "diagnoses",
    InpatientProcedure: "procedures",
    OccurrenceCode: "occurrence_codes",
    ValueCode: "value_codes",
}
_READERS = {kind: keys.readers_of(kind, beside={"problems"}) for kind in _LIST_OF}
_SETTLE = {kind: settling(_READERS[kind], f"{name}.") for kind, name in _LIST_OF.items()}


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
        found = scalars.listed(value)
        value = scalars.plain(value) if found is None else found
    elif {Diagnosis}.issuperset(map(type, value)):
        return tuple(value)
    return _with_principal(value_of(reading.items(value, _diagnosis_or_several)), value)


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
    given = scalars.entries(head)
    if given is None:
        return isinstance(scalars.plain(head), str)
    known, _ = keys.known_keys(given, _readers(Diagnosis), DIAGNOSIS)
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
    if not reading.is_several(text):
        return make(text) if text else None
    several = tuple(map(make, reading.split(text)))
    if not several:
        return None if reading.is_list(text) else make(text)
    return ReadAs(in_one_text(several), "", several=True)


def in_one_text(several: tuple[Any, ...]) -> tuple[Any, ...]:
    """Coded values that were in one text; the first notes that."""
    if len(several) < 2:
        return several
    first = several[0]
    told = Problem("read_as", field=_LIST_OF[type(first)], detail=reading.SEVERAL)
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

    read: tuple[V | Unreadable, ...] = value_of(reading.items(value, one))
    return read


def _from_mapping(kind: type[Any], value: object) -> Any:
    if value is None or isinstance(value, Unreadable):
        return value
    given = scalars.entries(value)
    if given is None:
        return reading.unreadable(value, "a code or an object")
    known, problems = keys.known_keys(given, _readers(kind), DIAGNOSIS if kind is Diagnosis else CODED)
    if problems and not known:
        return Unreadable.of(value, expected=f"an object with {', '.join(sorted(_names(kind)))}")
    given = {name: item for name, item in known.items() if item is not None}
    return kind(**given, problems=problems) if problems else kind(**given)


def _readers(kind: type[Any]) -> keys.Readers:
    return _READERS[kind]


def _names(kind: type[Any]) -> frozenset[str]:
    """The fields that a mapping may have."""
    return frozenset(_READERS[kind])
