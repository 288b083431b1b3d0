"""The claims of one chunk during validation in columns: what is read, what is reported, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Reason
from claimcheck.columns.cells import Bools, Cells
from claimcheck.columns.chunk import Chunk
from claimcheck.columns.claims import DAYS, Summary
from claimcheck.columns.diagnoses import ReadDiagnoses
from claimcheck.columns.held import HeldClaims
from claimcheck.columns.lines import Header, ReadLines
from claimcheck.columns.numbering import Ints, ranges
from claimcheck.columns.odd import odd_claims
from claimcheck.columns.order import MEMBER
from claimcheck.columns.placing import Billed, Judged, Placed, Unseen, placing, unplaced
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.rule_hits import distinct_rows
from claimcheck.columns.several_lines import ClaimVerdict, Likeness
from claimcheck.columns.verdicts import NOTE_TEMPLATE, Verdicts
from claimcheck.engine.compiled import CompiledLine
from claimcheck.engine.digest import NOTHING_SAID, Digest, closed_by, digest
from claimcheck.rules.facts.whole_claim import LIKENESS_FIELDS, likeness
from claimcheck.rules.outpatient_editor import comes_back

if TYPE_CHECKING:
    from claimcheck.columns.engine import Engine

__all__ = ["ChunkEvaluation"]

Made = TypeVar("Made", Callable[[], Placed], ResultRows)


class ChunkEvaluation:
    """The claims of one chunk during validation."""

    def __init__(self, engine: Engine, chunk: Chunk, apart: Bools, together: ResultRows) -> None:
        self.engine, self.chunk, self.apart, self.together = engine, chunk, apart, together
        self.claim = chunk.claim.to_numpy().astype(np.int64)
        self.firsts = chunk.firsts.to_numpy().astype(np.int64)
        self.sizes = chunk.sizes.to_numpy().astype(np.int64)
        self._known: tuple[Ints, ReadDiagnoses, ReadLines, Bools] | None = None

    def keys(self) -> list[tuple[int, ...] | None]:
        """What distinguishes each claim from others, except its position: outline, diagnoses, and elements; None for
        odd ones."""
        found: list[tuple[int, ...] | None] = []
        for claim, (first, size) in enumerate(zip(self.firsts.tolist(), self.sizes.tolist(), strict=True)):
            own = [int(numbers[claim]) for numbers in (self.outlines, *self.diagnoses.slots)]
            found.append(None if self.odd[claim] else (*own, *self.elements[first : first + size].tolist()))
        return found

    def _count(self, odd: Bools) -> None:
        """Counts the claims and lines, and those validated one by one."""
        share, one_by_one = self.engine.share, odd & ~self.apart
        share.claims += len(self.sizes)
        share.lines += len(self.claim)
        share.odd_claims += int(one_by_one.sum())
        share.odd_lines += int(self.sizes[one_by_one].sum())
        share.met_lines += int(self.sizes[self.apart].sum())

    def all_odd(self) -> Callable[[], Placed]:
        """What makes the results, claim by claim."""
        rows, many = len(self.chunk.rows), len(self.sizes)
        nothing = np.zeros(rows, np.int64)
        empty = pl.Series([None], dtype=pl.String)
        billed = Billed(empty, pl.Series([[]], dtype=pl.List(pl.String)), empty, nothing, nothing, nothing)
        unseen = self._unseen(np.zeros(many, np.int64))
        odd = np.ones(many, bool)
        self._count(odd)
        judged = self._judged(nothing, np.zeros(many, np.int64), odd, unseen)
        return placing(self.chunk, judged, billed, self.engine.verdicts)

    def placing(self) -> Callable[[], Placed]:
        """What makes the result frames."""
        self.evaluate()
        self._count(self.odd)
        return self._made(placing)

    def evaluate(self) -> None:
        """Validates each claim as if there were no other: `verdicts` for its lines, `of_claims` for itself.

        Both are 0 for the `odd` ones, which are validated one by one.
        """
        engine, chunk, claim = self.engine, self.chunk, self.claim
        heads = Cells(chunk.heads, engine.fields, of_line=False)
        self.setting, diagnoses, lines, odd = self._read()
        odd = odd.copy()
        first_day = np.minimum.reduceat(lines.days, self.firsts)
        self.said = self._of_claims(heads, self.setting, diagnoses, lines, np.where(odd, 0, first_day))
        of_claims = distinct_rows(self.said, engine.of_claim)
        odd |= of_claims < 0
        regular = np.flatnonzero(~odd[claim])
        elements = self.elements = np.zeros(len(claim), np.int64)
        elements[regular] = engine.judging.meet(lines.shapes[regular], engine.times.of(lines.days[regular]))
        verdicts = np.zeros(len(claim), np.int64)
        verdicts[regular] = engine.judging.alone[elements[regular]] if len(regular) else 0
        asked = np.where(odd, 0, self._asked(lines, elements, regular))
        self.may_ask = asked.copy()
        self.paid = engine.claims.paid_by_opps[self.setting] & ~odd
        asked[self._open(np.where(self.paid, 0, asked), lines, elements, regular, verdicts)] = 0
        self.verdicts, self.of_claims, self.odd = verdicts, of_claims, odd
        self._own = of_claims.copy()
        self._by_several_lines(asked)
        verdicts[odd[claim]] = 0
        of_claims[odd] = 0

    def put_all(self, places: Ints, verdict: ClaimVerdict) -> None:
        """Stores what all rules report on some claims with equal lines."""
        lines, returned = np.array(verdict.lines, np.int64), np.array(verdict.returned, np.int64)
        self.verdicts[self.firsts[places][:, None] + np.arange(len(lines))] = np.where(
            self._come_back(places)[:, None], returned, lines
        )
        own = verdict.own
        nothing = own is NOTHING_SAID
        self.of_claims[places] = self._own[places] if nothing else [self._with(own, self.said[at]) for at in places]

    def _put_kinds(self, places: Ints, kinds: Ints) -> None:
        """Stores what all rules report on some claims of known kinds."""
        known = self.engine.claim_kinds
        sizes = self.sizes[places]
        self.verdicts[ranges(self.firsts[places], sizes)] = np.where(
            np.repeat(self._come_back(places), sizes), known.returned.flat(kinds), known.lines.flat(kinds)
        )
        for at in np.flatnonzero(known.speaks[kinds]).tolist():
            self.of_claims[places[at]] = self._with(known.own[kinds[at]], self.said[places[at]])

    def _come_back(self, places: Ints) -> Bools:
        """Which claims are returned for what is reported on themselves."""
        own, at = np.unique(self._own[places], return_inverse=True)
        back = [comes_back(self.engine.verdicts.digests[number].edited) for number in own.tolist()]
        found: Bools = np.array(back, bool)[at.ravel()]
        return found

    @property
    def asks(self) -> Ints:
        """The set of several-line rules that may be called for each claim."""
        asks: Ints = self.engine.claims.asks[self.setting]
        return asks

    def result_rows(self) -> ResultRows:
        """The results as rows without a place in the table."""
        return self._made(unplaced)

    def _made(self, make: Callable[[Chunk, Judged, Billed, Verdicts], Made]) -> Made:
        claim, elements = self.claim, self.elements
        regular = np.flatnonzero(~self.odd[claim])
        which = self.engine.claims.sets.none(len(claim))
        if len(regular):
            which[regular] = self.engine.judging.others[elements[regular]]
        others = np.bitwise_or.reduceat(which, self.firsts)
        others[self.odd] = 0
        judged = self._judged(self.verdicts, self.of_claims, self.odd, self._unseen(others))
        return make(self.chunk, judged, self._billed(self.lines), self.engine.verdicts)

    def leave_out(self, claims: Bools, together: ResultRows) -> None:
        """Takes the results of some claims from `together`."""
        self.apart, self.together = claims, together
        self.odd |= claims
        self.verdicts[self.odd[self.claim]] = 0
        self.of_claims[self.odd] = 0

    def looking_at_each_other(self) -> Bools:
        """The claims that look at lines of others of their member on other days, or are looked at.

        The rows have members (`MEMBER`).
        """
        _, _, lines, odd = self._read()
        member = self.chunk.rows[MEMBER].to_numpy().view(np.int64)
        return self.engine.looks.meeting(self.claim, member, lines, odd)

    def compiled_lines(self, claim: int) -> list[CompiledLine]:
        """The lines of a claim in the engine's form."""
        first = self.firsts[claim]
        return [*map(self.engine.several_lines.line, self.elements[first : first + self.sizes[claim]].tolist())]

    def _read(self) -> tuple[Ints, ReadDiagnoses, ReadLines, Bools]:
        """Reads settings, diagnoses, and lines, and finds the claims to validate one by one."""
        if self._known is None:
            self._known = self._read_once()
        return self._known

    def _read_once(self) -> tuple[Ints, ReadDiagnoses, ReadLines, Bools]:
        engine, chunk, claim = self.engine, self.chunk, self.claim
        heads = Cells(chunk.heads, engine.fields, of_line=False)
        cells = Cells(chunk.rows, engine.fields, of_line=True)
        setting = engine.claims.setting(heads)
        diagnoses = self.diagnoses = engine.diagnoses.read(chunk.heads)
        days = {name: heads.days(name)[claim] for name in DAYS if heads.has(name)}
        days["reference"] = engine.claims.reference(heads)[claim]
        lines = self.lines = engine.lines.read(chunk.rows, cells, Header(setting[claim], diagnoses.many[claim], days))
        odd = self.apart | diagnoses.odd | engine.claims.odd(heads) | self._any(lines.odd)
        odd |= odd_claims(chunk, heads, cells, self.engine, setting) | self._any(self._seldom(lines))
        return setting, diagnoses, lines, odd

    def _any(self, of_rows: Bools) -> Bools:
        """For each claim, whether it is true on any of its rows."""
        return np.logical_or.reduceat(of_rows, self.firsts)  # type: ignore[no-any-return, unused-ignore]

    def _seldom(self, lines: ReadLines) -> Bools:
        """Lines with more than a columnar outline holds."""
        parts, facts = self.engine.lines.parts, self.engine.lines.facts
        wrong = np.array([one["clia"].wrong for one in parts["rest"].facts], bool)
        total = np.array([one["revenue"].text == "0001" for one in parts["revenue"].facts], bool)
        any_of: Bools = wrong[facts.column("rest")[lines.shapes]] | total[facts.column("revenue")[lines.shapes]]
        return any_of

    # ------------------------------------------------------------------ claims themselves

    def _of_claims(
        self, heads: Cells, setting: Ints, diagnoses: ReadDiagnoses, lines: ReadLines, first_day: Ints
    ) -> Ints:
        """What is reported on each claim itself: numbers of hits, in columns."""
        engine, firsts = self.engine, self.firsts
        own_place = np.array([one["place_of_service_on_line"] for one in engine.lines.parts["place"].facts], bool)
        placed = own_place[engine.lines.facts.column("place")[lines.shapes]]
        zero = ~lines.charge.missing & (lines.charge.cents == 0)
        summary = Summary(
            self.sizes,
            np.logical_and.reduceat(placed, firsts),
            np.logical_and.reduceat(zero, firsts),
            np.add.reduceat(lines.charge.cents, firsts),
            ~np.logical_or.reduceat(lines.charge.missing, firsts),
            diagnoses.kinds,
            diagnoses.repeated,
        )
        times = engine.times.of(first_day)
        self.outlines = engine.claims.outline(heads, setting, summary)
        self.held = HeldClaims(
            engine,
            heads,
            diagnoses.slots,
            times=times,
            outlines=self.outlines,
            firsts=firsts,
            shapes=lines.shapes,
        )
        columns = [engine.claims.setting_said[setting], engine.claims.says(self.outlines, times)]
        self.concerned = engine.claims.sets.none(len(firsts))
        for numbers in diagnoses.slots:
            said = np.zeros(len(numbers), np.int64)
            there = np.flatnonzero(numbers >= 0)
            said[there], concerned = engine.diagnoses.said(numbers[there], times[there])
            self.concerned[there] |= concerned
            columns.append(said)
        return np.stack(columns, 1)

    # ------------------------------------------------------------------ several lines

    def _by_several_lines(self, asked: Ints) -> None:
        """Stores what is reported on each claim that several-line rules may concern, the set `asked`."""
        concerned = (asked != 0) | self.paid
        reads = self.read_more(asked)
        alike = self.alike(np.flatnonzero(concerned & self.repeats))
        claims = np.flatnonzero(concerned & ~reads)
        if len(claims):
            kinds = self.engine.claim_kinds.of(self, claims, asked[claims], alike)
            odd = self.engine.claim_kinds.odd[kinds]
            self.odd[claims[odd]] = True
            self._put_kinds(claims[~odd], kinds[~odd])
        for claim in np.flatnonzero(reads).tolist():
            verdict = self._by_itself(claim, int(asked[claim]), alike.get(claim))
            if verdict is None:
                self.odd[claim] = True
            else:
                self.put_all(np.array([claim]), verdict)

    def read_more(self, asked: Ints) -> Bools:
        """Whether sets of rules read more of a claim than its lines."""
        rulebook = self.engine.judging.rulebook
        more: Bools = (asked & (rulebook.of_claims | rulebook.by_diagnoses)) != 0
        return more

    def _by_itself(self, claim: int, asked: int, alike: Likeness | None) -> ClaimVerdict | None:
        """What is reported on a claim of which rules read more than its lines."""
        elements, days = self.lines_of(claim)
        paid, held = bool(self.paid[claim]), self.held(claim, days)
        return self.engine.several_lines.verdict_on(elements, days, asked, alike, paid=paid, held=held)

    def lines_of(self, claim: int) -> tuple[list[int], list[int]]:
        """The elements of a claim's lines, and their days."""
        first = int(self.firsts[claim])
        rows = slice(first, first + int(self.sizes[claim]))
        return self.elements[rows].tolist(), self.lines.days[rows].tolist()

    def alike(self, claims: Ints) -> dict[int, Likeness]:
        """Which lines of some claims are alike."""
        wanted = np.zeros(len(self.sizes), bool)
        wanted[claims] = True
        rows = self.chunk.rows.filter(pl.Series(wanted[self.claim]))
        lines = iter(self.chunk.fields.columns.service_lines(rows, LIKENESS_FIELDS))
        return {
            claim: likeness([*islice(lines, size)])
            for claim, size in zip(claims.tolist(), self.sizes[claims].tolist(), strict=True)
        }

    def _with(self, own: Digest, said: Ints) -> int:
        """The result of a claim with further hits."""
        whole = digest([*own.said, *self.engine.hits.all_of(said.tolist())])
        whole = closed_by(whole) if own.closes else whole
        notes = tuple(dict.fromkeys([*whole.notes, *own.notes]))
        return self.engine.verdicts.number(attrs.evolve(whole, notes=notes))

    def _asked(self, lines: ReadLines, elements: Ints, regular: Ints) -> Ints:
        """The set of several-line rules that each claim may concern."""
        engine, judging = self.engine, self.engine.judging
        book, asks_of = judging.rulebook, engine.claims.asks
        rule_sets = engine.claims.sets
        which = rule_sets.none(len(self.claim))
        self.repeats = np.zeros(len(self.sizes), bool)
        if not len(regular):
            return rule_sets.none(len(self.sizes))
        at = elements[regular]
        asks = asks_of[judging.setting_of(at)]
        which[regular] = (
            judging.concerns[at]
            | book.always
            | self.concerned[self.claim[regular]]
            | rule_sets.where(judging.counted[at] > 0, book.of_members)
        ) & asks
        coded = judging.is_coded[at]
        rows = regular[coded]
        first, sets, repeats = engine.pairs.concerned(self.claim[rows], lines.days[rows], at[coded])
        np.bitwise_or.at(which, rows[first], sets)
        self.repeats[self.claim[rows[repeats]]] = True
        asked: Ints = np.bitwise_or.reduceat(which, self.firsts)
        asked &= np.bitwise_and.reduceat(which, self.firsts) | ~book.on_every
        one_day = np.minimum.reduceat(lines.days, self.firsts) == np.maximum.reduceat(lines.days, self.firsts)
        asked[one_day] &= ~book.on_several_days
        asked[self._count_little(elements, regular)] &= ~book.of_members
        return asked

    def _count_little(self, elements: Ints, regular: Ints) -> Ints:
        """The claims with one line that limits count, on which no limit has anything to report."""
        judging = self.engine.judging
        counted = regular[judging.counted[elements[regular]] > 0]
        claims = self.claim[counted]
        alone = np.bincount(claims, minlength=len(self.sizes))[claims] == 1
        silent = self.engine.several_lines.silent(elements[counted[alone]])
        little: Ints = claims[alone][silent]
        return little

    def _open(self, asked: Ints, lines: ReadLines, elements: Ints, regular: Ints, verdicts: Ints) -> Ints:
        """Stores what rules report on claims they cannot decide; returns the claims for which that is everything."""
        engine, bits = self.engine, self.engine.open_days.bits
        only = (asked != 0) & ((asked & ~bits) == 0) & ~self.repeats
        rows = regular[only[self.claim[regular]]]
        rows = rows[engine.judging.is_coded[elements[rows]]]
        if not len(rows):
            claims: Ints = rows
            return claims
        claim = self.claim[rows]
        said, told = engine.open_days.said(claim, lines.days[rows], elements[rows], asked[claim])
        verdicts[rows[told]] = said[told]
        return np.unique(claim[told])

    # ------------------------------------------------------------------ the end

    def _billed(self, lines: ReadLines) -> Billed:
        """What each line bills."""
        parts, facts = self.engine.lines.parts, self.engine.lines.facts
        return Billed(
            pl.Series([one["procedure"].text for one in parts["procedure"].facts], dtype=pl.String),
            pl.Series(
                [
                    [field.text for field in one["modifiers"] if field.text is not None]
                    for one in parts["modifiers"].facts
                ],
                dtype=pl.List(pl.String),
            ),
            pl.Series([one["revenue"].text for one in parts["revenue"].facts], dtype=pl.String),
            facts.column("procedure")[lines.shapes],
            facts.column("modifiers")[lines.shapes],
            facts.column("revenue")[lines.shapes],
        )

    def _unseen(self, others: Ints) -> Unseen:
        """Which claims lack the member's other claims, and which rules would have read them."""
        claim_by_claim = self.engine.claim_by_claim
        claims = np.flatnonzero(others)
        heads = Cells(self.chunk.heads, self.engine.fields, of_line=False)
        known = np.zeros(len(others), bool)
        texts = self.engine.fields.text(heads.rows, "member_id", of_line=False)
        if texts is not None:
            known = texts.is_not_null().to_numpy()
        if self.engine.fields.constant("member_id") is not None:
            known[:] = True
        keys = others[claims] * 2 + known[claims]
        distinct, at = np.unique(keys, return_inverse=True)
        rows = []
        for key in distinct.tolist():
            names = claim_by_claim.validator.named(key // 2)
            reason = Reason.NO_HISTORY if key % 2 else Reason.MISSING_FIELD
            rows.append((names[0], str(reason), None, [*names], claim_by_claim.rules[names[0]]))
        return Unseen(claims, at.ravel(), pl.DataFrame(rows, schema=NOTE_TEMPLATE, orient="row"))

    def _judged(self, verdicts: Ints, of_claims: Ints, odd: Bools, unseen: Unseen) -> Judged:
        """The hits from columns, and claim by claim."""
        engine, chunk = self.engine, self.chunk
        one_by_one = odd & ~self.apart
        rows = chunk.rows.filter(pl.Series(one_by_one[self.claim])) if one_by_one.any() else chunk.rows.clear()
        said = engine.claim_by_claim.alone(rows)
        if self.apart.any():
            said = said.beside(self.together.of(chunk.numbers))
        institutional = np.zeros(len(odd), bool)
        if not odd.all():
            institutional[~odd] = engine.claims.institutional[self.setting[~odd]]
        return Judged(verdicts, of_claims, np.flatnonzero(odd), said, unseen, institutional)
