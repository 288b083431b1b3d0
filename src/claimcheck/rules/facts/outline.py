"""The outline of a claim as rules read it: what is present, what agrees, how its dates relate; not the values.

Members, providers, claim ids, charges, and dates differ on every claim, and hardly ever matter to its form. Two claims
with one `OutlineKey` are the same to every outline rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import attrs

from claimcheck import money
from claimcheck.claims import Claim, InpatientProcedure, OccurrenceCode, Problem, ServiceLine, Unreadable, ValueCode
from claimcheck.codes import clia, mbi, npi, tax_id, taxonomy
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.code import CodeField, read_code
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.facts.time import Time

__all__ = [
    "ClaimDateFlag",
    "CodeFlag",
    "DiagnosesOutline",
    "LinesOutline",
    "Outline",
    "OutlineKey",
    "Total",
    "TotalKind",
    "codes_in_order",
    "outline_key",
    "repeated_codes",
]


class ClaimDateFlag(StrEnum):
    """How the dates of a claim contradict each other."""

    STATEMENT_REVERSED = "statement_reversed"
    STATEMENT_AFTER_REFERENCE = "statement_after_reference"
    DISCHARGE_BEFORE_ADMISSION = "discharge_before_admission"
    ADMISSION_AFTER_STATEMENT = "admission_after_statement"
    DISCHARGE_BEFORE_STATEMENT_ENDS = "discharge_before_statement_ends"
    PROCEDURE_AFTER_STATEMENT = "procedure_after_statement"
    DEATH_BEFORE_BIRTH = "death_before_birth"


class CodeFlag(StrEnum):
    """What an occurrence or value code of a claim lacks."""

    OCCURRENCE_WITHOUT_DATE = "occurrence_without_date"
    OCCURRENCE_REVERSED = "occurrence_reversed"
    VALUE_WITHOUT_AMOUNT = "value_without_amount"
    VALUE_NEGATIVE = "value_negative"


class TotalKind(StrEnum):
    """How the total charge relates to the charges of the lines."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    FRACTION_OF_A_CENT = "fraction_of_a_cent"
    UNKNOWN = "unknown"  #: a line's charge is unreadable, so they cannot be added
    AGREES = "agrees"
    DIFFERS = "differs"


class Total(NamedTuple):
    """The total charge; `total` and `added`, the sum of the lines' charges, are set only if they differ."""

    kind: TotalKind
    total: Decimal | None = None
    added: Decimal | None = None


class OutlineKey(NamedTuple):
    """What two claims of one setting and period must share for every outline rule to report the same about both."""

    missing: frozenset[str]
    unreadable: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    identifiers: tuple[tuple[str, CodeField], ...]
    clia: tuple[tuple[int | None, CodeField], ...]
    member_is_mbi: bool | None
    dates: frozenset[ClaimDateFlag]
    kinds: tuple[tuple[str, str], ...]
    repeated: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, str], ...]
    procedures: tuple[tuple[object, object, object], ...]
    condition_codes: tuple[str, ...]
    occurrence_codes: tuple[str, ...]
    value_codes: tuple[str, ...]
    code_flags: frozenset[CodeFlag]
    patient_status: str | None
    admission_type: str | None
    admission_source: str | None
    line_count: int
    charges_nothing: bool
    repeats_numbers: bool
    total: Total


@attrs.frozen(eq=False)
class Outline:
    """A claim in outline.

    `missing` and `unreadable` name fields of the claim, the latter with what is expected there; a missing place of
    service is not listed if every line has its own. `identifiers` are invalid provider identifiers, `clia` invalid CLIA
    numbers with the position of their line (None: the claim's). `member_is_mbi` is None if no policy asks. `roles` and
    `versions` are those of the diagnoses, in order; `repeated` the diagnoses listed more than once, and how often;
    `codes` role and code of those in ICD-10-CM, principal and others in order, if a table is loaded that a rule asks
    about them. `procedures` are role, version, and code of the inpatient ones; `code_flags` what occurrence and
    value codes lack. `charges_nothing` says that there are
    lines, and that each charges $0.00; `repeats_numbers`, that two of them have one line number.
    """

    setting: Setting
    policy: PolicyOn
    tables: TablesOn
    missing: frozenset[str]
    unreadable: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    identifiers: tuple[tuple[str, CodeField], ...]
    clia: tuple[tuple[int | None, CodeField], ...]
    member_is_mbi: bool | None
    dates: frozenset[ClaimDateFlag]
    roles: tuple[str, ...]
    versions: tuple[str, ...]
    repeated: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, str], ...]
    procedures: tuple[tuple[Any, Any, Any], ...]
    condition_codes: tuple[str, ...]
    occurrence_codes: tuple[str, ...]
    value_codes: tuple[str, ...]
    code_flags: frozenset[CodeFlag]
    patient_status: str | None
    admission_type: str | None
    admission_source: str | None
    line_count: int
    charges_nothing: bool
    repeats_numbers: bool
    total: Total

    @classmethod
    def of(cls, key: OutlineKey, setting: Setting, time: Time) -> Outline:
        """The outline of a claim with that key, as of its first day."""
        facts = key._asdict()
        kinds = facts.pop("kinds")
        roles, versions = tuple([role for role, _ in kinds]), tuple([version for _, version in kinds])
        return cls(setting, time.policy, time.tables, roles=roles, versions=versions, **facts)


@attrs.define(eq=False)
class DiagnosesOutline:
    """The diagnoses of a claim in outline."""

    kinds: tuple[tuple[str, str], ...]  #: the role and version of each
    repeated: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    codes: tuple[tuple[str, str], ...] = ()


@attrs.define(eq=False)
class LinesOutline:
    """The lines of a claim in outline.

    `placed`, if not 0, says that each has its own place of service, `charges_nothing` that each charges $0.00; `clia`
    are invalid numbers by position; `totals` the positions of lines with revenue code 0001, which hold the sum of the
    others. `added` is the sum of the charges, if each is an amount in whole cents.
    """

    how_many: int
    placed: int
    charges_nothing: int
    added: Decimal | None = None
    clia: tuple[tuple[int, CodeField], ...] = ()
    totals: frozenset[int] = frozenset()


def outline_key(
    claim: Claim, frame: Frame, lines: LinesOutline, diagnoses: DiagnosesOutline, *, asks_for_mbi: bool
) -> tuple[Any, ...]:
    """The fields of a claim's `OutlineKey`, from the outlines of its lines and diagnoses."""
    single = _SINGLE_OF(claim)
    some_unreadable, missing, unplaced, placed = _absent(tuple(map(type, single)))
    listed = any(_LISTS_OF(claim))
    every_line_placed = lines.how_many and lines.placed
    if not listed and claim.diagnoses and lines.how_many:
        missing = placed if every_line_placed else unplaced
    else:
        missing = missing.union(_empty(claim))
        missing -= {"place_of_service"} if every_line_placed else set()
    return (
        missing,
        _unreadable(claim) if some_unreadable or listed else (),
        _all_problems(claim, diagnoses) if listed or claim.problems or diagnoses.problems else (),
        _identifiers(single[:_HOW_MANY_IDENTIFIERS]),
        lines.clia if claim.clia is None else _clia(claim, lines.clia),
        mbi.is_valid(claim.member_id) if asks_for_mbi and isinstance(claim.member_id, str) else None,
        _dates(claim, frame),
        diagnoses.kinds,
        diagnoses.repeated,
        diagnoses.codes,
        _procedures(claim) if listed else (),
        tuple(code for code in claim.condition_codes if isinstance(code, str)) if listed else (),
        _codes(claim.occurrence_codes, OccurrenceCode) if listed else (),
        _codes(claim.value_codes, ValueCode) if listed else (),
        _code_flags(claim) if listed else _NO_FLAGS,
        *_of_stay(claim),
        lines.how_many,
        lines.how_many > 0 and lines.charges_nothing != 0,
        lines.how_many > 1 and _repeats_numbers(claim),
        _AGREES
        if lines.added is not None and lines.added == claim.total_charge
        else _total(claim.total_charge, claim.lines, lines.totals),
    )


# ---------------------------------------------------------------------- what is present

_IDENTIFIERS: Mapping[str, Callable[[object], Any]] = {
    "billing_npi": npi.parse,
    "rendering_npi": npi.parse,
    "billing_taxonomy": taxonomy.parse,
    "rendering_taxonomy": taxonomy.parse,
    "billing_tax_id": tax_id.parse,
}
_HOW_MANY_IDENTIFIERS = len(_IDENTIFIERS)
_LISTS = ("condition_codes", "occurrence_codes", "value_codes", "procedures")
_BESIDE = frozenset({*_LISTS, "diagnoses", "lines", "source", "problems"})
#: Identifiers first, so that the other names can begin with them.
_SINGLE = (*_IDENTIFIERS, *[name for name in attrs.fields_dict(Claim) if name not in {*_BESIDE, *_IDENTIFIERS}])
_SINGLE_OF: Callable[[Claim], tuple[object, ...]] = attrgetter(*_SINGLE)
_LISTS_OF: Callable[[Claim], tuple[tuple[object, ...], ...]] = attrgetter(*_LISTS)

#: Fields whose unreadable value is reported by their own rule.
_JUDGED_ELSEWHERE = frozenset(
    {
        *("claim_type", "bill_type", "total_charge", "clia"),
        *("billing_npi", "rendering_npi", "billing_taxonomy", "rendering_taxonomy", "billing_tax_id"),
    }
)


@lru_cache(maxsize=4_096)
def _absent(there: tuple[type, ...]) -> tuple[bool, frozenset[str], frozenset[str], frozenset[str]]:
    """By the types of single fields: whether one is unreadable, and which are missing.

    The missing ones alone, with all lists of codes, and as if each line had a place of service.
    """
    missing = frozenset(name for name, kind in zip(_SINGLE, there, strict=True) if kind is type(None))
    with_lists = missing.union(_LISTS)
    return Unreadable in there, missing, with_lists, with_lists - {"place_of_service"}


def _repeats_numbers(claim: Claim) -> bool:
    numbers = [line.line_number for line in claim.lines if line.line_number.__class__ is int]
    if len({*numbers}) < len(numbers):
        return True
    return bool(claim.problems) and any(problem.kind == "repeated_line_number" for problem in claim.problems)


def _empty(claim: Claim) -> frozenset[str]:
    return frozenset(name for name in (*_LISTS, "diagnoses", "lines") if not getattr(claim, name))


def _unreadable(claim: Claim) -> tuple[tuple[str, str], ...]:
    fields = (field.name for field in attrs.fields(Claim) if field.name not in ("diagnoses", "lines", "problems"))
    return tuple(
        (name, part.expected)
        for name in fields
        if name not in _JUDGED_ELSEWHERE
        for part in _parts(getattr(claim, name))
    )


def _parts(value: object) -> Iterator[Unreadable]:
    """The first unreadable part of a value: of a list, or of one of the small values in it."""
    if isinstance(value, Unreadable):
        yield value
    elif isinstance(value, tuple):
        yield from [part for item in value for part in _parts(item)][:1]
    elif attrs.has(type(value)):
        yield from (part for part in attrs.astuple(value, recurse=False) if isinstance(part, Unreadable))  # type: ignore[arg-type]


def _all_problems(claim: Claim, diagnoses: DiagnosesOutline) -> tuple[Problem, ...]:
    """All problems with the form of the claim and of the small values in its lists."""
    rest = _problems(chain(claim.procedures, claim.occurrence_codes, claim.value_codes))
    return (*claim.problems, *diagnoses.problems, *rest)


def _problems(values: Iterable[Any]) -> tuple[Problem, ...]:
    return tuple([problem for value in values if value.__class__ is not Unreadable for problem in value.problems])


@lru_cache(maxsize=16_384)
def _identifiers(identifiers: tuple[Any, ...]) -> tuple[tuple[str, CodeField], ...]:
    """The invalid ones. A provider has the same identifiers on claim after claim."""
    read = [read_code(parse, given) for parse, given in zip(_IDENTIFIERS.values(), identifiers, strict=True)]
    return tuple((name, field) for name, field in zip(_IDENTIFIERS, read, strict=True) if field.wrong)


def _clia(claim: Claim, of_lines: tuple[tuple[int, CodeField], ...]) -> tuple[tuple[int | None, CodeField], ...]:
    own = read_code(clia.parse, claim.clia)
    return ((None, own), *of_lines) if own.wrong else of_lines


# ---------------------------------------------------------------------- how values relate

_NO_DATES: frozenset[ClaimDateFlag] = frozenset()


def _dates(claim: Claim, frame: Frame) -> frozenset[ClaimDateFlag]:
    admission, discharge, through = claim.admission_date, claim.discharge_date, frame.statement_through
    if through is None and admission is None and discharge is None and frame.death is None:
        return _NO_DATES
    found = set()
    if _before(through, frame.statement_from):
        found.add(ClaimDateFlag.STATEMENT_REVERSED)
    elif _before(frame.reference, through):
        found.add(ClaimDateFlag.STATEMENT_AFTER_REFERENCE)
    if _before(discharge, admission):
        found.add(ClaimDateFlag.DISCHARGE_BEFORE_ADMISSION)
    if _before(through, admission):
        found.add(ClaimDateFlag.ADMISSION_AFTER_STATEMENT)
    if _before(discharge, through):
        found.add(ClaimDateFlag.DISCHARGE_BEFORE_STATEMENT_ENDS)
    if any(_before(through, one.date) for one in claim.procedures if isinstance(one, InpatientProcedure)):
        found.add(ClaimDateFlag.PROCEDURE_AFTER_STATEMENT)
    if _before(frame.death, frame.birth):
        found.add(ClaimDateFlag.DEATH_BEFORE_BIRTH)
    return frozenset(found) if found else _NO_DATES


def _before(one: object, other: object) -> bool:
    return isinstance(one, date) and isinstance(other, date) and one < other


def repeated_codes(diagnoses: Sequence[ClaimDiagnosis]) -> tuple[tuple[str, int], ...]:
    """The diagnoses listed more than once, as people write them, and how often."""
    shown = [text for diagnosis in diagnoses if diagnosis.role in ("principal", "other") and (text := diagnosis.shown)]
    return tuple((code, times) for code, times in Counter(shown).items() if times > 1)


def codes_in_order(diagnoses: Sequence[ClaimDiagnosis]) -> tuple[tuple[str, str], ...]:
    """Role and code of the well-formed diagnoses in ICD-10-CM, principal and others, in order."""
    return tuple(
        [
            (one.role, one.code)
            for one in diagnoses
            if one.code is not None and one.role in ("principal", "other") and one.version == "ICD-10-CM"
        ]
    )


def _of_stay(claim: Claim) -> tuple[str | None, str | None, str | None]:
    """Patient status, type of admission, and point of origin: rarely present except on institutional claims."""
    status, kind, origin = claim.patient_status, claim.admission_type, claim.admission_source
    if status is None and kind is None and origin is None:
        return _NO_STAY
    return _upper(status), _upper(kind), _upper(origin)


def _upper(value: str | Unreadable | None) -> str | None:
    return value.upper() if isinstance(value, str) else None


_NO_STAY = (None, None, None)


def _procedures(claim: Claim) -> tuple[tuple[object, object, object], ...]:
    given = (item for item in claim.procedures if isinstance(item, InpatientProcedure))
    return tuple((item.role, item.version, item.code) for item in given)


def _codes(given: Iterable[Any], kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.code for one in given if isinstance(one, kind) and isinstance(one.code, str))


_NO_FLAGS: frozenset[CodeFlag] = frozenset()


def _code_flags(claim: Claim) -> frozenset[CodeFlag]:
    """What the occurrence and value codes lack. What cannot be read is reported by its own rule."""
    found = set()
    for one in claim.occurrence_codes:
        if isinstance(one, OccurrenceCode) and not isinstance(one.code, Unreadable):
            if one.date is None:
                found.add(CodeFlag.OCCURRENCE_WITHOUT_DATE)
            elif _before(one.through, one.date):
                found.add(CodeFlag.OCCURRENCE_REVERSED)
    for given in claim.value_codes:
        if isinstance(given, ValueCode) and not isinstance(given.code, Unreadable):
            if given.amount is None:
                found.add(CodeFlag.VALUE_WITHOUT_AMOUNT)
            elif isinstance(given.amount, Decimal) and given.amount < 0:
                found.add(CodeFlag.VALUE_NEGATIVE)
    return frozenset(found)


_charge: Callable[[ServiceLine], Any] = attrgetter("charge")
_READABLE = {Decimal}
_MISSING_TOTAL = Total(TotalKind.MISSING)
_AGREES = Total(TotalKind.AGREES)


def _total(total: Decimal | Unreadable | None, lines: Sequence[ServiceLine], totals: frozenset[int]) -> Total:
    if total is None:
        return _MISSING_TOTAL
    if isinstance(total, Unreadable):
        return Total(TotalKind.UNREADABLE)
    if total < 0:
        return Total(TotalKind.NEGATIVE)
    if not money.whole_cents(total):
        return Total(TotalKind.FRACTION_OF_A_CENT)
    if not lines:
        return _AGREES
    charges = [*map(_charge, lines)]
    if 0 < len(totals) < len(charges):  # a claim with only a total line is compared with that total
        charges = [charge for position, charge in enumerate(charges, 1) if position not in totals]
    if not {*map(type, charges)} <= _READABLE:
        return Total(TotalKind.UNKNOWN)
    added = sum(charges, money.ZERO)
    return _AGREES if total == added else Total(TotalKind.DIFFERS, total, added)
