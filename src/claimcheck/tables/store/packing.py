"""Writes the packed file of an edition."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from claimcheck.tables.lookup import Edition
from claimcheck.tables.store import building, directory
from claimcheck.tables.store.building import Part
from claimcheck.tables.store.manifest import Entry, Source

__all__ = ["written"]


def written(
    store: Path,
    edition: Edition,
    given: Sequence[tuple[Source, Part]],
    notices: Collection[str],
    held: tuple[tuple[Source, ...], Part] | None = None,
) -> Entry:
    """The entry of a packed file now in the store: the rows given plus those already there."""
    sources, parts = [source for source, _ in given], [part for _, part in given]
    if held is not None:
        sources += held[0]
        parts.append(held[1])
    content = building.pack(parts)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{edition.program}.{edition.table}.{edition.name}.{digest[:16]}"
    file = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) + directory.SUFFIX
    directory.write(store, file, content)
    return Entry(
        kind=building.kind_of(edition.table),
        program=edition.program,
        table=edition.table,
        name=edition.name,
        exact_from=edition.exact_from,
        exact_through=edition.exact_through,
        rows=sum(source.rows for source in sources),
        sources=tuple(sorted(sources)),
        notices=tuple(sorted({*notices} - {""})),
        file=file,
        size=len(content),
        sha256=digest,
    )
