"""Small values of a claim: diagnoses, inpatient procedures, occurrence and value codes."""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
import regex

from claimcheck.claims import amount_fields, code_fields, date_fields, keys, reading, word_fields
from claimcheck.claims.read_as import settling
from claimcheck.claims.unreadable import Problem, Unreadable, shown_if

__all__ = ["Diagnosis", "InpatientProcedure", "OccurrenceCode", "ValueCode"]

Text = str | Unreadable | None


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
    version: Text = attrs.field(default="ICD-10-CM", converter=word_fields.icd_version, repr=_VERSION)
    role: Text = attrs.field(default="other", converter=word_fields.diagnosis_role, repr=_ROLE)
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
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=date_fields.civil_date)
    version: Text = attrs.field(default="ICD-10-PCS", converter=reading.text, repr=_VERSION)
    role: Text = attrs.field(default="other", converter=reading.text, repr=_ROLE)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[InpatientProcedure](self)


@attrs.frozen
class OccurrenceCode:
    """An occurrence code of an institutional claim with its date, or first and last date for a span."""

    code: Text = attrs.field(default=None, converter=code_fields.two_digits, repr=_OF_BILL)
    date: datetime.date | Unreadable | None = attrs.field(default=None, converter=date_fields.civil_date)
    through: datetime.date | Unreadable | None = attrs.field(default=None, converter=date_fields.civil_date)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[OccurrenceCode](self)


@attrs.frozen
class ValueCode:
    """A value code of an institutional claim with its amount."""

    code: Text = attrs.field(default=None, converter=code_fields.two_digits, repr=_OF_BILL)
    amount: Decimal | Unreadable | None = attrs.field(default=None, converter=amount_fields.amount)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        _SETTLE[ValueCode](self)


#: The field of a claim that lists values of a class, and the readers of the class's own fields.
LIST_OF = {
    Diagnosis: "diagnoses",
    InpatientProcedure: "procedures",
    OccurrenceCode: "occurrence_codes",
    ValueCode: "value_codes",
}
READERS = {kind: keys.readers_of(kind, beside={"problems"}) for kind in LIST_OF}
_SETTLE = {kind: settling(READERS[kind], f"{name}.") for kind, name in LIST_OF.items()}
