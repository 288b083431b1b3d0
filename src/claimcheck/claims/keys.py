"""The fields in a mapping: which key means which field, and what to report of unknown keys.

Keys are the fields' own names or one of the `aliases`. Each value is read by the reader of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import attrs
import regex

from claimcheck.claims import aliases, scalars
from claimcheck.claims.aliases import CLAIM, DIAGNOSIS, LINE, Place
from claimcheck.claims.read_as import ReadAs, apart, value_of
from claimcheck.claims.reading import Reader, is_blank
from claimcheck.claims.unreadable import Problem

__all__ = ["Readers", "fields", "known_keys", "readers_of", "unknown_key"]

Readers = Mapping[str, Reader]


def readers_of(kind: type[Any], *, beside: Set[str]) -> Readers:
    """The reader of each field of an attrs class, by name; `beside` are fields that no mapping gives."""
    return {field.name: field.converter for field in attrs.fields(kind) if field.name not in beside}


def fields(mapping: Mapping[Any, object], readers: Readers, level: str) -> dict[str, Any]:
    """The fields of a mapping, each read by its reader.

    They include `problems`, if a key is unknown, two keys of one field disagree, or a value was read from another
    spelling.
    """
    given = {}
    odd = False
    for name, value in mapping.items():
        reader = readers.get(name) if type(name) is str else None
        if reader is None:
            return _fields_of_other_names(mapping, readers, level)
        if value is not None:
            read = given[name] = reader(value)
            if read.__class__ is ReadAs:
                odd = True
    return apart(given) if odd else given


def _fields_of_other_names(mapping: Mapping[Any, object], readers: Readers, level: str) -> dict[str, Any]:
    known, problems = known_keys(mapping, readers, level)
    given = {name: readers[name](value) for name, value in known.items() if value is not None}
    return apart({**given, "problems": problems})


def known_keys(
    mapping: Mapping[Any, object], readers: Readers, level: str
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The unread entries of a mapping by field, and what is wrong with the keys.

    If a field appears both under its own name and under another, its own name counts unless it is blank.

    >>> from claimcheck.claims.reading import amount
    >>> known_keys({"qty": 2, "colour": "red"}, {"units": amount}, LINE)
    ({'units': 2}, (Problem(kind='unknown_key', field=None, detail=''),))
    >>> known_keys({"units": 1, "Quantity": 2}, {"units": amount}, LINE)
    ({'units': 1}, (Problem(kind='conflicting_fields', field='units', detail='Quantity'),))
    """
    known: dict[str, Any] = {}
    renamed: list[tuple[str, Place, Any]] = []
    problems: list[Problem] = []
    for key, value in mapping.items():
        name = scalars.plain(key)
        if type(name) is str and name in readers:
            known[name] = value
        elif (place := aliases.meant(name, level) if type(name) is str else None) and place.field in readers:
            renamed.append((name if _SHOWN.fullmatch(name) else aliases.bare(name), place, value))
        else:
            problems.append(unknown_key(name, readers.keys(), level))
    for field in dict.fromkeys(place.field for _, place, _ in renamed):
        of_field = [entry for entry in renamed if entry[1].field == field and not is_blank(entry[2])]
        problems += _put(known, field, of_field, readers[field])
    return known, tuple(problems)


def _put(known: dict[str, Any], field: str, given: list[tuple[str, Place, Any]], reader: Reader) -> Iterable[Problem]:
    """Adds what other names of a field give; a disagreement with the field itself is reported."""
    pieces = [(place, value) for _, place, value in given if place.number is not None or place.role is not None]
    wholes = [(name, value) for name, place, value in given if place.number is None and place.role is None]
    if is_blank(known.get(field)) and wholes:
        known[field] = wholes.pop(0)[1]
    for name, value in wholes:
        if value_of(reader(value)) != value_of(reader(known[field])):
            yield Problem("conflicting_fields", field=field, detail=name)
    numbered = [_one(field, value) for place, value in sorted(pieces, key=_number) if place.role is None]
    if numbered:
        if is_blank(known.get(field)):
            known[field] = numbered
        elif value_of(reader(numbered)) != value_of(reader(known[field])):
            yield Problem("conflicting_fields", field=field, detail="numbered items")
    for place, value in pieces:
        if place.role is not None:
            known[field] = _with_role(known.get(field), place.role, value)


def _one(field: str, value: Any) -> Any:
    """An item under its own key: for diagnoses it is one code, whatever the text."""
    return {"code": value} if field == "diagnoses" and scalars.entries(value) is None else value


def _number(piece: tuple[Place, Any]) -> int:
    return piece[0].number or 0


def _with_role(diagnoses: Any, role: str, code: Any) -> list[Any]:
    """A list of diagnoses with one added; a principal that is already listed is that one."""
    listed = scalars.listed(diagnoses)
    others = [diagnoses] if listed is None and not is_blank(diagnoses) else list(listed or ())
    one = code if scalars.entries(code) is not None else {"code": code, "role": role}
    if role != "principal":
        return [*others, one]
    same = [place for place, other in enumerate(others) if type(other) is str and _dotless(other) == _dotless(code)]
    if same:
        others[same[0]] = one
        return others
    return [one, *others]


def _dotless(code: Any) -> Any:
    return code.replace(".", "").strip().upper() if type(code) is str else None


# ---------------------------------------------------------------------- keys that mean nothing

_SHOWN = regex.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", regex.ASCII)
_WORD = regex.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", regex.ASCII)
_WORDS = (
    "account add added address adjusted adjustment age allowed amt approved at attending auth balance bar "
    "batch baz beneficiary benefit by category cd center check chrg city clm close closed cob coinsurance "
    "column comment comments company contract copay cost count country county created currency custom data "
    "dataset ded deductible denial denied dept department desc detail details dt due email employer encounter "
    "entry error event export external extra facility fee field file first flag foo format full group hash "
    "header history home id ids import index indicator info ingest insured insurance internal invoice is item "
    "key kind label last level list loaded location locator map medical meta metadata method mi middle misc "
    "mode modified month mrn my name names network note notes nr num oid open ordering other paid parent "
    "patient payment pct pcp percent period person phone plan policy position prefix price primary priority "
    "processed product program provider quarter rate raw reason record ref referral referring region remark "
    "remarks request response row rows run sale score secondary section seq session site source specialty ssn "
    "state status step street submitted subscriber suffix supervising system table tag tags temp test text "
    "time timestamp title trace trading type unknown update updated url user uuid value values vendor version "
    "visit weight x year zip"
)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """The words that field names are made of, except one that is also a personal name."""
    of_fields = " ".join(f"{alias.field} {' '.join(alias.names)}" for alias in aliases.ALIASES)
    return frozenset({*regex.split(r"[^a-z]+", of_fields), *_WORDS.split()} - {"", "bill"})


def unknown_key(key: object, names: Iterable[str], level: str) -> Problem:
    """Describes a key that matches no field: the field probably meant, and the key itself if it is safe to show.

    A key can be anything, even a member's name. It is shown only if it is a plain identifier made of words used in
    field names, or one edit away from such a name.

    >>> unknown_key("unit", ["units", "charge"], LINE)
    Problem(kind='unknown_key', field='units', detail='unit')
    >>> unknown_key("provider_notes", ["units"], LINE).detail, unknown_key("Smith", ["units"], LINE).detail
    ('provider_notes', '')
    """
    if type(key) is not str:
        return Problem("unknown_key")
    return _unknown_key(key[:65], frozenset(names), level)


@lru_cache(maxsize=1_024)
def _unknown_key(key: str, names: frozenset[str], level: str) -> Problem:
    bare = aliases.bare(key)
    known = {name: place.field for name, place in aliases.names(level).items() if place.field in names}
    known |= {aliases.bare(name): name for name in names}
    guess = _near(bare, sorted(names), 0.6) or known.get(_near(bare, sorted(known), 0.8) or "")
    elsewhere = None if guess else _elsewhere(key, level)
    next_to_one = len(bare) > 3 and _near(bare, [*known], 0.85) is not None
    is_shown = _SHOWN.fullmatch(key) is not None and (next_to_one or _is_made_of_words(key))
    return Problem("unknown_key", field=guess or elsewhere, detail=key if is_shown else "")


def _near(name: str, names: list[str], cutoff: float) -> str | None:
    bare = {aliases.bare(one): one for one in names}
    found = get_close_matches(name, sorted(bare), n=1, cutoff=cutoff)
    return bare[found[0]] if found else None


_OWNERS = {CLAIM: "the claim", LINE: "a service line", DIAGNOSIS: "a diagnosis"}


def _elsewhere(key: str, level: str) -> str | None:
    """The field of another level that a key means."""
    for other in (LINE, CLAIM):
        place = aliases.meant(key, other) if other != level else None
        if place is not None:
            return f"{place.field} of {_OWNERS[other]}"
    return None


def _is_made_of_words(key: str) -> bool:
    words = _WORD.findall(key)
    return all(word.lower() in _vocabulary() or (word.isdigit() and len(word) <= 2) for word in words)
