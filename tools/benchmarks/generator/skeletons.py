"""The pool of skeletons as two tables, one of claims and one of lines, that whole columns are drawn from."""

from __future__ import annotations

from collections.abc import Iterable

import polars

from tools.benchmarks.generator.template import Line, Template

__all__ = ["Skeletons"]

_LINE_TYPES = {
    "line_number": polars.Int32,
    "procedure_code": polars.String,
    "code_qualifier": polars.String,
    "modifier_1": polars.String,
    "modifier_2": polars.String,
    "modifier_3": polars.String,
    "revenue_code": polars.String,
    "units": polars.Int32,
    "unit_basis": polars.String,
    "diagnosis_pointer_1": polars.Int32,
    "diagnosis_pointer_2": polars.Int32,
    "description": polars.String,
    "cents": polars.Int64,
    "fixed": polars.Boolean,
    "offset": polars.Int64,
}
_CLAIM_TYPES = {
    "claim_type": polars.String,
    "claim_place_of_service": polars.String,
    "bill_type": polars.String,
    "frequency_code": polars.String,
    "admission_type": polars.String,
    "patient_status": polars.String,
    "diagnoses": polars.Int64,
    "fault": polars.String,
    "start": polars.Int64,
    "size": polars.Int64,
    "last_day": polars.Int64,
}


class Skeletons:
    """`claims`: one row a skeleton, with the place of its first line and how many there are. `lines`: a row a line."""

    def __init__(self, templates: Iterable[Template]) -> None:
        claims: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        for template in templates:
            claims.append(_claim(template, len(lines)))
            lines += [_line(number, line, template) for number, line in enumerate(template.lines, 1)]
        self.claims = polars.DataFrame(claims, schema=_CLAIM_TYPES, orient="row")
        self.lines = polars.DataFrame(lines, schema=_LINE_TYPES, orient="row")

    @property
    def sizes(self) -> list[int]:
        """How many lines each has."""
        return self.claims["size"].to_list()


def _claim(template: Template, start: int) -> tuple[object, ...]:
    prof = template.professional
    return (
        "professional" if prof else "institutional",
        template.place if prof else None,
        None if prof else "0131",
        "1" if prof else None,
        None if prof else ("1" if template.kind == "emergency" else "3"),
        None if prof else "01",
        template.diagnoses,
        template.fault,
        start,
        len(template.lines),
        max(line.day for line in template.lines),
    )


def _line(number: int, line: Line, template: Template) -> tuple[object, ...]:
    modifiers = (*line.modifiers, None, None, None)[:3]
    pointers = (*(line.pointers if template.professional else ()), None, None)[:2]
    return (
        number,
        line.code,
        "HC" if line.code else None,
        *modifiers,
        line.revenue,
        line.units,
        "UN",
        *pointers,
        line.description,
        round(line.charge * 100),
        line.fixed,
        line.day,
    )
