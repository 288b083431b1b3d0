"""Where a column goes in a claim: a field, an item of a list, or part of one.

- `claim_id`, `charge`: a field of a claim or of a service line. Four names belong to both (`place_of_service`,
  `rendering_npi`, `rendering_taxonomy`, `clia`): they mean the line, unless written `claim.place_of_service`.
- `modifiers`, `diagnoses`: a list in one cell, separated by space, comma, semicolon, or pipe.
- `modifiers.2`, `diagnoses.3`: the item with that number. `bill_type.1`: part of a text that is joined.
- `diagnoses.3.poa`, `procedures.1.date`: a part of an item. `diagnoses.*.version` applies to all items.
- `diagnoses.0`: the principal diagnosis, whether or not the table also lists it among the others.
- `admitting`, `reason_for_visit`, `external_cause`: lists of diagnoses with that role.
- `line_diagnoses`: diagnosis codes of the line; its pointers are derived from them.
"""

from __future__ import annotations

import attrs

from claimcheck.claims import Claim, Diagnosis, InpatientProcedure, OccurrenceCode, ServiceLine, ValueCode

__all__ = ["ALL", "ROLES", "Target", "field_of", "parse"]

ALL = "*"

ROLES = ("admitting", "reason_for_visit", "external_cause")
_PARTS = {
    "diagnoses": Diagnosis,
    **dict.fromkeys(ROLES, Diagnosis),
    "procedures": InpatientProcedure,
    "occurrence_codes": OccurrenceCode,
    "value_codes": ValueCode,
}
_LISTS = {*_PARTS, "condition_codes", "modifiers", "diagnosis_pointers", "line_diagnoses"}
_LISTS |= {"tooth_numbers", "tooth_surfaces", "oral_cavity"}
_NOT_BY_COLUMN = {"lines", "source", "problems"}
_CLAIM = ({field.name for field in attrs.fields(Claim)} | {*ROLES}) - _NOT_BY_COLUMN
_LINE = ({field.name for field in attrs.fields(ServiceLine)} | {"line_diagnoses"}) - _NOT_BY_COLUMN
_JOINED = {"bill_type"}


@attrs.frozen
class Target:
    """A field of the claim or of its line; `number` and `part` if the column is only a piece of it."""

    of_line: bool
    field: str
    number: int | str | None = None
    part: str | None = None

    @property
    def is_list(self) -> bool:
        return self.field in _LISTS

    @property
    def is_date(self) -> bool:
        """Whether the column is a date."""
        name = self.part or self.field
        return name in ("date", "through", "statement_from", "statement_through", "service_date_end") or name.endswith(
            "_date"
        )


def field_of(path: str) -> tuple[bool, str]:
    """Whether a path is a line field, and which; the lines themselves are a claim field.

    >>> field_of("charge"), field_of("claim.place_of_service"), field_of("lines")
    ((True, 'charge'), (False, 'place_of_service'), (False, 'lines'))
    """
    if path == "lines":
        return False, path
    target = parse(path)
    return target.of_line, target.field


def parse(path: str) -> Target:
    """The target of a path.

    Raises:
        ValueError: no such field, or it has no such part.

    >>> parse("diagnoses.3.poa")
    Target(of_line=False, field='diagnoses', number=3, part='poa')
    >>> parse("rendering_npi").of_line, parse("claim.rendering_npi").of_line
    (True, False)
    >>> parse("charges")
    Traceback (most recent call last):
        ...
    ValueError: no field of a claim or a service line: charges
    """
    level, dot, rest = path.partition(".")
    known = {"claim": _CLAIM, "line": _LINE}.get(level) if dot else None
    field, *pieces = (rest if known is not None else path).split(".")
    if field not in (_CLAIM | _LINE if known is None else known):
        raise ValueError(f"no field of a claim or a service line: {path}")
    of_line = field in _LINE if known is None else known is _LINE
    if not pieces:
        return Target(of_line, field)
    number = int(pieces[0]) if pieces[0].isdecimal() and len(pieces[0]) < 4 else pieces[0]
    numbered = field in _LISTS or field in _JOINED
    if len(pieces) > 2 or not numbered or not (isinstance(number, int) or number == ALL):
        raise ValueError(f"{field} has no such part: {path}")
    part = pieces[1] if len(pieces) == 2 else None
    if field in _PARTS:
        part = part or "code"
        if part not in {field.name for field in attrs.fields(_PARTS[field])}:
            raise ValueError(f"{field} has no such part: {path}")
    elif part is not None or number == ALL:
        raise ValueError(f"{field} has no such part: {path}")
    return Target(of_line, field, number, part)
