"""Assembles a claim from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from claimcheck.claims import Claim, Diagnosis, Problem, ServiceLine, Source, amount_fields, list_fields, reading
from claimcheck.claims.quick import builder
from claimcheck.io.rows.reading import RowFields

__all__ = ["assemble"]

_claim = builder(Claim)
_service_line = builder(ServiceLine)


def assemble(rows: Sequence[RowFields], problems: Sequence[Problem] = ()) -> Claim:
    """The claim in some rows. Its lines are ordered by line number if all have one, else by row.

    A claim field is taken from the first line that gives it. Lines that disagree are a problem of the claim, as is a
    malformed row; `problems` are those of the whole table.
    """
    lined = _in_order([one for one in rows if one.line is not None])
    if len(lined) < len(rows):  # a header defines the claim, and items add to it
        others = [one for one in rows if one.line is None]
        rows = [*(one for one in others if not one.adds), *lined, *(one for one in others if one.adds)]
    else:
        rows = lined
    claim: dict[str, Any] = {}
    found = [*problems, *_malformed(rows)]
    head = rows[0]
    for one in rows:
        if one is not head and one.claim is head.claim and one.lists is head.lists:
            continue  # same claim fields as the first row
        for field, value in one.claim.items():
            first = claim.setdefault(field, value)
            if first is not value and not _same(field, first, value):
                found.append(_problem(one, f"{field} is not that of the claim's first line"))
        for field, items in one.lists.items():
            first = claim.setdefault(field, items)
            if first is items:
                continue
            if one.adds:
                claim[field] = _with_further(first, items)
            elif first != items:
                claim[field] = (*first, *(item for item in items if item not in first))
                found.append(_problem(one, f"{field} are not those of the claim's first line"))
    diagnoses = list(claim.pop("diagnoses", ()))
    lines = [_line(one, one.line, diagnoses) for one in lined if one.line is not None]
    source = Source(rows[0].file, min(one.row.place for one in rows if one.file == rows[0].file), "row")
    rest = {"diagnoses": diagnoses, "lines": tuple(lines), "problems": tuple(found), "source": source}
    return _claim({**claim, **rest})


def _in_order(rows: Sequence[RowFields]) -> Sequence[RowFields]:
    if len(rows) == 1:
        return rows
    numbers = [reading.value_of(amount_fields.whole((one.line or {}).get("line_number"))) for one in rows]
    if not all(isinstance(number, int) for number in numbers):
        return rows
    return [one for _, _, one in sorted(zip(numbers, range(len(rows)), rows, strict=True), key=lambda entry: entry[:2])]


def _malformed(rows: Sequence[RowFields]) -> Iterator[Problem]:
    for one in rows:
        if one.row.problem is not None:
            yield _problem(one, one.row.problem)
        if one.claim.get("claim_id") is None:
            yield _problem(one, "no claim id: the row is a claim by itself")


def _problem(one: RowFields, detail: str) -> Problem:
    return Problem("malformed_row", detail=f"row {one.row.place}: {detail}")


def _same(field: str, one: Any, other: Any) -> bool:
    if one == other:
        return True
    return field == "total_charge" and reading.value_of(amount_fields.amount(one)) == reading.value_of(
        amount_fields.amount(other)
    )


def _with_further(items: tuple[Any, ...], further: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items plus further ones. A diagnosis that is already there, such as a header's principal, keeps its role."""
    found = list(items)
    for item in further:
        place = next((place for place, known in enumerate(found) if _is_again(item, known)), None)
        if place is None:
            found.append(item)
        else:
            known = found[place]
            found[place] = attrs.evolve(known, poa=item.poa if known.poa is None else known.poa)
    return tuple(found)


def _is_again(item: Any, known: Any) -> bool:
    if not (isinstance(item, Diagnosis) and isinstance(known, Diagnosis)):
        return False
    roles = {known.role, item.role}
    return _bare(item.code) == _bare(known.code) and (len(roles) == 1 or roles == {"principal", "other"})


def _line(one: RowFields, line: Mapping[str, Any], diagnoses: list[Any]) -> ServiceLine:
    fields = dict(line)
    codes = [part for code in fields.pop("line_diagnoses", []) for part in _parts(code)]
    if codes:
        fields["diagnosis_pointers"] = [_pointer(code, diagnoses) for code in codes]
    return _service_line({**fields, "source": Source(one.file, one.row.place, "row")})


def _parts(code: Any) -> list[Any]:
    return list_fields.split(code) if isinstance(code, str) else [code]


def _pointer(code: Any, diagnoses: list[Any]) -> int:
    """The position of a diagnosis code; a code that is new to the claim is added."""
    for place, diagnosis in enumerate(diagnoses, 1):
        if isinstance(diagnosis, Diagnosis) and _bare(diagnosis.code) == _bare(code):
            return place
    version = next((diagnosis.version for diagnosis in diagnoses if isinstance(diagnosis, Diagnosis)), None)
    diagnoses.append(Diagnosis(code) if version is None else Diagnosis(code, version))
    return len(diagnoses)


def _bare(code: Any) -> Any:
    return code.replace(".", "").upper() if isinstance(code, str) else code
