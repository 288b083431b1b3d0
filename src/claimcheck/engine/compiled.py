"""The compiled parts of a claim: setting, lines and diagnoses with their findings, and the traits that the engine
reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import Disposition, Problem
from claimcheck.engine.digest import NOTHING_SAID, Digest, Said
from claimcheck.engine.times import Alike
from claimcheck.policies.parameters.frequency import Limit, Per
from claimcheck.rules.facts.charge import ChargeKind
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.line_key import LineKey
from claimcheck.rules.facts.outline_key import DiagnosesOutline, LinesOutline
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.time import Time
from claimcheck.rules.rule import OtherDays, Rule

__all__ = [
    "CompiledDiagnoses",
    "CompiledDiagnosis",
    "CompiledLine",
    "CompiledLines",
    "CompiledSetting",
    "Mark",
    "marks_of",
]


class Mark:
    """What the engine itself needs to know about lines, as bits: some combine over any line (|), some over every line
    (&)."""

    PLACED = 1  #: every line: has a place of service of its own
    CHARGES_NOTHING = 2  #: every line: charges $0.00
    WRONG_CLIA = 4  #: any line: its CLIA number is missing
    TOTAL = 8  #: any line: is the total line
    COUNTED = 16  #: any line: counted by a frequency limit
    SPREAD = 32  #: any line: has a code, and spans days or has no date
    ADDS_UP = 64  #: every line: its charge is an amount in whole cents, and it is not the total line
    BY_PROVIDER = 128  #: any line: counted by a frequency limit per rendering or billing provider
    ENTANGLED = 256  #: any line: counted by a frequency limit that shares codes with another
    BEYOND = 512  #: any line: a rule looks at lines of other days for it


_SELDOM_MARKED = Mark.WRONG_CLIA | Mark.TOTAL


@attrs.frozen(eq=False)
class CompiledLine:
    """The facts of a line, and every finding that can be made before the other lines are looked at.

    `own` holds the findings of line rules; `alone` adds those of rules that evaluate each code of a day by itself,
    which is valid if no other line bills the code. `concerns` is the set of rules over several lines that the line may
    affect. `sort` is the number under which it may be part of a pair: code, modifiers and time. `services` are the
    services as which frequency limits count the line, `accounts` what each limit counts together with it, by the
    provider counted. `other_claims` is the set of rules whose findings on it may change with the member's other claims;
    `beyond` are the other days that rules look at for it, each with its set of rules. `kind` is the number of all lines
    that differ only in time, if the tables answer alike.
    """

    facts: Line
    code: str | None
    marks: int
    own: Digest
    alone: Digest
    concerns: int
    sort: int
    services: tuple[tuple[Limit, str], ...]
    by_code: dict[Rule, dict[Disposition, tuple[Said, ...]]]
    other_claims: int
    beyond: tuple[tuple[int, OtherDays], ...] = ()
    kind: int = 0
    accounts: dict[tuple[int, str | None], Any] = attrs.field(factory=dict, init=False)

    def moved(self, time: Time, sort: int) -> CompiledLine:
        """The same line at another time, when everything asked of the tables has the same answers."""
        standing = self.own.disposition
        return CompiledLine(
            self.facts.at(time),
            self.code,
            self.marks,
            self.own,
            self.alone,
            self.concerns,
            sort,
            self.services,
            # Findings for other standings were asked for later, and were not recorded.
            {rule: {standing: known[standing]} for rule, known in self.by_code.items()},
            self.other_claims,
            self.beyond,
            self.kind,
        )

    def noting(self, time: Time) -> CompiledLine:
        """The same at a time that records the answers of its tables, before anything was asked of them."""
        by_code: dict[Rule, dict[Disposition, tuple[Said, ...]]] = {rule: {} for rule in self.by_code}
        return attrs.evolve(self, facts=self.facts.at(time), by_code=by_code)


@attrs.define(eq=False)
class CompiledLines:
    """The lines of a claim: compiled lines, their days, the `first` day, and what holds for `any` line and for `every`
    line, as marks.

    `concerns` is the set of rules over several lines that any line may affect, `other_claims` the set whose findings on
    any line may change with the member's other claims; `days_differ` says that the lines are not all on one day,
    `repeats` that two lines bill one code on one day; `added` is the sum of the charges if every charge is an amount in
    whole cents.
    """

    lines: list[CompiledLine]
    days: list[date | None]
    first: date | None
    concerns: int
    other_claims: int
    any: int
    every: int
    days_differ: bool
    repeats: bool
    added: Decimal | None

    @property
    def outline(self) -> LinesOutline:
        """An outline of the lines."""
        lines, every = self.lines, self.every
        if self.any & _SELDOM_MARKED:
            clia = tuple((at, line.facts.clia) for at, line in enumerate(lines, 1) if line.marks & Mark.WRONG_CLIA)
            totals = frozenset(at for at, line in enumerate(lines, 1) if line.marks & Mark.TOTAL)
            return LinesOutline(len(lines), every & Mark.PLACED, every & Mark.CHARGES_NOTHING, None, clia, totals)
        return LinesOutline(len(lines), every & Mark.PLACED, every & Mark.CHARGES_NOTHING, self.added)


@attrs.frozen(eq=False)
class CompiledDiagnosis:
    """A diagnosis: its facts, the findings of diagnosis rules, and what is wrong with its format.

    `concerns` is the set of rules over several lines that it may affect, in any setting; `kind` is its role and code
    version; `speaks` says whether there is any finding.
    """

    facts: ClaimDiagnosis
    said: Digest
    problems: tuple[Problem, ...]
    concerns: int = 0
    kind: tuple[str, str] = attrs.field(init=False)
    speaks: bool = attrs.field(init=False)

    @kind.default
    def _role_and_version(self) -> tuple[str, str]:
        return self.facts.role, self.facts.version

    @speaks.default
    def _has_anything_to_say(self) -> bool:
        return self.said is not NOTHING_SAID or self.problems != ()

    def moved(self, time: Time) -> CompiledDiagnosis:
        """The same diagnosis at another time, when everything asked of the tables has the same answers."""
        return CompiledDiagnosis(self.facts.at(time), self.said, self.problems, self.concerns)


@attrs.define(eq=False)
class CompiledDiagnoses:
    """The diagnoses of a claim: each one, their outline, the findings of diagnosis rules, and the rules they affect."""

    each: list[CompiledDiagnosis]
    outline: DiagnosesOutline
    said: tuple[Digest, ...]
    concerns: int
    codes: tuple[tuple[str, str], ...] = ()  #: role and code of each, if a rule asks for them

    @property
    def facts(self) -> tuple[ClaimDiagnosis, ...]:
        """The facts of each diagnosis."""
        return tuple([one.facts for one in self.each])


@attrs.frozen(eq=False)
class CompiledSetting:
    """A setting, the findings of setting rules, and the outlines and lines seen in it, by key.

    `as_billed` also holds lines by everything billed on them, so that most are found without parsing. `asks` is the set
    of rules over several lines that may run in the setting at all; `pairs` holds the rules that two lines may affect as
    a pair, by their sort numbers. `is_paid_by_opps` says whether the way each line is paid is worked out.
    """

    facts: Setting
    said: Digest
    asks: int
    is_paid_by_opps: bool = False
    lines: dict[LineKey, Alike[CompiledLine]] = attrs.field(factory=dict)
    as_billed: dict[tuple[Any, ...], Alike[CompiledLine]] = attrs.field(factory=dict)
    outlines: dict[tuple[Any, ...], Alike[Digest]] = attrs.field(factory=dict)
    coded: dict[tuple[Any, ...], Alike[Digest]] = attrs.field(factory=dict)
    sorts: dict[tuple[Any, ...], int] = attrs.field(factory=dict)
    pairs: dict[tuple[int, int], int] = attrs.field(factory=dict)


_IN_WHOLE_CENTS = (ChargeKind.AMOUNT, ChargeKind.SMALL)


def marks_of(line: Line, services: tuple[tuple[Limit, str], ...]) -> int:
    """The marks of a line, and of the services as which limits count it."""
    marks = 0
    if line.place_of_service_on_line:
        marks |= Mark.PLACED
    if line.charge.small == 0:
        marks |= Mark.CHARGES_NOTHING
    if line.charge.kind in _IN_WHOLE_CENTS and line.revenue.text != "0001":
        marks |= Mark.ADDS_UP
    if line.clia.wrong:
        marks |= Mark.WRONG_CLIA
    if line.revenue.text == "0001":
        marks |= Mark.TOTAL
    if services:
        marks |= Mark.COUNTED
    if any(limit.per is not Per.MEMBER for limit, _ in services):
        marks |= Mark.BY_PROVIDER
    if line.code is not None and (line.on is None or line.span_days > 1):
        marks |= Mark.SPREAD
    return marks
