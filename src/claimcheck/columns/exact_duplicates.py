"""Which lines of a claim bill exactly what a line of another claim bills, for the claims of a chunk.

Equivalent to `claimcheck.engine.duplicates`. What a line bills is read in full only for lines that agree in member,
provider, day, code, and charge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import attrs
import numpy as np

from claimcheck.claims import Claim, ServiceLine
from claimcheck.columns.cells import Bools
from claimcheck.columns.claim_parties import Parties, text_of_claims
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.numbering import Ints, distinct
from claimcheck.engine.duplicates import Twins
from claimcheck.engine.judgement import DUPLICATES
from claimcheck.history.exactness import billing_digest

__all__ = ["ExactDuplicates"]

_OF_CLAIMS = ("place_of_service", "rendering_npi")
_FIELDS = tuple(field.name for field in attrs.fields(ServiceLine) if field.name not in ("source", "problems"))


class ExactDuplicates:
    """The lines billed exactly alike: `digest` numbers what each row bills, 0 if it does not count.

    `may_be` are the claims whose lines may be duplicates.
    """

    def __init__(self, part: ChunkEvaluation, parties: Parties, coded: Bools) -> None:
        self._part, self._parties = part, parties
        self.digest = np.zeros(len(part.claim), np.int64)
        self._came = np.zeros(len(part.sizes), np.int64)  #: the position of each claim by received date and id
        self._came[np.lexsort((parties.order, parties.received))] = np.arange(len(part.sizes))
        self._compared = np.zeros(len(part.claim), bool)
        rows = np.flatnonzero(coded & ~part.lines.charge.missing)
        bit = part.engine.judging.rulebook.bit_of(DUPLICATES)
        if bit and len(rows):
            self._compared[rows] = (part.engine.judging.others[part.elements[rows]] & bit) > 0
            rows = rows[self._shared(rows)]
            if len(rows):
                self.digest[rows] = self._read(rows)
        self.may_be = np.logical_or.reduceat(self._compared & (self.digest > 0), part.firsts)

    def _shared(self, rows: Ints) -> Bools:
        """Which rows agree with another in group, day, code, and charge."""
        part = self._part
        facts = part.engine.lines.facts
        keys = self._parties.group[part.claim[rows]]
        code = facts.numbers(("code",), part.lines.shapes[rows])
        for column in (part.lines.days[rows].astype(np.int64), code, part.lines.charge.cents[rows]):
            number = distinct(column.astype(np.int64))[1].astype(np.int64)
            keys = distinct(keys * (int(number.max()) + 1) + number)[1].astype(np.int64)
        several: Bools = np.bincount(keys)[keys] > 1
        return several

    def _read(self, rows: Ints) -> Ints:
        """A number for what each of some rows bills."""
        part = self._part
        lines = part.chunk.fields.columns.service_lines(part.chunk.rows[rows], _FIELDS)
        of_claims = [text_of_claims(part, field).to_list() for field in _OF_CLAIMS]
        claims = cache(lambda *texts: Claim(**dict(zip(_OF_CLAIMS, texts, strict=True))))
        numbers: dict[tuple[int, int | None], int] = {}
        found = []
        for claim, line in zip(part.claim[rows].tolist(), lines, strict=True):
            digest = billing_digest(claims(*[texts[claim] for texts in of_claims]), line)
            # The digest does not include the member here, so the member is compared separately.
            key = int(self._parties.member[claim]), digest
            found.append(0 if digest is None else numbers.setdefault(key, len(numbers) + 1))
        return np.array(found, np.int64)

    def twins(self, claim: int, others: Sequence[int]) -> Mapping[int, Twins]:
        """The lines of a claim that bill the same as each of the `others`, rows of other claims, by index."""
        part = self._part
        first = int(part.firsts[claim])
        own: defaultdict[int, list[int]] = defaultdict(list)
        for position, row in enumerate(range(first, first + int(part.sizes[claim])), 1):
            if self._compared[row] and self.digest[row]:
                own[int(self.digest[row])].append(position)
        rows = np.array(others, np.int64)
        before = self._came[part.claim[rows]] < self._came[claim]
        digests = self.digest[rows].tolist()
        return {
            place: Twins(frozenset(own[digest]), bool(first))
            for place, (digest, first) in enumerate(zip(digests, before, strict=True))
            if digest in own
        }
