"""Writes claims into a stored history: the changes in `standing.plan`, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

import attrs

from claimcheck.claims import Disposition, Overturned, ServiceUse
from claimcheck.history.accounts import Account, Bill, Days, Held, Rank, Undone, name_of
from claimcheck.history.book import SAMPLE
from claimcheck.history.database import Cursor, insert, take_numbers
from claimcheck.history.entry import Entry
from claimcheck.history.key import Key
from claimcheck.history.parts import Part, billed, day_of, line_of, number_of, who
from claimcheck.history.reconciling import BOTH
from claimcheck.history.recorded import RecordedLine
from claimcheck.history.repeats import DUPLICATE_RULE, can_be_original, relieved
from claimcheck.history.schema import TABLES
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.standing import Name, Plan, plan, speaks_of, touched
from claimcheck.history.superseded import LineKey, Terms

__all__ = ["Numbered", "accounts", "keep"]

_VERSION = "claim, level, received, digest, visit, stands, begins, ends, biller, claim_type, frequency, is_record"
_VERSIONS = f"SELECT member, name, {_VERSION} FROM claimcheck_bills"  # noqa: S608
_UNDER_ID = f"SELECT {_VERSION} FROM claimcheck_bills WHERE member = :member AND name = :name"  # noqa: S608
_NEAR = f"""
    {_UNDER_ID} AND begins BETWEEN :first - :spread AND :last AND ends >= :first
    UNION ALL {_UNDER_ID} AND begins IS NULL
    UNION ALL SELECT * FROM (
        {_UNDER_ID} AND begins IS NOT NULL ORDER BY begins, claim LIMIT {SAMPLE}
    ) AS firsts
    UNION ALL SELECT * FROM (
        {_UNDER_ID} AND begins IS NOT NULL ORDER BY begins DESC, claim DESC LIMIT {SAMPLE}
    ) AS lasts
"""  # noqa: S608
_LONGEST = "SELECT MAX(ends - begins) + 1 FROM claimcheck_bills WHERE member = :member"
_UNDONE = "SELECT member, name, begins, ends, undone_by FROM claimcheck_undone_bills"
_LINE = """
    SELECT day, span, NULL, NULL, line_number, billed, NULL, 0, what, who FROM claimcheck_service_lines
    WHERE member = :member AND claim = :claim AND position = :position
"""
_INSERT = {table.name: insert(table.name, table.columns) for table in TABLES}

Rows = list[dict[str, Any]]


def keep(cursor: Cursor, parts: SharedParts, key: Key, entries: Sequence[Entry]) -> None:
    """Keeps claims, in order. What is already kept changes nothing.

    Numbers are assigned in order of arrival, so that the same claims leave the same rows.
    """
    members = _members(cursor, key, dict.fromkeys(entry.member for entry in entries))
    known = accounts(cursor, members, touched(entries))
    ((next_number,),) = cursor.run("SELECT number FROM claimcheck_meta WHERE name = 'claim'")
    changes = plan(entries, known, next_number)
    if changes.kept:
        take_numbers(cursor, "claim", len(changes.kept))
        _write(cursor, parts, members, known, changes)
    if changes.again:
        _say_again(cursor, parts, members, changes)


def _write(
    cursor: Cursor,
    parts: SharedParts,
    members: Mapping[str, Numbered],
    known: Mapping[Name, Account],
    changes: Plan,
) -> None:
    losing = _fall(cursor, changes.fallen, members, known)
    originals, kept = _originals(cursor, parts, members, changes)
    shared = {version.number: _parts(entry) for version, entry in kept if version.stands}
    numbers = parts.numbers(cursor, (part for found in shared.values() for part in found))
    rows: dict[str, Rows] = defaultdict(list)
    for version, entry in kept:
        member = members[entry.member].number
        again = bool(known[entry.member, entry.claim].versions)
        rows["claimcheck_bills"].append(_claim_row(version, entry, member, unsettled=_unsettles(entry) or again))
        if version.number in shared:
            found = iter([numbers[part] for part in shared[version.number]])
            rows["claimcheck_service_lines"] += _line_rows(version.number, entry, member, found)
            rows["claimcheck_uses"] += _use_rows(version.number, entry, member, found)
            for overturned in entry.overturned:
                targets = changes.targets(entry, version.number, overturned)
                if len(targets) > 1:
                    targets = _spoken_of(cursor, parts, member, overturned, targets, changes)
                rows["claimcheck_denials"] += _denial_rows(version.number, member, overturned, targets)
            repeated = ((one.position, originals.get((version.number, one.position))) for one in entry.repeats)
            rows["claimcheck_denials"] += [
                _repeat_row(original, member, version.number, position)
                for position, original in repeated
                if original is not None
            ]
    rows["claimcheck_undone_bills"] = list(_undone_rows(changes, members))
    for table in TABLES:
        new = rows[table.name]
        if new:
            # In table order: adjacent keys go to the same page.
            cursor.run_many(_INSERT[table.name], sorted(new, key=itemgetter(*table.key)))
    _note_longest(cursor, rows["claimcheck_service_lines"])
    _note_spread(cursor, {one.number: one.spread for one in members.values()}, rows["claimcheck_bills"])
    denied = {row["member"] for row in rows["claimcheck_denials"]}
    if denied:
        cursor.run_many(
            "UPDATE claimcheck_members SET denials = 1 WHERE member = :member", [{"member": one} for one in denied]
        )
    _find_originals_again(cursor, parts, losing)


class Numbered(NamedTuple):
    """A member as stored in a history: `spread` as in the table of members."""

    number: int
    spread: int = 0


def _members(cursor: Cursor, key: Key, wanted: Iterable[str]) -> dict[str, Numbered]:
    hidden = {key.hide(member): member for member in wanted}
    select = "SELECT hidden, member, spread FROM claimcheck_members"
    found = cursor.among(select, ("hidden",), [(one,) for one in hidden])
    members = {hidden.pop(bytes(one)): Numbered(*row) for one, *row in found}
    if hidden:
        first = take_numbers(cursor, "member", len(hidden))
        numbers = dict(zip(hidden, range(first, first + len(hidden)), strict=True))
        new = [
            {"member": number, "hidden": one, "denials": 0, "longest": 0, "spread": 0}
            for one, number in numbers.items()
        ]
        cursor.run_many(_INSERT["claimcheck_members"], new)
        members |= {hidden[one]: Numbered(number) for one, number in numbers.items()}
    return members


def accounts(
    cursor: Cursor, members: Mapping[str, Numbered], names: Mapping[Name, Iterable[Days | None]]
) -> dict[Name, Account]:
    """What is held of claim ids of members, who are given with their numbers, as far as claims of some days ask."""
    by_number = {one.number: member for member, one in members.items()}
    keys = sorted((members[member].number, name) for member, name in names)
    together = [key for key in keys if not members[by_number[key[0]]].spread]
    versions: dict[Name, dict[int, Held]] = defaultdict(dict)
    for member, name, *row in cursor.among(_VERSIONS, ("member", "name"), together):
        versions[by_number[member], name][row[0]] = _held(*row)
    for (member, name), several in names.items():
        if members[member].spread:
            found = (row for days in several for row in _near(cursor, members[member], name, days))
            versions[member, name] = {row[0]: _held(*row) for row in found}
    undone: dict[Name, list[Undone]] = defaultdict(list)
    for member, name, begins, ends, by in cursor.among(_UNDONE, ("member", "name"), keys):
        undone[by_number[member], name].append(Undone((day_of(begins), day_of(ends)), by))
    return {name: Account(sorted(versions[name].values(), key=_number), tuple(undone[name])) for name in names}


def _near(cursor: Cursor, member: Numbered, name: str, days: Days | None) -> Iterable[Sequence[Any]]:
    """The versions of one claim id that have a day in common with a claim, and some of the others."""
    if days is None:
        return cursor.run(_UNDER_ID, member=member.number, name=name)
    first, last = (day.toordinal() for day in days)
    return cursor.run(_NEAR, member=member.number, name=name, first=first, last=last, spread=member.spread)


def _number(version: Held) -> int:
    return version.number


def _held(  # noqa: PLR0917 - a row
    claim: int,
    level: int,
    received: int | None,
    digest: int,
    visit: int,
    stands: int,
    begins: int | None,
    ends: int | None,
    biller: str | None,
    claim_type: str | None,
    frequency: str | None,
    is_record: int,
) -> Held:
    days = None if begins is None or ends is None else (day_of(begins), day_of(ends))
    bill = Bill(days, biller, claim_type, frequency, bool(is_record))
    day = None if received is None else day_of(received)
    return Held(claim, Rank(level), day, digest, bill, visit, bool(stands))


def _fall(
    cursor: Cursor, fallen: Iterable[int], members: Mapping[str, Numbered], known: Mapping[Name, Account]
) -> set[int]:
    """Claims no longer in force: their lines are removed, and their findings on other claims no longer hold.

    The numbers of their members.
    """
    member_of = {one.number: members[member].number for (member, _), held in known.items() for one in held.versions}
    keys = [{"claim": number, "member": member_of[number]} for number in fallen]
    if keys:
        for table in ("claimcheck_service_lines", "claimcheck_uses", "claimcheck_denials"):
            cursor.run_many(f"DELETE FROM {table} WHERE member = :member AND claim = :claim", keys)  # noqa: S608
        said = "member = :member AND source = :claim"
        cursor.run_many(f"UPDATE claimcheck_denials SET holds = 0 WHERE {said}", keys)  # noqa: S608
        numbers = [{"claim": key["claim"]} for key in keys]
        cursor.run_many("UPDATE claimcheck_bills SET stands = 0 WHERE claim = :claim", numbers)
    return {key["member"] for key in keys}


def _say_again(cursor: Cursor, parts: SharedParts, members: Mapping[str, Numbered], changes: Plan) -> None:
    """Claims that arrived again: if the result differs this time, the caller must be told which one is current."""
    numbers = parts.numbers(cursor, (Terms.of(use) for _, entry in changes.again for use in entry.uses))
    said = {
        (version.number, use.position, numbers[Terms.of(use)]): (members[entry.member].number, int(use.excess))
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
        cursor.run_many("UPDATE claimcheck_bills SET unsettled = 1 WHERE claim = :claim", claims)


def _parts(entry: Entry) -> list[Part]:
    """The parts of the lines, two for each, and then of their uses."""
    found: list[Part] = []
    for line in entry.lines:
        found += (billed(line), who(line))
    found += [Terms.of(use) for use in entry.uses]
    return found


def _unsettles(entry: Entry) -> bool:
    """Whether a claim may change results: only if a limit counts it, or it denies another claim's line, or takes a
    claim out of force."""
    return bool(entry.uses or entry.overturned or entry.rank)


def _claim_row(version: Held, entry: Entry, member: int, *, unsettled: bool) -> dict[str, Any]:
    bill = entry.bill
    begins, ends = (None, None) if bill.days is None else map(date.toordinal, bill.days)
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
        "visit": version.visit,
        "stands": int(version.stands),
        "begins": begins,
        "ends": ends,
        "biller": bill.biller,
        "claim_type": bill.claim_type,
        "frequency": bill.frequency,
        "is_record": int(bill.is_record),
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


def _note_spread(cursor: Cursor, spread: Mapping[int, int], claims: Rows) -> None:
    """Where a claim id of a member has several bills, notes the most days of any claim of the member."""
    several = {row["member"] for row in claims if row["visit"] > 1}
    longest: dict[int, int] = defaultdict(int)
    for row in claims:
        if row["begins"] is not None and (spread[row["member"]] or row["member"] in several):
            longest[row["member"]] = max(longest[row["member"]], row["ends"] - row["begins"] + 1)
    for member in several:
        if not spread[member]:
            longest[member] = cursor.run(_LONGEST, member=member)[0][0] or 1
    grown = [{"member": member, "spread": days} for member, days in longest.items() if days > spread[member]]
    if grown:
        cursor.run_many("UPDATE claimcheck_members SET spread = :spread WHERE member = :member", grown)


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


def _spoken_of(  # noqa: PLR0917
    cursor: Cursor, parts: SharedParts, member: int, overturned: Overturned, targets: Sequence[Held], changes: Plan
) -> list[Held]:
    """Of several bills with one claim id, those with a line that matches what the other claim says about it."""
    coming = {version.number: entry for version, entry in changes.kept}
    place = overturned.finding.position or 0
    found = []
    for one in targets:
        if one.number in coming:
            lines = [line for line in coming[one.number].lines if line.position == place]
        else:
            rows = cursor.run(_LINE, member=member, claim=one.number, position=place)
            lines = [
                line_of(overturned.claim, (place, *row), parts.part(cursor, what), parts.part(cursor, by))
                for *row, what, by in rows
            ]
        if any(speaks_of(overturned, line) for line in lines):
            found.append(one)
    return found


def _denial_rows(source: int, member: int, overturned: Overturned, targets: Iterable[Held]) -> Iterator[dict[str, Any]]:
    finding = overturned.finding
    for target in targets:
        yield {
            "member": member,
            "claim": target.number,
            "position": finding.position,
            "source": source,
            "rule": finding.rule_id,
            "disposition": str(finding.disposition),
            "holds": 1,
            "given": 0,
        }


def _repeat_row(original: int, member: int, claim: int, position: int) -> dict[str, Any]:
    """A denial of a line that repeats one of the claim `original`, which was delivered with its result."""
    return {
        "member": member,
        "claim": claim,
        "position": position,
        "source": original,
        "rule": DUPLICATE_RULE,
        "disposition": str(Disposition.DENIED),
        "holds": 1,
        "given": 1,
    }


def _originals(
    cursor: Cursor, parts: SharedParts, members: Mapping[str, Numbered], changes: Plan
) -> tuple[dict[LineKey, int], list[tuple[Held, Entry]]]:
    """For each line that is an exact duplicate, the number of the claim that it repeats, as far as known; and the
    claims to keep, with such lines as they are but for that."""
    found: dict[LineKey, int] = {}
    kept: list[tuple[Held, Entry]] = []
    coming: dict[tuple[str, int | None], list[tuple[int, RecordedLine]]] = defaultdict(list)
    for version, entry in changes.kept:
        own: list[int] = []
        lines = {line.position: line for line in entry.lines} if version.stands else {}
        for one in entry.repeats:
            line = lines.get(one.position)
            if line is None:
                continue
            original = _original(cursor, parts, members[entry.member].number, line)
            if original is None:
                same = coming[entry.member, line.billing_digest]
                original = min((number for number, other in same if can_be_original(other, line)), default=None)
            if original is not None:
                found[version.number, one.position] = original
                own.append(one.position)
        for line in lines.values():
            coming[entry.member, line.billing_digest].append((version.number, line))
        repeats = [one for one in entry.repeats if one.position in own]
        kept.append((version, attrs.evolve(entry, lines=relieved(entry.lines, repeats)) if repeats else entry))
    return found, kept


_SAME = """
    SELECT l.claim, c.name, c.visit, l.position, l.day, l.span, c.received, c.delivery, l.line_number, l.billed, NULL,
        c.is_record, l.what, l.who
    FROM claimcheck_service_lines l JOIN claimcheck_bills c ON c.claim = l.claim
    WHERE l.member = :member AND l.length = :length AND l.day = :day AND l.billed = :billed
    ORDER BY l.claim, l.position
"""
_HELD = "SELECT claim, position FROM claimcheck_denials WHERE member = :member AND claim = :claim AND holds = 1"
_LOST = """
    SELECT d.claim, d.position, d.source, c.name, c.visit, l.position, l.day, l.span, c.received, c.delivery,
        l.line_number, l.billed, NULL, c.is_record, l.what, l.who
    FROM claimcheck_denials d JOIN claimcheck_service_lines l
        ON l.member = d.member AND l.claim = d.claim AND l.position = d.position
    JOIN claimcheck_bills c ON c.claim = d.claim
    WHERE d.member = :member AND d.rule = :rule AND d.given = 1 AND d.holds = 0
    ORDER BY d.claim, d.position
"""


def _original(
    cursor: Cursor, parts: SharedParts, member: int, line: RecordedLine, besides: Container[LineKey] = ()
) -> int | None:
    """The first claim in force with an accepted line that bills the same, `besides` some lines."""
    if line.billing_digest is None:
        return None
    day = line.service_date.toordinal()
    length = (line.service_date_end.toordinal() - day).bit_length()
    rows = cursor.run(_SAME, member=member, length=length, day=day, billed=line.billing_digest)
    for claim, name, visit, *row, what, by in rows:
        other = line_of(name_of(name, visit), tuple(row), parts.part(cursor, what), parts.part(cursor, by))
        if (claim, other.position) in besides or not can_be_original(other, line):
            continue
        if (claim, other.position) not in {tuple(held) for held in cursor.run(_HELD, member=member, claim=claim)}:
            return int(claim)
    return None


def _find_originals_again(cursor: Cursor, parts: SharedParts, members: Iterable[int]) -> None:
    """Looks for another original for each duplicate whose own is no longer in force, in the order of the claims."""
    for member in sorted(members):
        lost = list(cursor.run(_LOST, member=member, rule=DUPLICATE_RULE))
        waiting = {(claim, position) for claim, position, *_ in lost}
        for claim, position, source, name, visit, *row, what, by in lost:
            line = line_of(name_of(name, visit), tuple(row), parts.part(cursor, what), parts.part(cursor, by))
            original = _original(cursor, parts, member, line, waiting)
            waiting.discard((claim, position))
            if original is not None:
                cursor.run(
                    "DELETE FROM claimcheck_denials WHERE member = :member AND claim = :claim AND position = :position "
                    "AND source = :source AND rule = :rule",
                    member=member,
                    claim=claim,
                    position=position,
                    source=source,
                    rule=DUPLICATE_RULE,
                )
                cursor.run_many(_INSERT["claimcheck_denials"], [_repeat_row(original, member, claim, position)])


def _undone_rows(changes: Plan, members: Mapping[str, Numbered]) -> Iterator[dict[str, Any]]:
    for (member, name), undone in changes.undone:
        first, last = undone.days or (date.min, date.max)
        days = {"begins": first.toordinal(), "ends": last.toordinal()}
        yield {"member": members[member].number, "name": name, **days, "undone_by": undone.by}
