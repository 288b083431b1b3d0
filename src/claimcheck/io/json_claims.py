"""Claims in JSON: FHIR resources, claims in claimcheck's own fields, or rows by a layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, starmap
from typing import Any

import attrs

from claimcheck.claims import Claim, Source, reading
from claimcheck.claims.aliases import CLAIM, meant
from claimcheck.claims.keys import known_keys
from claimcheck.io import fhir, rows
from claimcheck.io.json_values import values
from claimcheck.io.rows import objects, paths
from claimcheck.io.rows.layout import Layout, plain
from claimcheck.io.rows.layout_library import library
from claimcheck.io.sharing import Wanted
from claimcheck.io.stream import Stream

__all__ = ["claims_of_json", "own_claim"]

_MEMBER = {"member_id": reading.member_text}


def own_claim(value: object, source: Source, wanted: Wanted | None) -> Iterator[Claim]:
    """A claim in claimcheck's own fields, if it is wanted."""
    if wanted is not None and not wanted(reading.member_text(_member_id(value))):
        return
    yield attrs.evolve(Claim.from_dict(value), source=source)


def _member_id(value: object) -> object:
    """The member identifier, under any of its names."""
    if not isinstance(value, Mapping):
        return None
    known, _ = known_keys(value, _MEMBER, CLAIM)
    return known.get("member_id")


def claims_of_json(stream: Stream, asked: Layout | None, wanted: Wanted | None) -> Iterator[Claim]:
    """The claims in a JSON input."""
    numbered = values(stream)
    first = next(numbered, None)
    if first is None:
        return
    layout = asked or _layout_of(first[1])
    numbered = chain((first,), numbered)
    if layout is None:
        yield from _objects(numbered, stream, wanted)
        return
    if paths.is_of_paths(layout):
        columns = [plain(path) for path in layout.columns if "{n}" not in path]
        table = objects.read(numbered, columns, stream.file, lambda value: paths.rows_of(value, layout))
    else:
        columns = [plain(name) for name in first[1]] if isinstance(first[1], dict) else []
        columns += [name for name in layout.key if name not in columns]
        table = objects.read(numbered, columns, stream.file)
    yield from rows.claims(table, layout, wanted)


def _layout_of(value: object) -> Layout | None:
    """The layout of a row or of a source's claim object; None if the value is a claim in other fields."""
    if not isinstance(value, dict) or fhir.is_resource(value) or any(starmap(_holds_lines, value.items())):
        return None
    return next((layout for layout in library() if _is_of(value, layout)), None) or rows.recognised(
        [plain(name) for name in value]
    )


def _is_of(value: dict[str, Any], layout: Layout) -> bool:
    """Whether nested JSON matches a layout."""
    if not paths.is_of_paths(layout):
        return False
    row, _ = next(paths.rows_of(value, layout))
    return layout.fits([plain(path) for path, cell in row.items() if cell is not None])


def _holds_lines(name: str, value: object) -> bool:
    """Whether an entry of an object holds the claim's lines."""
    place = meant(name, CLAIM)
    return name == "lines" or (isinstance(value, list) and place is not None and place.field == "lines")


def _objects(numbered: Iterator[tuple[int | None, Any]], stream: Stream, wanted: Wanted | None) -> Iterator[Claim]:
    """Claims as objects: FHIR resources, or claims in claimcheck's own fields."""
    found = others = False
    for place, value in numbered:
        if not fhir.is_resource(value):
            found = True
            yield from own_claim(value, Source(stream.file, place or 1, "record"), wanted)
        elif fhir.holds_claims(value):
            found = True
            yield from fhir.claims(value, stream.file, place, wanted)
        else:
            others = True
    if others and not found:
        raise stream.error("there are FHIR resources, and no Claim and no ExplanationOfBenefit among them")
