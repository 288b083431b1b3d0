"""What rules read of a claim, as JSON values that say nothing about the member.

Well-formed codes are kept as billed: they are codes, and nobody's name. A malformed code is kept as its outline and
what is wrong with it, which is all a rule ever sees. Members, claim ids and free text are kept only as present or
absent, and as equal or different. A birth date is kept as an age on a day of the claim, chosen so that the member's age
on every day of the claim is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs

from claimcheck.claims import (
    Claim,
    Diagnosis,
    InpatientProcedure,
    OccurrenceCode,
    Problem,
    ServiceLine,
    Unreadable,
    ValueCode,
)
from claimcheck.claims.billed import code_parser
from claimcheck.claims.unreadable import outline
from claimcheck.codes import (
    bill_type,
    clia,
    icd9cm,
    icd10cm,
    icd10pcs,
    mbi,
    modifier,
    ndc,
    npi,
    oral_cavity,
    parse_procedure,
    place_of_service,
    revenue,
    tax_id,
    taxonomy,
    tooth,
    tooth_surface,
)
from claimcheck.dates import months_later
from claimcheck.engine.duplicates import Twins
from claimcheck.history.recorded import RecordedLine, SettledLine
from claimcheck.rules.facts.code import read_code

__all__ = ["reads_of"]

Parse = Callable[[object], Any]

#: An MBI that matches the pattern (CMS, Understanding the MBI format) and belongs to nobody: all its letters are A, all
#: its digits 0.
_ANY_MBI = "1AA0A00AA00"
_DAY = timedelta(days=1)
#: Stands for a birth or death that no day of the claim is compared with.
_ANY_DAY = date(2000, 1, 1)
_WORDS = frozenset(
    {
        *(
            "professional",
            "institutional",
            "dental",
            "practitioner",
            "asc",
            "outpatient_hospital",
            "dme_supplier",
            "dme",
        ),
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
#: Lists of codes on a line.
_LINE_LISTS: Mapping[str, Parse] = {
    "modifiers": modifier.parse,
    "tooth_numbers": tooth.parse,
    "tooth_surfaces": tooth_surface.parse,
    "oral_cavity": oral_cavity.parse,
}
_READ_APART = frozenset({"source", "problems", "procedure_code", "description", "diagnosis_pointers", *_LINE_LISTS})
_READ_APART |= {"line_control_number"}  # the provider's own number, which no rule reads
_THERE = frozenset(
    {
        *("payer_id", "original_claim_id", "submitted_claim_id", "replaced_by_claim_id", "other_claim_id"),
        "prior_authorization",
    }
)
_BESIDE = frozenset({"claim_id", "member_id", "birth_date", "death_date", "bill_type", "source", "problems"})
_LISTS = frozenset({"lines", "diagnoses", "procedures", "occurrence_codes", "value_codes", "condition_codes"})
_OF_CLAIM = tuple(field.name for field in attrs.fields(Claim) if field.name not in _BESIDE | _LISTS)
_OF_LINE = tuple(field.name for field in attrs.fields(ServiceLine) if field.name not in _READ_APART)
_OF_BILLS = frozenset({"billing_digest", "frequency_code", "is_record"})  # which tell bills apart, and no rule reads
_OF_RECORDED = tuple(field.name for field in attrs.fields(RecordedLine) if field.name not in _OF_BILLS)
_OF_VALUES = {
    kind: tuple(field.name for field in attrs.fields(kind))
    for kind in (Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode)
}
_claim_values: Callable[[Claim], tuple[object, ...]] = attrgetter(*_OF_CLAIM)
_line_values: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_OF_LINE)


def reads_of(
    claim: Claim,
    others: Sequence[RecordedLine],
    known_from: date | None,
    since: date | None = None,
    *,
    counted: Sequence[tuple[str, date, bool]] = (),
    same_provider: str | None = None,
    twins: Callable[[], Mapping[tuple[str, int], Twins]] = dict,
    superseded: bool = False,
    may_grow: bool = False,
    unknown_original: bool = False,
) -> dict[str, Any]:
    """What is read of a claim, and of the member's `others` in a history that is complete from `known_from` on.

    `since` is the day from which the others were requested, None if they were not; `counted` says for which codes they
    were requested for a limit, from which day on, and whether all of them are included. `same_provider` says how
    providers were distinguished, if only those of the claim's own were requested. `twins` says which lines of the claim
    bill exactly what one of the others bills. `may_grow` says that more may have followed, `unknown_original` that some
    were left out that may be versions of the same bill, `superseded` that another version of the bill replaced the
    claim.

    >>> line = {"procedure_code": "SMITH", "units": 1, "service_date": "2024-07-15"}
    >>> claim = Claim(claim_type="professional", member_id="W1234", birth_date="1950-03-31", lines=[line])
    >>> reads = reads_of(claim, (), None)
    >>> reads["claim"]["member_id"], reads["claim"]["birth_date"]
    ('member', {'on': '2024-07-15', 'years': 74})
    >>> reads["claim"]["lines"][0]["procedure_code"]["outline"]
    'AAAAA'
    """
    names = sorted({*(line.claim for line in others), *([claim.claim_id] if isinstance(claim.claim_id, str) else [])})
    veil = _Veil({name: f"{number:06}" for number, name in enumerate(names)})
    reads: dict[str, Any] = {"claim": veil.claim(claim)}
    if superseded:
        reads["superseded"] = True
    if others or known_from is not None or may_grow or unknown_original:
        alike = twins()
        reads["history"] = {
            "known_from": None if known_from is None else known_from.isoformat(),
            "since": None if since is None else since.isoformat(),
            "lines": [veil.recorded(line, alike.get((line.claim, line.position))) for line in others],
            **({} if same_provider is None else {"same_provider": str(same_provider)}),
            **({"counted": [[codes, day.isoformat(), whole] for codes, day, whole in counted]} if counted else {}),
            **({"may_grow": True} if may_grow else {}),
            **({"unknown_original": True} if unknown_original else {}),
        }
    return reads


class _Veil:
    """Replaces what may not be kept, equal values by equal ones."""

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
        for name, value in zip(_OF_CLAIM, _claim_values(claim), strict=True):
            if value is not None:
                fields[name] = self._field(name, value, _CLAIM_CODES)
        return _filled(fields)

    def recorded(self, line: RecordedLine, twins: Twins | None = None) -> dict[str, Any]:
        """A line of another claim; in place of its billing digest, the lines of the claim that are its duplicates
        (`twins`)."""
        fields = {name: _plain(getattr(line, name)) for name in _OF_RECORDED}
        fields["claim"] = self._names[line.claim]
        fields["claim_type"] = self._short(line.claim_type)
        fields["modifiers"] = sorted(line.modifiers)
        if twins is not None:
            fields["twins"], fields["came_first"] = sorted(twins.own), twins.first
        if isinstance(line, SettledLine):
            fields["settled"] = str(line.settled)
        for name, parse in _CLAIM_CODES.items():
            if name in fields:
                fields[name] = self._code(getattr(line, name), parse)
        return _filled(fields)

    def _line(self, line: ServiceLine) -> dict[str, Any]:
        fields = {
            name: self._field(name, value, _LINE_CODES)
            for name, value in zip(_OF_LINE, _line_values(line), strict=True)
            if value is not None
        }
        fields["procedure_code"] = self._code(line.procedure_code, _parse_of(line), icd10cm.parse)
        for name, parse in _LINE_LISTS.items():
            fields[name] = [self._code(one, parse) for one in getattr(line, name)]
        fields["diagnosis_pointers"] = [_plain(one) for one in line.diagnosis_pointers]
        if line.description is not None:
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
        names = _OF_VALUES[type(value)]
        fields = {name: known[name] if name in known else self._short(getattr(value, name)) for name in names}
        return _filled({**fields, "problems": _problems(value.problems)})

    def _field(self, name: str, value: object, codes: Mapping[str, Parse]) -> Any:
        if name in codes:
            return self._code(value, codes[name])
        if name in _THERE and isinstance(value, str):
            return "there"
        return self._short(value)

    def _bill_type(self, value: object) -> Any:
        if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isdigit():
            return value  # facility and classification, as in an 837I
        return self._code(value, bill_type.parse)

    def _code(self, value: object, *parses: Parse) -> Any:
        """A well-formed code as it is; otherwise its outline and what is wrong with it."""
        if not isinstance(value, str):
            return _plain(value)
        for parse in parses:
            if read_code(parse, value):
                return value
        return {"outline": outline(value), "error": read_code(parses[0], value).error, "mark": self._mark(value)}

    def _short(self, value: object) -> Any:
        """A text of one or two characters, or a word of the field, as it is; otherwise its outline."""
        if value is None:
            return None
        if not isinstance(value, str) or len(value) <= 2 or value.lower() in _WORDS:
            return _plain(value)
        return {"outline": outline(value), "error": "", "mark": self._mark(value)}

    def _same(self, value: object) -> Any:
        """Free text, as a value that only tells equal from different."""
        return self._texts.setdefault(value, str(len(self._texts))) if isinstance(value, str) else _plain(value)

    def _mark(self, value: str) -> int:
        return self._marks.setdefault(value, len(self._marks))


def _parse_of(line: ServiceLine) -> Parse:
    """The procedure code as `rules.facts.line` reads it."""
    return code_parser(line.code_qualifier, line.revenue_code) or parse_procedure


def _member(value: object) -> Any:
    if not isinstance(value, str):
        return _plain(value)
    return _ANY_MBI if mbi.is_valid(value) else "member"


def _life(claim: Claim) -> dict[str, Any]:
    """Dates of birth and death that give the same whole years on every day of the claim as the true ones.

    The birth is given as the age on a day of the claim, not as a date.
    """
    birth, death = claim.birth_date, claim.death_date
    days = _days(claim)
    told: Any = _plain(birth)
    born: Any = None
    if isinstance(birth, date):
        day, age = _youngest(birth, days)
        born, told = months_later(day, -12 * age), {"on": day.isoformat(), "years": age}
    died: Any = death
    if isinstance(death, date):
        died = _died(death, days)
        if isinstance(birth, date):
            if death < birth:
                died = min(died, born - _DAY)
            elif all(day <= death for day in days):
                died = max(died, born)
            elif died < born:
                told = {"on": died.isoformat(), "years": 0}
    return {"birth_date": told, "death_date": _plain(died)}


def _youngest(birth: date, days: Sequence[date]) -> tuple[date, int]:
    """The day of the claim on which the member most recently reached an age, and that age.

    The latest birth date with that age gives the same age on every other day too.
    """
    ages = [(day, age) for day, age in ((day, _age(birth, day)) for day in days) if _in(day, age)]
    return min(ages, key=_latest_birth, default=(date.max if days else _ANY_DAY, 0))


def _latest_birth(aged: tuple[date, int]) -> date:
    day, age = aged
    return months_later(day, -12 * age)


def _in(day: date, age: int) -> bool:
    return date.min.year <= day.year - age <= date.max.year


def _died(death: date, days: Sequence[date]) -> date:
    """The latest day of death that is before the same days; the last of them if none comes after it."""
    after = [day for day in days if day > death]
    return min(after) - _DAY if after else max(days, default=_ANY_DAY)


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _days(claim: Claim) -> list[date]:
    """All days of the claim that a rule may compare with the member's birth or death."""
    of_lines = (day for line in claim.lines for day in (line.service_date, line.service_date_end))
    given = (claim.statement_from, claim.statement_through, claim.admission_date, claim.discharge_date, *of_lines)
    return [day for day in given if isinstance(day, date)]


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [attrs.asdict(problem) for problem in problems] if problems else []


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _plain(value: object) -> Any:
    """A value as JSON."""
    if value is None or value.__class__ is str:
        return value
    if isinstance(value, Unreadable):
        return {"expected": value.expected, "shape": value.shape}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
