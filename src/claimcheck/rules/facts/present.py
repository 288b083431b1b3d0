"""Which fields of a claim are missing or unreadable, and which identifiers are invalid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from claimcheck.claims import Claim, Unreadable
from claimcheck.codes import npi, tax_id, taxonomy
from claimcheck.rules.facts.code import CodeField, read_code

__all__ = ["read_present"]

_IDENTIFIERS: Mapping[str, Callable[[object], Any]] = {
    "billing_npi": npi.parse,
    "rendering_npi": npi.parse,
    "billing_taxonomy": taxonomy.parse,
    "rendering_taxonomy": taxonomy.parse,
    "billing_tax_id": tax_id.parse,
}
_HOW_MANY_IDENTIFIERS = len(_IDENTIFIERS)
_LISTS = ("condition_codes", "occurrence_codes", "value_codes", "procedures")
_BESIDE = frozenset({*_LISTS, "diagnoses", "lines", "source", "problems"})
#: Identifiers first, so that the other names can begin with them.
_SINGLE = (*_IDENTIFIERS, *[name for name in attrs.fields_dict(Claim) if name not in {*_BESIDE, *_IDENTIFIERS}])
_single_of: Callable[[Claim], tuple[object, ...]] = attrgetter(*_SINGLE)
_lists_of: Callable[[Claim], tuple[tuple[object, ...], ...]] = attrgetter(*_LISTS)

#: Fields whose unreadable value is reported by their own rule.
_JUDGED_ELSEWHERE = frozenset(
    {
        *("claim_type", "bill_type", "total_charge", "clia"),
        *("billing_npi", "rendering_npi", "billing_taxonomy", "rendering_taxonomy", "billing_tax_id"),
    }
)


def read_present(
    claim: Claim, how_many_lines: int, *, every_line_placed: bool
) -> tuple[frozenset[str], tuple[tuple[str, str], ...], tuple[tuple[str, CodeField], ...], bool]:
    """What is missing on a claim with so many lines, what is unreadable, its invalid identifiers, and whether it has
    condition, occurrence, or value codes, or inpatient procedures, as few claims have.

    A place of service is not missing if each line has its own.
    """
    single = _single_of(claim)
    some_unreadable, missing, unplaced, placed = _absent(tuple(map(type, single)))
    has_codes = any(_lists_of(claim))
    if not has_codes and claim.diagnoses and how_many_lines:
        missing = placed if every_line_placed else unplaced
    else:
        missing = missing.union(_empty(claim))
        missing -= {"place_of_service"} if every_line_placed else set()
    unreadable = _unreadable(claim) if some_unreadable or has_codes else ()
    return missing, unreadable, _invalid(single[:_HOW_MANY_IDENTIFIERS]), has_codes


@lru_cache(maxsize=4_096)
def _absent(there: tuple[type, ...]) -> tuple[bool, frozenset[str], frozenset[str], frozenset[str]]:
    """By the types of single fields: whether one is unreadable, and which are missing.

    The missing ones alone, with all lists of codes, and as if each line had a place of service.
    """
    missing = frozenset(name for name, kind in zip(_SINGLE, there, strict=True) if kind is type(None))
    with_lists = missing.union(_LISTS)
    return Unreadable in there, missing, with_lists, with_lists - {"place_of_service"}


def _empty(claim: Claim) -> frozenset[str]:
    return frozenset(name for name in (*_LISTS, "diagnoses", "lines") if not getattr(claim, name))


def _unreadable(claim: Claim) -> tuple[tuple[str, str], ...]:
    fields = (field.name for field in attrs.fields(Claim) if field.name not in ("diagnoses", "lines", "problems"))
    return tuple(
        (name, part.expected)
        for name in fields
        if name not in _JUDGED_ELSEWHERE
        for part in _parts(getattr(claim, name))
    )


def _parts(value: object) -> Iterator[Unreadable]:
    """The first unreadable part of a value: of a list, or of one of the small values in it."""
    if isinstance(value, Unreadable):
        yield value
    elif isinstance(value, tuple):
        yield from [part for item in value for part in _parts(item)][:1]
    elif attrs.has(type(value)):
        yield from (part for part in attrs.astuple(value, recurse=False) if isinstance(part, Unreadable))  # type: ignore[arg-type]


@lru_cache(maxsize=16_384)
def _invalid(identifiers: tuple[Any, ...]) -> tuple[tuple[str, CodeField], ...]:
    """The invalid identifiers. A provider has the same identifiers on claim after claim."""
    read = [read_code(parse, given) for parse, given in zip(_IDENTIFIERS.values(), identifiers, strict=True)]
    return tuple((name, field) for name, field in zip(_IDENTIFIERS, read, strict=True) if field.wrong)
