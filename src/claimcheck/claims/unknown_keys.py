"""Keys that mean no field: which field was probably meant, and whether the key itself may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

import regex

from claimcheck.claims import aliases
from claimcheck.claims.aliases import CLAIM, DIAGNOSIS, LINE
from claimcheck.claims.unreadable import Problem

__all__ = ["SHOWN", "unknown_key"]

SHOWN = regex.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", regex.ASCII)
_WORD = regex.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", regex.ASCII)
_WORDS = (
    "account add added address adjusted adjustment age allowed amt approved at attending auth balance bar "
    "batch baz beneficiary benefit by category cd center check chrg city clm close closed cob coinsurance "
    "column comment comments company contract copay cost count country county created currency custom data "
    "dataset ded deductible denial denied dept department desc detail details dt due email employer encounter "
    "entry error event export external extra facility fee field file first flag foo format full group hash "
    "header history home id ids import index indicator info ingest insured insurance internal invoice is item "
    "key kind label last level list loaded location locator map medical meta metadata method mi middle misc "
    "mode modified month mrn my name names net network note notes nr num oid open ordering other paid parent "
    "patient payment pct pcp percent period person phone plan policy position prefix price primary priority "
    "proc processed product program provider quarter rate raw reason record ref referral referring region remark "
    "remarks request resource response row rows run sale score secondary section seq session site source specialty ssn "
    "state status step street submitted subscriber suffix supervising svc system table tag tags temp test text "
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
    of_fhir = {name: field for name, field in aliases.fhir_elements(level).items() if field in names}
    near = of_fhir.get(bare) or known.get(_near(bare, sorted(known), 0.8) or "")
    guess = near or _elsewhere(key, level) or _near(bare, sorted(names), 0.7)
    next_to_one = bare in of_fhir or (len(bare) > 3 and _near(bare, [*known], 0.85) is not None)
    is_shown = SHOWN.fullmatch(key) is not None and (next_to_one or _is_made_of_words(key))
    return Problem("unknown_key", field=guess, detail=key if is_shown else "")


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
