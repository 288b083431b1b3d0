"""What was said of one thing (a line, a diagnosis, the claim), digested once so that it can be placed many times.

A finding is the same value wherever a line that bills the same on the same day stands in the same place under the same
number, so it is made once for each of these and shared by the results.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

import attrs

from claimcheck.claims import Disposition, Finding, Findings, Severity
from claimcheck.claims.billed import NOT_BILLED, Billed
from claimcheck.claims.quick import maker
from claimcheck.claims.verdict import strongest
from claimcheck.history.entry import of_frequency
from claimcheck.rules.facility.payment import Paid
from claimcheck.rules.outpatient_editor import BEFORE_REJECTION, NO_EDITS, ON_A_DENIED_DAY, Edits, edit_of
from claimcheck.rules.rule import Phase, Raised, Rule, Unchecked

__all__ = [
    "NOTHING_SAID",
    "ON_THE_CLAIM",
    "Digest",
    "Note",
    "Notes",
    "Place",
    "Placed",
    "Said",
    "closed_by",
    "digest",
    "edited_by",
    "finding",
    "yielded_by",
]

Said = tuple[Rule, Raised | Unchecked]
Note = tuple[str, str, str | None]
"""What was not checked: the rule's id, the reason, the table."""
Notes = tuple[tuple[Note, tuple[int, ...]], ...]
"""What was not checked of a claim, each once, with the positions of its lines in their order; 0 is the claim itself."""

_MOST_PLACES = 256


class Place(NamedTuple):
    """Where a finding stands: the position and number of its line, and what that line bills."""

    position: int | None
    number: int | None
    line: Billed


ON_THE_CLAIM = Place(None, None, NOT_BILLED)


@attrs.frozen(eq=False)
class Placed:
    """The findings of a digest in one place; `deciding` is the first of the disposition, None where nothing decided."""

    findings: tuple[Finding, ...]
    deciding: Finding | None


@attrs.frozen(eq=False)
class Digest:
    """What was said: findings in the order of phase and rule id, what that makes of a line, what was not checked.

    `said` is all of it, as it was said. `scheduled` are the amounts at which the line stands on a schedule. `relates`
    says that a finding names other lines, `scattered` that something names its line itself. `closes` and `yields` say
    that the outcome of a finding does, `edited` are the outpatient code editor's edits among them. `payment` is how the
    line is paid on its claim, where claims are validated as columns.
    """

    said: tuple[Said, ...]
    raised: tuple[tuple[Rule, Raised], ...]
    disposition: Disposition
    scheduled: tuple[Decimal, ...]
    notes: tuple[Note, ...]
    relates: bool
    scattered: bool
    closes: bool = False
    yields: bool = False
    edited: Edits = NO_EDITS
    payment: Paid | None = None
    _places: dict[Place, Placed] = attrs.field(factory=dict, init=False)
    _without_frequency: list[Disposition] = attrs.field(factory=list, init=False)

    @property
    def without_frequency(self) -> Disposition:
        """The disposition of a line but for the frequency limits, which are a function of all claims together."""
        if not self._without_frequency:
            some = [raised.outcome.disposition for rule, raised in self.holds() if not of_frequency(rule.id)]
            self._without_frequency.append(strongest(some))
        return self._without_frequency[0]

    def placed(self, place: Place, numbers: Sequence[int], *, in_order: bool) -> Placed:
        """The findings on the line that stands there, where the claim's lines have those numbers.

        `in_order` says that each line's number is its place: where it is not, what names other lines is placed anew.
        """
        if self.relates and not in_order:
            return self._place(place, numbers)
        known = self._places.get(place)
        if known is None:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            known = self._places[place] = self._place(place, numbers)
        return known

    def _place(self, place: Place, numbers: Sequence[int]) -> Placed:
        findings = Findings([finding(rule, raised, place, numbers) for rule, raised in self.holds()])
        if self.disposition is Disposition.PAYABLE:
            return Placed(findings, None)
        return Placed(findings, next(found for found in findings if found.disposition is self.disposition))

    def holds(self) -> Iterable[tuple[Rule, Raised]]:
        """Of a line that is not accepted, all but what it would be paid: nothing is to be said of that."""
        if self.disposition not in (Disposition.REJECTED, Disposition.DENIED):
            return self.raised
        return [
            one
            for one in self.raised
            if one[0].phase is not Phase.PRICE or one[1].outcome.severity is not Severity.INFO
        ]


def digest(said: Iterable[Said]) -> Digest:
    """The digest of what was said."""
    everything = tuple(said)
    if not everything:
        return NOTHING_SAID
    raised: list[tuple[Rule, Raised]] = []
    notes: dict[Note, None] = {}
    relates = scattered = False
    for rule, what in everything:
        if isinstance(what, Raised):
            raised.append((rule, what))
            relates = relates or bool(what.related)
            scattered = scattered or what.line is not None
        else:
            notes[rule.id, what.reason, what.table] = None
            scattered = scattered or bool(what.lines)
    closes = any(what.outcome.closes for _, what in raised)
    if len(raised) > 1:
        if closes:
            raised = _but_what_comes_after(raised, ON_A_DENIED_DAY)
        raised.sort(key=_when)
    return Digest(
        everything,
        tuple(raised),
        strongest([what.outcome.disposition for _, what in raised]),
        tuple([what.scheduled for _, what in raised if what.scheduled is not None]),
        tuple(notes),
        relates,
        scattered,
        closes,
        any(what.outcome.yields for _, what in raised),
        edited_by(raised),
    )


NOTHING_SAID = Digest((), (), Disposition.PAYABLE, (), (), relates=False, scattered=False)


def edited_by(raised: Sequence[tuple[Rule, Raised]]) -> Edits:
    """The outpatient code editor's edits among what was said of a line, each with what it makes of the line."""
    if any(what.outcome.closes for _, what in raised):
        raised = _but_what_comes_after(raised, ON_A_DENIED_DAY)
    found = {(number, what.outcome.disposition) for rule, what in raised if (number := _edit(rule, what)) is not None}
    return frozenset(found) if found else NO_EDITS


def _edit(rule: Rule, raised: Raised) -> int | None:
    return edit_of(rule.id, raised.outcome, raised.evidence)


def _but_what_comes_after(raised: Iterable[tuple[Rule, Raised]], edits: Set[int]) -> list[tuple[Rule, Raised]]:
    """What was said, but for edits of the outpatient code editor other than these."""
    return [one for one in raised if (number := _edit(*one)) is None or number in edits]


def closed_by(said: Digest) -> Digest:
    """What remains of what was said of a line whose claim the outpatient code editor looks at no further."""
    raised = _but_what_comes_after(said.raised, BEFORE_REJECTION)
    return said if len(raised) == len(said.raised) else digest([*raised, *_notes_of(said)])


def yielded_by(said: Digest) -> Digest:
    """What remains of what was said of a line whose claim is returned or reviewed as a whole."""
    return (
        digest([*(one for one in said.raised if not one[1].outcome.yields), *_notes_of(said)]) if said.yields else said
    )


def _notes_of(said: Digest) -> list[Said]:
    return [one for one in said.said if isinstance(one[1], Unchecked)]


_finding = maker(Finding)


def finding(rule: Rule, raised: Raised, place: Place, numbers: Sequence[int]) -> Finding:
    """What a rule raised, placed and filled in; related lines by their `numbers`."""
    outcome = raised.outcome
    made: Finding = _finding(
        rule.id,
        rule.name,
        outcome.severity if rule.severity is None else rule.severity,
        outcome.disposition,
        raised.message,
        place.number,
        place.position,
        tuple([numbers[place - 1] for place in raised.related]),
        raised.evidence,
        raised.source or rule.sources[0],
        None if raised.edition is None else str(raised.edition),
        outcome.group_code,
        outcome.carc,
        outcome.rarcs,
        *place.line,
        raised.remedy or outcome.remedy,
    )
    return made


def _when(said: tuple[Rule, Raised]) -> tuple[int, str]:
    """Findings by phase and rule id, so that the first of a disposition is the one that decided."""
    rule, _ = said
    return rule.phase, rule.id
