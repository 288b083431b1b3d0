"""Writes claims into a stored history: what `standing.plan` says must change, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from claimcheck.claims import ServiceUse
from claimcheck.history.database import Cursor, insert, take_numbers
from claimcheck.history.entry import Entry, Rank
from claimcheck.history.key import Key
from claimcheck.history.parts import Part, billed, day_of, number_of, who
from claimcheck.history.reconciling import BOTH
from claimcheck.history.schema import TABLES
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.standing import Name, Plan, Version, plan, touched
from claimcheck.history.superseded import Terms

__all__ = ["keep"]

_INSERT = {table.name: insert(table.name, table.columns) for table in TABLES}

Rows = list[dict[str, Any]]


def keep(cursor: Cursor, parts: SharedParts, key: Key, entries: Sequence[Entry]) -> None:
    """Keeps claims, in their order. What is kept already changes nothing.

    What is numbered is numbered in the order in which it comes, so that the same claims leave the same rows.
    """
    members = _members(cursor, key, dict.fromkeys(entry.member for entry in entries))
    names = touched(entries)
    versions = _versions(cursor, members, names)
    ((next_number,),) = cursor.run("SELECT number FROM claimcheck_meta WHERE name = 'claim'")
    changes = plan(entries, versions, _undone(cursor, members, names), next_number)
    if changes.kept:
        take_numbers(cursor, "claim", len(changes.kept))
        _write(cursor, parts, members, versions, changes)
    if changes.again:
        _say_again(cursor, parts, members, changes)


def _write(
    cursor: Cursor,
    parts: SharedParts,
    members: Mapping[str, int],
    versions: Mapping[Name, Sequence[Version]],
    changes: Plan,
) -> None:
    _fall(cursor, changes.fallen, members, versions)
    standing = set(changes.stands.values())
    shared = {version.number: _parts(entry) for version, entry in changes.kept if version.number in standing}
    numbers = parts.numbers(cursor, (part for found in shared.values() for part in found))
    rows: dict[str, Rows] = defaultdict(list)
    for version, entry in changes.kept:
        member = members[entry.member]
        again = bool(versions.get((entry.member, entry.claim)))
        rows["claimcheck_claims"].append(_claim_row(version, entry, member, unsettled=_unsettles(entry) or again))
        if version.number in shared:
            found = iter([numbers[part] for part in shared[version.number]])
            rows["claimcheck_service_lines"] += _line_rows(version.number, entry, member, found)
            rows["claimcheck_uses"] += _use_rows(version.number, entry, member, found)
            rows["claimcheck_denials"] += _denial_rows(version.number, entry, member, changes.stands)
    rows["claimcheck_undone"] = list(_undone_rows(cursor, changes, members))
    for table in TABLES:
        new = rows[table.name]
        if new:
            # In the order of the table: neighbours go where the last one went.
            cursor.run_many(_INSERT[table.name], sorted(new, key=itemgetter(*table.key)))
    _note_longest(cursor, rows["claimcheck_service_lines"])
    denied = {row["member"] for row in rows["claimcheck_denials"]}
    if denied:
        cursor.run_many(
            "UPDATE claimcheck_members SET denials = 1 WHERE member = :member", [{"member": one} for one in denied]
        )


def _members(cursor: Cursor, key: Key, wanted: Iterable[str]) -> dict[str, int]:
    hidden = {key.hide(member): member for member in wanted}
    select = "SELECT hidden, member FROM claimcheck_members"
    found = cursor.among(select, ("hidden",), [(one,) for one in hidden])
    members = {hidden.pop(bytes(one)): number for one, number in found}
    if hidden:
        first = take_numbers(cursor, "member", len(hidden))
        numbers = dict(zip(hidden, range(first, first + len(hidden)), strict=True))
        new = [{"member": number, "hidden": one, "denials": 0, "longest": 0} for one, number in numbers.items()]
        cursor.run_many(_INSERT["claimcheck_members"], new)
        members |= {hidden[one]: number for one, number in numbers.items()}
    return members


def _versions(cursor: Cursor, members: Mapping[str, int], names: Iterable[Name]) -> dict[Name, list[Version]]:
    by_number = {number: member for member, number in members.items()}
    select = "SELECT member, name, claim, level, received, digest FROM claimcheck_claims"
    found: dict[Name, list[Version]] = defaultdict(list)
    for member, name, claim, level, received, digest in cursor.among(
        select, ("member", "name"), sorted((members[member], name) for member, name in names)
    ):
        day = None if received is None else day_of(received)
        found[by_number[member], name].append(Version(claim, Rank(level), day, digest))
    return found


def _undone(cursor: Cursor, members: Mapping[str, int], names: Iterable[Name]) -> set[Name]:
    by_number = {number: member for member, number in members.items()}
    select = "SELECT member, name FROM claimcheck_undone"
    keys = [(members[member], name) for member, name in names]
    return {(by_number[member], name) for member, name in cursor.among(select, ("member", "name"), keys)}


def _fall(
    cursor: Cursor, fallen: Iterable[int], members: Mapping[str, int], versions: Mapping[Name, Sequence[Version]]
) -> None:
    """Claims that stand no more: their lines go, and what they said of others holds no more."""
    member_of = {version.number: members[name[0]] for name, held in versions.items() for version in held}
    keys = [{"claim": number, "member": member_of[number]} for number in fallen]
    if keys:
        for table in ("claimcheck_service_lines", "claimcheck_uses", "claimcheck_denials"):
            cursor.run_many(f"DELETE FROM {table} WHERE member = :member AND claim = :claim", keys)  # noqa: S608
        said = "member = :member AND source = :claim"
        cursor.run_many(f"UPDATE claimcheck_denials SET holds = 0 WHERE {said}", keys)  # noqa: S608


def _say_again(cursor: Cursor, parts: SharedParts, members: Mapping[str, int], changes: Plan) -> None:
    """Claims came again: where another verdict was given this time, the caller must be told which holds."""
    numbers = parts.numbers(cursor, (Terms.of(use) for _, entry in changes.again for use in entry.uses))
    said = {
        (version.number, use.position, numbers[Terms.of(use)]): (members[entry.member], int(use.excess))
        for version, entry in changes.again
        for use in entry.uses
    }
    select = "SELECT claim, position, terms, given FROM claimcheck_uses"
    keys = {(member, claim) for (claim, _, _), (member, _) in said.items()}
    other = [
        {"member": said[claim, position, terms][0], "claim": claim, "position": position, "terms": terms, "given": BOTH}
        for claim, position, terms, given in cursor.among(select, ("member", "claim"), keys)
        if (claim, position, terms) in said and given == 1 - said[claim, position, terms][1]
    ]
    if other:
        use = "member = :member AND claim = :claim AND position = :position AND terms = :terms"
        cursor.run_many(f"UPDATE claimcheck_uses SET given = :given WHERE {use}", other)  # noqa: S608
        claims = [{"claim": row["claim"]} for row in other]
        cursor.run_many("UPDATE claimcheck_claims SET unsettled = 1 WHERE claim = :claim", claims)


def _parts(entry: Entry) -> list[Part]:
    """The parts of the lines, two for each, and then of their uses."""
    found: list[Part] = []
    for line in entry.lines:
        found += (billed(line), who(line))
    found += [Terms.of(use) for use in entry.uses]
    return found


def _unsettles(entry: Entry) -> bool:
    """Whether a claim may change verdicts: only what a limit counts, another is denied by, or a claim is undone by."""
    return bool(entry.uses or entry.overturned or entry.rank)


def _claim_row(version: Version, entry: Entry, member: int, *, unsettled: bool) -> dict[str, Any]:
    return {
        "claim": version.number,
        "member": member,
        "name": entry.claim,
        "digest": entry.digest,
        "level": entry.rank.value,
        "received": number_of(entry.received),
        "delivery": number_of(entry.delivery),
        "last": entry.last.toordinal(),
        "unsettled": int(unsettled),
    }


def _line_rows(claim: int, entry: Entry, member: int, parts: Iterator[int]) -> Iterator[dict[str, Any]]:
    for line in entry.lines:
        day = line.service_date.toordinal()
        span = line.service_date_end.toordinal() - day
        yield {
            "member": member,
            "length": span.bit_length(),
            "day": day,
            "claim": claim,
            "position": line.position,
            "span": span,
            "what": next(parts),
            "who": next(parts),
            "line_number": None if line.line_number == line.position else line.line_number,
            "billed": line.billing_digest,
        }


def _note_longest(cursor: Cursor, lines: Rows) -> None:
    longest: dict[int, int] = defaultdict(int)
    for row in lines:
        if row["length"]:
            longest[row["member"]] = max(longest[row["member"]], row["length"])
    if longest:
        rows = [{"member": member, "longest": length} for member, length in longest.items()]
        grown = "member = :member AND longest < :longest"
        cursor.run_many(f"UPDATE claimcheck_members SET longest = :longest WHERE {grown}", rows)  # noqa: S608


def _use_rows(claim: int, entry: Entry, member: int, parts: Iterator[int]) -> Iterator[dict[str, Any]]:
    days = {line.position: line.service_date.toordinal() for line in entry.lines}
    for use in entry.uses:
        yield {
            "member": member,
            "claim": claim,
            "position": use.position,
            "terms": next(parts),
            "day": days[use.position],
            "counts": _counts_as(use),
            "given": int(use.excess),
            "ranked": use.rank,
        }


def _counts_as(use: ServiceUse) -> int:
    """1 if a use counts, plus 2 if the limit does not limit it, plus 4 if it uses up no window."""
    return int(use.counts) + (0 if use.limited else 2) + (0 if use.takes else 4)


def _denial_rows(claim: int, entry: Entry, member: int, stands: Mapping[Name, int]) -> Iterator[dict[str, Any]]:
    for overturned in entry.overturned:
        target, finding = stands.get((entry.member, overturned.claim)), overturned.finding
        if target is not None:
            yield {
                "member": member,
                "claim": target,
                "position": finding.position,
                "source": claim,
                "rule": finding.rule_id,
                "disposition": str(finding.disposition),
                "holds": 1,
                "given": 0,
            }


def _undone_rows(cursor: Cursor, changes: Plan, members: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for member, name in changes.undone - _undone(cursor, members, changes.undone):
        yield {"member": members[member], "name": name}
