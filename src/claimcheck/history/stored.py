"""A history in a database: what `SqliteHistory` and `SqlHistory` share, which is everything but running statements.

Writers take turns, whatever the database, so that a claim's changes are planned on the current content, and two claims
of one member recorded at the same time give the same result as one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from types import TracebackType
from typing import Any, Self

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.errors import HistoryError
from claimcheck.guesses import hinted
from claimcheck.history import erasing
from claimcheck.history.accounts import Account, Days, plain
from claimcheck.history.database import Cursor, Database, insert
from claimcheck.history.entry import Entry, entry_of
from claimcheck.history.keeping import Numbered, accounts, keep
from claimcheck.history.key import Key
from claimcheck.history.looking_up import LookingUp
from claimcheck.history.memory import GUESSED
from claimcheck.history.neighbours import LinesBeside, Neighbours
from claimcheck.history.parts import day_of
from claimcheck.history.reconciling import rounds, settle, unsettled, unsettled_claims
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.recording import Checkpoint, Recording
from claimcheck.history.retention import remains
from claimcheck.history.same_bill import others
from claimcheck.history.schema import FORMAT
from claimcheck.history.shared_parts import SharedParts
from claimcheck.history.superseded import Superseded
from claimcheck.history.upgrading import UPGRADED, upgrade

__all__ = ["StoredHistory"]

_CLAIMS_AT_ONCE = 5000
_NOTE = insert("claimcheck_runs", ("name", "position", "state", "over"))


@hinted(GUESSED)
class StoredHistory(LinesBeside):
    """Members' earlier claims in a database; see `SqliteHistory` and `SqlHistory`."""

    def __init__(self, database: Database, key: Callable[[bool], Key], name: str) -> None:
        self._database = database
        self._name = name
        self._parts = SharedParts()
        try:
            self._key = self._open(key)
        except BaseException:
            database.close()
            raise
        self.digest_key = self._key.for_digests
        """The key passed to `entry_of`, so that a claim without an id has one name everywhere."""

    def _open(self, key: Callable[[bool], Key]) -> Key:
        with self._database.writing() as cursor:
            rows = cursor.run("SELECT name, said FROM claimcheck_meta WHERE name IN ('format', 'key')")
            said = {row[0]: row[1] for row in rows}
            found = key(bool(said))
            if not said:
                numbers = {"claim": 1, "member": 1, "part": 1, "settled": 0, "purged": date.min.toordinal()}
                texts = {"format": str(FORMAT), "key": found.fingerprint}
                meta = [{"name": name, "number": number, "said": None} for name, number in numbers.items()]
                meta += [{"name": name, "number": None, "said": text} for name, text in texts.items()]
                cursor.run_many("INSERT INTO claimcheck_meta (name, number, said) VALUES (:name, :number, :said)", meta)
            elif said["format"] not in (str(FORMAT), *UPGRADED):
                raise HistoryError("it was made by another version of claimcheck: use that one", file=self._name)
            elif said["key"] != found.fingerprint:
                raise HistoryError("it was made with another key", file=self._name)
            elif said["format"] != str(FORMAT):
                upgrade(cursor, said["format"])
            return found

    @property
    def known_from(self) -> date:
        """The first service date from which nothing was forgotten: what was not recorded did not happen."""
        with self._database.reading() as cursor:
            return _known_from(cursor)

    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        """The same for the `neighbours` only, if given; see `claimcheck.history.neighbours`."""
        days = first.toordinal(), through.toordinal()
        found = LookingUp(self._database, self._parts).between(self._key.hide(member_id), days, neighbours)
        return tuple(sorted(others(found, other_than, partial(self.account, member_id), self.digest_key), key=by_date))

    def uses(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        """The lines with some codes that begin on these days, in order; see `claimcheck.history.uses`."""
        days = first.toordinal(), through.toordinal()
        found = LookingUp(self._database, self._parts).of_codes(self._key.hide(member_id), codes, days)
        if found is None:
            lines = self.lines(member_id, first, through, other_than=other_than)
            return (line for line in lines if line.code in codes and line.service_date >= first)
        return others(found, other_than, partial(self.account, member_id), self.digest_key)

    def account(self, member_id: str, name: str, days: Days | None) -> Account:
        """What is held under a claim id of a member; see `claimcheck.history.accounts`."""
        hidden = self._key.hide(member_id)
        with self._database.reading() as cursor:
            rows = cursor.run("SELECT member, spread FROM claimcheck_members WHERE hidden = :hidden", hidden=hidden)
            if not rows:
                return Account()
            return accounts(cursor, {member_id: Numbered(*rows[0])}, {(member_id, name): [days]})[member_id, name]

    def knows(self, member_id: str, name: str) -> bool:
        """Whether a claim with that name was recorded, in force or not."""
        return LookingUp(self._database, self._parts).knows(self._key.hide(member_id), plain(name))

    def record(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> None:
        """Keeps the lines of a claim with their results, immediately. Recording a claim again changes nothing.

        `claim` is a `Claim`, or a mapping that `Claim.from_dict` accepts.
        """
        self.commit(None, [(claim, result)])

    def recording(self, source: str, chunk: int = 5000) -> Recording:
        """Records the claims of the input `source` in chunks of that many claims, with the progress in the input.

        `source` identifies the input: preferably a digest of its content, or a path. If results are written to files as
        well, `claimcheck.pipeline` commits both in one place. Use it in a `with` block:

            with history.recording("claims.837") as recording:
                for claim in itertools.islice(claims, recording.position, None):
                    recording.record(claim, validator.validate(claim))
        """

        def write(entries: Sequence[Entry], position: int | None) -> None:
            with self._writing() as cursor:
                self._keep(cursor, entries)
                cursor.run("DELETE FROM claimcheck_inputs WHERE name = :name", name=name)
                if position is not None:
                    values = {"name": name, "position": position}
                    cursor.run("INSERT INTO claimcheck_inputs (name, position) VALUES (:name, :position)", **values)

        name = self._key.hide_source(source)
        return Recording(self.resume_point(source), chunk, self._entry, write)

    def resume_point(self, source: str) -> int:
        """How many claims of the input `source` an interrupted recording has recorded; otherwise 0."""
        with self._database.reading() as cursor:
            name = self._key.hide_source(source)
            rows = cursor.run("SELECT position FROM claimcheck_inputs WHERE name = :name", name=name)
        return int(rows[0][0]) if rows else 0

    def checkpoint(self, run: str) -> Checkpoint | None:
        """The checkpoint of a run's last `commit`; None if there is none."""
        with self._database.reading() as cursor:
            name = self._key.hide_source(run)
            rows = cursor.run("SELECT position, state, over FROM claimcheck_runs WHERE name = :name", name=name)
        return Checkpoint(int(rows[0][0]), rows[0][1], bool(rows[0][2])) if rows else None

    def commit(
        self, run: str | None, claims: Iterable[tuple[object, ClaimResult]], checkpoint: Checkpoint | None = None
    ) -> None:
        """Records claims and the progress of their run atomically.

        `run` identifies the run; None for one that is never resumed. Without a `checkpoint` no progress is stored, and
        it would start over.
        """
        entries = [entry for entry in (self._entry(claim, result) for claim, result in claims) if entry is not None]
        if run is None and not entries:
            return
        with self._writing() as cursor:
            self._keep(cursor, entries)
            if run is not None:
                name = self._key.hide_source(run)
                cursor.run("DELETE FROM claimcheck_runs WHERE name = :name", name=name)
                if checkpoint is not None:
                    cursor.run(_NOTE, name=name, **attrs.asdict(checkpoint) | {"over": int(checkpoint.over)})

    def reconcile(self) -> Iterator[Superseded]:
        """Results that differ from what all recorded claims together give; see `History.reconcile`.

        Those of some thousand claims are recorded as delivered together, when the caller comes back after the last of
        them: what was not recorded comes again.
        """
        while True:
            with self._database.reading() as cursor:
                since = rounds(cursor)
                claims = unsettled_claims(cursor, _CLAIMS_AT_ONCE)
                batch = [unsettled(cursor, self._parts, member, theirs) for member, theirs in claims.items()]
            if not batch:
                return
            for one in batch:
                yield from one.verdicts
            with self._writing() as cursor:
                settle(cursor, batch, since)

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and no later claim can need; see `History.purge`.

        Errors: `HistoryError` if results are waiting to be reconciled: they would be lost.
        """
        with self._writing() as cursor:
            if unsettled_claims(cursor, 1):
                raise HistoryError("reconcile() first: results that no longer hold would be lost", file=self._name)
            erasing.purge(cursor, self._parts, before)

    def forget(self, member_id: str) -> None:
        """Forgets everything about a member. If their claims arrive again, they are kept again."""
        with self._writing() as cursor:
            erasing.forget(cursor, self._key.hide(member_id))

    def close(self) -> None:
        """Releases the database connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _keep(self, cursor: Cursor, entries: Sequence[Entry]) -> None:
        known_from = _known_from(cursor)
        left = [entry for entry in (remains(entry, known_from) for entry in entries) if entry is not None]
        if left:
            keep(cursor, self._parts, self._key, left)

    def _entry(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> Entry | None:
        return entry_of(Claim.from_dict(claim), result, self.digest_key)

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        try:
            with self._database.writing() as cursor:
                cursor.run("DELETE FROM claimcheck_runs WHERE over = 1")  # what they read is no longer complete
                yield cursor
        except BaseException:  # also if the end of the transaction fails: the numbers it assigned do not exist
            self._parts.forget()
            raise


def _known_from(cursor: Cursor) -> date:
    ((day,),) = cursor.run("SELECT number FROM claimcheck_meta WHERE name = 'purged'")
    return day_of(day)
