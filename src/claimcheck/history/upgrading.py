"""Brings a stored history of an earlier format up to the one of today.

Format 2 kept lines by their days alone. What was recorded stays as it is: every line is copied once, which takes about
a minute for ten million, and is done together or not at all. Format 3 kept no billing digests: of the lines recorded so
it is not known whether a later one is an exact duplicate.
"""

from __future__ import annotations

from claimcheck.history.database import Cursor
from claimcheck.history.looking_up import LENGTHS
from claimcheck.history.schema import FORMAT

__all__ = ["UPGRADED", "upgrade"]

#: The formats that are upgraded.
UPGRADED = ("2", "3")


def upgrade(cursor: Cursor, before: str) -> None:
    """Upgrades a history of the format `before`, of which the tables that are new were made and are empty."""
    if before == "2":
        _lines_by_length(cursor)
    else:
        cursor.run("ALTER TABLE claimcheck_service_lines ADD COLUMN billed BIGINT")
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
