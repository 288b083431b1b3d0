"""Results of lines and claims, each combination once: numbered results, and their content in frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Disposition
from claimcheck.columns.numbering import Ints, ranges
from claimcheck.columns.schema import FINDINGS, LINES
from claimcheck.engine.digest import NOTHING_SAID, ON_THE_CLAIM, Digest, Note, finding
from claimcheck.io.out.records import Found, found
from claimcheck.rules.rule import Raised, Rule

__all__ = ["DISPOSITIONS", "FINDING_TEMPLATE", "LINE_TEMPLATE", "NOTE_TEMPLATE", "Lists", "Templates", "Verdicts"]

DISPOSITIONS: tuple[Disposition, ...] = tuple(Disposition)
"""In order of strength: a disposition's index is its number."""
STRENGTH: Mapping[Disposition, int] = {disposition: number for number, disposition in enumerate(DISPOSITIONS)}

#: Columns of findings and lines that depend on the place and what the line bills; the others are the same everywhere.
_PLACES = ("claim_id", "file", "row", "line_number", "position", "procedure_code", "modifiers", "revenue_code")
_PLACED = frozenset({*_PLACES, "service_date", "related_lines"})
FINDING_TEMPLATE = {name: dtype for name, dtype in FINDINGS.items() if name not in _PLACED}
_of_finding: Callable[[Found], tuple[Any, ...]] = attrgetter(*FINDING_TEMPLATE)
NOTE_TEMPLATE = {
    "rule_id": pl.String(),
    "reason": pl.String(),
    "table": pl.String(),
    "rules": pl.List(pl.String()),
    "rule": pl.Int64(),  #: the index of the rule in running order
}
LINE_TEMPLATE = {
    name: LINES[name]
    for name in (
        *("disposition", "deciding_rule", "group_code", "carc", "rarcs", "findings"),
        *("status_indicator", "apc", "packaged"),
    )
}


@attrs.frozen(eq=False)
class Lists:
    """A list of numbers for each of many objects: `flat` has all lists, one after the other."""

    sizes: Ints
    starts: Ints
    numbers: Ints

    @classmethod
    def built(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """These lists, for objects 0, 1, and so on."""
        sizes = np.fromiter(map(len, lists), np.int64, len(lists))
        flat = np.fromiter((one for some in lists for one in some), np.int64, int(sizes.sum()))
        return cls(sizes, np.cumsum(sizes) - sizes, flat)

    def __len__(self) -> int:
        return len(self.sizes)

    def followed_by(self, lists: Sequence[Sequence[int]]) -> Lists:
        """These lists, and some for further objects."""
        more = Lists.built(lists)
        return Lists(
            np.concatenate([self.sizes, more.sizes]),
            np.concatenate([self.starts, more.starts + len(self.numbers)]),
            np.concatenate([self.numbers, more.numbers]),
        )

    def counts(self, things: Ints) -> Ints:
        """How many numbers each object's list has."""
        return self.sizes[things]

    def flat(self, things: Ints) -> Ints:
        """The numbers of all these objects' lists, one after the other.

        >>> Lists.built([[7, 8], [9]]).flat(np.array([1, 0, 1])).tolist()
        [9, 7, 8, 9]
        """
        found: Ints = self.numbers[ranges(self.starts[things], self.sizes[things])]
        return found

    def of(self, things: Ints) -> tuple[Ints, Ints, Ints]:
        """Each number in each object's list: the index in `things`, the index in the list, and the number.

        >>> [found.tolist() for found in Lists.built([[7, 8], [], [9]]).of(np.array([2, 0]))]
        [[0, 1, 1], [0, 0, 1], [9, 7, 8]]
        """
        speaks = np.flatnonzero(self.sizes[things])
        things = things[speaks]
        many = self.sizes[things]
        return np.repeat(speaks, many), ranges(np.zeros(len(many), np.int64), many), self.flat(things)


@attrs.frozen(eq=False)
class Templates:
    """What is reported by the results known so far, as numbers and frames; it does not change.

    `findings` and `notes` list what each result reports, in rule order, as numbers of the templates in `finding_frame`
    and `note_frame`; `places` are the rules' indexes in that order, by id; `related` the line positions that a finding
    names, by their number in `related_positions`.
    """

    places: Mapping[str, int]
    findings: Lists
    notes: Lists
    related: Lists
    related_positions: tuple[tuple[int, ...], ...]
    dispositions: Ints
    scheduled: pl.Series
    line_frame: pl.DataFrame
    finding_frame: pl.DataFrame
    note_frame: pl.DataFrame


class Verdicts:
    """Results by number; 0 means nothing was reported."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.places = {rule.id: place for place, rule in enumerate(rules)}
        self.digests: list[Digest] = []
        self._numbers: dict[Any, int] = {}
        self._findings: list[list[int]] = []
        self._notes: list[list[int]] = []
        self._related_of: list[list[int]] = []
        self._related: dict[tuple[int, ...], int] = {(): 0}
        self._of_findings: list[tuple[Any, ...]] = []
        self._of_notes: list[tuple[Any, ...]] = []
        self._of_lines: list[tuple[Any, ...]] = []
        self._templates: dict[Any, int] = {}
        self._note_numbers: dict[Note, int] = {}
        self._disposition: list[int] = []
        self._scheduled: list[Decimal | None] = []
        self._frames: dict[str, tuple[int, Any]] = {}
        self.number(NOTHING_SAID)

    def __len__(self) -> int:
        return len(self.digests)

    def number(self, said: Digest) -> int:
        """The number of the resulting combination."""
        if said is NOTHING_SAID and self.digests:
            return 0
        key = (tuple([(rule.id, raised.at(None)) for rule, raised in said.raised]), said.notes, said.payment)
        number = self._numbers.setdefault(key, len(self.digests))
        if number == len(self.digests):
            self._keep(said)
        return number

    def _keep(self, said: Digest) -> None:
        self.digests.append(said)
        holds = list(said.holds())
        in_order = sorted(holds, key=lambda one: self.places[one[0].id])
        self._findings.append([self._template(rule, raised) for rule, raised in in_order])
        self._related_of.append(
            [self._related.setdefault(raised.related, len(self._related)) for _, raised in in_order]
        )
        notes = sorted(said.notes, key=lambda note: (self.places[note[0]], note[1], note[2] or ""))
        self._notes.append([self._note(note) for note in notes])
        self._disposition.append(STRENGTH[said.disposition])
        self._scheduled.append(min(said.scheduled, default=None))
        deciding = None
        if said.disposition is not Disposition.PAYABLE:
            deciding = next((rule, one) for rule, one in holds if one.outcome.disposition is said.disposition)
        outcome = None if deciding is None else deciding[1].outcome
        self._of_lines.append(
            (
                str(said.disposition),
                None if deciding is None else deciding[0].id,
                None if outcome is None else outcome.group_code,
                None if outcome is None else outcome.carc,
                [] if outcome is None else [*outcome.rarcs],
                len(holds),
                None if said.payment is None else said.payment.status or None,
                None if said.payment is None else said.payment.group or None,
                None if said.payment is None else said.payment.packaged,
            )
        )

    def _template(self, rule: Rule, raised: Raised) -> int:
        """The number of a finding's content, regardless of its place and the lines it names."""
        made = finding(rule, attrs.evolve(raised, related=(), other=None), ON_THE_CLAIM, ())
        key = _of_finding(found(made))
        number = self._templates.setdefault(key, len(self._of_findings))
        if number == len(self._of_findings):
            self._of_findings.append((*key, self.places[rule.id]))
        return number

    def _note(self, note: Note) -> int:
        number = self._note_numbers.setdefault(note, len(self._of_notes))
        if number == len(self._of_notes):
            self._of_notes.append((note[0], str(note[1]), note[2], [note[0]], self.places[note[0]]))
        return number

    # ------------------------------------------------------------------ as columns

    def _cached(self, name: str, size: int, make: Any) -> Any:
        known = self._frames.get(name)
        if known is None or known[0] != size:
            known = self._frames[name] = size, make()
        return known[1]

    @property
    def dispositions(self) -> Ints:
        """The strength of each result's disposition."""
        made: Ints = self._cached("disposition", len(self), lambda: np.array(self._disposition, np.int64))
        return made

    @property
    def without_frequency(self) -> Ints:
        """The same apart from frequency limits, as a history keeps a line."""
        made: Ints = self._cached(
            "without frequency", len(self), lambda: np.array([STRENGTH[one.without_frequency] for one in self.digests])
        )
        return made

    @property
    def templates(self) -> Templates:
        """What is reported, as numbers and frames."""
        made: Templates = self._cached("templates", len(self), self._templates_now)
        return made

    def _templates_now(self) -> Templates:
        return Templates(
            self.places,
            Lists.built(self._findings),
            Lists.built(self._notes),
            Lists.built(self._related_of),
            tuple(self._related),
            self.dispositions,
            pl.Series(self._scheduled, dtype=LINES["allowed_amount"]),
            pl.DataFrame(self._of_lines, schema=LINE_TEMPLATE, orient="row"),
            pl.DataFrame(self._of_findings, schema={**FINDING_TEMPLATE, "rule": pl.Int64()}, orient="row"),
            pl.DataFrame(self._of_notes, schema=NOTE_TEMPLATE, orient="row"),
        )
