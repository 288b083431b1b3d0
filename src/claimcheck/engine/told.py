"""Evaluates one claim: from its lines to the findings of all rules.

What was found before for claims that rules cannot tell apart is not evaluated again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs

from claimcheck.claims import Claim, ServiceUse
from claimcheck.engine.compiled import Mark
from claimcheck.engine.days import places
from claimcheck.engine.digest import NOTHING_SAID, Digest
from claimcheck.engine.judgement import Judgement
from claimcheck.engine.other_days import Asked, asked_of
from claimcheck.engine.outpatient import remembered_payments
from claimcheck.engine.said import Said, apart, both, closed
from claimcheck.engine.services import used
from claimcheck.engine.shared import Workshop
from claimcheck.engine.tally import Tally
from claimcheck.engine.times import NotingByDay
from claimcheck.history import LookUp
from claimcheck.history.batch_lines import Beside
from claimcheck.history.originals import NOTHING_MEANT
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.whole_claim import likeness
from claimcheck.rules.rule import Phase, Raised, Rule, Scope

__all__ = ["beyond", "in_full", "judge", "reading_other_claims", "superseded", "together", "told"]

T = TypeVar("T")


def judge(claim: Claim, workshop: Workshop, reference: date | None, history: LookUp | None) -> Said:
    """All findings of `claim`, with the processing date `reference`."""
    judgement = Judgement(claim, workshop, reference, history)
    said, of_claim = told(judgement)
    return in_full(said, of_claim, judgement)


def told(judgement: Judgement) -> tuple[Said, Sequence[Digest]]:
    """The findings on a claim's lines given the other claims, and on the claim itself unless already included."""
    workshop = judgement.workshop
    asked = judgement.asked()
    if judgement.outline.scattered:
        return together(judgement, asked, judgement.of_claim), ()
    if not asked:
        said = _apart(judgement)
    elif asked & ~workshop.rulebook.remembered:
        said = together(judgement, asked)
    elif judgement.is_plain or judgement.is_of_some_days:
        said = _remembered(judgement, asked)
    elif judgement.is_beside_others and not asked & ~workshop.rulebook.own:
        said = _remembered_beside(judgement, asked)
    else:
        said = together(judgement, asked)
    return closed(said, judgement.of_claim)


def superseded(claim: Claim, workshop: Workshop, reference: date | None) -> Said:
    """The findings on a claim that another version of its bill superseded: only that, and nothing on its lines."""
    setting = workshop.setting(claim, has_reference=reference is not None, superseded=True)
    return Said((setting.said,), [NOTHING_SAID] * len(claim.lines), ())


def reading_other_claims(claim: Claim, workshop: Workshop, reference: date | None) -> tuple[int, ...]:
    """For each line of `claim`, the set of rules whose findings may change with the member's other claims."""
    lines = Judgement(claim, workshop, reference, None).lines
    return tuple([line.other_claims for line in lines])


def beyond(claim: Claim, workshop: Workshop, reference: date | None) -> Sequence[Asked]:
    """Lines of other claims on other days than the claim's own that rules look at for its lines."""
    setting = workshop.setting(claim, has_reference=reference is not None)
    lines = workshop.lines(claim, setting, Frame.of(claim, reference, workshop.last_day))
    if not lines.any & Mark.BEYOND:
        return ()
    return asked_of((line.compiled, line.first) for line in places(claim, setting.facts, lines))


def in_full(said: Said, of_claim: Sequence[Digest], judgement: Judgement) -> Said:
    """Findings with findings on the claim itself given what is known of the member's other claims."""
    unseen, since, counted = judgement.unseen, judgement.since, judgement.counted
    others = judgement.others
    for more in (counted.lines, judgement.other_days.lines):
        others = both(others, more) if more else others
    payments = remembered_payments(judgement, said.of_lines)
    if not of_claim and since is None and not unseen and judgement.meant is NOTHING_MEANT:
        return said if payments is None else attrs.evolve(said, payments=payments)
    unchecked = said.unchecked
    if notes := [note for one in of_claim for note in one.notes]:
        unchecked = tuple({**dict.fromkeys(notes, ()), **dict(unchecked)}.items())
    return Said(
        (*said.of_claim, *of_claim),
        said.of_lines,
        unchecked,
        said.services,
        said.overturned,
        others,
        since,
        unseen,
        (*counted.asked, *judgement.other_days.asked),
        None if judgement.neighbours is None else judgement.neighbours.same,
        judgement.meant,
        judgement.duplicates.to_read if judgement.others else dict,
        payments,
    )


def _apart(judgement: Judgement) -> Said:
    """The findings where no rule over several lines has anything to add: all of it was computed before for equal
    lines."""
    key = tuple(judgement.lines)
    known: Said | None = judgement.workshop.together.get(key)
    if known is None:
        known = apart([line.alone for line in key])
        judgement.workshop.remember(key, known)
    return known


def _remembered(judgement: Judgement, asked: int) -> Said:
    """Cached findings over lines of one provider, on one day or on days that are alike: the same for all such
    claims."""
    alike = likeness(judgement.claim.lines) if judgement.compiled.repeats else None
    key = (asked, alike, judgement.counted_by(), judgement.read_by(asked), judgement.apart, *judgement.lines)
    known = judgement.workshop.together.get(key)
    if known is None:
        more = asked, alike, judgement.counted_by(), judgement.read_by(asked)
        known = _at_any_time(judgement, asked, more, lambda: together(judgement, asked))
        judgement.workshop.remember(key, known)
    return known


def _at_any_time(judgement: Judgement, asked: int, key: tuple[Any, ...], evaluate: Callable[[], T]) -> T:
    """The findings over lines of one day, from any time at which the tables answer alike what the rules ask.

    `key` is what they depend on besides the lines. Rules of other packages may ask tables of their own.
    """
    workshop = judgement.workshop
    if judgement.compiled.days_differ or not workshop.rulebook.asks_own_tables(asked):
        return evaluate()

    def noting(tables: NotingByDay) -> T:
        with judgement.asking(tables):
            return evaluate()

    kinds = [line.kind for line in judgement.lines]
    found: T = workshop.by_answers.get((*key, *kinds), workshop.time(judgement.on), noting, workshop.by_day)
    return found


def _remembered_beside(judgement: Judgement, asked: int) -> Said:
    """Cached findings over such lines given those of other claims: the same wherever both are alike."""
    others, workshop = judgement.others, judgement.workshop
    alike = likeness(judgement.claim.lines) if judgement.compiled.repeats else None
    kind = _kind_of(others, judgement.days[0], workshop)
    twins = judgement.duplicates.key(denied=not judgement.setting.facts.institutional)
    more = asked, alike, judgement.counted_by(), judgement.read_by(asked), twins, kind
    key = (*more, *judgement.lines)
    known = workshop.together.get(key)
    if known is None:

        def evaluate() -> tuple[Said, tuple[tuple[Rule, Raised, int], ...]]:
            said = together(judgement, asked)
            places = {id(line): place for place, line in enumerate(others)}
            return said, tuple([(rule, raised, places[id(other)]) for rule, raised, other in said.overturned])

        known = _at_any_time(judgement, asked, more, evaluate)
        workshop.remember(key, known)
    said, upon = known
    if not upon:
        return said
    return attrs.evolve(said, overturned=[(rule, raised, others[place]) for rule, raised, place in upon])


def _kind_of(others: Sequence[RecordedLine], day: date | None, workshop: Workshop) -> int:
    """A number shared by lines of other claims that the rules of a `day` cannot tell apart."""
    if not isinstance(others, Beside) or (kind := others.kind) is None:
        return workshop.alike(others, day)
    known = others.kinds.get(workshop)
    if known is None:
        known = others.kinds[workshop] = {}
    number = known.get(kind)
    if number is None:
        number = known[kind] = workshop.alike(others, day)
    return number


def together(judgement: Judgement, asked: int, of_claim: Sequence[Digest] = ()) -> Said:
    """The findings with the rules over several lines in the set `asked`."""
    tally = Tally([line.own for line in judgement.lines])
    for said in of_claim:
        for what in said.said:
            tally.add(what)
    services: tuple[ServiceUse, ...] = ()
    rulebook = judgement.workshop.rulebook
    for phase, scopes, by_code in rulebook.asked(asked):
        # Within a phase, no rule sees the findings of another: all see the standing left by the phases before.
        standing, edited = tally.standing, tally.edited
        for scope, rules in scopes:
            judgement.ask(rules, scope, standing, tally, edited=edited, settled=phase > Phase.UNITS)
        for rule in by_code:
            judgement.say_alone(rule, standing, tally)
        if phase is Phase.FREQUENCY and judgement.compiled.any & Mark.COUNTED:
            services = tuple(used(judgement.views(Scope.MEMBER, standing, settled=True)))
    own = tally.of_claim
    unchecked = tuple([(note, tuple(sorted(positions))) for note, positions in tally.unchecked.items()])
    return Said((own,) if own.said else (), tally.of_lines, unchecked, services, tally.overturned)
