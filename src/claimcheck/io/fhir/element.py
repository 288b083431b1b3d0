"""Safe access to a FHIR resource: nothing here raises, whatever the JSON contains."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from claimcheck.claims import Unreadable
from claimcheck.claims.unreadable import shape
from claimcheck.io.fhir.systems import ABSENT, same

__all__ = ["amount", "code", "codings", "day", "each", "get", "names", "objects", "text"]

Coding = tuple[str, Any]


def get(value: object, *path: str) -> Any:
    """The value at a path of keys, or None.

    >>> get({"provider": {"reference": "#1"}}, "provider", "reference"), get([], "provider")
    ('#1', None)
    """
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def each(value: object) -> list[Any]:
    """The items of a list. A single value is treated as a list of one, and None as an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: object) -> Iterator[dict[str, Any]]:
    """The items that are objects."""
    return (item for item in each(value) if isinstance(item, dict))


def text(value: object) -> str | None:
    """Nonblank text, stripped.

    >>> text(" a "), text(" "), text(1)
    ('a', None, None)
    """
    return value.strip() or None if isinstance(value, str) else None


def codings(concept: object) -> list[Coding]:
    """The system (see `systems.same`; "" if not given) and code of each coding that has a code.

    >>> codings({"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}, {"display": "none"}]})
    [('ama-assn.org/go/cpt', '99213')]
    """
    return [
        (same(text(coding.get("system")) or ""), coding["code"])
        for coding in objects(get(concept, "coding"))
        if coding.get("code") is not None
    ]


def names(concept: object) -> set[str]:
    """The codes of a concept from any system, in lowercase. Version 1 of Blue Button uses URIs as codes: their last
    part.

    >>> names({"coding": [{"code": "https://bluebutton.cms.gov/resources/variables/line_sbmtd_chrg_amt"}]})
    {'line_sbmtd_chrg_amt'}
    """
    return {code.rpartition("/")[2].strip().lower() for _, code in codings(concept) if isinstance(code, str)}


def code(concept: object, systems: Collection[str], expected: str) -> Any:
    """A concept's code in one of `systems` or without a system; unreadable if it has only codes of other systems.

    >>> cpt = {"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}
    >>> code({"coding": [{"system": "http://loinc.org", "code": "1"}, cpt]}, {"ama-assn.org/go/cpt"}, "a CPT code")
    '99213'
    >>> code({"coding": [cpt]}, {"hl7.org/fhir/sid/ndc"}, "an NDC")
    Unreadable(expected='an NDC', shape='a code of another system')
    """
    given = codings(concept)
    for accepted in (systems, ("",)):
        for system, value in given:
            if system in accepted:
                return value
    if any(system not in ABSENT for system, _ in given):
        return Unreadable(expected, "a code of another system")
    if given or concept is None or (isinstance(concept, dict) and text(concept.get("text")) is None):
        return None
    return Unreadable(expected, "words" if isinstance(concept, dict) else shape(concept))


def day(value: object) -> Any:
    """A FHIR date, or the date part of a dateTime as written; its time and time zone do not shift the date.

    >>> day("2020-03-13T00:00:00-04:00"), day("2020-03"), day(None)
    ('2020-03-13', '2020-03', None)
    """
    if isinstance(value, str) and value[10:11] == "T":
        return value[:10]
    return value


def amount(money: object) -> Any:
    """The value of a Money in dollars, or of a Quantity.

    >>> amount({"value": 5, "currency": "USD"}), amount(None), amount("five")
    (5, None, Unreadable(expected='an amount', shape='text of 4: aaaa'))
    >>> amount({"value": 5, "currency": "EUR"})
    Unreadable(expected='an amount of US dollars', shape='another currency')
    """
    if money is None or isinstance(money, dict):
        if get(money, "currency") not in (None, "USD"):
            return Unreadable("an amount of US dollars", "another currency")
        return get(money, "value")
    return Unreadable.of(money, expected="an amount")
