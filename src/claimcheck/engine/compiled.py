"""What was compiled of a claim: settings, lines and diagnoses, with what is said of them, and what matters of them."""

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
from claimcheck.rules.facts.line import Line, LineKey
from claimcheck.rules.facts.outline import DiagnosesOutline, LinesOutline
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
    """What the engine itself must know of a line, as bits: some of any line (|), some of every line (&)."""

    PLACED = 1  #: of every line: it has a place of service of its own
    CHARGES_NOTHING = 2  #: of every line: it charges $0.00
    WRONG_CLIA = 4  #: of any: its CLIA number is none
    TOTAL = 8  #: of any: it is the total line
    COUNTED = 16  #: of any: a frequency limit counts it
    SPREAD = 32  #: of any: it has a code, and spans days or has none
    ADDS_UP = 64  #: of every: its charge is an amount in whole cents, and it is no total line
    BY_PROVIDER = 128  #: of any: a frequency limit counts it by who rendered or billed it
    ENTANGLED = 256  #: of any: a frequency limit counts it that shares codes with another
    BEYOND = 512  #: of any: a rule looks at lines of other days for it


_SELDOM_MARKED = Mark.WRONG_CLIA | Mark.TOTAL


@attrs.frozen(eq=False)
class CompiledLine:
    """The facts of a line, and all that can be said of it before the other lines are looked at.

    `own` is what the line rules say; `alone` that and what the rules say that judge each code of a day by itself, which
    holds where no other line bills the code. `concerns` is the set of rules of several lines that the line may concern.
    `sort` numbers what it may be one of a pair by: its code, modifiers and time. `services` are those that frequency
    limits count the line as, `accounts` what each counts together with it, by whose services are counted.
    `other_claims` is the set of rules to whose verdict on it the member's other claims may add something; `beyond` are
    the other days that rules look at for it, each with the set of the rule.
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
    accounts: dict[tuple[int, str | None], Any] = attrs.field(factory=dict, init=False)

    def moved(self, time: Time, sort: int) -> CompiledLine:
        """The same line at another time, at which all that was asked of the tables has the same answers."""
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
            # What is said of it standing otherwise was asked later, and not noted.
            {rule: {standing: known[standing]} for rule, known in self.by_code.items()},
            self.other_claims,
            self.beyond,
        )


@attrs.define(eq=False)
class CompiledLines:
    """The lines of a claim: compiled, their days, the `first` day, and what is so of `any` and of `every`, as marks.

    `concerns` is the set of rules of several lines that any may concern, `other_claims` that of those to whose verdict
    on any of them the member's other claims may add something; `days_differ` says that they are not all of
    one day, `repeats` that two bill one code on one day; `added` is the sum of the charges, where every one is an
    amount in whole cents.
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
        """The lines, in outline."""
        lines, every = self.lines, self.every
        if self.any & _SELDOM_MARKED:
            clia = tuple((at, line.facts.clia) for at, line in enumerate(lines, 1) if line.marks & Mark.WRONG_CLIA)
            totals = frozenset(at for at, line in enumerate(lines, 1) if line.marks & Mark.TOTAL)
            return LinesOutline(len(lines), every & Mark.PLACED, every & Mark.CHARGES_NOTHING, None, clia, totals)
        return LinesOutline(len(lines), every & Mark.PLACED, every & Mark.CHARGES_NOTHING, self.added)


@attrs.frozen(eq=False)
class CompiledDiagnosis:
    """A diagnosis: its facts, what the diagnosis rules say of it, and what is wrong with its form.

    `concerns` is the set of rules of several lines that it may concern, in whatever setting; `kind` its role and its
    version; `speaks` says whether there is anything to be said of it.
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
        """The same diagnosis at another time, at which all that was asked of the tables has the same answers."""
        return CompiledDiagnosis(self.facts.at(time), self.said, self.problems, self.concerns)


@attrs.define(eq=False)
class CompiledDiagnoses:
    """The diagnoses of a claim: each, their outline, what diagnosis rules say of any, and what rules they concern."""

    each: list[CompiledDiagnosis]
    outline: DiagnosesOutline
    said: tuple[Digest, ...]
    concerns: int
    codes: tuple[tuple[str, str], ...] = ()  #: role and code of each, where a rule asks for them

    @property
    def facts(self) -> tuple[ClaimDiagnosis, ...]:
        """The facts of each."""
        return tuple([one.facts for one in self.each])


@attrs.frozen(eq=False)
class CompiledSetting:
    """A setting, what the setting rules say of it, and the outlines and lines met in it, by their keys.

    `as_billed` holds lines by all that stands on them, too, so that most are found without a look at what it means.
    `asks` is the set of wide rules that may be asked in the setting at all; `pairs` holds the rules that two lines may
    concern as a pair, by their sorts. `is_paid_by_opps` says whether its lines are told how they are paid.
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
    """The marks of a line, and of the services that limits count it as."""
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
