"""Columns under alternative field names: a table with the header CPT, DOS, POS has claimcheck's own layout.

The names are those of `claimcheck.claims.aliases`. A column under the field's own name takes precedence over any other.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from claimcheck.claims.aliases import CLAIM, LINE, Place, meant
from claimcheck.io.rows.layout import Layout

__all__ = ["by_other_names", "is_other_name"]

_OF_CLAIMS = frozenset({"billing_npi", "billing_taxonomy"})
"""Claim fields that share a name with a line field: in a flat table the name means the claim field, which is
required."""


def by_other_names(layout: Layout, columns: Sequence[str]) -> Layout | None:
    """claimcheck's own layout, for columns under alternative field names. None if they are not lines.

    >>> from claimcheck.io.rows.layout_library import named
    >>> found = by_other_names(named("claimcheck"), ["claim #", "cpt", "mod 1", "dx1", "dos", "colour"])
    >>> [place.target.field for place in found.places(["claim #", "cpt", "mod 1", "dx1", "dos", "colour"])]
    ['claim_id', 'procedure_code', 'modifiers', 'diagnoses', 'service_date']
    >>> by_other_names(named("claimcheck"), ["name", "street"]) is None
    True
    """
    own = layout.places(columns)
    taken = {(place.target.of_line, place.target.field) for place in own}
    known = {place.column for place in own}
    others = {}
    for position, name in enumerate(columns):
        path = _path(name) if position not in known else None
        if path is not None and (not path.startswith("claim."), path.partition(".")[2].partition(".")[0]) not in taken:
            others[name] = path
    found = attrs.evolve(layout, columns={**layout.columns, **others})
    by_field = {place.target.field: columns[place.column] for place in found.places(columns)}
    needed = [by_field[field] for field in ("procedure_code", "revenue_code") if field in by_field]
    if "claim_id" not in by_field or not needed:
        return None
    return attrs.evolve(found, requires=(by_field["claim_id"],), any_of=tuple(needed))


def is_other_name(column: str) -> bool:
    """Whether a column has an alternative field name.

    >>> is_other_name("dos"), is_other_name("patient jane doe")
    (True, False)
    """
    return _path(column) is not None


def _path(name: str) -> str | None:
    """The target of a column with this name, see `claimcheck.io.rows.target`."""
    of_claim, of_line = meant(name, CLAIM), meant(name, LINE)
    if of_claim is not None and (of_line is None or of_claim.field in _OF_CLAIMS):
        return None if of_claim.field == "lines" else f"claim.{_within(of_claim)}"
    return None if of_line is None else f"line.{_within(of_line)}"


def _within(place: Place) -> str:
    """The field, or part of one, that a name means."""
    if place.role == "principal":
        return "diagnoses.0"
    if place.role == "other":
        return f"diagnoses.{(place.number or 1) + 1}"
    if place.role is not None:
        return f"{place.role}.{place.number or 1}"
    return place.field if place.number is None else f"{place.field}.{place.number}"
