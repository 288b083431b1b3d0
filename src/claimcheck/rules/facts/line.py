"""One service line as rules see it: derived facts, equal for all similar lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from claimcheck.claims import Problem, ServiceLine, Unreadable
from claimcheck.claims.billed import code_parser
from claimcheck.claims.quick import maker
from claimcheck.claims.unreadable import shape
from claimcheck.codes import (
    ProcedureKind,
    icd10cm,
    modifier,
    ndc,
    oral_cavity,
    parse_procedure,
    place_of_service,
    revenue,
    tooth,
    tooth_surface,
)
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.charge import AMOUNT, Charge
from claimcheck.rules.facts.code import MISSING, CodeField, State, read_code
from claimcheck.rules.facts.days import DateFlag
from claimcheck.rules.facts.line_key import NOTHING_APART, LineKey
from claimcheck.rules.facts.pointer import PointerFlag
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.facts.time import Time

__all__ = ["Line", "read_line"]


T = TypeVar("T")


@attrs.frozen(eq=False, weakref_slot=False)
class Line:
    """The facts of a service line, shared by many lines.

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


def _procedure(line: ServiceLine) -> CodeField:
    """The procedure code field, read by its qualifier, or without one by the revenue code."""
    parse = code_parser(line.code_qualifier, line.revenue_code)
    if parse is None and isinstance(line.procedure_code, str):
        return CodeField(State.CODE, shape=shape(line.procedure_code))
    return read_code(parse or parse_procedure, line.procedure_code)


def read_line(line: ServiceLine, setting: Setting, key: LineKey, time: Time) -> Line:
    """The facts of a line with that key, as of its date."""
    rest = key.apart or NOTHING_APART
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
