"""Finds the superseded results of a stored history, and records those that were delivered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from claimcheck.claims import Disposition
from claimcheck.history.accounts import name_of
from claimcheck.history.database import Cursor
from claimcheck.history.looking_up import FREQUENCY
from claimcheck.history.parts import day_of, line_of
from claimcheck.history.recorded import RecordedLine
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.superseded import Ground, LineKey, RecordedUse, Superseded, excesses, superseded

__all__ = ["BOTH", "Unsettled", "denials_of", "rounds", "settle", "unsettled", "unsettled_claims"]

#: A use that was reported both as exceeding the limit and as not.
BOTH = 2
_MANY = 100

_USES = """
    SELECT u.claim, u.position, u.terms, u.day, u.counts, u.given, u.ranked, c.name, c.visit, c.received, c.delivery
    FROM claimcheck_uses u JOIN claimcheck_bills c ON c.claim = u.claim WHERE u.member = :member
"""
_UNSETTLED = "SELECT claim FROM claimcheck_bills WHERE member = :member AND unsettled = 1 ORDER BY claim"
_DENIALS = """
    SELECT claim, position, source, rule, disposition, holds, given FROM claimcheck_denials WHERE member = :member
"""
_LINES = f"""
    SELECT l.claim, c.name, c.visit, l.position, l.day, l.span, c.received, c.delivery, l.line_number, l.billed,
        {FREQUENCY}, c.is_record, l.what, l.who
    FROM claimcheck_service_lines l JOIN claimcheck_bills c ON c.claim = l.claim
    WHERE l.member = :member AND l.claim = :claim
"""  # noqa: S608


@attrs.frozen
class Unsettled:
    """The results of one member to deliver, and what to record afterwards."""

    member: int
    claims: tuple[int, ...]
    verdicts: tuple[Superseded, ...]
    grounds: tuple[Ground, ...]  #: those that changed


def unsettled_claims(cursor: Cursor, most: int) -> dict[int, list[int]]:
    """The first claims since results were last settled, by member."""
    members = defaultdict(list)
    statement = "SELECT member, claim FROM claimcheck_bills WHERE unsettled = 1 ORDER BY claim LIMIT :most"
    for member, claim in cursor.run(statement, most=most):
        members[member].append(claim)
    for member, claims in members.items():
        if len(claims) > _MANY:  # of so many at once, because otherwise the same uses would be read again and again
            members[member] = [claim for (claim,) in cursor.run(_UNSETTLED, member=member)]
    return members


def unsettled(cursor: Cursor, parts: SharedParts, member: int, claims: Sequence[int]) -> Unsettled:
    """What to deliver and record for a member.

    A claim that arrives while the rest is read is not among `claims`: it stays unsettled, and is handled next time.
    """
    denials = denials_of(cursor, member)
    grounds = [*denials, *excesses(_uses(cursor, parts, member), denials)]
    changed = tuple(ground for ground in grounds if ground.given != ground.holds)
    lines = _lines(cursor, parts, member, {ground.line[0] for ground in changed})
    present = [ground for ground in grounds if ground.line in lines]
    return Unsettled(member, tuple(claims), tuple(superseded(lines, present)), changed)


def rounds(cursor: Cursor) -> int:
    """How many times members were settled."""
    ((number,),) = cursor.run("SELECT number FROM claimcheck_meta WHERE name = 'settled'")
    return int(number)


def settle(cursor: Cursor, batch: list[Unsettled], since: int) -> None:
    """Records that results were delivered.

    If another process settled anything `since` the round in which these were found, it did not know of them: then the
    members with delivered results are checked once more.
    """
    alone = rounds(cursor) == since
    uses: list[dict[str, Any]] = []
    denials: list[dict[str, Any]] = []
    for one in batch:
        for ground in one.grounds:
            (uses if ground.limit is not None else denials).append(
                {
                    "member": one.member,
                    "claim": ground.line[0],
                    "position": ground.line[1],
                    "given": int(ground.holds),
                    **ground.key,  # type: ignore[dict-item]
                }
            )
    line = "member = :member AND claim = :claim AND position = :position"
    _run(cursor, f"UPDATE claimcheck_uses SET given = :given WHERE {line} AND terms = :terms", uses)  # noqa: S608
    same = f"{line} AND source = :source AND rule = :rule"
    _run(cursor, f"UPDATE claimcheck_denials SET given = :given WHERE {same}", denials)  # noqa: S608
    taken_back = [denial for denial in denials if not denial["given"]]
    _run(cursor, f"DELETE FROM claimcheck_denials WHERE {same} AND holds = 0 AND given = 0", taken_back)  # noqa: S608
    cursor.run("UPDATE claimcheck_meta SET number = number + 1 WHERE name = 'settled'")
    claims = [{"claim": claim, "again": int(not alone and bool(one.grounds))} for one in batch for claim in one.claims]
    _run(cursor, "UPDATE claimcheck_bills SET unsettled = :again WHERE claim = :claim", claims)


def _run(cursor: Cursor, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        cursor.run_many(statement, rows)


def denials_of(cursor: Cursor, member: int) -> list[Ground]:
    """Later claims' denials of the member's lines."""
    return [
        Ground(
            (claim, position),
            rule,
            Disposition(disposition),
            bool(given),
            bool(holds),
            key={"source": source, "rule": rule},
        )
        for claim, position, source, rule, disposition, holds, given in cursor.run(_DENIALS, member=member)
    ]


def _uses(cursor: Cursor, parts: SharedParts, member: int) -> Iterator[RecordedUse]:
    for row in cursor.run(_USES, member=member):
        claim, position, terms, day, counts, given, rank, name, visit, received, delivery = row
        yield RecordedUse(
            (claim, position),
            name_of(name, visit),
            day_of(day),
            None if received is None else day_of(received),
            None if delivery is None else day_of(delivery),
            parts.part(cursor, terms),
            bool(counts & 1),
            None if given == BOTH else bool(given),
            {"terms": terms},
            rank,
            not counts & 2,
            not counts & 4,
        )


def _lines(cursor: Cursor, parts: SharedParts, member: int, claims: set[int]) -> dict[LineKey, RecordedLine]:
    lines = {}
    for number in claims:
        for claim, name, visit, *row, what, by in cursor.run(_LINES, member=member, claim=number):
            line = line_of(name_of(name, visit), tuple(row), parts.part(cursor, what), parts.part(cursor, by))
            lines[claim, line.position] = line
    return lines
