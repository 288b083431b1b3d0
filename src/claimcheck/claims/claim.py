"""A claim: what one provider bills for one member, as service lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
from attrs import field

from claimcheck.claims import (
    amount_fields,
    code_fields,
    code_list_fields,
    date_fields,
    keys,
    reading,
    records,
    word_fields,
)
from claimcheck.claims.aliases import CLAIM
from claimcheck.claims.coded_values import diagnoses as read_diagnoses
from claimcheck.claims.coded_values import values
from claimcheck.claims.diagnosis import Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode
from claimcheck.claims.json_text import object_in
from claimcheck.claims.quick import maker
from claimcheck.claims.read_as import settling
from claimcheck.claims.service_line import ServiceLine
from claimcheck.claims.source import Source
from claimcheck.claims.unreadable import Problem, Unreadable, shape
from claimcheck.guesses import hinted

__all__ = ["CLAIM_TYPES", "Claim"]

CLAIM_TYPES = ("professional", "institutional", "dental")
"""Claim types: professional (837P, CMS-1500), institutional (837I, UB-04), dental (837D, ADA claim form)."""

Text = str | Unreadable | None
Values = Mapping[str, Any]
Date = datetime.date | Unreadable | None
Amount = Decimal | Unreadable | None


def _service_lines(value: Iterable[ServiceLine | Values] | Any | None) -> tuple[ServiceLine, ...]:
    if value is None:
        return ()
    if type(value) is tuple and {ServiceLine}.issuperset(map(type, value)):
        return value
    if type(value) is not list and type(value) is not tuple:
        found = records.listed(value)
        value = (value,) if found is None else found
    return tuple([ServiceLine.from_dict(line) for line in value])


def _occurrence_codes(
    value: Iterable[OccurrenceCode | Values | str] | Any | None,
) -> tuple[OccurrenceCode | Unreadable, ...]:
    return values(OccurrenceCode, value)


def _value_codes(value: Iterable[ValueCode | Values] | Any | None) -> tuple[ValueCode | Unreadable, ...]:
    return values(ValueCode, value)


def _procedures(
    value: Iterable[InpatientProcedure | Values | str] | Any | None,
) -> tuple[InpatientProcedure | Unreadable, ...]:
    return values(InpatientProcedure, value)


_GUESSED = {
    "copy": "attrs.evolve(claim, claim_id=...)",
    "replace": "attrs.evolve(claim, claim_id=...)",
    "service_lines": "lines",
    "to_dict": "attrs.asdict(claim)",
    "validate": "claimcheck.validate_claim(claim)",
}


@hinted(_GUESSED, made="Claim.from_dict({...}) takes other names, JSON and records too")
@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Claim:
    """A claim, as billed. Any field may be missing (None), or `Unreadable` if its value cannot be read.

    `claim_type` is "professional", "institutional", or "dental"; `provider_kind` is the kind of billing provider, where
    tables differ by it ("practitioner", "asc", "outpatient_hospital", "dme_supplier", ...), and `billing_entity_type`
    says whether that provider is a person ("1") or an organization ("2"), as X12 NM102 and NPPES do; `bill_type` is the
    type of bill as on paper ("0131") or only facility and classification ("13"); `received_date` is the day the payer
    received the claim, and `delay_reason` why that was late (X12 CLM20); `delivery_date` is the end of a pregnancy;
    `reporting_only` says that it was sent for reporting (X12 BHT06 = RP); `predetermination` says that it bills
    nothing, and asks what would be paid (X12 CLM19 = PB). `original_claim_id` is the claim that this one replaces or
    voids (X12 REF*F8), `submitted_claim_id` the claim as the provider sent it, if this one is the payer's record of it
    (FHIR `ExplanationOfBenefit.claim`), `replaced_by_claim_id` the claim that replaced this one, and `other_claim_id`
    another id that claims may use for this one (the payer's control number, a FHIR reference). A plain string is
    accepted wherever a `Diagnosis` is, and a mapping wherever a value is.

    Its `repr` shows nothing about the member.

    >>> claim = Claim(claim_type="professional", diagnoses=["I10"], lines=[{"procedure_code": "99213", "units": 1}])
    >>> claim
    Claim(claim_type='professional', diagnoses=1, lines=1)
    >>> claim.total_charge is None
    True
    """

    claim_id: Text = field(default=None, converter=reading.member_text)
    claim_type: Text = field(default=None, converter=word_fields.claim_type)
    payer_id: Text = field(default=None, converter=reading.identifier)
    member_id: Text = field(default=None, converter=reading.member_text)
    birth_date: Date = field(default=None, converter=date_fields.birth_date)
    death_date: Date = field(default=None, converter=date_fields.member_date)
    sex: Text = field(default=None, converter=word_fields.sex)
    billing_npi: Text = field(default=None, converter=code_fields.npi)
    billing_tax_id: Text = field(default=None, converter=code_fields.tax_id)
    billing_taxonomy: Text = field(default=None, converter=reading.text)
    billing_entity_type: Text = field(default=None, converter=word_fields.entity_type)
    rendering_npi: Text = field(default=None, converter=code_fields.npi)
    rendering_taxonomy: Text = field(default=None, converter=reading.text)
    provider_kind: Text = field(default=None, converter=reading.text)
    bill_type: Text = field(default=None, converter=code_fields.bill_type)
    frequency_code: Text = field(default=None, converter=code_fields.one_digit)
    original_claim_id: Text = field(default=None, converter=reading.member_text)
    submitted_claim_id: Text = field(default=None, converter=reading.member_text)
    replaced_by_claim_id: Text = field(default=None, converter=reading.member_text)
    other_claim_id: Text = field(default=None, converter=reading.member_text)
    place_of_service: Text = field(default=None, converter=code_fields.two_digits)
    statement_from: Date = field(default=None, converter=date_fields.civil_date)
    statement_through: Date = field(default=None, converter=date_fields.civil_date)
    admission_date: Date = field(default=None, converter=date_fields.civil_date)
    discharge_date: Date = field(default=None, converter=date_fields.civil_date)
    admission_type: Text = field(default=None, converter=code_fields.one_digit)
    admission_source: Text = field(default=None, converter=code_fields.one_digit)
    patient_status: Text = field(default=None, converter=code_fields.two_digits)
    condition_codes: tuple[str | Unreadable, ...] = field(default=(), converter=code_list_fields.condition_codes)
    occurrence_codes: tuple[OccurrenceCode | Unreadable, ...] = field(default=(), converter=_occurrence_codes)
    value_codes: tuple[ValueCode | Unreadable, ...] = field(default=(), converter=_value_codes)
    procedures: tuple[InpatientProcedure | Unreadable, ...] = field(default=(), converter=_procedures)
    received_date: Date = field(default=None, converter=date_fields.civil_date)
    prior_authorization: Text = field(default=None, converter=reading.member_text)
    clia: Text = field(default=None, converter=reading.text)
    delivery_date: Date = field(default=None, converter=date_fields.civil_date)
    diagnoses: tuple[Diagnosis | Unreadable, ...] = field(default=(), converter=read_diagnoses)
    lines: tuple[ServiceLine, ...] = field(default=(), converter=_service_lines)
    total_charge: Amount = field(default=None, converter=amount_fields.amount)
    reporting_only: bool | Unreadable | None = field(default=None, converter=reading.flag)
    predetermination: bool | Unreadable | None = field(default=None, converter=reading.flag)
    delay_reason: Text = field(default=None, converter=code_fields.delay_reason)
    source: Source | None = field(default=None, eq=False)
    problems: tuple[Problem, ...] = field(default=(), converter=reading.problems)

    def __attrs_post_init__(self) -> None:
        _settle(self)

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any] | str | Any) -> Claim:
        """The claim in a mapping of field names to values, whose lines and diagnoses may be mappings too.

        Names are the fields' own, or others that billing people use (see `claimcheck.claims.aliases`). An instance of
        an attrs, dataclass, or pydantic class counts as a mapping, and so does the JSON text of an object. Never
        raises: any value gives a claim, and what is wrong with it becomes findings when it is validated.

        >>> Claim.from_dict('{"claim_type": "professional", "lines": [{"cpt": "99213"}]}')
        Claim(claim_type='professional', diagnoses=0, lines=1)

        >>> Claim.from_dict([]).problems
        (Problem(kind='not_an_object', field=None, detail='a list'),)
        """
        if issubclass(type(mapping), Claim):
            return mapping  # type: ignore[return-value] # by its type alone: it may make up its `__class__`
        given = records.entries(mapping)
        return _of_text(mapping) if given is None else _of_fields(given)

    def __repr__(self) -> str:
        kind = self.claim_type
        if isinstance(kind, str) and kind.lower() not in CLAIM_TYPES:
            expected = "professional, institutional or dental"
            kind = Unreadable.of(kind, expected=expected)  # any content may be member data
        return f"Claim(claim_type={kind!r}, diagnoses={len(self.diagnoses)}, lines={len(self.lines)})"


def _of_fields(given: Mapping[Any, Any]) -> Claim:
    if "resourceType" in given and "lines" not in given:  # no field of it is one of a claim here
        return Claim(problems=(Problem("not_an_object", detail="a FHIR resource"),))
    return _claim(**keys.fields(given, _READERS, CLAIM))


def _of_text(value: object) -> Claim:
    """The claim in a JSON text; anything else gives a claim in which nothing can be read."""
    found, fault = object_in(value)
    if found is not None:
        return _of_fields(found)
    what = fault or ("a data frame" if records.is_frame(value) else shape(value))
    return Claim(problems=(Problem("not_an_object", detail=what),))


_READERS = keys.readers_of(Claim, beside={"source", "problems"})
_settle = settling(_READERS)
_claim = maker(Claim)
