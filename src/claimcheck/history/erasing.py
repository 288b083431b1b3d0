"""Removes from a stored history what may not or need not be kept."""

from __future__ import annotations

from datetime import date

from claimcheck.history.database import Cursor
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.window import counted_from

__all__ = ["forget", "purge"]

_OF_MEMBERS = (
    "claimcheck_service_lines",
    "claimcheck_uses",
    "claimcheck_denials",
    "claimcheck_undone_bills",
    "claimcheck_bills",
    "claimcheck_members",
)


def forget(cursor: Cursor, hidden: bytes) -> None:
    """Deletes every row of a member."""
    for (member,) in cursor.run("SELECT member FROM claimcheck_members WHERE hidden = :hidden", hidden=hidden):
        for table in _OF_MEMBERS:
            cursor.run(f"DELETE FROM {table} WHERE member = :member", member=member)  # noqa: S608


def purge(cursor: Cursor, parts: SharedParts, before: date) -> None:
    """Deletes what ended before a day and is not counted by any limit from that day on."""
    day = before.toordinal()
    for (number,) in cursor.run("SELECT DISTINCT terms FROM claimcheck_uses"):
        terms = parts.part(cursor, number)
        start = counted_from(terms.window, terms.year_starts, before).toordinal()
        cursor.run("DELETE FROM claimcheck_uses WHERE terms = :terms AND day < :start", terms=number, start=start)
    cursor.run(
        """
        DELETE FROM claimcheck_service_lines WHERE day + span < :day AND NOT EXISTS (
            SELECT 1 FROM claimcheck_uses u WHERE u.member = claimcheck_service_lines.member
            AND u.claim = claimcheck_service_lines.claim AND u.position = claimcheck_service_lines.position
        )
        """,
        day=day,
    )
    cursor.run(
        """
        DELETE FROM claimcheck_uses WHERE NOT EXISTS (
            SELECT 1 FROM claimcheck_service_lines l WHERE l.member = claimcheck_uses.member
            AND l.claim = claimcheck_uses.claim AND l.position = claimcheck_uses.position
            AND l.day = claimcheck_uses.day
        )
        """
    )
    cursor.run(
        """
        DELETE FROM claimcheck_bills WHERE last < :day AND NOT EXISTS (
            SELECT 1 FROM claimcheck_service_lines l WHERE l.member = claimcheck_bills.member
            AND l.claim = claimcheck_bills.claim
        )
        """,
        day=day,
    )
    cursor.run(
        """
        DELETE FROM claimcheck_denials WHERE NOT EXISTS (
            SELECT 1 FROM claimcheck_service_lines l WHERE l.member = claimcheck_denials.member
            AND l.claim = claimcheck_denials.claim AND l.position = claimcheck_denials.position
        )
        """
    )
    for table in ("claimcheck_undone_bills", "claimcheck_members"):
        cursor.run(f"DELETE FROM {table} WHERE member NOT IN (SELECT member FROM claimcheck_bills)")  # noqa: S608
    cursor.run("UPDATE claimcheck_meta SET number = :day WHERE name = 'purged' AND number < :day", day=day)
