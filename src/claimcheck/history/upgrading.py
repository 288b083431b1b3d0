"""Upgrades a stored history from an earlier format to the current one.

Format 2 kept lines by their days alone. What was recorded stays as it is: every line is read once, which takes about
a minute for ten million, and is done together or not at all. Format 3 kept no billing digests: of the lines recorded so
it is not known whether a later one is an exact duplicate. Format 4 took all claims under one claim id for versions of
one bill: of claims that were replaced or voided then, days and biller are not known.
"""

from __future__ import annotations

from datetime import date

from claimcheck.history.database import Cursor
from claimcheck.history.looking_up import LENGTHS
from claimcheck.history.schema import FORMAT

__all__ = ["UPGRADED", "upgrade"]

#: The formats that can be upgraded.
UPGRADED = ("2", "3", "4")


def upgrade(cursor: Cursor, before: str) -> None:
    """Upgrades a history from the format `before`, whose new tables have been created and are empty."""
    if before == "2":
        _lines_by_length(cursor)
    elif before == "3":
        cursor.run("ALTER TABLE claimcheck_service_lines ADD COLUMN billed BIGINT")
    _tell_bills_apart(cursor)
    cursor.run("UPDATE claimcheck_meta SET said = :format WHERE name = 'format'", format=str(FORMAT))


def _lines_by_length(cursor: Cursor) -> None:
    cursor.run("ALTER TABLE claimcheck_members ADD COLUMN longest BIGINT NOT NULL DEFAULT 0")
    columns = "member, day, claim, position, span, what, who, line_number"
    cursor.run(
        f"""
        INSERT INTO claimcheck_service_lines (length, {columns})
        WITH {LENGTHS}
        SELECT s.length, {columns} FROM claimcheck_lines l JOIN lengths s ON l.span BETWEEN s.least AND s.most
        """  # noqa: S608
    )
    cursor.run(
        """
        UPDATE claimcheck_members SET longest =
            (SELECT MAX(l.length) FROM claimcheck_service_lines l WHERE l.member = claimcheck_members.member)
        WHERE EXISTS (
            SELECT 1 FROM claimcheck_service_lines l WHERE l.member = claimcheck_members.member AND l.length > 0
        )
        """
    )
    cursor.run("DROP TABLE claimcheck_lines")


def _tell_bills_apart(cursor: Cursor) -> None:
    """From format 4 to 5: a claim is in force if the history has lines of it, and these give its days."""
    cursor.run("ALTER TABLE claimcheck_members ADD COLUMN spread BIGINT NOT NULL DEFAULT 0")
    kept = "claim, member, name, digest, level, received, delivery, last, unsettled"
    lines = "FROM claimcheck_service_lines l WHERE l.member = c.member AND l.claim = c.claim"
    cursor.run(
        f"""
        INSERT INTO claimcheck_bills ({kept}, visit, stands, begins, ends, is_record)
        SELECT {kept}, 1, CASE WHEN EXISTS (SELECT 1 {lines}) THEN 1 ELSE 0 END,
            (SELECT MIN(l.day) {lines}), (SELECT MAX(l.day + l.span) {lines}), 0
        FROM claimcheck_claims c
        """  # noqa: S608
    )
    cursor.run("DROP TABLE claimcheck_claims")
    cursor.run(
        """
        INSERT INTO claimcheck_undone_bills (member, name, begins, ends, undone_by)
        SELECT member, name, :first, :last, NULL FROM claimcheck_undone
        """,
        first=date.min.toordinal(),
        last=date.max.toordinal(),
    )
    cursor.run("DROP TABLE claimcheck_undone")
