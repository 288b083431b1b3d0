"""One service line as rules see it: derived facts, equal for all similar lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar

import attrs

from claimcheck.claims import Claim, Problem, ServiceLine, Unreadable
from claimcheck.claims.billed import code_parser
from claimcheck.claims.quick import maker
from claimcheck.claims.unreadable import shape
from claimcheck.codes import (
    ProcedureKind,
    clia,
    icd10cm,
    modifier,
    ndc,
    oral_cavity,
    parse_procedure,
    place_of_service,
    revenue,
    taxonomy,
    tooth,
    tooth_surface,
)
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.charge import AMOUNT, Charge, read_charge, read_noncovered
from claimcheck.rules.facts.code import MISSING, CodeField, State, read_code
from claimcheck.rules.facts.days import DateFlag, Frame, flags, result_flags, within
from claimcheck.rules.facts.pointer import PointerFlag, pointer_flags
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.facts.time import Time

__all__ = [
    "Apart",
    "Line",
    "LineKey",
    "as_billed",
    "dated",
    "impersonal",
    "line_key",
    "read_line",
]


T = TypeVar("T")


@attrs.frozen(eq=False, weakref_slot=False)
class Line:
    """The facts of a service line, shared by many lines.

    `teeth`, `surfaces`, and `areas` are those that a dental line names.

    It has no line number, no exact charge above a dollar, no identifier, and no date: `on` is some day of the period in
    which tables and policy are constant for every such line, and only says whether there is one; `policy` and `tables`
    are as of it, and are used in its place. `units` is exact. `unreadable` names the fields that no other fact shows to
    be unreadable; `as_diagnosis` is the ICD-10-CM code in the procedure code field if it is not a procedure code.
    """

    setting: Setting
    procedure: CodeField
    modifiers: tuple[CodeField, ...]
    revenue: CodeField
    place_of_service: CodeField
    place_of_service_on_line: bool
    units: Decimal | Unreadable | None
    unit_basis: str | Unreadable | None
    charge: Charge
    noncovered: Charge
    span_days: int
    dates: frozenset[DateFlag]
    pointers: frozenset[PointerFlag]
    has_pointers: bool
    rendering_npi: CodeField
    rendering_taxonomy: CodeField
    ndc: CodeField
    ndc_quantity: Decimal | Unreadable | None
    ndc_unit: str | Unreadable | None
    clia: CodeField
    has_description: bool
    result_value: Decimal | Unreadable | None
    teeth: tuple[CodeField, ...]
    surfaces: tuple[CodeField, ...]
    areas: tuple[CodeField, ...]
    qualifier: str | Unreadable | None
    unreadable: frozenset[str]
    problems: tuple[Problem, ...]
    as_diagnosis: str | None
    code: str | None
    kind: ProcedureKind | None
    modifier_codes: frozenset[str]
    on: date | None
    policy: PolicyOn
    tables: TablesOn

    @property
    def is_category_ii(self) -> bool:
        """Whether the line bills a CPT Category II code."""
        return self.kind is ProcedureKind.CATEGORY_II

    def of_code(self, question: Callable[[Any, PolicyOn, TablesOn], T]) -> T:
        """The answer to a question about the code alone, by the policy and tables of the day.

        The question is a function that gets the code, or None. In columns, a rule is called for each distinct value it
        reads: for each code if it reads `code`, and for each answer if it asks this way.
        """
        return question(self.code, self.policy, self.tables)

    def at(self, time: Time) -> Line:
        """The same line at another time."""
        return _make_line(*_same_at_any_time(self), time.on, time.policy, time.tables)


_make_line = maker(Line)
_same_at_any_time: Callable[[Line], tuple[Any, ...]] = attrgetter(
    *[field.name for field in attrs.fields(Line) if field.name not in ("on", "policy", "tables")]
)


def service_day(line: ServiceLine, claim: Claim, setting: Setting) -> date | None:
    """The date that selects editions: the discharge for inpatients, else the line's first date.

    An institutional line without a date has that of a one-day statement period (837I, DTP*472 is situational).
    """
    if setting.inpatient:
        for day in (claim.discharge_date, claim.statement_through):
            if day.__class__ is date:
                return day
    day = line.service_date
    if day.__class__ is date:
        return day
    if day is None and setting.institutional:
        first = claim.statement_from
        if isinstance(first, date) and claim.statement_through in (None, first):
            return first
    return None


Dated = tuple[frozenset[DateFlag], int, date | None]


def dated(line: ServiceLine, claim: Claim, setting: Setting, frame: Frame) -> Dated:
    """Flags for the dates of a line, its number of days, and the date by which it is checked."""
    first, last = line.service_date, line.service_date_end
    if first.__class__ is date and (last is None or last == first) and not setting.inpatient:  # as on most lines
        return within(frame, first, first), 1, first
    return flags(line, frame), _span_days(line), service_day(line, claim, setting)


def _span_days(line: ServiceLine) -> int:
    """The number of days a line spans; 1 unless the dates say otherwise."""
    first, last = line.service_date, line.service_date_end
    if first == last or first.__class__ is not date or last.__class__ is not date or last < first:
        return 1
    return (last - first).days + 1


class LineKey(NamedTuple):
    """What two lines of one setting and period must share for every line rule to report the same about both.

    `billed` are the fields that are the same on very many lines, as billed; `apart` what remains of rarely used fields,
    None if a line has none. `charge` is None for an amount above a dollar, `rendering_npi` if there is none.
    """

    billed: tuple[object, ...]
    charge: Charge | None
    dates: frozenset[DateFlag]
    span_days: int
    pointers: frozenset[PointerFlag]
    has_pointers: bool
    rendering_npi: CodeField | None
    unreadable: frozenset[str]
    apart: Apart | None

    @property
    def is_plain(self) -> bool:
        """Whether the line has no rarely used fields, and none of its fields is unreadable."""
        return self.apart is None and not self.unreadable


class Apart(NamedTuple):
    """Rarely used fields, without what differs on each line."""

    rendering_taxonomy: CodeField
    ndc: object
    ndc_quantity: object
    ndc_unit: object
    clia: CodeField
    has_description: bool
    result_value: object
    result_dates: frozenset[DateFlag]
    noncovered: Charge
    tooth_numbers: object
    tooth_surfaces: object
    oral_cavity: object


#: Fields with few distinct values: HCPCS code, modifiers, units, and so on, as they are on the line.
_BILLED = (
    *("procedure_code", "modifiers", "units", "revenue_code", "place_of_service", "unit_basis", "code_qualifier"),
    "problems",
)
_billed: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_BILLED)
_SELDOM = (
    *("rendering_taxonomy", "ndc", "ndc_quantity", "ndc_unit", "clia", "description"),
    *("result_value", "result_date", "noncovered_charge", "tooth_numbers", "tooth_surfaces", "oral_cavity"),
)
_seldom: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_SELDOM)
_SELDOM_NONE: Final = tuple(attrs.fields_dict(ServiceLine)[name].default for name in _SELDOM)

#: Everything on a line except its number, dates, charge, and rendering provider.
as_billed: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_BILLED, "diagnosis_pointers", *_SELDOM)


def line_key(
    line: ServiceLine,
    charge: Charge | None,
    dates: frozenset[DateFlag],
    span: int,
    rendering_npi: CodeField | None,
    *,
    diagnoses: int,
) -> LineKey:
    """The key of a line on a claim with so many diagnoses."""
    pointers = line.diagnosis_pointers
    return LineKey(
        _billed(line),
        charge,
        dates,
        span,
        pointer_flags(pointers, diagnoses),
        pointers != (),
        rendering_npi,
        _unreadable(line),
        None if _seldom(line) == _SELDOM_NONE else _apart(line),
    )


def _apart(line: ServiceLine) -> Apart:
    """What remains of rarely used fields."""
    return Apart(
        impersonal(taxonomy.parse, line.rendering_taxonomy),
        line.ndc,
        line.ndc_quantity,
        line.ndc_unit,
        impersonal(clia.parse, line.clia),
        line.description.__class__ is str,
        line.result_value,
        result_flags(line),
        read_noncovered(line.noncovered_charge, line.charge),
        line.tooth_numbers,
        line.tooth_surfaces,
        line.oral_cavity,
    )


_NOTHING_APART = Apart(MISSING, None, None, None, MISSING, False, None, frozenset(), read_charge(None), (), (), ())


def _unreadable(line: ServiceLine) -> frozenset[str]:
    """The unreadable ones among the fields that differ on every line."""
    fields = {"line_number": line.line_number, "description": line.description}
    return frozenset(name for name, value in fields.items() if isinstance(value, Unreadable))


def impersonal(parse: Callable[[object], Any], given: str | Unreadable | None) -> CodeField:
    """The state of an identifier without the identifier, which differs on every line."""
    if given is None:
        return MISSING
    field = read_code(parse, given)
    return _PRESENT if field.state is State.CODE else field


_PRESENT = CodeField(State.CODE)


def _procedure(line: ServiceLine) -> CodeField:
    """The procedure code field, read by its qualifier, or without one by the revenue code."""
    parse = code_parser(line.code_qualifier, line.revenue_code)
    if parse is None and isinstance(line.procedure_code, str):
        return CodeField(State.CODE, shape=shape(line.procedure_code))
    return read_code(parse or parse_procedure, line.procedure_code)


def read_line(line: ServiceLine, setting: Setting, key: LineKey, time: Time) -> Line:
    """The facts of a line with that key, as of its date."""
    rest = key.apart or _NOTHING_APART
    department = read_code(revenue.parse, line.revenue_code)
    procedure = _procedure(line)
    kind = getattr(procedure.value, "kind", None)
    modifiers = tuple(read_code(modifier.parse, given) for given in line.modifiers)
    own_place = read_code(place_of_service.parse, line.place_of_service)
    return _make_line(
        setting=setting,
        procedure=procedure,
        modifiers=modifiers,
        revenue=department,
        place_of_service=setting.place_of_service if own_place.missing else own_place,
        place_of_service_on_line=not own_place.missing,
        units=line.units,
        unit_basis=line.unit_basis,
        charge=key.charge or AMOUNT,
        noncovered=rest.noncovered,
        span_days=key.span_days,
        dates=key.dates | rest.result_dates,
        pointers=key.pointers,
        has_pointers=key.has_pointers,
        rendering_npi=MISSING if key.rendering_npi is None else key.rendering_npi,
        rendering_taxonomy=rest.rendering_taxonomy,
        ndc=read_code(ndc.parse, line.ndc),
        ndc_quantity=line.ndc_quantity,
        ndc_unit=line.ndc_unit,
        clia=rest.clia,
        has_description=rest.has_description,
        result_value=line.result_value,
        teeth=tuple(read_code(tooth.parse, given) for given in line.tooth_numbers),
        surfaces=tuple(read_code(tooth_surface.parse, given) for given in line.tooth_surfaces),
        areas=tuple(read_code(oral_cavity.parse, given) for given in line.oral_cavity),
        qualifier=line.code_qualifier,
        unreadable=key.unreadable,
        problems=line.problems,
        as_diagnosis=read_code(icd10cm.parse, line.procedure_code).text if procedure.wrong else None,
        code=procedure.text if kind is not None else None,
        kind=kind,
        modifier_codes=frozenset(field.text for field in modifiers if field.text is not None),
        on=time.on,
        policy=time.policy,
        tables=time.tables,
    )
