"""What a rule is: its documentation, its metadata and its function, in one module.

A rule's module has a docstring in four parts (what it checks, why payers deny it, an example, what it does not check),
the outcomes that its findings may have, and one plain function, decorated::

    DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236")


    @rule(
        id="NCCI101",
        name="procedure-to-procedure",
        scope=Scope.DAY,
        phase=Phase.BUNDLING,
        reads=("code", "modifiers"),
        outcomes=(DENIED,),
        sources=("...",),
    )
    def procedure_to_procedure(day: Day) -> Outcomes:
        ...
        yield DENIED("Column-two code ... is bundled into ...", line=two, related=(one,))

The function is a pure function of what the rule declares to read, so that its answer may be kept and given again for
every line that reads the same. It knows no rule id, no line number and no file: the engine fills those in.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import attrs

from claimcheck.claims import Disposition, Evidence, Reason, Remedy, Severity
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.tables.lookup import Absent, Edition, Found, NotCovered

__all__ = [
    "Beyond",
    "Needs",
    "Open",
    "OtherDays",
    "Outcome",
    "Outcomes",
    "Phase",
    "Raised",
    "Rule",
    "Scope",
    "Unchecked",
    "reads_no_other_claim",
    "rule",
    "unchecked",
]


class Scope(StrEnum):
    """What one call of a rule looks at."""

    SETTING = "setting"  #: what is the same for very many claims: claim type, bill type, who bills
    OUTLINE = "outline"  #: a claim without the content of its lines: what is there, what agrees, how dates stand
    DIAGNOSIS = "diagnosis"  #: one diagnosis of the claim
    LINE = "line"  #: one service line
    CLAIM = "claim"  #: the claim as a whole, with its lines
    DAY = "day"  #: the member's lines of one day at one provider, across claims
    MEMBER = "member"  #: one service of the member over time


class Phase(IntEnum):
    """When a rule runs: a later phase may read the standing of lines from earlier ones, never the other way."""

    STRUCTURE = 1
    ACTIVITY = 2
    STATUS = 3
    BUNDLING = 4
    UNITS = 5
    ADD_ON = 6
    FREQUENCY = 7
    PRICE = 8


@attrs.frozen
class Outcome:
    """What a finding of one kind means: how severe, what becomes of the line, and the codes a payer answers with.

    Called with a message and its evidence, it makes the finding. The message may hold codes that are well formed
    for their own field, numbers and days of tables; never a value of the member, a claim id or a description.
    `remedy` is what would change the outcome, unless a finding brings its own.

    `closes`: the outpatient code editor looks no further at the line, or the claim, that gets it; what it would say
    after that is not said. `yields`: it is not said of a line of a claim that is returned or reviewed as a whole.
    """

    severity: Severity
    disposition: Disposition
    group_code: str | None = None
    carc: str | None = None
    rarcs: tuple[str, ...] = ()
    #: Not part of what makes two outcomes equal: it follows from the rule and its message.
    remedy: Remedy | None = attrs.field(default=None, kw_only=True, eq=False)
    closes: bool = attrs.field(default=False, eq=False)
    yields: bool = attrs.field(default=False, eq=False)

    def __call__(
        self,
        message: str,
        /,
        *,
        line: int | None = None,
        other: RecordedLine | None = None,
        related: tuple[int, ...] = (),
        answer: Found[Any] | Absent | None = None,
        scheduled: Decimal | None = None,
        source: str | None = None,
        remedy: Remedy | None = None,
        **evidence: object,
    ) -> Raised:
        """A finding. `line` and `related` are positions, for rules that see several lines; `other` the line of an
        earlier claim that the finding is upon; `answer` the table's answer that decided; `scheduled` the amount that
        the payer's schedule holds for the line. `source` is where what decided is written, where that is another than
        the first of the rule's sources: of what the payer decides `policy.source(Parameter)`, which is None where the
        policy leaves it to the rule."""
        if answer is not None and not answer.exact:
            message = f"{message} (outside the table's dates)"
        edition = None if answer is None else answer.edition
        return Raised(self, message, Evidence(evidence), line, related, edition, scheduled, other, source, remedy)


@attrs.frozen
class Raised:
    """A finding as a rule gives it: not yet placed on a line."""

    outcome: Outcome
    message: str
    evidence: Evidence
    line: int | None = None
    related: tuple[int, ...] = ()
    edition: Edition | None = None
    scheduled: Decimal | None = None
    other: RecordedLine | None = None
    source: str | None = None
    remedy: Remedy | None = None

    def at(self, line: int | None) -> Raised:
        """The same finding on another line."""
        return Raised(
            self.outcome,
            self.message,
            self.evidence,
            line,
            self.related,
            self.edition,
            self.scheduled,
            self.other,
            self.source,
            self.remedy,
        )


@attrs.frozen
class Unchecked:
    """What a rule could not check, and why; `lines` are positions, for rules that see several."""

    reason: Reason
    table: str | None = None
    lines: tuple[int, ...] = ()


def unchecked(why: NotCovered | Reason, *, lines: tuple[int, ...] = ()) -> Unchecked:
    """Says that the rule applies and could not be checked."""
    if isinstance(why, NotCovered):
        return Unchecked(why.reason, why.table, lines)
    return Unchecked(why, None, lines)


Outcomes = Iterator[Raised | Unchecked]


@attrs.frozen(eq=False, kw_only=True)
class Open:
    """What a rule of scope day says where it cannot judge: of which lines it says that they were not checked.

    `why` says of a line why no day with it can be judged, None where it can; where it says the same of each of the
    claim's lines with a code, no line of another claim stands beside them and no two of them bill one code on one day,
    the rule says that, and nothing else: of the lines (`DayLine`) that have one `group`, not None, and

    - more than one code, or
    - where `units` is true, more than one unit in all.

    That is what the tests prove. It lets a table that is missing be one step for all claims of a frame.
    """

    why: Callable[[Any], NotCovered | None]
    group: Callable[[Any], Hashable]
    units: bool = False


@attrs.frozen(eq=False, kw_only=True)
class Needs:
    """What must stand on a claim for a rule of several lines to say anything at all.

    Most claims give most rules nothing to say, and are not worth a look at all their lines together. A rule of scope
    claim or day that states its needs is asked only where `setting` holds of the claim's setting, and, unless it states
    no more than that, where

    - a `line` may concern it, or
    - two lines of one day and of different codes may concern it as a `pair`, in either order, of which it may look at
      nothing but setting, policy, codes, modifiers, the pairs of the NCCI and the fee schedule, or
    - two lines bill one code on one day, if it looks for a `repeat`, or
    - a `diagnosis` may concern it, of which it may look at code, role, version, day, policy and tables, or
    - a line of another claim of the member stands beside them (a rule of scope day only).

    The needs may ask for too much and never for too little: where they are not met the rule is silent, which the tests
    prove by asking every rule about every claim. A rule without needs is always asked.

    `alone`: the rule speaks of a line in company only where it speaks of it alone too, so that its own answer about a
    day of that one line is the need. `by_code`: what it says of a day is what it says of each code's lines alone.
    `speaks_of`, beside either, is whether the rule may say anything of a day of that line alone, by less than it reads.

    Beside a `line`, `every` says that each line of the claim must be such, and `several_days` that its lines must lie
    on different days, or on days that are not known.

    `of_pair`, beside a `pair`, is true of each of two lines that may concern the rule as a pair: it is asked of a line
    once, where there are very many pairs. `pair_table`, beside a `pair`, tells by the first line in which table of NCCI
    edits, and of which programme, the two codes must stand as an edit, in either order, or not be known to be none;
    None where it cannot be told.

    `open` says of which lines the rule says that they were not checked, where it cannot judge; see `Open`.

    `of_claim`, of a rule of scope claim that reads more of the claim than its lines, days and diagnoses: what that is,
    of the claim and its first day. Of two claims of which it is equal, and whose lines and diagnoses are alike, the
    rule says the same.

    `code_list`: a list of the user's own without which the rule cannot say anything. Where it is not loaded the rule is
    not asked, and every claim of the setting says that it was not checked, with the reason `no_table`. `other_lists`
    are those that do as well.
    """

    setting: Callable[[Any], bool] | None = None
    code_list: str | None = None
    other_lists: tuple[str, ...] = ()
    line: Callable[[Any], bool] | None = None
    diagnosis: Callable[[Any], bool] | None = None
    pair: Callable[[Any, Any], bool] | None = None
    of_pair: Callable[[Any], bool] | None = None
    pair_table: Callable[[Any], tuple[str, str] | None] | None = None
    repeat: bool = False
    alone: bool = False
    by_code: bool = False
    speaks_of: Callable[[Any], bool] | None = None
    every: bool = False
    several_days: bool = False
    open: Open | None = None
    of_claim: Callable[[Any, date | None], Hashable] | None = None

    @property
    def of_lines(self) -> bool:
        """Whether it needs something of the lines, or of the diagnoses."""
        some = (self.line, self.pair, self.diagnosis)
        return any(one is not None for one in some) or self.repeat or self.alone


@attrs.frozen
class OtherDays:
    """Lines of other claims that a rule of scope day looks at beside those of the day: of some `codes`, which begin at
    most so many days before or after it.

    >>> days = OtherDays(CodeSpans.of(["27447"]), before=90)
    >>> days.since(date(2024, 7, 15)), days.through(date(2024, 7, 15)), days.since(date.min)
    (datetime.date(2024, 4, 16), datetime.date(2024, 7, 15), datetime.date(1, 1, 1))
    """

    codes: CodeSpans
    before: int = 0
    after: int = 0

    def since(self, day: date) -> date:
        """The first day that is looked at for a line of `day`."""
        return day - timedelta(days=min(self.before, (day - date.min).days))

    def through(self, day: date) -> date:
        """The last day that is looked at for a line of `day`."""
        return day + timedelta(days=min(self.after, (date.max - day).days))


@attrs.frozen(eq=False, kw_only=True)
class Beyond:
    """How a rule of scope day looks beyond the day: at lines of the member's other claims, by the same provider.

    `of_line` says which, for a line; None of a line for which it looks at none. They come as the `other_days` of a
    `Day`. Of two claims that matter to each other so, one bills one of the `codes` of the policy, and they lie at most
    `days` from each other.
    """

    of_line: Callable[[Any], OtherDays | None]
    codes: Callable[[PolicyOn], CodeSpans]
    days: int


@attrs.frozen(eq=False, repr=False)
class Rule:
    """A rule: what it is called, when it runs, what it reads, what it may answer, where that is published.

    `id` is append-only: once given, never given again. `reads` are the facts of its view that the function may look
    at; `parameters` the policy parameters, and `tables` the tables that it asks; `status` "stable" or "preview";
    `needs` what must stand on a claim for it to say anything, None where it is always asked. `severity`, where a user
    gave it one, is that of all its findings.

    `other_claims`, of a rule of scope day, is whether the lines of the member's other claims may change what it says of
    a claim with that line: where they are not known, the result says so, and names the rule. None: of any line that has
    a code. It may be true of too many lines and never of too few. `beyond` is how it looks at other days than its own.
    """

    id: str
    name: str
    scope: Scope
    phase: Phase
    reads: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    sources: tuple[str, ...]
    check: Callable[[Any], Outcomes]
    parameters: tuple[type[Any], ...] = ()
    status: str = "stable"
    needs: Needs | None = None
    severity: Severity | None = None
    tables: tuple[str, ...] = ()
    other_claims: Callable[[Any], bool] | None = None
    beyond: Beyond | None = None

    @property
    def room(self) -> str:
        """The package that the rule stands in, such as "ncci"."""
        return self.check.__module__.rpartition(".")[0].rpartition(".")[2]

    @property
    def severities(self) -> tuple[Severity, ...]:
        """What its findings may be, the most severe first."""
        given = {outcome.severity for outcome in self.outcomes} if self.severity is None else {self.severity}
        return tuple(severity for severity in Severity if severity in given)

    @property
    def title(self) -> str:
        """The first sentence of the rule's documentation."""
        return self.documentation.partition("\n")[0].rstrip(".")

    @property
    def documentation(self) -> str:
        """The docstring of the rule's module."""
        return inspect.cleandoc(sys.modules[self.check.__module__].__doc__ or "")

    def __call__(self, view: Any) -> Outcomes:
        return self.check(view)

    def __repr__(self) -> str:
        return f"<{self.id} {self.name}>"

    def _repr_html_(self) -> str:
        from claimcheck.markup import Html, badge, block, code, escaped, joined, table

        rows = [
            (
                badge(outcome.severity),
                badge(outcome.disposition),
                None if outcome.carc is None else "/".join((f"{outcome.group_code}-{outcome.carc}", *outcome.rarcs)),
            )
            for outcome in self.outcomes
        ]
        return block(
            joined(code(self.id), self.title),
            Html(f"<pre style='white-space:pre-wrap'>{escaped(self.documentation)}</pre>"),
            table(("severity", "disposition", "CARC/RARC"), rows),
            joined("sources:", "; ".join(self.sources)),
        )


def reads_no_other_claim(_line: Any) -> bool:
    """The `other_claims` of a rule that looks at the claim's own lines alone."""
    return False


def rule(
    *,
    id: str,  # noqa: A002 - the field's word
    name: str,
    scope: Scope,
    phase: Phase,
    reads: tuple[str, ...],
    outcomes: tuple[Outcome, ...],
    sources: tuple[str, ...],
    parameters: tuple[type[Any], ...] = (),
    tables: tuple[str, ...] = (),
    status: str = "stable",
    needs: Needs | None = None,
    other_claims: Callable[[Any], bool] | None = None,
    beyond: Beyond | None = None,
) -> Callable[[Callable[[Any], Outcomes]], Rule]:
    """Makes a function of one view a `Rule`."""

    def declare(check: Callable[[Any], Outcomes]) -> Rule:
        return Rule(
            id,
            name,
            scope,
            phase,
            reads,
            outcomes,
            sources,
            check,
            parameters,
            status,
            needs,
            tables=tables,
            other_claims=other_claims,
            beyond=beyond,
        )

    return declare
