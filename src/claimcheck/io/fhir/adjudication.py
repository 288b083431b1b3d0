"""Amounts by the category of an adjudication."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from claimcheck.io.fhir.element import amount, codings, names, objects
from claimcheck.io.fhir.systems import Coded

__all__ = ["adjudicated", "submitted"]


def submitted(entries: object, categories: Collection[str]) -> Any:
    """The amount of the first entry in one of the source's own categories, or else of one that is only "submitted".

    An entry that HL7 or CARIN puts in another category is not the submitted amount, whatever else it is called. An
    entry that is submitted and has another name as well is some other amount, such as a rate.
    """
    own = [entry for entry in objects(entries) if not _of_another(entry)]
    found = adjudicated(own, categories)
    if found is not None:
        return found
    return adjudicated([entry for entry in own if names(entry.get("category")) == {"submitted"}], ("submitted",))


def _of_another(entry: dict[str, Any]) -> bool:
    """Whether HL7 or CARIN puts the amount in a category other than submitted."""
    given = {value for system, value in codings(entry.get("category")) if system in Coded.ADJUDICATION}
    return bool(given) and "submitted" not in given


def adjudicated(entries: object, categories: Collection[str]) -> Any:
    """The amount of the first adjudication in one of the categories, tried in order."""
    for category in categories:
        for entry in objects(entries):
            if category in names(entry.get("category")) and entry.get("amount") is not None:
                return amount(entry["amount"])
    return None
