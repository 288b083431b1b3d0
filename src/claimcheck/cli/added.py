"""What `claimcheck tables add` did, in readable form: what became of each member, and any problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claimcheck.cli.style import Style
from claimcheck.tables import Edition
from claimcheck.tables.readers import Member
from claimcheck.tables.store import Added

__all__ = ["description", "problems"]

_OUTCOMES = {
    "read": "{file}: {detail}",
    "duplicate": "{file}: the same table as {detail}",
    "other": "{file}: not a table that claimcheck reads{which}",
    "refused": "{file}: refused: {detail}",
}


def description(added: Added, style: Style) -> Iterator[str]:
    """The full description."""
    for member in added.members:
        if "/" in member.file:
            yield _became(member, style)
    for edition in added.editions:
        yield f"{style.styled('added', 'green')}      {_named(edition)}"
    for edition in added.unchanged:
        yield f"{style.styled('unchanged', 'dim')}  {_named(edition)}"
    if added.editions:
        yield f"{added.rows:,} row{'' if added.rows == 1 else 's'}"
    yield from _of_rows(added, style)


def problems(added: Added, style: Style) -> Iterator[str]:
    """Problems: members that were refused, incomplete editions, refused rows."""
    yield from (_became(member, style) for member in added.members if member.outcome == "refused")
    yield from (_named(edition) for edition in (*added.editions, *added.unchanged) if edition.partial)
    yield from _of_rows(added, style)


def _became(member: Member, style: Style) -> str:
    """What became of a member of a zip."""
    which = f" ({member.detail})" if member.detail else ""
    text = _OUTCOMES[member.outcome].format(file=member.file, detail=member.detail, which=which)
    return style.wrapped(text, "", "  ", style="yellow" if member.outcome == "refused" else "dim")


def _of_rows(added: Added, style: Style) -> Iterator[str]:
    """The codes with restored zeros, and the refused rows grouped by reason."""
    for source, count in Counter(source for source, _, _ in added.restored).items():
        printed, read = next((printed, read) for name, printed, read in added.restored if name == source)
        text = f"{source}: {printed}{_and_more(count)} had lost leading zeros, and was read as {read}"
        yield style.wrapped(text, "", "  ", style="yellow")
    for (source, reason), count in Counter((source, why.reason) for source, why in added.refused).items():
        first = next(why.row for name, why in added.refused if (name, why.reason) == (source, reason))
        text = f"{source}, row {first}{_and_more(count)}: not taken: {reason}"
        yield style.wrapped(text, "", "  ", style="yellow")


def _and_more(count: int) -> str:
    return f" and {count - 1:,} more" if count > 1 else ""


def _named(edition: Edition) -> str:
    lacking = (
        f"; partial, what it does not hold is not checked: {'; '.join(edition.missing)}" if edition.partial else ""
    )
    return (
        f"{edition.program} {edition.table} {edition.name}, "
        f"exact from {edition.exact_from} to {edition.exact_through}{lacking}"
    )
