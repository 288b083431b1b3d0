"""Each distinct line in each period, evaluated once: what line rules report, and which several-line rules it concerns.

An element is a combination of components in a period. What a rule reports depends on what it reads, so most elements
get a cached answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from claimcheck.claims import Disposition
from claimcheck.columns.cells import Bools
from claimcheck.columns.claims import Claims
from claimcheck.columns.elements import Ask, Elements, PairsOfElements, ask_rule
from claimcheck.columns.lines import Lines
from claimcheck.columns.numbering import Ints, Numbering, distinct
from claimcheck.columns.read_tree import ReadTree
from claimcheck.columns.rule_hits import RuleHits, distinct_rows
from claimcheck.columns.times import Times
from claimcheck.columns.traced import TracedAtTime, TracedDay
from claimcheck.columns.values import Values
from claimcheck.columns.verdicts import Verdicts
from claimcheck.engine.digest import digest
from claimcheck.engine.shared import Workshop
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.frequency import Limits
from claimcheck.rules.rule import Raised, Rule, Unchecked

__all__ = ["Judging"]

_HALF = 31


class Judging:
    """The elements seen so far, and what is known about each.

    `own` is the result from line rules, `alone` from those and the rules that check each code of a day by itself, which
    applies if no other line bills the code. `concerns` is the set of several-line rules that the line may concern,
    `others` those whose result other claims may change; `services` numbers what limits count it as. `of_pair` has for
    pair rules whether the line may be one of two, `pair_tables` the edit table for the line, by its index in
    `tables_met`; 0 is none.
    """

    def __init__(
        self, lines: Lines, claims: Claims, times: Times, *, hits: RuleHits, verdicts: Verdicts, workshop: Workshop
    ) -> None:
        self.lines, self.claims, self.times = lines, claims, times
        self.hits, self.verdicts, self.workshop = hits, verdicts, workshop
        self.rulebook = claims.rulebook
        self._numbering = Numbering(2)
        self._trees: dict[tuple[str, str], ReadTree] = {}
        self._services = Values()
        self.services: list[tuple[Any, ...]] = []
        self.own, self.alone, self.counted = (np.empty(0, np.int64) for _ in range(3))
        self.concerns, self.others = (claims.sets.none(0) for _ in range(2))
        self.is_coded: Bools = np.empty(0, bool)
        self.of_pair: dict[str, Ints] = {}
        self.pair_tables: dict[str, Ints] = {}
        self.tables_met: list[tuple[str, str]] = []
        self._combined: dict[tuple[int, ...], int] = {(): 0}

    def meet(self, shapes: Ints, times: Ints) -> Ints:
        """The number of each line's element; new ones are evaluated."""
        numbers, new = self._numbering(shapes, times)
        if len(new):
            self._judge(shapes[new], times[new])
        return numbers

    @property
    def shapes(self) -> Ints:
        """The combination of components of each element."""
        return self._numbering.rows[:, 0]

    @property
    def of_time(self) -> Ints:
        """The period number of each element."""
        return self._numbering.rows[:, 1]

    def _judge(self, shapes: Ints, times: Ints) -> None:
        sets = self.claims.sets
        elements = Elements(self.lines, self.times, shapes, times)
        everywhere = np.arange(len(shapes))
        said = [
            self._tree("says", rule.id).answers(elements, everywhere, elements.asking(ask_rule(rule, self.hits)))
            for rule in self.rulebook.of_line
        ]
        own = self._verdicts(said, len(shapes))
        elements.standing = self.verdicts.dispositions[own]
        coded = self._have_codes(shapes)
        self.is_coded = np.concatenate([self.is_coded, coded])
        asks = self.claims.asks[self.lines.facts.column("setting")[shapes]]
        concerns, others = (sets.none(len(shapes)) for _ in range(2))
        by_code = []
        for bit, rule, needs in self.rulebook.needing:
            applies = (asks & bit) != 0
            if needs.line is not None:
                concerns |= sets.where(self.where(elements, applies, "line", rule, _holds(needs.line)), bit)
            if needs.of_pair is not None:
                may_be = self.where(elements, applies & coded, "of pair", rule, _holds(needs.of_pair))
                known = self.of_pair.get(rule.id, np.empty(0, np.int64))
                self.of_pair[rule.id] = np.concatenate([known, may_be])
            if needs.pair_table is not None:
                tables = self.where(elements, applies & coded, "table", rule, self._table_of(needs.pair_table))
                known = self.pair_tables.get(rule.id, np.empty(0, np.int64))
                self.pair_tables[rule.id] = np.concatenate([known, tables])
            may_speak = applies & coded
            if needs.speaks_of is not None:
                may_speak = self.where(elements, may_speak, "may speak", rule, _holds(needs.speaks_of)) > 0
            if needs.alone:
                concerns |= sets.where(self.where(elements, may_speak, "alone", rule, _speaks(rule)), bit)
            if needs.by_code:
                by_code.append(self.where(elements, may_speak, "by code", rule, _says_alone(rule, self.hits)))
        alone = self._verdicts([*said, *by_code], len(shapes))
        counted = self.where(elements, coded, "services", None, self._services_of)
        counts = self.where(elements, counted > 0, "counts", None, self._counts)
        others |= sets.where(counts > 0, self.rulebook.of_members)
        for bit, rule in self.rulebook.of_other_claims:
            applies = ((asks & bit) != 0) & coded
            if rule.other_claims is not None:
                applies = self.where(elements, applies, "others", rule, _holds(rule.other_claims)) != 0
            others |= sets.where(applies, bit)
        found = {"own": own, "alone": alone, "concerns": concerns, "others": others, "counted": counted}
        for name, more in found.items():
            setattr(self, name, np.concatenate([getattr(self, name), more]))

    # ------------------------------------------------------------------ asking

    def _tree(self, what: str, of: str) -> ReadTree:
        return self._trees.setdefault((what, of), ReadTree())

    @property
    def calls(self) -> int:
        """How often a rule was called."""
        return sum(tree.calls for tree in self._trees.values())

    def where(self, elements: Elements, applies: Bools, what: str, rule: Rule | None, ask: Ask) -> Ints:
        """The answers where something applies; 0 elsewhere."""
        found = np.zeros(len(applies), np.int64)
        places = np.flatnonzero(applies)
        tree = self._tree(what, "" if rule is None else rule.id)
        found[places] = tree.answers(elements, places, elements.asking(ask))
        return found

    def of_pairs(self, rule: Rule, question: Callable[[Any, Any], bool], one: Ints, other: Ints) -> Ints:
        """Whether two elements may concern a rule as a pair: 1 if they may."""
        first, inverse = distinct(one.astype(np.int64) << _HALF | other)
        sides = [
            Elements(self.lines, self.times, self.shapes[side], self.of_time[side])
            for side in (one[first], other[first])
        ]
        pairs = PairsOfElements(*sides)
        answers = self._tree("pair", rule.id).answers(
            pairs, np.arange(len(first)), lambda place: pairs.ask(place, question)
        )
        return answers[inverse]

    def setting_of(self, elements: Any) -> Any:
        """The setting number of elements."""
        return self.lines.facts.column("setting")[self.shapes[elements]]

    def _have_codes(self, shapes: Ints) -> Bools:
        coded = np.array([facts["code"] is not None for facts in self.lines.parts["procedure"].facts], bool)
        return coded[self.lines.facts.column("procedure")[shapes]]

    def _table_of(self, table: Callable[[Any], tuple[str, str] | None]) -> Ask:
        """Asks which table a line's pairs are in; returns its number among those seen, from 1; 0 for none."""

        def ask(line: TracedAtTime, _: Disposition) -> int:
            found = table(line)
            if found is None:
                return 0
            if found not in self.tables_met:
                self.tables_met.append(found)
            return self.tables_met.index(found) + 1

        return ask

    def _services_of(self, line: TracedAtTime, _: Disposition) -> int:
        """The number of the services that limits count a line as; 0 for none."""
        if not line.of_code(_is_counted):
            return 0
        found = tuple(self.workshop.services(line))  # type: ignore[arg-type]
        if not found:
            return 0
        number = self._services(found)
        if number == len(self.services):
            self.services.append(found)
        return number + 1

    def _counts(self, line: TracedAtTime, _: Disposition) -> int:
        services = tuple(self.workshop.services(line))  # type: ignore[arg-type]
        return int(any(line.modifier_codes.isdisjoint(limit.except_modifiers) for limit, _ in services))

    def _verdicts(self, said: list[Ints], many: int) -> Ints:
        """The number of the result made from the hits in some columns, row by row."""
        if not said:  # no rule concerns lines by themselves
            return np.full(many, self._combine(()))
        return distinct_rows(np.stack(said, 1), self._combine)

    def _combine(self, hits: tuple[int, ...]) -> int:
        number = self._combined.get(hits)
        if number is None:
            number = self._combined[hits] = self.verdicts.number(digest(self.hits.all_of(hits)))
        return number


def _is_counted(code: str | None, policy: PolicyOn, _: object) -> bool:
    """Whether a limit of the policy counts a code."""
    return any(code in limit.counted for limit in policy[Limits].limits)


def _holds(question: Callable[[Any], bool]) -> Ask:
    return lambda line, _: int(bool(question(line)))


def _speaks(rule: Rule) -> Ask:
    return lambda line, standing: int(any(True for _ in rule.check(TracedDay(line, standing))))


def _says_alone(rule: Rule, hits: RuleHits) -> Ask:
    def ask(line: TracedAtTime, standing: Disposition) -> int:
        said = rule.check(TracedDay(line, standing))
        return hits([(rule, _unplaced(one)) for one in said])

    return ask


def _unplaced(said: Raised | Unchecked) -> Raised | Unchecked:
    """The report for a line wherever it is."""
    return said.at(None) if isinstance(said, Raised) else Unchecked(said.reason, said.table)
