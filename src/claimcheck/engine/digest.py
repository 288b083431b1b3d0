"""The findings on one thing (a line, a diagnosis, the claim), digested once so that they can be placed many times.

A finding is the same value wherever a line that bills the same on the same day has the same position and number, so it
is created once for each of these and shared by the results.
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
"""What was not checked: rule id, reason, table."""
Notes = tuple[tuple[Note, tuple[int, ...]], ...]
"""What was not checked on a claim, each once, with the positions of its lines in order; 0 is the claim itself."""

_MOST_PLACES = 256


class Place(NamedTuple):
    """Where a finding is placed: position and number of its line, and what that line bills."""

    position: int | None
    number: int | None
    line: Billed


ON_THE_CLAIM = Place(None, None, NOT_BILLED)


@attrs.frozen(eq=False)
class Placed:
    """The findings of a digest at one place; `deciding` is the first with the final disposition, None if nothing
    decided."""

    findings: tuple[Finding, ...]
    deciding: Finding | None


@attrs.frozen(eq=False)
class Digest:
    """The findings in order of phase and rule id, the disposition that follows, and what was not checked.

    `said` is everything, as reported by the rules. `scheduled` are the amounts at which the line is priced on a
    schedule. `relates` says that a finding names other lines, `scattered` that something names its line itself.
    `closes` and `yields` say that the outcome of a finding does; `edited` are the outpatient code editor's edits among
    them. `payment` is how the line is paid on its claim, where claims are validated as columns.
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
        """The disposition of a line without the frequency limits, which depend on all claims together."""
        if not self._without_frequency:
            some = [raised.outcome.disposition for rule, raised in self.holds() if not of_frequency(rule.id)]
            self._without_frequency.append(strongest(some))
        return self._without_frequency[0]

    def placed(self, place: Place, numbers: Sequence[int], *, in_order: bool) -> Placed:
        """The findings at that place, for a claim whose lines have those numbers.

        `in_order` says that each line's number is its position; if not, findings that name other lines are placed
        again.
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
        """For a line that is not accepted, everything except the price, about which nothing can be said."""
        if self.disposition not in (Disposition.REJECTED, Disposition.DENIED):
            return self.raised
        return [
            one
            for one in self.raised
            if one[0].phase is not Phase.PRICE or one[1].outcome.severity is not Severity.INFO
        ]


def digest(said: Iterable[Said]) -> Digest:
    """The digest of what was reported."""
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
    """The outpatient code editor's edits of a line, each with the resulting disposition."""
    if any(what.outcome.closes for _, what in raised):
        raised = _but_what_comes_after(raised, ON_A_DENIED_DAY)
    found = {(number, what.outcome.disposition) for rule, what in raised if (number := _edit(rule, what)) is not None}
    return frozenset(found) if found else NO_EDITS


def _edit(rule: Rule, raised: Raised) -> int | None:
    return edit_of(rule.id, raised.outcome, raised.evidence)


def _but_what_comes_after(raised: Iterable[tuple[Rule, Raised]], edits: Set[int]) -> list[tuple[Rule, Raised]]:
    """The findings without the outpatient code editor's other edits."""
    return [one for one in raised if (number := _edit(*one)) is None or number in edits]


def closed_by(said: Digest) -> Digest:
    """The findings that remain on a line when the outpatient code editor stops looking at its claim."""
    raised = _but_what_comes_after(said.raised, BEFORE_REJECTION)
    return said if len(raised) == len(said.raised) else digest([*raised, *_notes_of(said)])


def yielded_by(said: Digest) -> Digest:
    """The findings that remain on a line when its claim is returned or reviewed as a whole."""
    return (
        digest([*(one for one in said.raised if not one[1].outcome.yields), *_notes_of(said)]) if said.yields else said
    )


def _notes_of(said: Digest) -> list[Said]:
    return [one for one in said.said if isinstance(one[1], Unchecked)]


_finding = maker(Finding)


def finding(rule: Rule, raised: Raised, place: Place, numbers: Sequence[int]) -> Finding:
    """A reported finding, placed and filled in; related lines are given by their `numbers`."""
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
    """Findings by phase and rule id, so that the first one with a disposition is the one that decided."""
    rule, _ = said
    return rule.phase, rule.id
