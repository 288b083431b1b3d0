"""Groups of related claims, each kind of which is evaluated once.

Most related claims are those of one provider on one day. What is found on them depends on what they bill and on the
order in which they came, and not on whose they are, on their claim ids, or on the day within an era of tables and
policy: the same that findings on single claims depend on (`claimcheck.engine.told`). So the first group of a kind is
evaluated as a batch of its own, and what was found is kept for all others of the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

import attrs

from claimcheck.claims import Claim, Disposition
from claimcheck.engine.case import Case
from claimcheck.engine.compiled import Mark
from claimcheck.engine.duplicates import Twins
from claimcheck.engine.judgement import Judgement
from claimcheck.engine.meeting import Judge, Met
from claimcheck.engine.other_days import nothing_beyond
from claimcheck.engine.related import ClaimSummary
from claimcheck.engine.said import LinesToRead, Said
from claimcheck.history import Batch
from claimcheck.history.accounts import plain
from claimcheck.history.entry import Standing, identity, is_kept, recorded_lines
from claimcheck.history.exactness import billing_digest
from claimcheck.history.neighbours import Neighbours
from claimcheck.history.recorded import RecordedLine, SettledLine, by_date
from claimcheck.history.repeats import DUPLICATE_RULE
from claimcheck.rules.facts.whole_claim import likeness
from claimcheck.rules.rule import Raised, Rule

__all__ = ["met_alike"]

_MOST = 1_000
"""Claims of a group; larger ones are evaluated as their days come."""
_OTHERWISE_COUNTED = Mark.COUNTED | Mark.SPREAD | Mark.ENTANGLED


def met_alike(group: Sequence[ClaimSummary], read: Callable[[int], Claim], judge: Judge) -> Iterator[Met] | None:
    """The results of a group, by place, if what is found on them depends on nothing else; None if it may."""
    if judge.history is not None or not _are_of_one_day(group):
        return None
    claims = sorted([(_came(claim := read(one.place)), one.place, claim) for one in group])
    cases = [judge.opened(claim) for _, _, claim in claims]
    kind = _kind(cases)
    if kind is None:
        return None
    kinds = cases[0].judgement.workshop.groups
    found = kinds.get(kind)
    if found is None:
        found = _evaluated(cases)
        kinds.keep(kind, found, len(found))
    return _results([place for _, place, _ in claims], _Group([case.judgement for case in cases], found), judge)


def _results(places: Sequence[int], group: _Group, judge: Judge) -> Iterator[Met]:
    for place, at in sorted((place, at) for at, place in enumerate(places)):
        yield Met(place, judge.told(group.claims[at], group.said(at)))


def _are_of_one_day(group: Sequence[ClaimSummary]) -> bool:
    """Whether all are professional claims of one day with ids of their own, and no limit counts them.

    Claims of other days that a rule would look at are related, so that a group of one day has none.
    """
    day = group[0].first
    if len(group) > _MOST:
        return False
    for _, first, last, claim_id, names_another, traits in group:
        if first != day or last != day or claim_id is None or names_another or plain(claim_id) != claim_id:
            return False
        if traits.claim_type != "professional" or traits.unknown or traits.services:
            return False
    return len({claim.claim_id for claim in group}) == len(group)


def _came(claim: Claim) -> tuple[date, str]:
    received = claim.received_date
    return received if isinstance(received, date) else date.max, identity(claim)


def _kind(cases: Sequence[Case]) -> tuple[Any, ...] | None:
    """All that the findings on some claims depend on, in the order in which they came; None if they may depend on
    more."""
    providers: dict[Neighbours, int] = {}
    digests: dict[int | None, int] = {}
    found = []
    for case in cases:
        one = case.judgement
        if one.compiled.any & _OTHERWISE_COUNTED or not one.is_of_one_provider or one.outline.scattered:
            return None
        whose, asked = one.whose, one.asked_beside_others
        if whose is None or asked & ~one.workshop.rulebook.remembered or asked & ~one.workshop.rulebook.own:
            return None
        billed = [billing_digest(one.claim, line) for line in one.claim.lines]
        found.append(
            (
                one.setting,
                providers.setdefault(whose, len(providers)),
                likeness(one.claim.lines) if one.compiled.repeats else None,
                one.read_by(asked),
                one.of_claim,
                one.claim.predetermination,
                *one.lines,
                *[None if digest is None else digests.setdefault(digest, len(digests)) for digest in billed],
            )
        )
    return tuple(found)


@attrs.frozen(eq=False)
class _Found:
    """What was found on a claim of a group: `upon` are the findings on lines of others, each by place and position.

    `alone` is its standing by itself, `settled` that among all.
    """

    said: Said
    upon: tuple[tuple[Rule, Raised, tuple[int, int]], ...]
    alone: Standing
    settled: Standing


def _evaluated(cases: Sequence[Case]) -> tuple[_Found, ...]:
    """What is found on each of some claims given all others, as `claimcheck.engine.batches` defines it."""
    batch = Batch(None)
    alone = [case.standing for case in cases]
    for case, standing in zip(cases, alone, strict=True):
        batch.record(case.claim, standing)
    for case in cases:
        case.beside(batch)
    settled = [case.standing for case in cases]
    changed = [batch.settle(case.claim, standing) for case, standing in zip(cases, settled, strict=True)]
    if any(changed):
        for case in cases:
            case.beside(batch)
    places = {identity(case.claim): at for at, case in enumerate(cases)}
    return tuple([_found(*each, places) for each in zip(cases, alone, settled, strict=True)])


def _found(case: Case, alone: Standing, settled: Standing, places: dict[str, int]) -> _Found:
    said = case.said
    upon = [(rule, raised, (places[other.claim], other.position)) for rule, raised, other in said.overturned]
    kept = attrs.evolve(said, overturned=(), others=(), since=None, counted=(), twins=dict)
    return _Found(kept, tuple(upon), alone, settled)


class _Group:
    """The claims of a group, in the order in which they came, with what is found on each."""

    def __init__(self, cases: Sequence[Judgement], found: Sequence[_Found]) -> None:
        self.claims = [case.claim for case in cases]
        self._found = found
        self._whose = [case.whose for case in cases]
        self._beyond = [case.asked_beyond for case in cases]
        rule = cases[0].workshop.rulebook.bit_of(DUPLICATE_RULE)
        self._compared = [
            [position for position, line in enumerate(case.lines, 1) if line.other_claims & rule] for case in cases
        ]
        self._day = cases[0].days[0]

    def said(self, at: int) -> Said:
        """What is found on a claim, with what is known of the others."""
        found = self._found[at]
        said = found.said
        return Said(
            said.of_claim,
            said.of_lines,
            said.unchecked,
            said.services,
            [(rule, raised, self._line(place)) for rule, raised, place in found.upon],
            LinesToRead(partial(self._others, at)),
            self._day,
            said.unseen,
            nothing_beyond(self._beyond[at]),
            said.same_provider,
            said.meant,
            partial(self._twins, at),
            said.payments,
        )

    def _others(self, at: int) -> list[RecordedLine]:
        """The lines of the other claims by the provider of one, in order."""
        whose = self._whose[at]
        return [line for place, line in self._in_order if place != at and self._whose[place] == whose]

    def _twins(self, at: int) -> dict[tuple[str, int], Twins]:
        """The claim's own lines that bill exactly what lines of the others bill, by claim and position of those."""
        claim, own = self.claims[at], dict[int | None, set[int]]()
        for position in self._compared[at]:
            own.setdefault(billing_digest(claim, claim.lines[position - 1]), set()).add(position)
        own.pop(None, None)
        return {
            (line.claim, line.position): Twins(
                frozenset(own[line.billing_digest]), (line.received_date or date.max, line.claim) < _came(claim)
            )
            for line in self._others(at)
            if line.billing_digest in own
        }

    def _line(self, place: tuple[int, int]) -> RecordedLine:
        return self._lines[place]

    @cached_property
    def _in_order(self) -> list[tuple[int, RecordedLine]]:
        return sorted(((at, line) for (at, _), line in self._lines.items()), key=lambda one: by_date(one[1]))

    @cached_property
    def _lines(self) -> dict[tuple[int, int], RecordedLine]:
        lines = {}
        for at, (claim, found) in enumerate(zip(self.claims, self._found, strict=True)):
            if is_kept(claim, found.alone.of_claim):
                for line in recorded_lines(claim, found.alone.of_lines, identity(claim)):
                    lines[at, line.position] = _settled(line, found.settled)
        return lines


def _settled(line: RecordedLine, among_all: Standing) -> RecordedLine:
    """A line with its disposition among all claims of its group, if that is another."""
    returned = among_all.of_claim is Disposition.REJECTED
    now = Disposition.REJECTED if returned else among_all.of_lines[line.position - 1]
    return line if now is line.disposition else SettledLine(*attrs.astuple(line, recurse=False), settled=now)
