"""What the rules read of a claim, in values that JSON knows and that say nothing of the member.

Every code that is well formed stands as billed: it is a code, and nobody's name. What is malformed stands by its
outline and by what is wrong with it, which is all that a rule ever sees. A member, a claim id, a free text stand by
whether they are there, and by which are the same. A birth date stands by the latest day on which the member could be
born to be as old on each day of the claim as the member was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import Claim, Diagnosis, Problem, ServiceLine, Unreadable
from claimcheck.claims.unreadable import outline
from claimcheck.codes import (
    bill_type,
    clia,
    hipps,
    icd9cm,
    icd10cm,
    icd10pcs,
    mbi,
    modifier,
    ndc,
    npi,
    parse_procedure,
    place_of_service,
    revenue,
    tax_id,
    taxonomy,
)
from claimcheck.dates import months_later
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.facts.code import read_code

__all__ = ["reads_of"]

Parse = Callable[[object], Any]

#: What an MBI looks like that is nobody's: CMS, Understanding the MBI format, the example of the card.
_ANY_MBI = "1EG4TE5MK73"
_DAY = timedelta(days=1)
#: Stands for a birth or a death that no day of the claim is held against.
_ANY_DAY = date(2000, 1, 1)
_WORDS = frozenset(
    {
        *("professional", "institutional", "practitioner", "asc", "outpatient_hospital", "dme_supplier", "dme"),
        *("icd-10-cm", "icd-9-cm", "icd-10-pcs"),
        *("principal", "admitting", "reason_for_visit", "external_cause", "other"),
    }
)
_CLAIM_CODES: Mapping[str, Parse] = {
    "billing_npi": npi.parse,
    "rendering_npi": npi.parse,
    "billing_taxonomy": taxonomy.parse,
    "rendering_taxonomy": taxonomy.parse,
    "billing_tax_id": tax_id.parse,
    "place_of_service": place_of_service.parse,
    "clia": clia.parse,
}
_LINE_CODES: Mapping[str, Parse] = {
    "revenue_code": revenue.parse,
    "place_of_service": place_of_service.parse,
    "rendering_npi": npi.parse,
    "rendering_taxonomy": taxonomy.parse,
    "ndc": ndc.parse,
    "clia": clia.parse,
}
_READ_APART = frozenset({"source", "problems", "modifiers", "procedure_code", "description", "diagnosis_pointers"})
_THERE = frozenset({"payer_id", "original_claim_id", "prior_authorization"})
_BESIDE = frozenset({"claim_id", "member_id", "birth_date", "death_date", "bill_type", "source", "problems"})
_LISTS = frozenset({"lines", "diagnoses", "procedures", "occurrence_codes", "value_codes", "condition_codes"})


def reads_of(
    claim: Claim, others: Sequence[RecordedLine], known_from: date | None, since: date | None = None
) -> dict[str, Any]:
    """What is read of a claim, and of the member's `others` in a history that knows all from `known_from` on.

    `since` is the day from which on the others were asked for, None where they were not.

    >>> line = {"procedure_code": "SMITH", "units": 1, "service_date": "2024-07-15"}
    >>> claim = Claim(claim_type="professional", member_id="W1234", birth_date="1950-03-31", lines=[line])
    >>> reads = reads_of(claim, (), None)
    >>> reads["claim"]["member_id"], reads["claim"]["birth_date"]
    ('member', '1950-07-15')
    >>> reads["claim"]["lines"][0]["procedure_code"]["outline"]
    'AAAAA'
    """
    names = sorted({*(line.claim for line in others), *([claim.claim_id] if isinstance(claim.claim_id, str) else [])})
    veil = _Veil({name: f"{number:06}" for number, name in enumerate(names)})
    reads: dict[str, Any] = {"claim": veil.claim(claim)}
    if others or known_from is not None:
        reads["history"] = {
            "known_from": None if known_from is None else known_from.isoformat(),
            "since": None if since is None else since.isoformat(),
            "lines": [veil.recorded(line) for line in others],
        }
    return reads


class _Veil:
    """Hides what may not be kept, the same of the same."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._marks: dict[str, int] = {}
        self._texts: dict[str, str] = {}

    def claim(self, claim: Claim) -> dict[str, Any]:
        """The claim's fields."""
        fields = {
            "claim_id": self._names[claim.claim_id] if isinstance(claim.claim_id, str) else _plain(claim.claim_id),
            "member_id": _member(claim.member_id),
            **_life(claim),
            "bill_type": self._bill_type(claim.bill_type),
            "condition_codes": [self._short(code) for code in claim.condition_codes],
            "occurrence_codes": [self._value(one) for one in claim.occurrence_codes],
            "value_codes": [self._value(one) for one in claim.value_codes],
            "procedures": [self._procedure(one) for one in claim.procedures],
            "diagnoses": [self._diagnosis(one) for one in claim.diagnoses],
            "lines": [self._line(line) for line in claim.lines],
            "problems": _problems(claim.problems),
        }
        for field in attrs.fields(Claim):
            if field.name not in _BESIDE and field.name not in _LISTS:
                fields[field.name] = self._field(field.name, getattr(claim, field.name), _CLAIM_CODES)
        return _filled(fields)

    def recorded(self, line: RecordedLine) -> dict[str, Any]:
        """A line of another claim."""
        fields = {field.name: _plain(getattr(line, field.name)) for field in attrs.fields(RecordedLine)}
        fields["claim"] = self._names[line.claim]
        fields["claim_type"] = self._short(line.claim_type)
        fields["modifiers"] = sorted(line.modifiers)
        for name, parse in _CLAIM_CODES.items():
            if name in fields:
                fields[name] = self._code(getattr(line, name), parse)
        return _filled(fields)

    def _line(self, line: ServiceLine) -> dict[str, Any]:
        fields = {
            field.name: self._field(field.name, getattr(line, field.name), _LINE_CODES)
            for field in attrs.fields(ServiceLine)
            if field.name not in _READ_APART
        }
        fields["procedure_code"] = self._code(line.procedure_code, _parse_of(line), icd10cm.parse)
        fields["modifiers"] = [self._code(one, modifier.parse) for one in line.modifiers]
        fields["diagnosis_pointers"] = [_plain(one) for one in line.diagnosis_pointers]
        fields["description"] = self._same(line.description)
        fields["problems"] = _problems(line.problems)
        return _filled(fields)

    def _diagnosis(self, diagnosis: Diagnosis | Unreadable) -> Any:
        if isinstance(diagnosis, Unreadable):
            return _plain(diagnosis)
        parse = icd9cm.parse if diagnosis.version == "ICD-9-CM" else icd10cm.parse
        return self._value(diagnosis, code=self._code(diagnosis.code, parse, parse_procedure))

    def _procedure(self, procedure: Any) -> Any:
        if isinstance(procedure, Unreadable):
            return _plain(procedure)
        parse = icd9cm.parse_procedure if procedure.version == "ICD-9-CM" else icd10pcs.parse
        return self._value(procedure, code=self._code(procedure.code, parse))

    def _value(self, value: Any, **known: Any) -> Any:
        """One of the small values in a claim's lists."""
        if isinstance(value, Unreadable):
            return _plain(value)
        fields = {field.name: self._short(getattr(value, field.name)) for field in attrs.fields(type(value))}
        return _filled({**fields, **known, "problems": _problems(value.problems)})

    def _field(self, name: str, value: object, codes: Mapping[str, Parse]) -> Any:
        if name in codes:
            return self._code(value, codes[name])
        if name in _THERE and isinstance(value, str):
            return "there"
        return self._short(value)

    def _bill_type(self, value: object) -> Any:
        if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isdigit():
            return value  # facility and classification, as an 837I gives them
        return self._code(value, bill_type.parse)

    def _code(self, value: object, *parses: Parse) -> Any:
        """A code as it stands where it is well formed, else its outline and what is wrong with it."""
        if not isinstance(value, str):
            return _plain(value)
        first, *others = [read_code(parse, value) for parse in parses]
        if first or any(others):
            return value
        return {"outline": outline(value), "error": first.error, "mark": self._mark(value)}

    def _short(self, value: object) -> Any:
        """A text of one or two characters, or one of the words of the field, as it stands; else its outline."""
        if not isinstance(value, str) or len(value) <= 2 or value.lower() in _WORDS:
            return _plain(value)
        return {"outline": outline(value), "error": "", "mark": self._mark(value)}

    def _same(self, value: object) -> Any:
        """A free text, by which others are the same."""
        return self._texts.setdefault(value, str(len(self._texts))) if isinstance(value, str) else _plain(value)

    def _mark(self, value: str) -> int:
        return self._marks.setdefault(value, len(self._marks))


def _parse_of(line: ServiceLine) -> Parse:
    """As `rules.facts.line` reads the procedure code's field."""
    department = read_code(revenue.parse, line.revenue_code)
    rate = department.value is not None and department.value.carries_hipps
    return hipps.parse if line.code_qualifier == "HP" or (line.code_qualifier is None and rate) else parse_procedure


def _member(value: object) -> Any:
    if not isinstance(value, str):
        return _plain(value)
    return _ANY_MBI if mbi.is_valid(value) else "member"


def _life(claim: Claim) -> dict[str, Any]:
    """Days of birth and death on which every day of the claim stands to them, in whole years, as to the true ones."""
    birth, death = claim.birth_date, claim.death_date
    days = _days(claim)
    born = _born(birth, days) if isinstance(birth, date) else birth
    died: Any = death
    if isinstance(death, date):
        died = _died(death, days)
    if isinstance(birth, date) and isinstance(death, date) and isinstance(born, date):
        if death < birth:
            died = min(died, born - _DAY)
        elif all(day <= death for day in days):
            died = max(died, born)
        else:
            born = min(born, died)
    return {"birth_date": _plain(born), "death_date": _plain(died)}


def _born(birth: date, days: Iterable[date]) -> date:
    """The latest day of birth that makes the member as old on each of the days; without any, one for all."""
    return min((_latest(day, _age(birth, day)) for day in days), default=_ANY_DAY)


def _latest(day: date, age: int) -> date:
    """The latest day of birth of who is so old on the day; there is none where that day is beyond the calendar."""
    return months_later(day, -12 * age) if day.year - age <= date.max.year else date.max


def _died(death: date, days: Sequence[date]) -> date:
    """The latest day of death that is before the same days; where none comes after it, the last of them."""
    after = [day for day in days if day > death]
    return min(after) - _DAY if after else max(days, default=_ANY_DAY)


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _days(claim: Claim) -> list[date]:
    """All days of the claim that a rule may hold against the member's life."""
    of_lines = (day for line in claim.lines for day in (line.service_date, line.service_date_end))
    given = (claim.statement_from, claim.statement_through, claim.admission_date, claim.discharge_date, *of_lines)
    return [day for day in given if isinstance(day, date)]


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [attrs.asdict(problem) for problem in problems]


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _plain(value: object) -> Any:
    """A value in what JSON knows."""
    if isinstance(value, Unreadable):
        return {"expected": value.expected, "shape": value.shape}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
