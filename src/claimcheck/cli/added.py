"""What `claimcheck tables add` did, as a person reads it: what became of each member, and what is amiss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claimcheck.cli.look import Look
from claimcheck.tables import Edition
from claimcheck.tables.readers import Member
from claimcheck.tables.store import Added

__all__ = ["amiss", "told"]

_OUTCOMES = {
    "read": "{file}: {detail}",
    "duplicate": "{file}: the same table as {detail}",
    "other": "{file}: not a table that claimcheck reads{which}",
    "refused": "{file}: refused: {detail}",
}


def told(added: Added, look: Look) -> Iterator[str]:
    """All of it."""
    for member in added.members:
        if "/" in member.file:
            yield _became(member, look)
    for edition in added.editions:
        yield f"{look.styled('added', 'green')}      {_named(edition)}"
    for edition in added.unchanged:
        yield f"{look.styled('unchanged', 'dim')}  {_named(edition)}"
    if added.editions:
        yield f"{added.rows:,} row{'' if added.rows == 1 else 's'}"
    yield from _of_rows(added, look)


def amiss(added: Added, look: Look) -> Iterator[str]:
    """What did not go well: members that were refused, editions that are not whole, rows that were not taken."""
    yield from (_became(member, look) for member in added.members if member.outcome == "refused")
    yield from (_named(edition) for edition in (*added.editions, *added.unchanged) if edition.partial)
    yield from _of_rows(added, look)


def _became(member: Member, look: Look) -> str:
    """What became of a member of a zip."""
    which = f" ({member.detail})" if member.detail else ""
    said = _OUTCOMES[member.outcome].format(file=member.file, detail=member.detail, which=which)
    return look.wrapped(said, "", "  ", style="yellow" if member.outcome == "refused" else "dim")


def _of_rows(added: Added, look: Look) -> Iterator[str]:
    """The codes that were read back, and the rows that were not taken, those of one reason together."""
    for source, count in Counter(source for source, _, _ in added.restored).items():
        printed, read = next((printed, read) for name, printed, read in added.restored if name == source)
        said = f"{source}: {printed}{_and_more(count)} had lost leading zeros, and was read as {read}"
        yield look.wrapped(said, "", "  ", style="yellow")
    for (source, reason), count in Counter((source, why.reason) for source, why in added.refused).items():
        first = next(why.row for name, why in added.refused if (name, why.reason) == (source, reason))
        said = f"{source}, row {first}{_and_more(count)}: not taken: {reason}"
        yield look.wrapped(said, "", "  ", style="yellow")


def _and_more(count: int) -> str:
    return f" and {count - 1:,} more" if count > 1 else ""


def _named(edition: Edition) -> str:
    lacking = (
        f"; partial, what it does not hold is not checked: {'; '.join(edition.missing)}" if edition.partial else ""
    )
    return (
        f"{edition.programme} {edition.table} {edition.name}, "
        f"exact from {edition.exact_from} to {edition.exact_through}{lacking}"
    )
