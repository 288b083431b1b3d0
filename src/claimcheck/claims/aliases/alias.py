"""What the other names of a field are."""

from __future__ import annotations

from functools import partial

import attrs

__all__ = ["CLAIM", "CODED", "DIAGNOSIS", "LINE", "Alias", "of_claim", "of_coded", "of_diagnosis", "of_line"]

CLAIM, LINE, DIAGNOSIS, CODED = "claim", "line", "diagnosis", "coded"
"""The levels whose fields have names: claim, service line, diagnosis, and other coded values."""


@attrs.frozen
class Alias:
    """Other names of a field. {n} is an item number, from 1, and {a} its letter, from A.

    `names` are those of exports, `boxes` of the CMS-1500, `locators` of the UB-04; `x12` is its place in an 837, `fhir`
    in a FHIR R4 `Claim` or `ExplanationOfBenefit` (R5 for a line's `traceNumber`). `role` is the role of the diagnosis
    that the name means; `unit` is what a number counts or measures.
    """

    level: str
    field: str
    names: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    locators: tuple[str, ...] = ()
    x12: str = ""
    role: str | None = None
    fhir: str = ""
    unit: str = ""


def _alias(
    level: str,
    field: str,
    names: str = "",
    *,
    boxes: str = "",
    fl: str = "",
    x12: str = "",
    role: str | None = None,
    fhir: str = "",
    unit: str = "",
) -> Alias:
    return Alias(level, field, tuple(names.split()), tuple(boxes.split()), tuple(fl.split()), x12, role, fhir, unit)


of_claim = partial(_alias, CLAIM)
of_line = partial(_alias, LINE)
of_diagnosis = partial(_alias, DIAGNOSIS)
of_coded = partial(_alias, CODED)
