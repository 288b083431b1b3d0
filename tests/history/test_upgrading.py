"""A history of the format before is brought up to that of today, and says all that it said."""

from datetime import date

import attrs
import pytest

from claimcheck import HistoryError, SqliteHistory
from history.made import claim, line, result, use
from history.own import KEY

EVER = date.min, date.max
FORMAT_4 = (
    """
    CREATE TABLE claimcheck_claims (
        claim BIGINT NOT NULL PRIMARY KEY, member BIGINT NOT NULL, name VARCHAR(200) NOT NULL, digest BIGINT NOT NULL,
        level BIGINT NOT NULL, received BIGINT, delivery BIGINT, last BIGINT NOT NULL, unsettled BIGINT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX claimcheck_claims_once ON claimcheck_claims (member, name, digest)",
    """
    INSERT INTO claimcheck_claims SELECT claim, member, name, digest, level, received, delivery, last, unsettled
    FROM claimcheck_bills
    """,
    "DROP TABLE claimcheck_bills",
    "ALTER TABLE claimcheck_members DROP COLUMN spread",
    "CREATE TABLE claimcheck_undone (member BIGINT NOT NULL, name VARCHAR(200) NOT NULL, PRIMARY KEY (member, name))",
    "INSERT INTO claimcheck_undone (member, name) SELECT DISTINCT member, name FROM claimcheck_undone_bills",
    "DROP TABLE claimcheck_undone_bills",
    "UPDATE claimcheck_meta SET said = '4' WHERE name = 'format'",
)
FORMAT_2 = (
    *FORMAT_4,
    """
    CREATE TABLE claimcheck_lines (
        member BIGINT NOT NULL, day BIGINT NOT NULL, claim BIGINT NOT NULL, position BIGINT NOT NULL,
        span BIGINT NOT NULL, what BIGINT NOT NULL, who BIGINT NOT NULL, line_number BIGINT,
        PRIMARY KEY (member, day, claim, position)
    )
    """,
    """
    INSERT INTO claimcheck_lines (member, day, claim, position, span, what, who, line_number)
    SELECT member, day, claim, position, span, what, who, line_number FROM claimcheck_service_lines
    """,
    "DROP TABLE claimcheck_service_lines",
    "ALTER TABLE claimcheck_members DROP COLUMN longest",
    "UPDATE claimcheck_meta SET said = '2' WHERE name = 'format'",
)
FORMAT_3 = (
    *FORMAT_4,
    "ALTER TABLE claimcheck_service_lines DROP COLUMN billed",
    "UPDATE claimcheck_meta SET said = '3' WHERE name = 'format'",
)


@pytest.fixture(params=["sqlite", "sql"])
def opened(request, tmp_path):
    """Opens the same history again and again."""
    if request.param == "sqlite":
        return lambda: SqliteHistory(tmp_path / "history.db", KEY)
    url = request.getfixturevalue("new_schema")()
    from claimcheck.history.sql import SqlHistory

    return lambda: SqlHistory(url, KEY)


def stay(last):
    return line("99231", day="2024-02-01", service_date_end=last)


def without_digests(lines):
    """The lines as an earlier format keeps them."""
    return tuple(attrs.evolve(found, billing_digest=None) for found in lines)


CLAIMS = [
    claim("A", line("3044F", day="2024-02-01"), line("99213", day="2024-02-01", line_number=7)),
    claim("B", stay("2024-02-02"), stay("2024-02-04"), stay("2025-02-01")),
    claim("C", line("99213", day="2024-03-01"), member_id="M2"),
    claim("D", line("99213", day="2024-03-01"), frequency_code="7", original_claim_id="C", member_id="M2"),
]


@pytest.mark.parametrize("downgrade", [FORMAT_2, FORMAT_3, FORMAT_4], ids=["2", "3", "4"])
def test_it_says_what_it_said(opened, downgrade):
    with opened() as history:
        for one in CLAIMS:
            history.record(one, result(one, *([use()] if one.claim_id == "A" else [])))
        before = {member: without_digests(history.lines(member, *EVER)) for member in ("M1", "M2")}
        nights = {
            day: without_digests(history.lines("M1", day, day)) for day in (date(2024, 2, day) for day in range(1, 8))
        }
        assert len(before["M1"]) == 5
        assert [len(found) for found in nights.values()] == [5, 3, 2, 2, 1, 1, 1]
        with history._database.writing() as cursor:
            for statement in downgrade:
                cursor.run(statement)
    for _ in range(2):  # it is upgraded once
        with opened() as history:
            assert {member: without_digests(history.lines(member, *EVER)) for member in before} == before
            assert {day: without_digests(history.lines("M1", day, day)) for day in nights} == nights
            assert [found.claim for found in history.uses("M1", {"3044F"}, *EVER)] == ["A"]
    with opened() as history:
        later = claim("E", stay("2030-02-01"))
        history.record(later, result(later))
        assert [found.claim for found in history.lines("M1", date(2029, 1, 1), date(2029, 1, 1))] == ["E"]
        list(history.reconcile())
        history.purge(date(2024, 6, 1))
        assert {found.claim for found in history.lines("M1", *EVER)} == {"A", "B", "E"}


def test_any_other_format_says_what_to_do(opened):
    with opened() as history, history._database.writing() as cursor:
        cursor.run("UPDATE claimcheck_meta SET said = '1' WHERE name = 'format'")
    with pytest.raises(HistoryError, match="another version of claimcheck: use that one"):
        opened()
