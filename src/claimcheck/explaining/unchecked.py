"""Describes what was not checked, and what to do about it.

>>> why(Reason.NO_TABLE)
'not loaded'
>>> about(Reason.STARTER_TABLE, "mue_practitioner"), about(Reason.NO_HISTORY, None)
('MUEs, practitioner', 'member history')
>>> list(advice([Reason.NO_HISTORY, Reason.NO_HISTORY]))
['give a member history: `--history DB`']
>>> table_words("my_list")
'list my_list'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimcheck.claims import Reason
from claimcheck.tables import declared

__all__ = ["OFFICIAL", "OUTSIDE", "about", "advice", "table_words", "why"]

#: What is missing, and why: the first if no table is named.
_REASONS = {
    Reason.NO_TABLE: ("tables", "not loaded"),
    Reason.OUTSIDE_EDITION: ("tables", "no edition for the service date"),
    Reason.STALE: ("tables", "the newest edition is older than the service date"),
    Reason.STARTER_TABLE: ("tables", "not in the starter table"),
    Reason.PARTIAL_TABLE: ("tables", "loaded in part"),
    Reason.NOT_IN_TABLE: ("tables", "does not list such codes"),
    Reason.NO_HISTORY: ("member history", "none given"),
    Reason.LATER_CLAIMS: ("later claims of the member", "claims are checked one by one as they are read"),
    Reason.UNKNOWN_ORIGINAL: ("original of a replacement or void", "named by a number that no claim has"),
    Reason.NO_REFERENCE_DATE: ("processing date", "no received date on the claim"),
    Reason.NO_SERVICE_DATE: ("service date", "missing or unreadable"),
    Reason.MISSING_FIELD: ("fields that the rules need", "missing or unreadable"),
    Reason.TOO_MANY: ("very long claims", "checked in part"),
    Reason.NO_PARAMETER: ("policy", "does not say"),
}
OFFICIAL = frozenset(
    {Reason.NO_TABLE, Reason.OUTSIDE_EDITION, Reason.STALE, Reason.STARTER_TABLE, Reason.PARTIAL_TABLE}
)
"""What an official table would remedy."""
OUTSIDE = frozenset({Reason.STALE, Reason.OUTSIDE_EDITION})
"""Reasons why a table does not answer for a date."""


def table_words(table: str) -> str:
    """A table's common name."""
    return declared.of(table).title


def about(reason: Reason, table: str | None) -> str:
    """What could not be asked."""
    return table_words(table) if table else _REASONS[reason][0]


def why(reason: Reason) -> str:
    """Why it could not be asked."""
    return _REASONS[reason][1]


def advice(reasons: Iterable[Reason]) -> Iterator[str]:
    """What to do about what was not checked, each piece of advice once."""
    seen = set(reasons)
    if seen & OFFICIAL:
        yield (
            "run `claimcheck tables needed CLAIMS...`, download what it names, and load it with "
            "`claimcheck tables add FILE...`"
        )
    if Reason.NO_HISTORY in seen:
        yield "give a member history: `--history DB`"
    if Reason.LATER_CLAIMS in seen:
        yield "check the batch as a whole: in Python give a list or sort=True, on the command line files"
    if Reason.UNKNOWN_ORIGINAL in seen:
        yield "give the original's claim id as original_claim_id, or the payer's number of it as its other_claim_id"
    if Reason.NO_REFERENCE_DATE in seen:
        yield "give the processing date: `--as-of DATE`"
    if Reason.NO_PARAMETER in seen:
        yield "add it to the policy: --policy FILE"
