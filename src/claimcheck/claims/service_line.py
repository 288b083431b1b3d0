"""One service line of a claim."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from attrs import field

from claimcheck.claims import amount_fields, code_fields, code_list_fields, date_fields, keys, reading, records
from claimcheck.claims.aliases import LINE
from claimcheck.claims.json_text import object_in
from claimcheck.claims.quick import maker
from claimcheck.claims.read_as import settling
from claimcheck.claims.source import Source
from claimcheck.claims.unreadable import Problem, Unreadable, shape
from claimcheck.guesses import hinted

__all__ = ["ServiceLine"]

Text = str | Unreadable | None
Date = datetime.date | Unreadable | None
Amount = Decimal | Unreadable | None
Whole = int | Unreadable | None


_GUESSED = {
    "code": "procedure_code",
    "cpt": "procedure_code",
    "date": "service_date",
    "dos": "service_date",
    "replace": "attrs.evolve(line, units=...)",
    "to_dict": "attrs.asdict(line)",
}


@hinted(_GUESSED, made="ServiceLine('99213', units=1, charge='125.00'); other names: ServiceLine.from_dict({...})")
@attrs.frozen(repr=False, weakref_slot=False)
class ServiceLine:
    """A service line, as billed. Any field may be missing (None), or `Unreadable` if its value cannot be read.

    `line_control_number` is the provider's own number for the line (REF*6R), which a remittance returns. `units` and
    `charge` are exact numbers; `unit_basis` is "UN", "MJ" (minutes), or "DA" (days); `diagnosis_pointers` count the
    claim's diagnoses from 1; `code_qualifier` is the X12 qualifier of the procedure code (HC, HP, AD, ...);
    `result_value` and `result_date` belong to a test that the line reports. A dental line names its teeth
    (`tooth_numbers`, "14" or "A"), their surfaces (`tooth_surfaces`, "M" and "O", or "MO" together), and areas of the
    oral cavity (`oral_cavity`, "10"). Nothing is assumed: no unit, no charge, no date.

    >>> ServiceLine("99213", units=1, charge="125.00", service_date="2024-07-01").charge
    Decimal('125.00')
    >>> ServiceLine("99213", units="abc").units
    Unreadable(expected='a number', shape='text of 3: aaa')
    >>> ServiceLine("D2392", tooth_numbers="14", tooth_surfaces="MO").tooth_surfaces
    ('M', 'O')
    """

    procedure_code: Text = field(default=None, converter=code_fields.procedure_code)
    line_number: Whole = field(default=None, converter=amount_fields.whole, kw_only=True)
    line_control_number: Text = field(default=None, converter=reading.identifier, kw_only=True)
    code_qualifier: Text = field(default=None, converter=reading.text, kw_only=True)
    modifiers: tuple[str | Unreadable, ...] = field(default=(), converter=code_list_fields.modifiers, kw_only=True)
    revenue_code: Text = field(default=None, converter=code_fields.revenue_code, kw_only=True)
    service_date: Date = field(default=None, converter=date_fields.civil_date, kw_only=True)
    service_date_end: Date = field(default=None, converter=date_fields.civil_date, kw_only=True)
    units: Amount = field(default=None, converter=amount_fields.amount, kw_only=True)
    unit_basis: Text = field(default=None, converter=reading.text, kw_only=True)
    charge: Amount = field(default=None, converter=amount_fields.amount, kw_only=True)
    noncovered_charge: Amount = field(default=None, converter=amount_fields.amount, kw_only=True)
    place_of_service: Text = field(default=None, converter=code_fields.two_digits, kw_only=True)
    diagnosis_pointers: tuple[int | Unreadable, ...] = field(
        default=(), converter=code_list_fields.pointers, kw_only=True
    )
    rendering_npi: Text = field(default=None, converter=code_fields.npi, kw_only=True)
    rendering_taxonomy: Text = field(default=None, converter=reading.text, kw_only=True)
    ndc: Text = field(default=None, converter=code_fields.ndc, kw_only=True)
    ndc_quantity: Amount = field(default=None, converter=amount_fields.amount, kw_only=True)
    ndc_unit: Text = field(default=None, converter=reading.text, kw_only=True)
    result_value: Amount = field(default=None, converter=amount_fields.amount, kw_only=True)
    result_date: Date = field(default=None, converter=date_fields.civil_date, kw_only=True)
    clia: Text = field(default=None, converter=reading.text, kw_only=True)
    description: Text = field(default=None, converter=reading.text, kw_only=True)
    tooth_numbers: tuple[str | Unreadable, ...] = field(default=(), converter=code_list_fields.teeth, kw_only=True)
    tooth_surfaces: tuple[str | Unreadable, ...] = field(default=(), converter=code_list_fields.surfaces, kw_only=True)
    oral_cavity: tuple[str | Unreadable, ...] = field(default=(), converter=code_list_fields.oral_cavity, kw_only=True)
    source: Source | None = field(default=None, kw_only=True, eq=False)
    problems: tuple[Problem, ...] = field(default=(), kw_only=True, converter=reading.problems)

    def __attrs_post_init__(self) -> None:
        _settle(self)

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any] | str | Any) -> ServiceLine:
        """The line in a mapping of field names to values. Never raises: anything gives a line.

        Names are the fields' own, or others that billing people use (see `claimcheck.claims.aliases`). A pandas or
        Arrow row, a named tuple, and an instance of an attrs, dataclass, or pydantic class count as mappings, and so
        does the JSON text of an object.

        >>> ServiceLine.from_dict({"cpt": "99213-25", "qty": 1}).modifiers
        ('25',)
        >>> ServiceLine.from_dict({"procedure_code": "99213", "unit": 1}).problems
        (Problem(kind='unknown_key', field='units', detail='unit'),)
        >>> ServiceLine.from_dict("99213").problems
        (Problem(kind='not_an_object', field=None, detail='text of 5: 99999'),)
        """
        if issubclass(type(mapping), ServiceLine):
            return mapping  # type: ignore[return-value] # by its type alone: it may make up its `__class__`
        given = records.entries(mapping)
        if given is None:
            given, fault = object_in(mapping)
            if given is None:
                return cls(problems=(Problem("not_an_object", detail=fault or shape(mapping)),))
        return _service_line(**keys.fields(given, _READERS, LINE))

    def __repr__(self) -> str:
        from claimcheck.codes import procedure

        code = self.procedure_code
        if isinstance(code, str) and not procedure.is_valid(code):
            code = Unreadable.of(code, expected="a procedure code")  # any content may be member data
        return f"ServiceLine({code!r}, line_number={self.line_number!r})"


_READERS = keys.readers_of(ServiceLine, beside={"source", "problems"})
_settle = settling(_READERS)
_service_line = maker(ServiceLine)
