"""What may not be added to an edition of the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimcheck.errors import TableError
from claimcheck.tables.readers import Reading
from claimcheck.tables.store.manifest import Entry, Source

__all__ = ["refuse_contradictions", "refuse_less"]


def refuse_contradictions(
    readings: Sequence[Reading], before: Entry | None, given: Collection[str], differing: Sequence[str]
) -> None:
    """Raises `TableError` if the readings and the store's content cannot be of one edition."""
    spans = {(reading.edition.exact_from, reading.edition.exact_through): reading.source for reading in readings}
    if before is not None:
        spans[before.exact_from, before.exact_through] = before.file
    if len(spans) > 1:
        one, other = sorted(spans.values())[:2]
        raise TableError(f"it gives other dates for the edition than {one}; give files of one release", file=other)
    known = frozenset() if before is None else before.parts
    together = known.union(given)
    file = readings[0].source
    if "" in together and len(together) > 1:
        reason = "the edition comes here in parts and elsewhere in one piece; give it in one way, to a new store"
        raise TableError(reason, file=file)
    if differing and not known <= set(given):
        reason = f"part {differing[0]} differs from the one in the store; give all parts at once to replace the edition"
        raise TableError(reason, file=file)


def refuse_less(before: Entry, sources: Sequence[Source]) -> None:
    """Raises `TableError` if an incomplete file would replace a complete edition."""
    for source in sources:
        if source.refused or source.missing:
            what = source.missing[0] if source.missing else f"{source.refused:,} of its rows cannot be read"
            reason = f"{what}, and the store holds the whole edition {before.name} of {before.table}: fetch it again"
            raise TableError(reason, file=source.name)
