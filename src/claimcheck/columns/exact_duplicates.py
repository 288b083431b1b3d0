"""Which lines of a claim bill exactly what a line of another claim bills, for the claims of a chunk.

Equivalent to `claimcheck.engine.duplicates`. What a line bills is read in full only for lines that agree in member,
provider, day, code, and charge: once for all with the same cells, dates apart from the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Mapping, Sequence
from functools import cached_property

import numpy as np

from claimcheck.claims import Claim
from claimcheck.claims.verdict import NOT_ACCEPTED
from claimcheck.columns.cells import Bools
from claimcheck.columns.claim_parties import Parties, text_of_claims
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.member_lines import MemberLines
from claimcheck.columns.numbering import Ints, combined, distinct
from claimcheck.columns.verdicts import STRENGTH
from claimcheck.engine.duplicates import Twins
from claimcheck.history.exactness import BILLED_FIELDS, billing_digest
from claimcheck.history.repeats import DUPLICATE_RULE

__all__ = ["ExactDuplicates"]

_OF_CLAIMS = ("place_of_service", "rendering_npi")
_DATES = ("service_date", "service_date_end")
_SERVICE = tuple(name for name in BILLED_FIELDS if name not in (*_DATES, "charge"))  # charges are numbers already
_MOST_BITS = 62
_NOT_ACCEPTED = [STRENGTH[disposition] for disposition in NOT_ACCEPTED]


class ExactDuplicates:
    """The lines billed exactly alike: `digest` numbers what each row bills, 0 if it does not count.

    `denied` are the rows that are denied because an earlier claim has an accepted line that is billed exactly alike, so
    that it does not matter how many there are. `alike` are other rows for which there are any.
    """

    def __init__(self, part: ChunkEvaluation, parties: Parties, lines: MemberLines) -> None:
        self._part, self._parties = part, parties
        self.digest = np.zeros(len(part.claim), np.int64)
        self._came = np.zeros(len(part.sizes), np.int64)  #: the position of each claim by received date and id
        self._came[np.lexsort((parties.order, parties.received))] = np.arange(len(part.sizes))
        self._compared = np.zeros(len(part.claim), bool)
        rows = np.flatnonzero(lines.coded & ~part.lines.charge.missing)
        bit = part.engine.judging.rulebook.bit_of(DUPLICATE_RULE)
        if bit and len(rows):
            self._compared[rows] = (part.engine.judging.others[part.elements[rows]] & bit) > 0
            rows = rows[self._shared(rows)]
            if len(rows):
                self.digest[rows] = self._read(rows)
        self.denied, self.alike = self._found(lines)

    def _found(self, lines: MemberLines) -> tuple[Bools, Bools]:
        part, came = self._part, self._came[self._part.claim]
        number = combined(self._parties.group[part.claim], self.digest)
        kept = lines.at[self.digest[lines.at] > 0]
        accepted = kept[~np.isin(lines.standing[kept], _NOT_ACCEPTED)]
        first, last, first_accepted = (np.full(len(number), len(number), np.int64) for _ in range(3))
        last[:] = -1
        np.minimum.at(first, number[kept], came[kept])
        np.maximum.at(last, number[kept], came[kept])
        np.minimum.at(first_accepted, number[accepted], came[accepted])
        alike = self._compared & ((first[number] < came) | (last[number] > came))
        institutional = part.engine.claims.institutional[part.setting[part.claim]]
        denied = alike & (first_accepted[number] < came) & ~institutional
        return denied, alike & ~denied

    def _shared(self, rows: Ints) -> Bools:
        """Which rows agree with another in group, day, code, and charge."""
        part = self._part
        code = part.engine.lines.facts.numbers(("code",), part.lines.shapes[rows])
        keys = combined(
            self._parties.group[part.claim[rows]], part.lines.days[rows], code, part.lines.charge.cents[rows]
        )
        several: Bools = np.bincount(keys)[keys] > 1
        return several

    def _read(self, rows: Ints) -> Ints:
        """A number for what each of some rows bills; 0 for one that does not count."""
        services = self._services(rows)
        # The digests of services include neither the member nor the dates, which are compared separately.
        found = combined(self._parties.member[self._part.claim[rows]], self._dates(rows), services) + 1
        return np.where(services > 0, found, 0)

    def _dates(self, rows: Ints) -> Ints:
        """A number for the dates of each of some rows."""
        columns = self._columns(rows, _DATES)
        if not columns:
            return np.zeros(len(rows), np.int64)
        first, number = distinct(combined(*columns))
        dates: dict[tuple[str, str], int] = {}
        lines = self._part.engine.fields.columns.service_lines(self._part.chunk.rows[rows[first]], _DATES)
        found = [dates.setdefault((str(line.service_date), str(line.service_date_end)), len(dates)) for line in lines]
        return np.array(found, np.int64)[number]

    def _services(self, rows: Ints) -> Ints:
        """A number for what each of some rows bills apart from the dates, from 1; 0 for one that does not count."""
        part, claims = self._part, self._part.claim[rows]
        of_claims = [text_of_claims(part, field) for field in _OF_CLAIMS]
        columns = [text.rank("dense").fill_null(0).to_numpy()[claims] for text in of_claims]
        columns += self._columns(rows, _SERVICE)
        first, number = distinct(combined(part.lines.charge.cents[rows], *columns))
        lines = part.engine.fields.columns.service_lines(part.chunk.rows[rows[first]], (*_SERVICE, "charge"))
        numbers: dict[int | None, int] = {None: 0}
        found = []
        for place, line in zip(first.tolist(), lines, strict=True):
            texts = [text[int(claims[place])] for text in of_claims]
            digest = billing_digest(Claim(**dict(zip(_OF_CLAIMS, texts, strict=True))), line)
            found.append(numbers.setdefault(digest, len(numbers)))
        return np.array(found, np.int64)[number]

    def _columns(self, rows: Ints, of_fields: Container[str]) -> list[Ints]:
        """The cells of some rows in the columns of some fields of lines, as numbers."""
        part, fields = self._part, self._part.engine.fields
        return [
            fields.words(part.chunk.rows, place.column)[1].to_numpy()[rows]
            for place in fields.columns.places
            if place.target.of_line and place.target.field in of_fields
        ]

    @cached_property
    def denied_on(self) -> Ints:
        """For each claim, which of its first lines are denied, as bits."""
        part = self._part
        position = np.minimum(np.arange(len(part.claim)) - part.firsts[part.claim], _MOST_BITS)
        bits: Ints = np.bitwise_or.reduceat(self.denied.astype(np.int64) << position, part.firsts)
        return bits

    @cached_property
    def alike_on(self) -> Bools:
        """For each claim, whether others of the same are no reason to deny one of its lines."""
        found: Bools = np.logical_or.reduceat(self.alike, self._part.firsts)
        return found

    def alike_with(self, claim: int, others: Sequence[int]) -> Hashable:
        """Which of the `others` are billed exactly like those lines of a claim that are not denied."""
        first = int(self._part.firsts[claim])
        rows = self.alike[first : first + int(self._part.sizes[claim])]
        rest = {position for position, alike in enumerate(rows.tolist(), 1) if alike}
        return tuple([(place, two) for place, two in self.twins(claim, others).items() if two.own <= rest])

    def twins(self, claim: int, others: Sequence[int]) -> Mapping[int, Twins]:
        """The lines of a claim that bill the same as each of the `others`, rows of other claims, by index."""
        part = self._part
        first = int(part.firsts[claim])
        own: defaultdict[int, list[int]] = defaultdict(list)
        for position, row in enumerate(range(first, first + int(part.sizes[claim])), 1):
            if self._compared[row] and self.digest[row]:
                own[int(self.digest[row])].append(position)
        rows = np.array(others, np.int64)
        came, before = self._came[part.claim[rows]].tolist(), int(self._came[claim])
        twins = {(digest, first): Twins(frozenset(of), first) for digest, of in own.items() for first in (False, True)}
        return {
            place: twins[digest, came[place] < before]
            for place, digest in enumerate(self.digest[rows].tolist())
            if digest in own
        }
