"""Brings a stored history of the format before up to the one of today.

Format 2 kept lines by their days alone. What was recorded stays as it is: every line is copied once, which takes about
a minute for ten million, and is done together or not at all.
"""

from __future__ import annotations

from claimcheck.history.database import Cursor
from claimcheck.history.looking_up import LENGTHS
from claimcheck.history.schema import FORMAT

__all__ = ["upgrade"]


def upgrade(cursor: Cursor) -> None:
    """Upgrades a history of format 2, of which the tables that are new were made and are empty."""
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
    cursor.run("UPDATE claimcheck_meta SET said = :format WHERE name = 'format'", format=str(FORMAT))
