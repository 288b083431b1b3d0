"""The key of a service line: what all its line rules depend on."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final, NamedTuple

import attrs

from claimcheck.claims import ServiceLine, Unreadable
from claimcheck.codes import clia, taxonomy
from claimcheck.rules.facts.charge import Charge, read_charge, read_noncovered
from claimcheck.rules.facts.code import MISSING, CodeField, State, read_code
from claimcheck.rules.facts.days import DateFlag, result_flags
from claimcheck.rules.facts.pointer import PointerFlag, pointer_flags

__all__ = ["NOTHING_APART", "Apart", "LineKey", "as_billed", "impersonal", "line_key"]


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


NOTHING_APART = Apart(MISSING, None, None, None, MISSING, False, None, frozenset(), read_charge(None), (), (), ())


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
