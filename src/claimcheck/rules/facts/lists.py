"""Whether a list of the user's own is loaded at all: a rule that has none to ask does not apply."""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Reason
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.tables.lookup import NotCovered

__all__ = ["is_loaded"]


def is_loaded(tables: TablesOn, name: str) -> bool:
    """Whether there is such a list, for whatever days.

    >>> from claimcheck.tables import Tables
    >>> is_loaded(TablesOn(Tables.starter(), None), "manifestation")
    False
    """
    held = tables.tables.code_list(name, "", date.max)
    return not (isinstance(held, NotCovered) and held.reason is Reason.NO_TABLE)
